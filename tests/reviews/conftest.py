"""A desk with its groups, and claims that can be brought into any status."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from itertools import count

import pytest
from django.contrib.auth.models import Group, User

from claims.models import Article, Assessment, Claim, Mention, Source
from reviews.models import Review
from reviews.people import ensure_groups
from reviews.services import Order, act, open_review
from reviews.workflow import Action, Status, Verdict
from tests.conftest import person

MakeClaim = Callable[..., Claim]
MakeReview = Callable[..., Review]

_numbers = count(1)


@pytest.fixture(autouse=True)
def _groups(request: pytest.FixtureRequest) -> None:
    """The groups that the migration makes; a flush between two tests takes them away."""
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames):
        request.getfixturevalue("_django_db_helper")
        if not Group.objects.filter(name="reviewer").exists():
            ensure_groups()


def new_mention(claim: Claim | None, source: Source, quote: str = "about 155 of them were counted") -> Mention:
    """A mention in an article of its own."""
    text = f"Report {next(_numbers)}. Officials said {quote}."
    start = text.index(quote)
    article = Article.objects.create(
        source=source, title="A report", text=text, content_hash=sha256(text.encode()).hexdigest()
    )
    return Mention.objects.create(
        article=article,
        claim=claim,
        start=start,
        end=start + len(quote),
        quote=quote,
        sentence=text,
        sentence_start=0,
        sentence_end=len(text),
    )


def new_assessment(claim: Claim, **values: object) -> Assessment:
    """One more version of the machine's pre-score, made the current one."""
    fields: dict[str, object] = {
        "version": claim.assessments.count() + 1,
        "evidence_version": claim.evidence_version,
        "algorithm": "test",
        "probability": 0.5,
        "log_odds": 0.0,
        "independent_origins": 1,
        "suggested": Assessment.Suggestion.UNVERIFIED,
        "explanation": "One origin.",
    }
    assessment = Assessment.objects.create(claim=claim, **(fields | values))
    claim.assessment = assessment
    claim.save(update_fields=["assessment"])
    return assessment


def new_claim(outlets: int = 1, suggested: str = "unverified") -> Claim:
    """A claim with one mention in each of ``outlets`` outlets, assessed and with its review open."""
    claim = Claim.objects.create(text=f"About 155 were counted, says report {next(_numbers)}.")
    for number in range(outlets):
        source, _ = Source.objects.get_or_create(key=f"outlet-{number}.example", name=f"Outlet {number}")
        new_mention(claim, source)
    open_review(claim, new_assessment(claim, suggested=suggested))
    return claim


@pytest.fixture
def make_claim(db: None) -> MakeClaim:
    return new_claim


def bring_to(status: Status, claim: Claim, holder: User, approver: User) -> Review:
    """Walk the claim's review to ``status``, through the services only."""
    steps = _WAY[status]
    mentions = tuple(claim.mentions.values_list("id", flat=True))
    verdict = status.value if status in set(Verdict) else Verdict.CORROBORATED
    for action in steps:
        order = Order(
            action, verdict=verdict, rationale="Two origins agree.", mentions=mentions, reason="opinion", note="x"
        )
        act(claim.pk, approver if action is Action.APPROVE else holder, order)
    return Review.objects.get(claim=claim)


_PROPOSED = (Action.TAKE, Action.PROPOSE)
_WAY: dict[Status, tuple[Action, ...]] = {
    Status.UNVERIFIED: (),
    Status.IN_REVIEW: (Action.TAKE,),
    Status.PROPOSED: _PROPOSED,
    Status.CORROBORATED: (*_PROPOSED, Action.APPROVE),
    Status.DISPUTED: (*_PROPOSED, Action.APPROVE),
    Status.REFUTED: (*_PROPOSED, Action.APPROVE),
    Status.DISMISSED: (Action.DISMISS,),
}


@pytest.fixture
def rita(db: None) -> User:
    """A second reviewer."""
    return person("rita", "reviewer")


@pytest.fixture
def make_review(make_claim: MakeClaim, rita: User, vera: User) -> MakeReview:
    """A review in a status, brought there by rita, and by vera where it takes two."""

    def make(status: Status = Status.UNVERIFIED, **claim: object) -> Review:
        return bring_to(status, make_claim(**claim), rita, vera)

    return make
