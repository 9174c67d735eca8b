"""Who really says so: the evidence of a claim, gathered into origins that each count once.

Five outlets that relay one president are one origin, and so is his whole government; his opponent's denial is another.
Each statement has a root by its attribution (``roots``); roots are joined by what ties the statements
themselves (``links``): copied text, the same quotation, the same document, an article that says a thing
twice. Nothing depends on the order in which the evidence comes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from claims.engine.agreement.provenance.articles import one_each
from claims.engine.agreement.provenance.descriptions import last_word, unnamed, unnamed_behind, unresolved
from claims.engine.agreement.provenance.links import Link, links
from claims.engine.agreement.provenance.roots import Root, RootKey, own_voice, roots
from claims.engine.lexicon.loading import words
from claims.engine.polarity import as_claimed
from claims.engine.types import Evidence, Hedge, Origin, OriginKind, SpeakerKind, Stance

RESTATED = 0.25
"""What a newsroom counts for that states without a source, and without a sign of reporting, what others give to one."""

_RANK = {OriginKind.SPEAKER: 0, OriginKind.DOCUMENT: 1, OriginKind.WIRE: 2, OriginKind.OUTLET: 3}
_NEWSROOMS = (OriginKind.OUTLET, OriginKind.COPY, OriginKind.WIRE)
_NEWSPEAKERS = (SpeakerKind.OUTLET, SpeakerKind.AGENCY)
LATEST = datetime.max.replace(tzinfo=UTC)
_LONGEST = 250
_MOST_REASONS, _MOST_NAMES = 3, 50
_REPORTING = re.compile(
    r"\b(?:told (?:us|me)|(?:seen|reviewed|obtained) by|our (?:reporter|correspondent)|in an interview|geolocated|"
    r"(?:correspondent|reporter|crew|photographer)s? (?:at|on|in|saw|counted|witnessed)|"
    r"has (?:seen|obtained|reviewed|counted|verified))\b",
    re.IGNORECASE,
)


def trace(evidence: Sequence[Evidence]) -> tuple[Origin, ...]:
    """Return the origins of a claim's evidence, sorted by key: every piece of evidence is in exactly one.

    ``Origin.strength`` is the share of a full witness that the origin counts for: 1, or ``RESTATED`` for an outlet
    that only restates. The ids of the evidence must be unique.
    """
    items = sorted(as_claimed(evidence), key=lambda e: e.id)
    found = roots(items)
    ties = sorted(set(links(items, found)), key=lambda t: (-t.strength, t))
    groups, shared = one_each(gathered(items, found, ties), found)
    reasons = _reasons(groups, ties)
    for group, told in zip(groups, reasons, strict=True):
        if not shared.isdisjoint(e.id for e in group):
            told.append("one article gives these speakers together")
    attributed = attributions(items, found)
    speaking = [g for g in groups if any(found[e.id].named for e in g) or all(map(unresolved, g))]
    hidden = unnamed_behind(speaking, {g[0].id: _speaker_of(g, found) for g in speaking})
    origins = [_origin(group, found, reasons[i], attributed, hidden) for i, group in enumerate(groups)]
    return tuple(sorted(origins, key=lambda o: o.key))


def _speaker_of(group: Sequence[Evidence], found: Mapping[str, Root]) -> str:
    return next((found[e.id].label for e in group if found[e.id].named), found[group[0].id].label)


def gathered(items: Sequence[Evidence], found: Mapping[str, Root], ties: Sequence[Link]) -> list[list[Evidence]]:
    """Groups of evidence: joined by ties, and by equal roots.

    A statement in an article's own voice that is tied to a speaker's leaves its outlet's root, so that another article
    in which the outlet reports for itself is not drawn along.
    """
    away = {e for tie in ties for e in _newsroom(tie, found)}
    parent = {item.id: item.id for item in items}

    def head(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    first: dict[RootKey, str] = {}
    for item in items:
        if item.id not in away:
            parent[head(item.id)] = head(first.setdefault(found[item.id].key, item.id))
    for tie in ties:
        parent[head(tie.left)] = head(tie.right)
    groups: defaultdict[str, list[Evidence]] = defaultdict(list)
    for item in items:
        groups[head(item.id)].append(item)
    return sorted(groups.values(), key=lambda group: group[0].id)


def _newsroom(tie: Link, found: Mapping[str, Root]) -> list[str]:
    """The end of a tie that is in an article's own voice, where the other end names a speaker."""
    ends = sorted((tie.left, tie.right), key=lambda e: found[e].named)
    return ends[:1] if not found[ends[0]].named and found[ends[1]].named else []


def _reasons(groups: Sequence[Sequence[Evidence]], ties: Iterable[Link]) -> list[list[str]]:
    """The first reasons that hold each group together, the strongest first, each once."""
    where = {item.id: number for number, group in enumerate(groups) for item in group}
    found: list[list[str]] = [[] for _ in groups]
    for tie in ties:
        told = found[where[tie.left]]
        if len(told) < _MOST_REASONS and tie.reason not in told:
            told.append(tie.reason)
    return found


def _origin(
    group: Sequence[Evidence],
    found: Mapping[str, Root],
    reasons: Sequence[str],
    attributed: Mapping[bool, str],
    hidden: Mapping[str, str],
) -> Origin:
    count = Counter(found[e.id].key for e in group) if len(group) > 1 else {found[group[0].id].key: 1}
    heard = _first_heard(group, found)
    nameless = {found[e.id].key for e in group if unnamed(e)} - {found[e.id].key for e in group if not unnamed(e)}
    best = min(count, key=lambda r: (_RANK[r[0]], r in nameless, heard.get(r, LATEST), -count[r], r[1]))
    kind, name = best
    if kind is OriginKind.OUTLET and len(count) > 1:
        kind = OriginKind.COPY
    text = label([found[e.id] for e in group if found[e.id].key == best])
    lines = [_head(kind, text, group), *reasons]
    other = attributed.get(_denies(group), "")
    restated = kind in _NEWSROOMS and bool(other) and all(map(own_voice, group)) and not any(map(_reported, group))
    if restated:
        lines.append(f"names no source for what others give to {other}")
    if behind := hidden.get(group[0].id):
        lines.append(f"does not name who says it, and may be {behind}")
    pictured = all(item.caption for item in group)
    if pictured:
        lines.append("stands only under a picture")
    partial = not pictured and all(item.caption or item.partial for item in group)
    if partial:
        lines.append("gives no full statement")
    hearsay = all(map(_heard_somewhere, group))
    if hearsay:
        lines.append("only says that it is said")
    return Origin(
        key=f"{best[0].value}:{name}"[:_LONGEST],
        kind=kind,
        label=text,
        evidence=tuple(e.id for e in group),
        reason="; ".join(lines),
        strength=RESTATED if restated or behind or pictured or partial or hearsay else 1.0,
    )


def attributions(items: Sequence[Evidence], found: Mapping[str, Root]) -> dict[bool, str]:
    """To whom the claim (False) and its denial (True) are given most, where they are given to anybody."""
    heard: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    for item in items:
        told = found[item.id].named or (item.speaker.kind in _NEWSPEAKERS and not own_voice(item))
        if told and not item.partial and not _is_press(item):
            heard[item.stance is Stance.DENIES][found[item.id].label] += 1
    return {side: min(names, key=lambda n: (-names[n], n)) for side, names in heard.items() if names}


def _denies(group: Sequence[Evidence]) -> bool:
    return all(item.stance is Stance.DENIES for item in group)


def label(of: Sequence[Root]) -> str:
    """Return the name of an origin for people: its longest form; of a party, those who speak for it."""
    if len(of) == 1:
        return of[0].label[:_LONGEST]
    count = Counter(root.label for root in of)
    names = sorted(count, key=lambda n: (-count[n], n))[:_MOST_NAMES]
    written = {n.lower(): n for n in reversed(names)}
    fullest = [
        n for n in names if written[n.lower()] == n and not any(n.lower() in m for m in written.keys() - {n.lower()})
    ]
    parties = {root.party for root in of} - {""}
    if parties:
        whole = min(parties)
        voices = [n for n in fullest if n != whole]
        return (voices[0] if len(voices) == 1 == len(names) else _listed(whole, voices))[:_LONGEST]
    return fullest[0][:_LONGEST]


def _listed(whole: str, voices: Sequence[str]) -> str:
    return f"{whole}: {', '.join(voices)}" if voices else whole


def _is_press(item: Evidence) -> bool:
    """Whether a statement is given to newsrooms at large: "most radio stations"."""
    return last_word(item) in words("en/press") and item.speaker.kind is SpeakerKind.UNKNOWN


def _heard_somewhere(item: Evidence) -> bool:
    """Whether a newsroom says that it only heard so: "reportedly", "we are told"."""
    told = not item.speaker.canonical and item.speaker.text.lower() in ("we", "us")
    return told or (item.hedge is Hedge.REPORTED and own_voice(item))


def _reported(item: Evidence) -> bool:
    """Whether a statement shows that its outlet found it out for itself, or another outlet gives it to that one."""
    named = item.speaker.kind is SpeakerKind.OUTLET and item.speaker.text
    return bool(named) or _REPORTING.search(item.sentence or item.quote) is not None


def _first_heard(group: Sequence[Evidence], found: Mapping[str, Root]) -> dict[RootKey, datetime]:
    """When each outlet of a group spoke first; of outlets that copy one another, the first is taken for the author."""
    heard: dict[RootKey, datetime] = {}
    for item in group:
        root = found[item.id]
        if root.kind is OriginKind.OUTLET and len(group) > 1:
            heard[root.key] = min(moment(item), heard.get(root.key, LATEST))
    return heard


def moment(evidence: Evidence) -> datetime:
    """Return when the evidence was published, in UTC; far in the future where that is not known."""
    when = evidence.published
    if when is None:
        return LATEST
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def _head(kind: OriginKind, text: str, group: Sequence[Evidence]) -> str:
    """One clause for an editor: what the origin is, and how many carry it."""
    outlets = sorted({e.outlet or e.source for e in group})
    carried = f"{len(outlets)} outlets" if len(outlets) > 1 else outlets[0]
    articles = len({e.article for e in group})
    match kind:
        case OriginKind.SPEAKER:
            return f"said by {text}, relayed by {carried}"
        case OriginKind.DOCUMENT:
            return f"from {text}, relayed by {carried}"
        case OriginKind.WIRE:
            return f"{text} report, carried by {carried}"
        case OriginKind.COPY:
            return f"one text, printed by {carried}"
        case _:
            return (
                f"reported by {text} itself" if articles == 1 else f"reported by {text} itself in {articles} articles"
            )
