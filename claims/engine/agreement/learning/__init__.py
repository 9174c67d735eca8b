"""What many sources stated about many items comes in. How reliable each source is, and who copies whom, goes out."""
