"""Whether a text commits to what it states: asserted, denied, hypothetical, planned, asked."""
