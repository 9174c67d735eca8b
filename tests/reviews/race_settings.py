"""The tests' settings for a server that is raced: who loses looks again, and that second look is no N+1 query."""

from verifier.settings import *  # noqa: F403

ZEAL_ALLOWLIST = [{"model": "reviews.Review", "field": "get()"}]
