"""Sources without a name: whom else of a claim's speakers a description ("the mayor", "the group") may stand for.

What may be a known witness is no further one. So a description counts in full only where nobody else speaks on its
side who could be meant by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claims.engine.agreement.provenance.names import nameless, plain
from claims.engine.agreement.provenance.roots import UNRESOLVED
from claims.engine.lexicon.loading import words
from claims.engine.types import Evidence, SpeakerKind, Stance

_NAMELESS = words("en/nameless_sources")
_OFFICES = words("en/offices")
_SOME_BODY = words("en/any_organisation")
_BODIES = words("en/bodies")
_HOLDERS = (_OFFICES | _BODIES) - _NAMELESS - _SOME_BODY

Group = Sequence[Evidence]


def unresolved(item: Evidence) -> bool:
    """Return whether the article gives a statement to somebody of whom reading does not know who it is ("he said")."""
    return bool(item.speaker.text) and plain(item.speaker.canonical) in UNRESOLVED


def unnamed(item: Evidence) -> bool:
    """Return whether a source is only described ("a witness", "officials", "a statement"), and may be anybody."""
    if unresolved(item):
        return True
    kind, last = item.speaker.kind, last_word(item)
    if kind is SpeakerKind.DOCUMENT:
        return nameless(item.speaker.canonical)
    if kind is SpeakerKind.BODY and last in _NAMELESS:
        return True
    return kind is SpeakerKind.UNKNOWN and not item.speaker.organisation and last not in (_HOLDERS | _SOME_BODY)


def unnamed_behind(groups: Sequence[Group], labels: Mapping[str, str]) -> dict[str, str]:
    """Return, by the first id of each group of a source without a name, whom else on its side that source may be.

    ``groups`` are those with a speaker, ``labels`` the names of the speakers by the first id of each. "A witness" or
    "the billionaire" may be anybody who says the same by name, or the other unnamed source; so only the first of
    several unnamed ones counts in full, and none beside a named one. "The mayor" holds an office, and may be a person
    who holds it, or one of whom no office is known. "The group" may be any body that is not of another kind.
    """
    behind: dict[str, str] = {}
    for denies in (False, True):
        side = [group for group in groups if all(e.stance is Stance.DENIES for e in group) is denies]
        described = [group for group in side if _all_unnamed(group)]
        named = [group for group in side if not _all_unnamed(group)]
        first = min((labels[group[0].id] for group in named or described), default="")
        for group in described if named else described[1:]:
            behind[group[0].id] = first
        for group in named:
            others = [other for other in named if other is not group and other[0].id not in behind]
            meant = [labels[other[0].id] for other in others if may_be(group, other)]
            if meant:
                behind[group[0].id] = min(meant)
    return behind


def may_be(described: Group, other: Group) -> bool:
    """Say whether a group's speaker, if it is an office or a body without a name, may be the speaker of another."""
    if all(map(_office_alone, described)):
        return any(_holds(item, {last_word(e) for e in described}) for item in other)
    if all(map(_some_body, described)):
        return not any(map(_of_a_kind, other)) and not all(map(_some_body, other))
    return False


def _office_alone(item: Evidence) -> bool:
    """Whether a speaker is an office and nothing else: "the mayor", "Sheriff"."""
    speaker = item.speaker
    if speaker.kind is SpeakerKind.PERSON or last_word(item) not in _HOLDERS:
        return False
    if speaker.kind is SpeakerKind.UNKNOWN:
        return not speaker.organisation
    return speaker.kind is SpeakerKind.BODY and last_word(item) in _OFFICES and " " not in speaker.canonical


def _holds(item: Evidence, offices: set[str]) -> bool:
    """Whether a person is called by one of the offices somewhere, or no article says for whom that person speaks."""
    if item.speaker.kind is not SpeakerKind.PERSON:
        return False
    return not item.speaker.organisation or not offices.isdisjoint(item.speaker.text.lower().split())


def _some_body(item: Evidence) -> bool:
    """Whether a speaker is a body without a name: "the company", "the militant group"."""
    described = item.speaker.kind in (SpeakerKind.BODY, SpeakerKind.UNKNOWN) and item.speaker.canonical.islower()
    return described and last_word(item) in _SOME_BODY


def _of_a_kind(item: Evidence) -> bool:
    """Whether a speaker is of a kind that is called by its own word: the police, a ministry, a court."""
    own = set(f"{item.speaker.canonical} {item.speaker.organisation}".lower().split())
    return not (_BODIES - _SOME_BODY).isdisjoint(own)


def _all_unnamed(group: Group) -> bool:
    """Whether all whom a group names are only described; what an article says in its own voice has no part in it."""
    given = [e for e in group if e.speaker.kind not in (SpeakerKind.OUTLET, SpeakerKind.AGENCY)]
    return bool(given) and all(map(unnamed, given))


def last_word(item: Evidence) -> str:
    """Return the last word of a speaker's name, in lower case."""
    return item.speaker.canonical.lower().rpartition(" ")[2]
