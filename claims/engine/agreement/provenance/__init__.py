"""A claim's evidence comes in. Its origins go out: groups of mentions that trace back to one root, with the reason."""
