"""A sentence and its attributions come in. The statements go out, with figures and a text that stands alone."""
