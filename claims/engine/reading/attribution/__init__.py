"""A parsed article comes in. Every attribution goes out: the cue, the source phrase and the content of what is said."""
