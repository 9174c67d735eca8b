"""A sentence comes in. Whether it states a fact that somebody could check goes out, as a probability."""
