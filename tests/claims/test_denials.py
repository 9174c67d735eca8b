"""A denial stands with the claim of its article that it answers: on arrival, re-matched, and until a person says no."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from claims.models import Article, Mention, Story
from claims.services import inline, judgements, rematching
from claims.services.ingest import NewArticle, ingest
from claims.services.records import mention_of

pytestmark = pytest.mark.django_db

TEXT = (
    "Norland sent 300 soldiers to the island of Sark, President Petra Vuk of Estland said on Monday. "
    "Estland raised its taxes by 3 percent in May, the finance ministry said. Norland denies it."
)


@pytest.fixture
def rows() -> tuple[Mention, Mention]:
    """The claim of the soldiers and the denial, read and matched."""
    ingest(NewArticle(source="Gazette", title="Soldiers on Sark", text=TEXT, language="en"))
    for _ in inline.process():
        pass
    claim = Mention.objects.get(quote__contains="300 soldiers")
    return claim, Mention.objects.get(quote__contains="denies it")


def test_a_denial_joins_on_arrival_what_it_answers(rows: tuple[Mention, Mention]) -> None:
    claim, denial = rows
    assert denial.claim_id == claim.claim_id
    assert (denial.stance, denial.factuality) == ("denies", "denied")


def test_which_mention_a_denial_answers_is_stored_with_it(rows: tuple[Mention, Mention]) -> None:
    claim, denial = rows
    answers = mention_of(denial).answers
    assert answers is not None
    assert (answers.start, answers.end) == (claim.start, claim.end)


def test_matching_a_story_anew_leaves_it_there(rows: tuple[Mention, Mention]) -> None:
    story = Story.objects.get()
    assert rematching.rematch_story(story.pk) == ()


def test_what_a_person_says_of_the_two_goes_before(rows: tuple[Mention, Mention], ada: User) -> None:
    claim, denial = rows
    judgements.different(claim.pk, denial.pk, by=ada)
    rematching.rematch_story(Story.objects.get().pk)
    claim.refresh_from_db()
    denial.refresh_from_db()
    assert claim.claim_id != denial.claim_id
    assert Article.objects.count() == 1
