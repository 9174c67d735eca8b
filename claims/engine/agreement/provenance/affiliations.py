"""For whom a person speaks, where another article of the story says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from claims.engine.agreement.provenance.names import plain
from claims.engine.types import Evidence, Speaker, SpeakerKind


def affiliations(speakers: Iterable[Speaker]) -> dict[str, str]:
    """Return the organisation of each person by plain name, from all who speak in a story, where they agree on it."""
    heard: defaultdict[str, set[str]] = defaultdict(set)
    for speaker in speakers:
        if speaker.kind is SpeakerKind.PERSON and speaker.organisation:
            heard[plain(speaker.canonical)].add(speaker.organisation)
    return {name: told.pop() for name, told in heard.items() if len(told) == 1}


def lacking(evidence: Iterable[Evidence]) -> set[str]:
    """Return the canonical names of the people of whom no article of the claim says for whom they speak."""
    speakers = [item.speaker for item in evidence]
    known = affiliations(speakers)
    return {s.canonical for s in speakers if s.kind is SpeakerKind.PERSON and plain(s.canonical) not in known} - {""}


def affiliated(evidence: Sequence[Evidence], known: Mapping[str, str]) -> list[Evidence]:
    """Return the evidence with the organisation of each person whose own article does not give it."""
    return [replace(e, speaker=_with(e.speaker, known)) for e in evidence]


def _with(speaker: Speaker, known: Mapping[str, str]) -> Speaker:
    if speaker.kind is not SpeakerKind.PERSON or speaker.organisation:
        return speaker
    return replace(speaker, organisation=known.get(plain(speaker.canonical), ""))
