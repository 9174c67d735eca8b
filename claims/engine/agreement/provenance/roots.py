"""The root of each statement by its own attribution, under one name for all that speak as one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from claims.engine.agreement.provenance.names import agency, nameless, outlet, plain, squeezed
from claims.engine.governments import government, of_a_state, official
from claims.engine.lexicon.loading import words
from claims.engine.types import Evidence, OriginKind, SpeakerKind, Stance

RootKey = tuple[OriginKind, str]
NONE: frozenset[str] = frozenset()
DENYING = " (denies)"
"""The ending of the root under which the denials of a party stand that asserts the same elsewhere."""
UNNAMED_STATE = "an unnamed state"
UNRESOLVED = frozenset(
    ("", "he", "she", "they", "it", "we", "i", "you", "who", "this", "that", "him", "her", "them", "one")
)
_FUNCTION_WORDS = words("en/function_words")
_FEWEST_INITIALS = 3

_NAME = r"[A-Z][\w&.-]*(?: (?:(?:of|for|the|and) )*[A-Z][\w&.-]*)*"
_PAPERS = "|".join(sorted(words("en/documents") | words("en/research")))
_ISSUER = re.compile(
    rf"\b(?:{_PAPERS})s?\b.{{0,80}}? (?:by|from) (?:the )?({_NAME})|({_NAME})[’']s? (?:\w+ ){{0,2}}?(?:{_PAPERS})s?\b"
)
"""Whose paper it is: "research by Tamber Bank", "Tamber Bank's own study"."""


@dataclass(frozen=True, slots=True, order=True)
class Root:
    """Where a statement comes from: a speaker, a document, an agency or an outlet.

    Statements with equal ``kind`` and ``name`` have one root. ``label`` is for people; ``party`` is the name of the
    government or the organisation for which they speak, or "".
    """

    kind: OriginKind
    name: str
    label: str = ""
    party: str = ""

    @property
    def named(self) -> bool:
        """Say whether somebody other than a newsroom speaks."""
        return self.kind in (OriginKind.SPEAKER, OriginKind.DOCUMENT)

    @property
    def key(self) -> RootKey:
        """Return what makes it one root."""
        return self.kind, self.name


def roots(evidence: Sequence[Evidence]) -> dict[str, Root]:
    """Return the root of each piece of evidence, by its id.

    Within one claim, a surname alone is the one person met with it ("Zelensky"), a body without its country the one
    met with it ("the foreign ministry"), and those who speak for one government or one organisation are that party.
    """
    found = {item.id: root(item) for item in evidence}
    longer = fuller({r.name for r in found.values() if r.named})
    found = {i: replace(r, name=longer[r.name]) if r.named and r.name in longer else r for i, r in found.items()}
    states = _states(evidence, found)
    government_of = {key: f"Government of {state}" for key, state in states.items()}
    return _by_party(evidence, found, _organisations(evidence, found) | government_of)


def root(evidence: Evidence) -> Root:
    """Return the root that the attribution names; else who announces it, the credited agency, the outlet."""
    speaker = evidence.speaker
    name = plain(speaker.canonical)
    if name not in UNRESOLVED and not own_voice(evidence):
        if agency(name):
            return Root(OriginKind.WIRE, agency(name), speaker.canonical)
        if speaker.kind is SpeakerKind.DOCUMENT:
            return Root(OriginKind.DOCUMENT, name, speaker.canonical)
        if speaker.kind in (SpeakerKind.OUTLET, SpeakerKind.AGENCY):
            return Root(OriginKind.OUTLET, outlet(name), speaker.canonical)
        return Root(OriginKind.SPEAKER, name, speaker.canonical)
    wire = evidence.wire or evidence.source
    if evidence.announcer:
        return Root(OriginKind.SPEAKER, plain(evidence.announcer), evidence.announcer)
    if agency(wire):
        return Root(OriginKind.WIRE, agency(wire), evidence.wire or evidence.outlet or evidence.source)
    if evidence.wire:
        return Root(OriginKind.WIRE, squeezed(evidence.wire), evidence.wire)
    return Root(OriginKind.OUTLET, outlet(evidence.source), evidence.outlet or evidence.source)


def is_heading(name: str) -> bool:
    """Say whether a speaker's name is a heading: several words in capitals, as no article names a speaker."""
    return name.isupper() and " " in name.strip() and not any(c in name for c in ".&")


def own_voice(evidence: Evidence) -> bool:
    """Say whether the article speaks for itself: it names no source, or its own outlet."""
    speaker = evidence.speaker
    if not speaker.canonical:
        return not speaker.text
    if is_heading(speaker.text):
        return True
    return speaker.kind is SpeakerKind.OUTLET and outlet(speaker.canonical) == outlet(evidence.source)


def fuller(names: Set[str], shorter: Callable[[str], Iterator[str]] | None = None) -> dict[str, str]:
    """For each short name the one longer name of the same claim that it stands for, where there is just one.

    "zelensky" stands for "volodymyr zelensky", "foreign ministry" for "foreign ministry of china". ``shorter`` yields
    the short names that may stand for one; those of people and ministries where not given.
    """
    shorter = shorter or _shorter
    longer: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        for short in shorter(name):
            if short in names:
                longer[short].add(name)
    found = {}
    for short, candidates in longer.items():
        longest = [name for name in candidates if longer.get(name, NONE).isdisjoint(candidates)]
        if len(longest) == 1:
            found[short] = longest[0]
    return found


def _shorter(name: str) -> Iterator[str]:
    """The short names that may stand for a name: its initials, what comes before an " of ", and else the last word."""
    initials = "".join(word[0] for word in name.split() if word not in _FUNCTION_WORDS)
    if len(initials) >= _FEWEST_INITIALS:
        yield initials
    parts = name.split(" of ")
    for end in range(1, len(parts)):
        yield " of ".join(parts[:end])
    if len(parts) == 1 and " " in name:
        yield name.rpartition(" ")[2]


def _openings(name: str) -> Iterator[str]:
    """Yield the short names that may stand for an organisation: "tamber" for "tamber bank of orr"."""
    words = name.split()
    for end in range(1, len(words)):
        yield " ".join(words[:end])
    yield from _shorter(name)


def _by_party(
    evidence: Sequence[Evidence], found: Mapping[str, Root], parties: Mapping[RootKey, str]
) -> dict[str, Root]:
    """Return the roots, those who speak for one party under its name; its denials apart from its assertions."""
    denied = {parties[found[e.id].key] for e in evidence if e.stance is Stance.DENIES and found[e.id].key in parties}
    held = {parties[found[e.id].key] for e in evidence if e.stance is Stance.ASSERTS and found[e.id].key in parties}
    result = dict(found)
    for item in evidence:
        own = found[item.id]
        party = parties.get(own.key)
        if party:
            both = party in denied and party in held and item.stance is Stance.DENIES
            name = plain(party) + (DENYING if both else "")
            result[item.id] = Root(OriginKind.SPEAKER, name, own.label, party)
    return result


def _organisations(evidence: Sequence[Evidence], found: Mapping[str, Root]) -> dict[RootKey, str]:
    """Return the organisation for which each speaker speaks, where the articles agree on it.

    A name that stands for a longer one of the same claim is that one: "Broadcom" beside "Broadcom Software".
    """
    heard: defaultdict[RootKey, set[str]] = defaultdict(set)
    for item in evidence:
        organisation = item.speaker.organisation or issuer(item.speaker.text)
        if organisation and found[item.id].named:
            heard[found[item.id].key].add(organisation)
    itself = {plain(name): name for names in heard.values() for name in names}
    for own in found.values():
        if own.kind is OriginKind.SPEAKER and own.name in itself:
            heard[own.key].add(itself[own.name])
    written = {plain(name): name for names in heard.values() for name in sorted(names)}
    longer = fuller(written.keys(), _openings)
    known = {key: {longer.get(plain(name), plain(name)) for name in names} for key, names in heard.items()}
    return {key: written[next(iter(names))] for key, names in known.items() if len(names) == 1}


def issuer(text: str) -> str:
    """Return the body whose paper a source is: "Tamber Bank" of "a study by Tamber Bank", or ""."""
    found = _ISSUER.search(text)
    return next((name for name in found.groups() if name), "") if found else ""


def _states(evidence: Sequence[Evidence], found: Mapping[str, Root]) -> dict[RootKey, str]:
    """The state for which each named root speaks, by the ways in which the articles name it, where they agree."""
    heard: defaultdict[RootKey, set[str]] = defaultdict(set)
    for item in evidence:
        own = found[item.id]
        if own.named:
            told = (*map(government, names_of(item)), item.leads)
            heard[own.key].update(state for state in told if state)
    known = {key: next(iter(states)) for key, states in heard.items() if len(states) == 1}
    return known | _joining(evidence, found, known, heard)


def _joining(
    evidence: Sequence[Evidence],
    found: Mapping[str, Root],
    known: Mapping[RootKey, str],
    heard: Mapping[RootKey, Set[str]],
) -> dict[RootKey, str]:
    """Offices of no named state, and nameless statements, that say what the claim's one government says.

    "The ministry", "Foreign Ministry spokesman X" and "a statement" beside one government, on the same side, are no
    further witnesses. Where no government is named, all such offices are those of one.
    """
    states = set(known.values())
    if len(states) > 1:
        return {}
    state = states.pop() if states else UNNAMED_STATE
    sides = {e.stance is Stance.DENIES for e in evidence if found[e.id].key in known} or {True, False}
    rest = [e for e in evidence if found[e.id].named and not heard.get(found[e.id].key)]
    against = {found[e.id].key for e in rest if (e.stance is Stance.DENIES) not in sides}
    return {
        found[e.id].key: state
        for e in rest
        if found[e.id].key not in against and any(map(_unowned if known else of_a_state, names_of(e)))
    }


def names_of(evidence: Evidence) -> tuple[str, ...]:
    """Return how the article names the speaker, his name on the desk, and the body for which he speaks."""
    speaker = evidence.speaker
    return speaker.text, speaker.canonical, speaker.organisation


def _unowned(name: str) -> bool:
    return official(name) or nameless(name)
