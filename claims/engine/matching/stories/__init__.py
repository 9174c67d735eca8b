"""Which event an article reports: one of those known, or a new one. Online, one article at a time.

``place`` is the pure step that the database's placing and the one in memory (``Stories``) share. The parts:
``profile`` what is kept of a story, ``comparisons`` the comparisons, ``placement`` the decision,
``index`` the index in memory.
"""

from claims.engine.matching.stories.index import MOST_PER_KEY, Placed, Stories
from claims.engine.matching.stories.placement import (
    MOST_CANDIDATES,
    MOST_KEYS,
    Placement,
    place,
    place_member,
    same_event,
    story_keys,
)
from claims.engine.matching.stories.profile import (
    Background,
    Member,
    StoryProfile,
    day_of,
    general,
    member,
    terms_of,
)

__all__ = [
    "MOST_CANDIDATES",
    "MOST_KEYS",
    "MOST_PER_KEY",
    "Background",
    "Member",
    "Placed",
    "Placement",
    "Stories",
    "StoryProfile",
    "day_of",
    "general",
    "member",
    "place",
    "place_member",
    "same_event",
    "story_keys",
    "terms_of",
]
