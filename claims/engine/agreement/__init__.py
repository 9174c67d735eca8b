"""A claim's evidence comes in; its independent origins and its score go out."""
