"""Two prepared mentions come in; a score in [0, 1] and its reason go out, one function a comparison."""
