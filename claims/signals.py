"""The one signal of the project: claims never learn that reviews exist."""

from django.dispatch import Signal

claim_assessed = Signal()
"""Sent inside the scoring transaction with ``claim`` and ``assessment`` (the new current one)."""
