"""Lists as the doors need them: each with a fixed number of queries, whatever its length."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from claims.models import (
    Article,
    ArticleChange,
    ArticleStep,
    Assessment,
    Claim,
    Correction,
    Mention,
    Source,
    SourceAlias,
    SourceMerge,
    Speaker,
    SpeakerChange,
    StepName,
    Story,
)


def corrected(mentions: QuerySet[Mention]) -> QuerySet[Mention]:
    """Mentions with the corrections that are in force on each, as ``in_force``; one query more."""
    return mentions.prefetch_related(_in_force())


def with_corrections(mentions: Sequence[Mention]) -> None:
    """Fetch the corrections in force on those of the mentions that somebody corrected; no query where nobody did."""
    prefetch_related_objects([row for row in mentions if row.read is not None], _in_force())


def _in_force() -> Prefetch[str]:
    rows = Correction.objects.filter(withdrawn_at__isnull=True).select_related("by").order_by("-pk")
    return Prefetch("corrections", rows, to_attr="in_force")


# The desk: lists of the admin. Counts are subqueries, so that paging cuts the rows before anything is counted.

SCORED = ("claim__assessment",)
UNREAD = tuple(
    f"claim__{name}"
    for name in ("profile", "assessment__contributions", "assessment__origins", "assessment__parameters")
)
"""What ``Mention.towards`` reads, and what of it no list needs."""

STATES = (
    ("withdrawn", "withdrawn or corrected"),
    ("ready", "read and matched"),
    ("waiting", "in the pipeline"),
    ("unread", "not read"),
    ("parked", "parked with an error"),
)


def _count(model: type[Mention] | type[Article] | type[Claim], field: str, **conditions: str | bool) -> Coalesce:
    """How many rows of ``model`` point at the outer row through ``field``."""
    rows = model._default_manager.filter(**{field: OuterRef("pk")}, **conditions).order_by()
    counted = rows.values(field).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def towards_claim(stance: str | None) -> Q:
    """Mentions with this stance towards their claim as it reads: ``Mention.towards``, as a condition."""
    turned = Q(stance=Mention.Stance.DENIES, claim__assessment__negative=True)
    if stance == Mention.Stance.ASSERTS:
        return Q(stance=stance) | turned
    plain = Q(claim=None) | Q(claim__assessment=None) | Q(claim__assessment__negative=False)
    return Q(stance=stance) & plain if stance == Mention.Stance.DENIES else Q(stance=stance)


def denial_count(claim: str, assessment: str) -> Case:
    """How many mentions speak against the claim that the outer row names, with its assessment (``engine.polarity``).

    Towards a negative claim none does: who denies in so many words asserts it.
    """
    rows = Mention.objects.filter(claim=OuterRef(claim), stance=Mention.Stance.DENIES, article__withdrawn_at=None)
    counted = rows.order_by().values("claim").annotate(n=Count("pk")).values("n")
    against = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return Case(When(Q((f"{assessment}__negative", True)), then=Value(0)), default=against)


def _article_conditions() -> dict[str, Q]:
    """The states of STATES with what makes an article be in each: the first that fits. One that none fits waits."""
    steps = ArticleStep.objects.filter(article=OuterRef("pk"))
    return {
        "withdrawn": Q(withdrawn_at__isnull=False),
        "parked": Q(Exists(steps.filter(parked_at__isnull=False))),
        "unread": ~Q(unread=""),
        "ready": Q(Exists(steps.filter(name=StepName.MATCH, done_at__isnull=False))),
    }


WAITING = "waiting"


def article_state() -> Case:
    """Where an article is, as an annotation: one of STATES. Every list, count and door asks here."""
    cases = [When(condition, then=Value(state)) for state, condition in _article_conditions().items()]
    return Case(*cases, default=Value(WAITING), output_field=CharField())


def articles_in(state: str) -> QuerySet[Article]:
    """Return the articles that are in this state: those to which ``article_state`` gives it."""
    found = Article.objects.all()
    for name, condition in _article_conditions().items():
        if name == state:
            return found.filter(condition)
        found = found.exclude(condition)
    return found


def site_owners() -> QuerySet[SourceAlias]:
    """Return what leads from the outer article's site to another source than its own: a conflict, for people."""
    return SourceAlias.objects.filter(key=OuterRef("site")).exclude(source=OuterRef("source"))


def articles_for_desk() -> QuerySet[Article]:
    """Articles with outlet, story, number of mentions and state, without their text."""
    return (
        Article.objects.select_related("source", "story")
        .defer("text", "digest", "story__profile")
        .annotate(
            mention_count=_count(Mention, "article", retired_at__isnull=True),
            state=article_state(),
            site_of=Subquery(site_owners().values("source__name")[:1]),
        )
    )


def claims_for_desk() -> QuerySet[Claim]:
    """Claims with story and current assessment, without what only the engine reads."""
    return (
        Claim.objects.select_related("story", "assessment")
        .defer("profile", "story__profile", "assessment__contributions", "assessment__origins")
        .annotate(denial_count=denial_count("pk", "assessment"))
    )


def sources_for_desk() -> QuerySet[Source]:
    """Outlets and agencies with their number of articles and, where there is one, their reliability."""
    return Source.objects.select_related("reliability").annotate(article_count=_count(Article, "source"))


def speakers_for_desk() -> QuerySet[Speaker]:
    """Speakers with their number of mentions."""
    return Speaker.objects.annotate(mention_count=_count(Mention, "speaker", retired_at__isnull=True))


def stories_for_desk() -> QuerySet[Story]:
    """Stories with their numbers of articles and of claims; a claim that was merged into another is none any more."""
    return Story.objects.defer("profile").annotate(
        article_count=_count(Article, "story"), claim_count=_count(Claim, "story", merged_into__isnull=True)
    )


def mentions_for_desk() -> QuerySet[Mention]:
    """Mentions with everything that a line about them shows, without texts of articles."""
    rows = Mention.objects.filter(retired_at__isnull=True)
    return rows.select_related("article__source", "speaker", "origin", *SCORED).defer(
        "features", "article__text", "article__digest", *UNREAD
    )


def assessments_for_desk() -> QuerySet[Assessment]:
    """Assessments with their claim's text, without the lines."""
    return Assessment.objects.select_related("claim").defer("contributions", "origins", "claim__profile")


# The API: the desk's lists again, and the details with everything below them.


def article_details() -> QuerySet[Article]:
    """Articles with their text, steps and mentions."""
    mentions = corrected(Mention.objects.filter(retired_at__isnull=True).select_related("speaker", *SCORED))
    changes = ArticleChange.objects.select_related("by").order_by("pk")
    return (
        Article.objects.select_related("source", "story")
        .defer("digest", "story__profile")
        .annotate(state=article_state(), site_of=Subquery(site_owners().values("source__name")[:1]))
        .prefetch_related(
            "steps", Prefetch("mentions", mentions.defer("features", *UNREAD)), Prefetch("changes", changes)
        )
    )


def article_changes(claim_id: int, since: datetime | None = None) -> QuerySet[ArticleChange]:
    """What was done to the articles behind a claim: withdrawn, corrected, restored; after a moment, where one is given.

    An article that took the place of another is behind the claim too where only it states the claim.
    """
    stated = Article.objects.filter(mentions__claim=claim_id)
    behind = Q(article__in=stated) | Q(replacement__in=stated)
    return ArticleChange.objects.filter(behind, **({"created_at__gt": since} if since else {}))


def merged_by(claim_id: int, since: datetime | None = None) -> set[int]:
    """Return who merged sources or speakers behind a claim, or undid that; after a moment, where one is given."""
    stated = dict(Article.objects.filter(mentions__claim=claim_id).values_list("pk", "source"))
    merges = SourceMerge.objects.filter(Q(source__in=stated.values()) | Q(target__in=stated.values()))
    people: set[int | None] = set()
    for done in merges:
        if not stated.keys().isdisjoint(done.articles):
            people |= {done.by_id} if since is None or done.created_at > since else set()
            people |= {done.undone_by_id} if done.undone_at and (since is None or done.undone_at > since) else set()
    return {person for person in people if person is not None} | _spoken_for_by(claim_id, since)


def _spoken_for_by(claim_id: int, since: datetime | None) -> set[int]:
    """Return who merged or described speakers of a claim's mentions, or undid that."""
    said = Mention.objects.filter(claim=claim_id)
    speakers = said.values("speaker")
    rows = SpeakerChange.objects.filter(Q(speaker__in=speakers) | Q(target__in=speakers))
    mentions = set(said.values_list("pk", flat=True))
    people: set[int | None] = set()
    for done in rows:
        if done.target_id is None or not mentions.isdisjoint(done.details["mentions"]):
            people |= {done.by_id} if since is None or done.created_at > since else set()
            people |= {done.undone_by_id} if done.undone_at and (since is None or done.undone_at > since) else set()
    return {person for person in people if person is not None}


def claim_details() -> QuerySet[Claim]:
    """Claims with their current assessment and its lines, and their mentions with article and outlet."""
    mentions = corrected(Mention.objects.select_related("speaker").defer("features"))
    return (
        Claim.objects.select_related("story", "assessment", "figure_estimate")
        .defer("profile", "story__profile")
        .prefetch_related(Prefetch("mentions", mentions), Prefetch("mentions__article", articles_for_desk()))
    )
