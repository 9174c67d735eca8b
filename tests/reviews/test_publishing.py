"""services.publishing: approved verdicts reach readers in versions that nobody can change."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.utils import timezone

from claims.models import Article
from claims.services import correcting
from reviews.errors import Conflict, Invalid, Missing, Refused, Stale
from reviews.models import Account, Publication, PublicationVersion, Review, ReviewEvent
from reviews.services import Order, act
from reviews.services.publishing import HEADLINE, Words, correct, publish, withdraw
from reviews.services.verifying import verify
from reviews.workflow import Action, Status
from tests.conftest import person
from tests.reviews.conftest import MakeReview
from tests.reviews.published import LINK, RATIONALE, decided, editor, published

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

WHY = Words(why="The ledger was misread.")


def versions(publication: Publication) -> list[tuple[int, str]]:
    return list(publication.versions.order_by("number").values_list("number", "kind"))


def test_an_approved_verdict_is_published_with_what_it_rests_on(ada: User) -> None:
    publication = publish(decided().claim_id, ada, Words())
    shown = publication.current.snapshot
    assert (publication.verdict, publication.withdrawn, versions(publication)) == (
        "corroborated", False, [(1, "published")],
    )  # fmt: skip
    assert (shown["claim"], shown["summary"], shown["links"]) == (
        "155 divers were hired from abroad.",
        RATIONALE,
        [LINK],
    )
    assert [line["article"]["source"] for line in shown["evidence"]] == ["Harbour Post"]
    assert shown["independent_origins"] == 3
    assert {origin["label"] for origin in shown["origins"]} >= {"Ines Marrow", "harbour ledger"}
    assert [a["source"] for a in shown["origins"][0]["articles"]] == ["Harbour Post", "Coast Daily"]
    assert shown["claimant"] == {"name": "Ines Marrow", "kind": "person"}
    assert [a["source"] for a in shown["appearances"]][:2] == ["Harbour Post", "Coast Daily"]


def test_readers_are_told_no_names_of_colleagues_no_notes_and_no_score(ada: User) -> None:
    shown = json.dumps(publish(decided().claim_id, ada, Words()).current.snapshot)
    for secret in ("rita", "vera", "ada", "probability", "log_odds", "0.57", "suggested"):
        assert secret not in shown


def test_an_editor_may_say_it_in_other_words(ada: User) -> None:
    publication = publish(decided().claim_id, ada, Words(headline=" Yes, 155 ", summary="Two books say so."))
    shown = publication.current.snapshot
    assert (shown["headline"], shown["summary"]) == ("Yes, 155", "Two books say so.")


@pytest.mark.parametrize("status", [Status.UNVERIFIED, Status.IN_REVIEW, Status.PROPOSED, Status.DISMISSED])
def test_what_is_not_decided_is_not_published(status: Status, make_review: MakeReview, ada: User) -> None:
    with pytest.raises(Conflict) as refused:
        publish(make_review(status).claim_id, ada, Words())
    assert refused.value.code == "not_publishable"
    assert not Publication.objects.exists()


def test_nor_is_what_is_marked_for_recheck(ada: User) -> None:
    review = decided()
    Review.objects.filter(pk=review.pk).update(recheck_at=timezone.now())
    with pytest.raises(Conflict):
        publish(review.claim_id, ada, Words())


@pytest.mark.parametrize("group", ["viewer", "ingest", "reviewer", "approver"])
def test_who_is_no_editor_publishes_nothing(group: str, db: None) -> None:
    claim, somebody = decided().claim_id, person("somebody", group)
    with pytest.raises(Refused):
        publish(claim, somebody, Words())
    publication = publish(claim, editor(), Words())
    for deed in (correct, withdraw):
        with pytest.raises(Refused):
            deed(claim, somebody, WHY)
    assert versions(publication) == [(1, "published")]


def test_a_machine_publishes_nothing(ada: User) -> None:
    Account.objects.create(user=ada, machine=True)
    with pytest.raises(Refused):
        publish(decided().claim_id, ada, Words())


def test_a_correction_is_a_version_more_at_the_same_address(db: None) -> None:
    publication = published()
    before = publication.versions.get()
    again = correct(publication.review.claim_id, editor(), Words(summary="One book says so.", why="One book was lost."))
    assert (again.pk, versions(again)) == (publication.pk, [(1, "published"), (2, "corrected")])
    assert (again.current.snapshot["summary"], again.current.why) == ("One book says so.", "One book was lost.")
    assert again.published_at == publication.published_at < again.changed_at
    before.refresh_from_db()
    assert before.snapshot["summary"] == RATIONALE


def test_a_reversed_verdict_reaches_readers_only_by_a_correction(db: None) -> None:
    publication = published()
    claim, rita, vera = (
        publication.review.claim_id,
        User.objects.get(username="rita"),
        User.objects.get(username="vera"),
    )
    act(claim, rita, Order(Action.REOPEN, reason="A page was missing."))
    with pytest.raises(Conflict):
        correct(claim, editor(), WHY)
    act(claim, rita, Order(Action.PROPOSE, verdict="refuted", rationale="It is not so.", links=(LINK,)))
    act(claim, vera, Order(Action.APPROVE))
    publication.refresh_from_db()
    assert (publication.verdict, publication.stands) == ("corroborated", False)
    correct(claim, editor(), WHY)
    publication.refresh_from_db()
    publication.review.refresh_from_db()
    assert (publication.verdict, publication.stands) == ("refuted", True)


def test_a_withdrawal_shows_nothing_but_why_and_may_be_done_whatever_the_review_stands_at(db: None) -> None:
    publication = published()
    claim = publication.review.claim_id
    act(claim, User.objects.get(username="rita"), Order(Action.REOPEN, reason="A page was missing."))
    gone = withdraw(claim, editor(), WHY)
    assert (gone.withdrawn, gone.current.snapshot, gone.current.why) == (True, {}, WHY.why)
    for deed in (correct, withdraw):
        with pytest.raises(Conflict):
            deed(claim, editor(), WHY)


def test_what_was_withdrawn_can_be_published_once_more_at_its_address(db: None) -> None:
    publication = published()
    claim = publication.review.claim_id
    withdraw(claim, editor(), WHY)
    again = publish(claim, editor(), Words())
    assert (again.pk, again.withdrawn) == (publication.pk, False)
    assert versions(again) == [(1, "published"), (2, "withdrawn"), (3, "published")]


def test_twice_is_a_conflict(db: None) -> None:
    claim = published().review.claim_id
    with pytest.raises(Conflict):
        publish(claim, editor(), Words())


@pytest.mark.parametrize("deed", [correct, withdraw])
def test_readers_are_told_why(deed, db: None) -> None:
    claim = published().review.claim_id
    for why in ("", "  "):
        with pytest.raises(Missing):
            deed(claim, editor(), Words(why=why))
    with pytest.raises(Conflict):
        deed(decided(text="163 divers were hired.").claim_id, editor(), WHY)


def test_words_have_their_limits_and_a_version_that_was_seen_counts(ada: User) -> None:
    claim = decided().claim_id
    with pytest.raises(Invalid):
        publish(claim, ada, Words(headline="x" * (HEADLINE + 1)))
    with pytest.raises(Stale):
        publish(claim, ada, Words(version=1))
    with pytest.raises(Review.DoesNotExist):
        publish(claim + 1000, ada, Words())


def test_an_article_that_was_withdrawn_leaves_the_page_only_by_a_correction(db: None) -> None:
    publication = published()
    article = Article.objects.get(source__name="Coast Daily")
    correcting.withdraw(article.pk, by=editor(), why="It was made up.")
    publication.refresh_from_db()
    sources = [a["source"] for a in publication.current.snapshot["appearances"]]
    assert "Coast Daily" in sources


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_what_was_published(verb: str, db: None) -> None:
    rows = PublicationVersion.objects.filter(publication=published())
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(why="Another reason.") if verb == "update" else rows._raw_delete("default")
    assert rows.get().why == ""


def test_the_history_names_what_was_put_before_readers_and_stays_whole(db: None) -> None:
    publication = published()
    claim = publication.review.claim_id
    correct(claim, editor(), WHY)
    withdraw(claim, editor(), WHY)
    lines = ReviewEvent.objects.filter(review__claim=claim).order_by("sequence")
    assert list(lines.values_list("action", flat=True))[-3:] == ["publish", "republish", "unpublish"]
    assert lines.last().details["publication"] == publication.pk
    assert verify().faults == ()
