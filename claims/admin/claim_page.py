"""A claim as a reviewer reads it: how many independent origins first, then where it comes from, then every mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import F
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from claims.admin.drawing import (
    ArticleNode,
    Edge,
    FigurePoint,
    Interval,
    OriginNode,
    Step,
    draw_figures,
    draw_provenance,
    draw_waterfall,
    numberline,
    provenance,
    waterfall,
)
from claims.admin.drawing.numberline import spoken
from claims.admin.drawing.svg import Layout
from claims.admin.drawing.waterfall import signed
from claims.models import Assessment, Claim, FigureEstimate, MatchNote, Mention, Origin
from claims.querysets import mentions_for_desk, with_corrections

MOST_MENTIONS = 600
MOST_OF_AN_ORIGIN = 40
MOST_VERSIONS = 20
MOST_NOTES = 10
MOST_GROUPS = 60

KINDS = {
    "speaker": "one speaker",
    "document": "one document",
    "wire": "one wire report",
    "copy": "copied text",
    "quotation": "one quotation",
    "outlet": "one outlet",
    "": "not grouped yet",
}


@dataclass(frozen=True, slots=True)
class MentionLine:
    """A mention: its sentence cut around what it states, and its figure in words (``at least 163``)."""

    mention: Mention
    before: str
    stated: str
    after: str
    figure: str


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """One witness with the mentions that trace back to it.

    ``weight`` is its line of the score (``+0.42``), "" where it has none; ``more`` mentions were left out of ``lines``.
    """

    anchor: str
    label: str
    kind: str
    reason: str
    strength: float
    stance: str
    outlets: int
    lines: tuple[MentionLine, ...]
    weight: str = ""
    more: int = 0


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """All that the page shows. Pictures are safe markup, or empty where there is nothing to draw.

    ``origins`` counts those of full standing, for and against; ``asserting`` those for; ``denials`` all that deny.
    ``withdrawn`` are mentions of articles that were withdrawn or corrected: shown, and counted nowhere.
    """

    claim: Claim
    assessment: Assessment | None
    origins: int | None
    articles: int
    outlets: int
    mentions: int
    asserting: int
    denials: int
    groups: tuple[OriginGroup, ...]
    more_groups: int
    provenance: SafeString
    waterfall: SafeString
    figures: tuple[SafeString, ...]
    estimate: FigureEstimate | None
    versions: tuple[Assessment, ...]
    notes: tuple[MatchNote, ...]
    first: Mention | None
    withdrawn: tuple[MentionLine, ...]
    truncated: bool


def figure_of(mention: Mention) -> str:
    """The mention's figure in words, or ""."""
    if mention.value is None:
        return ""
    unit = f" {mention.unit}" if mention.unit else ""
    return spoken(FigurePoint(mention.value, mention.comparator, mention.upper)) + unit


def line_of(mention: Mention) -> MentionLine:
    """The mention inside its sentence where the offsets agree, else the quote alone."""
    start, end = mention.start - mention.sentence_start, mention.end - mention.sentence_start
    sentence = mention.sentence
    if 0 <= start < end <= len(sentence):
        return MentionLine(mention, sentence[:start], sentence[start:end], sentence[end:], figure_of(mention))
    return MentionLine(mention, "", mention.quote, "", figure_of(mention))


def stance_of(mentions: Sequence[Mention]) -> str:
    """The stance of an origin towards the claim: a denial outweighs, then an assertion."""
    stances = {mention.towards for mention in mentions}
    return next((s for s in ("denies", "asserts", "open") if s in stances), "asserts")


def _group(origin: Origin | None, mentions: list[Mention], weights: Mapping[str, float]) -> OriginGroup:
    lines = tuple(line_of(m) for m in mentions[:MOST_OF_AN_ORIGIN])
    return OriginGroup(
        anchor=f"origin-{origin.pk if origin else 0}",
        label=origin.label if origin else "Mentions without an origin yet",
        kind=KINDS.get(origin.kind, origin.kind) if origin else KINDS[""],
        reason=origin.reason if origin else "",
        strength=origin.strength if origin else 1.0,
        stance=stance_of(mentions),
        outlets=len({m.article.source_id for m in mentions}),
        lines=lines,
        weight=signed(weights[origin.key]) if origin and origin.key in weights else "",
        more=len(mentions) - len(lines),
    )


def group_by_origin(
    mentions: Sequence[Mention], weights: Mapping[str, float]
) -> list[tuple[OriginGroup, list[Mention]]]:
    """Mentions by origin: who asserts before who denies, widely carried before narrowly."""
    grouped: dict[int | None, list[Mention]] = {}
    for mention in mentions:
        grouped.setdefault(mention.origin_id, []).append(mention)
    groups = [(_group(members[0].origin, members, weights), members) for members in grouped.values()]
    order = {"asserts": 0, "denies": 1, "open": 2}
    return sorted(
        groups, key=lambda g: (g[0].lines[0].mention.origin_id is None, order[g[0].stance], -g[0].outlets, g[0].label)
    )


def _twice(name: str, draw: Callable[..., str], wide: Layout, narrow: Layout) -> SafeString:
    """The picture for a desk and for a phone; the style sheet shows one of them."""
    drawn = (
        f'<div class="wide">{draw(name, layout=wide)}</div><div class="narrow">{draw(f"{name}-n", layout=narrow)}</div>'
    )
    return mark_safe(drawn)  # noqa: S308 - drawn by us, everything from outside escaped in drawing.svg


def _provenance(groups: list[tuple[OriginGroup, list[Mention]]]) -> SafeString:
    nodes = [OriginNode(g.anchor, g.label, g.kind, g.stance, g.strength >= 1) for g, _ in groups]
    articles: dict[int, ArticleNode] = {}
    edges: dict[Edge, None] = {}
    for group, members in groups:
        for m in members:
            day = date_format(m.article.published_at, "j M Y") if m.article.published_at else "no date"
            wire = f" · credits {m.article.wire}" if m.article.wire else ""
            articles[m.article_id] = ArticleNode(str(m.article_id), m.article.source.name, day + wire)
            edges[Edge(group.anchor, str(m.article_id), m.towards)] = None
    if not nodes:
        return SafeString()
    drawn = partial(draw_provenance, origins=nodes, articles=list(articles.values()), edges=list(edges))
    return _twice("provenance", drawn, provenance.WIDE, provenance.NARROW)


def _contributions(assessment: Assessment | None) -> list[dict[str, Any]]:
    """The lines of the score as stored: origin, label, log_odds."""
    return list(assessment.contributions) if assessment else []


def _waterfall(assessment: Assessment | None) -> SafeString:
    steps = [Step(str(line.get("label", "")), float(line.get("log_odds", 0.0))) for line in _contributions(assessment)]
    if not steps:
        return SafeString()
    return _twice("waterfall", partial(draw_waterfall, steps=steps), waterfall.WIDE, waterfall.NARROW)


def _note(mentions: list[Mention]) -> str:
    names = Counter(m.article.source.name for m in mentions)
    first = next(iter(names))
    return first if len(names) == 1 else f"{first} and {len(names) - 1} more"


def _figures(mentions: Sequence[Mention], assessment: Assessment | None) -> tuple[SafeString, ...]:
    """One picture a unit, the most used unit first."""
    units: dict[str, dict[tuple[float, float | None, str], list[Mention]]] = {}
    for m in mentions:
        if m.value is not None:
            units.setdefault(m.unit, {}).setdefault((m.value, m.upper, m.comparator), []).append(m)
    agreed = (assessment.figure if assessment else None) or {}
    pictures = []
    for place, unit in enumerate(sorted(units, key=lambda u: -sum(map(len, units[u].values())))):
        points = [FigurePoint(v, c, upper, _note(ms)) for (v, upper, c), ms in units[unit].items()]
        interval = (
            Interval(float(agreed["value"]), agreed.get("low"), agreed.get("high"))
            if agreed and (agreed.get("unit") or "") == unit
            else None
        )
        counted = Counter(m.counted for m in mentions if m.unit == unit and m.counted).most_common(1)
        caption = " · ".join(filter(None, [counted[0][0] if counted else "", unit]))
        drawn = partial(draw_figures, points=points, unit=caption, interval=interval)
        pictures.append(_twice(f"figures-{place}", drawn, numberline.WIDE, numberline.NARROW))
    return tuple(pictures)


def build(claim: Claim) -> ClaimPage:
    """Read the claim's mentions, origins and assessments (three queries beside the claim's own) and draw them."""
    found = list(
        mentions_for_desk()
        .filter(claim=claim)
        .order_by(F("article__published_at").asc(nulls_last=True), "pk")[: MOST_MENTIONS + 1]
    )
    with_corrections(found)
    mentions = [m for m in found[:MOST_MENTIONS] if m.article.withdrawn_at is None]
    withdrawn = [m for m in found[:MOST_MENTIONS] if m.article.withdrawn_at is not None]
    versions = claim.assessments.defer("contributions", "origins", "parameters").order_by("-version")
    weights = {str(c.get("origin")): float(c.get("log_odds", 0.0)) for c in _contributions(claim.assessment)}
    groups = group_by_origin(mentions, weights)
    against = [group for group, _ in groups if group.stance == Mention.Stance.DENIES]
    independent = claim.assessment.independent_origins if claim.assessment else None
    return ClaimPage(
        claim=claim,
        assessment=claim.assessment,
        origins=independent,
        articles=len({m.article_id for m in mentions}),
        outlets=len({m.article.source_id for m in mentions}),
        mentions=len(mentions),
        asserting=max((independent or 0) - sum(group.strength >= 1 for group in against), 0),
        denials=len(against),
        groups=tuple(group for group, _ in groups[:MOST_GROUPS]),
        more_groups=max(len(groups) - MOST_GROUPS, 0),
        provenance=_provenance(groups),
        waterfall=_waterfall(claim.assessment),
        figures=_figures(mentions, claim.assessment),
        estimate=getattr(claim, "figure_estimate", None),
        versions=tuple(versions[:MOST_VERSIONS]),
        notes=tuple(claim.notes.filter(closed_at__isnull=True).select_related("other").order_by("-pk")[:MOST_NOTES]),
        first=next((m for m in mentions if m.article.published_at), None),
        withdrawn=tuple(line_of(m) for m in withdrawn),
        truncated=len(found) > MOST_MENTIONS,
    )
