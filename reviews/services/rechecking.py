"""Marking a decided claim whose evidence changed. The verdict stands until a person changes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone

from claims.engine.polarity import towards
from claims.engine.types import Stance
from claims.models import Article, ArticleChange, Assessment, Mention
from reviews.models import Review
from reviews.services.history import Entry, record
from reviews.services.notifying import tell_of_mark
from reviews.workflow import DECIDED, Verdict

RECHECK = "recheck"
MOST_TOLD = 3

_AGAINST: Mapping[Verdict, frozenset[Stance]] = {
    Verdict.CORROBORATED: frozenset({Stance.DENIES}),
    Verdict.REFUTED: frozenset({Stance.ASSERTS}),
    Verdict.DISPUTED: frozenset(),
}
"""The stance of an origin that speaks against a verdict."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Why a verdict no longer rests on what it was decided on.

    ``cause`` is what else may have turned other verdicts too, such as one article; ``summary`` says it of them all.
    """

    why: str
    cause: str = ""
    summary: str = ""


def recheck_if_turned(review: Review, assessment: Assessment, cause: str = "") -> bool:
    """Mark the review if ``assessment`` shows evidence against its verdict that was not known when it was decided.

    ``cause`` is that of whatever asks, where it asks this of many reviews in one transaction.
    """
    if review.status not in DECIDED or review.decided_on is None or review.decided_on_id == assessment.pk:
        return False
    turns = turned(Verdict(review.verdict), review.decided_on, assessment)
    new = [turn for turn in turns if turn.why not in review.recheck_reason]
    if not new:
        return False
    news = Turn(" ".join(turn.why for turn in new), cause or new[0].cause, new[0].summary)
    return mark(review, news, assessment)


def turned(verdict: Verdict, before: Assessment, now: Assessment) -> list[Turn]:
    """Why the evidence is no longer what the verdict was decided on, a sentence each; none where it is.

    A claim that only negative statements made and that is stated now, or the other way round (``engine.polarity``);
    a new independent origin against the verdict; evidence that was withdrawn, because an article was corrected or taken
    back; or a suggestion that has turned against the verdict.
    """
    known, current = _mentions_by_origin(before), _mentions_by_origin(now)
    seen = {mention for mentions in known.values() for mention in mentions}
    new = {label: mentions for label, mentions in current.items() if not mentions & seen}
    gone = seen - {mention for mentions in current.values() for mention in mentions}
    if now.negative != before.negative:
        return _withdrawn(gone) or [Turn(_turned_round(verdict, now))]
    against = _labels_with(new, _AGAINST[verdict], now.negative)
    if against:
        spoke = f"since then {_named(against)} {_verb(verdict)}"
        cause = _article_of(mention for label in against for mention in new[label])
        return [Turn(f"Decided {verdict}; {spoke} it.", cause, f"decided {verdict}; {spoke} them")]
    if gone:
        return _withdrawn(gone) or [
            Turn(f"Decided {verdict} on {len(seen)} mentions; {len(gone)} of them no longer support or deny it.")
        ]
    if _suggests_otherwise(verdict, before, now):
        why = (
            f"Decided {verdict} when {before.suggested} was suggested, on {before.independent_origins} independent "
            f"origins; now {now.suggested} is suggested, on {now.independent_origins}."
        )
        summary = f"decided {verdict}; now {now.suggested} is suggested"
        return [Turn(why, f"suggested:{verdict}:{now.suggested}", summary)]
    return []


@transaction.atomic
def mark(review: Review, turn: Turn, assessment: Assessment | None = None) -> bool:
    """Mark a decided review for re-check, by the system; the reason is added to those that it is marked for.

    False if it is not decided or somebody was faster.
    """
    now = timezone.now()
    known = f"{review.recheck_reason} {turn.why}".strip()
    changed = Review.objects.filter(pk=review.pk, status__in=DECIDED, version=review.version).update(
        recheck_reason=known, recheck_at=now, version=F("version") + 1, updated_at=now
    )
    if not changed:
        return False
    review.refresh_from_db()
    seen = assessment.pk if assessment else review.decided_on_id
    event = record(review, Entry(RECHECK, review.status, review.status, note=turn.why, assessment=seen), now)
    tell_of_mark(review, event, cause=turn.cause, summary=turn.summary)
    return True


def _mentions_by_origin(assessment: Assessment) -> dict[str, frozenset[str]]:
    origins: Sequence[Mapping[str, Any]] = assessment.origins
    found: dict[str, frozenset[str]] = {}
    for origin in origins:
        label = str(origin.get("label") or origin.get("key", ""))
        found[label] = found.get(label, frozenset()) | {str(mention) for mention in origin.get("evidence", ())}
    return found


def _labels_with(origins: Mapping[str, frozenset[str]], stances: frozenset[Stance], negative: bool) -> list[str]:
    ids = {int(m) for mentions in origins.values() for m in mentions if m.isdecimal()}
    if not ids or not stances:
        return []
    rows = Mention.objects.filter(pk__in=ids).values_list("pk", "stance")
    speaking = {str(pk) for pk, stance in rows if towards(Stance(stance), negative) in stances}
    return sorted(label for label, mentions in origins.items() if mentions & speaking)


def _article_of(mentions: Iterable[str]) -> str:
    """Return the cause of what the article of these mentions brought: the first, where there are several."""
    ids = [int(m) for m in mentions if m.isdecimal()]
    first = Mention.objects.filter(pk__in=ids).aggregate(first=Min("article_id"))["first"]
    return f"article:{first}" if first else ""


def _withdrawn(mentions: Collection[str]) -> list[Turn]:
    """Which articles behind these mentions were withdrawn or corrected since, and why; a sentence each."""
    stated = Article.objects.filter(mentions__in=[int(m) for m in mentions if m.isdecimal()])
    articles = stated.filter(withdrawn_at__isnull=False).select_related("source").distinct()
    told = []
    for article in articles.defer("text", "digest").prefetch_related("changes").order_by("pk"):
        name = f"“{article.title}” ({article.source.name})"
        last = [change for change in article.changes.all() if change.kind != ArticleChange.Kind.DESCRIBED][-1:]
        for change in last:
            why = f"{name} was {change.kind}: {_sentence(change.why)}"
            told.append(Turn(why, f"{change.kind}:{article.pk}", why))
    rest = Turn(f"{len(told) - MOST_TOLD} more articles were withdrawn or corrected.")
    return told[:MOST_TOLD] + ([rest] if len(told) > MOST_TOLD else [])


def _sentence(why: str) -> str:
    return why if why.endswith((".", "!", "?", "…")) else f"{why}."


def _turned_round(verdict: Verdict, now: Assessment) -> str:
    what = "it is only denied" if now.negative else "what it denied is stated"
    return f"Decided {verdict}; since then {what}, so that the claim no longer says what was decided."


def _suggests_otherwise(verdict: Verdict, before: Assessment, now: Assessment) -> bool:
    against = {
        Verdict.CORROBORATED: Assessment.Suggestion.DISPUTED,
        Verdict.REFUTED: Assessment.Suggestion.CORROBORATED,
        Verdict.DISPUTED: Assessment.Suggestion.CORROBORATED,
    }[verdict]
    return now.suggested == against != before.suggested


def _named(labels: Sequence[str]) -> str:
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"


def _verb(verdict: Verdict) -> str:
    return "spoke against" if verdict is Verdict.CORROBORATED else "spoke for"
