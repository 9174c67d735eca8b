"""A sentence comes in. Its figures go out: value, comparator, unit and what is counted."""
