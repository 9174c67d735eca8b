"""Who really says so: the evidence of a claim, gathered into origins that each count once.

Five outlets that relay one president are one origin; his opponent's denial is another. Each statement has a root
by its attribution (``provenance_links.root``); roots are joined by what ties the statements themselves: copied text,
the same quotation, the same document, an article that says a thing twice. Nothing depends on the order in which the
evidence comes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from claims.engine.agreement.provenance_links import Link, Root, links, root
from claims.engine.agreement.provenance_names import government
from claims.engine.types import Evidence, Origin, OriginKind

SAME_GOVERNMENT = 0.5
"""What the second and later voices of one government count: they may know by themselves, or repeat their president."""

_RANK = {
    OriginKind.SPEAKER: 0,
    OriginKind.DOCUMENT: 1,
    OriginKind.WIRE: 2,
    OriginKind.OUTLET: 3,
}
_LATEST = datetime.max.replace(tzinfo=UTC)
_LONGEST = 250


def trace(evidence: Sequence[Evidence]) -> tuple[Origin, ...]:
    """The origins of a claim's evidence, sorted by key: every piece of evidence is in exactly one.

    ``Origin.strength`` is the share of a full witness that the origin counts for: 1, or ``SAME_GOVERNMENT`` where a
    stronger origin speaks for the same government with the same stance. The ids of the evidence must be unique.
    """
    items = sorted(evidence, key=lambda e: e.id)
    roots = {e.id: root(e) for e in items}
    ties = sorted(set(links(items, roots)), key=lambda t: (-t.strength, t))
    groups = _gathered(items, roots, ties)
    reasons = _reasons(groups, ties)
    origins = [_origin(group, roots, reasons[i]) for i, group in enumerate(groups)]
    return tuple(sorted(_weighed(origins, items), key=lambda o: o.key))


def _gathered(items: Sequence[Evidence], roots: Mapping[str, Root], ties: Iterable[Link]) -> list[list[Evidence]]:
    """Groups of evidence: joined by ties, and by equal roots.

    A statement in an article's own voice that is tied to a speaker's leaves its outlet's root, so that another article
    in which the outlet reports for itself is not drawn along.
    """
    ties = list(ties)
    folded = {e for t in ties for e in _newsroom(t, roots)}
    parent = {item.id: item.id for item in items}

    def find(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    first: dict[tuple[OriginKind, str], str] = {}
    for item in items:
        if item.id not in folded:
            own = roots[item.id]
            parent[find(item.id)] = find(first.setdefault((own.kind, own.name), item.id))
    for tie in ties:
        parent[find(tie.left)] = find(tie.right)
    groups: defaultdict[str, list[Evidence]] = defaultdict(list)
    for item in items:
        groups[find(item.id)].append(item)
    return sorted(groups.values(), key=lambda group: group[0].id)


def _newsroom(tie: Link, roots: Mapping[str, Root]) -> list[str]:
    """The end of a tie that is in an article's own voice, where the other end names a speaker."""
    ends = sorted((tie.left, tie.right), key=lambda e: roots[e].named)
    return ends[:1] if not roots[ends[0]].named and roots[ends[1]].named else []


_NAMED = (OriginKind.SPEAKER, OriginKind.DOCUMENT)


def _reasons(groups: Sequence[Sequence[Evidence]], ties: Iterable[Link]) -> list[list[str]]:
    """The reasons that hold each group together, the strongest first, each once."""
    where = {item.id: number for number, group in enumerate(groups) for item in group}
    found: list[list[str]] = [[] for _ in groups]
    for tie in ties:
        if tie.reason not in found[where[tie.left]]:
            found[where[tie.left]].append(tie.reason)
    return found


def _origin(group: Sequence[Evidence], roots: Mapping[str, Root], reasons: Sequence[str]) -> Origin:
    count = Counter((roots[e.id].kind, roots[e.id].name) for e in group)
    best = min(count, key=lambda r: (_RANK[r[0]], _earliest(group, roots, r), -count[r], r[1]))
    label = min(roots[e.id].label for e in group if (roots[e.id].kind, roots[e.id].name) == best)
    outlets = sorted({e.source for e in group})
    kind, name = best
    if kind is OriginKind.OUTLET and len({r[1] for r in count}) > 1:
        kind = OriginKind.COPY
    head = _head(kind, label, outlets, len({e.article for e in group}))
    return Origin(
        key=f"{best[0].value}:{name}"[:_LONGEST],
        kind=kind,
        label=label[:_LONGEST],
        evidence=tuple(e.id for e in group),
        reason="; ".join([head, *reasons[:3]]),
    )


def _earliest(group: Sequence[Evidence], roots: Mapping[str, Root], of: tuple[OriginKind, str]) -> datetime:
    """When the root was first heard; for outlets that copy one another, the first is taken for the author."""
    moments = (_moment(e) for e in group if (roots[e.id].kind, roots[e.id].name) == of)
    return min(moments) if of[0] is OriginKind.OUTLET else _LATEST


def _moment(evidence: Evidence) -> datetime:
    when = evidence.published
    if when is None:
        return _LATEST
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def _head(kind: OriginKind, label: str, outlets: Sequence[str], articles: int) -> str:
    """One clause for an editor: what the origin is, and how many carry it."""
    carried = f"{len(outlets)} outlets" if len(outlets) > 1 else outlets[0]
    match kind:
        case OriginKind.SPEAKER:
            return f"said by {label}, relayed by {carried}"
        case OriginKind.DOCUMENT:
            return f"from {label}, relayed by {carried}"
        case OriginKind.WIRE:
            return f"{label} report, carried by {carried}"
        case OriginKind.COPY:
            return f"one text, printed by {carried}"
        case _:
            return (
                f"reported by {label} itself" if articles == 1 else f"reported by {label} itself, {articles} articles"
            )


def _weighed(origins: Sequence[Origin], items: Sequence[Evidence]) -> list[Origin]:
    """The origins with their strength: of one government's voices with one stance, the most heard counts in full."""
    known = {item.id: item for item in items}
    families: defaultdict[tuple[str, str], list[Origin]] = defaultdict(list)
    for origin in origins:
        own = [known[i] for i in origin.evidence]
        state = _state(origin, own)
        stances = "+".join(sorted({e.stance.value for e in own}))
        families[(state, stances) if state else (origin.key, "")].append(origin)
    result = []
    for (state, _), family in families.items():
        first, *others = sorted(family, key=lambda o: (-len(o.evidence), o.key))
        result.append(first)
        for origin in others:
            reason = f"{origin.reason}; speaks for the government of {state}, as {first.label} does"
            result.append(Origin(origin.key, origin.kind, origin.label, origin.evidence, reason, SAME_GOVERNMENT))
    return result


def _state(origin: Origin, evidence: Iterable[Evidence]) -> str:
    """The state for which the origin speaks, by the ways in which it is named; "" where they disagree."""
    if origin.kind not in _NAMED:
        return ""
    states = {government(text) for e in evidence for text in (e.speaker.text, e.speaker.canonical)} - {""}
    return states.pop() if len(states) == 1 else ""
