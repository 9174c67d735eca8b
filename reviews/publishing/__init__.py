"""What readers without an account see: the published checks, their feeds and their machine-readable forms."""
