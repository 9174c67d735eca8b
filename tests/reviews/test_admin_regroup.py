"""Merging, splitting, moving and undoing on the desk: seen first, done after, and only by editors."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Regrouping, Story
from reviews.admin import regroup
from reviews.models import Review
from reviews.services import Order, act
from reviews.workflow import Action, Status
from tests.reviews.conftest import MakeReview

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(ada: User) -> Client:
    client = Client()
    client.force_login(ada)
    return client


def page_of(review: Review) -> str:
    return reverse("admin:reviews_review_regroup", args=[review.pk])


def ask(client: Client, review: Review, **given: object) -> HttpResponse:
    return client.post(page_of(review), {"version": review.version, "why": "The same figure.", **given})


def test_a_merge_is_shown_first_and_changes_nothing_until_it_is_confirmed(
    editor: Client, make_review: MakeReview
) -> None:
    source, target = make_review(), make_review()
    given = {"kind": "merge", "number": target.claim_id}
    page = ask(editor, source, **given).content.decode()
    assert "What would happen" in page
    assert f"1 mention would leave claim {source.claim_id} for claim {target.claim_id}" in " ".join(page.split())
    assert not Regrouping.objects.exists()
    answer = ask(editor, source, **given, confirm="1", target_version=target.version)
    assert answer["Location"].endswith(f"/{target.pk}/change/")
    assert Claim.objects.get(pk=source.claim_id).merged_into_id == target.claim_id


def test_a_merge_over_two_stories_is_warned_of(editor: Client, make_review: MakeReview) -> None:
    source, target = make_review(), make_review()
    other = Story.objects.create(title="Another event")
    Claim.objects.filter(pk=target.claim_id).update(story=other)
    page = ask(editor, source, kind="merge", number=target.claim_id).content.decode()
    assert "The two claims are of different stories" in page
    Claim.objects.filter(pk=source.claim_id).update(story=other)
    again = ask(editor, source, kind="merge", number=target.claim_id).content.decode()
    assert "What would happen" in again
    assert "different stories" not in again


def test_claims_that_are_not_in_the_list_of_targets_are_counted(
    editor: Client, make_review: MakeReview, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story.objects.create(title="One event")
    reviews = [make_review() for _ in range(5)]
    Claim.objects.update(story=story)
    monkeypatch.setattr(regroup, "MOST_CLAIMS", 3)
    page = editor.get(page_of(reviews[0])).content.decode()
    assert "1 more claims of the story are not in the list" in page


def test_where_the_merged_claim_stands_is_asked_for_and_not_guessed(editor: Client, make_review: MakeReview) -> None:
    source, target = make_review(), make_review(Status.CORROBORATED)
    answer = ask(editor, source, kind="merge", number=target.claim_id)
    assert answer.status_code == 400
    assert "The two claims stand differently; choose one of" in answer.content.decode()
    told = " ".join(
        ask(editor, source, kind="merge", number=target.claim_id, outcome="corroborated").content.decode().split()
    )
    assert "would stand as <strong>corroborated</strong>" in told
    assert f"Marked for re-check: claim {target.claim_id}." in told


def test_ticked_mentions_are_split_off(editor: Client, make_review: MakeReview) -> None:
    review = make_review(outlets=3)
    away = review.claim.mentions.latest("pk")
    answer = ask(editor, review, kind="split", mention=[away.pk], confirm="1")
    away.refresh_from_db()
    assert away.claim_id not in (None, review.claim_id)
    assert answer["Location"] == reverse(
        "admin:reviews_review_change", args=[Review.objects.get(claim=away.claim_id).pk]
    )


def test_one_mention_is_moved(editor: Client, make_review: MakeReview) -> None:
    source, target = make_review(outlets=2), make_review()
    away = source.claim.mentions.latest("pk")
    ask(editor, source, kind="move", mention=[away.pk], number=target.claim_id, confirm="1")
    away.refresh_from_db()
    assert away.claim_id == target.claim_id


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "merge", "number": 999_999}, "Name the other claim"),
        ({"kind": "merge"}, "Name the other claim"),
        ({"kind": "merge", "number": "many"}, "Enter a whole number"),
        ({"kind": "burn"}, "Select a valid choice"),
        ({"kind": "split"}, ""),
        ({"kind": "split", "mention": [999_999]}, ""),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_happens(
    given: dict[str, object], said: str, editor: Client, make_review: MakeReview
) -> None:
    answer = ask(editor, make_review(outlets=2), confirm="1", **given)
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()
    assert said in answer.content.decode()
    assert not Regrouping.objects.exists()


def test_without_a_reason_nothing_happens(editor: Client, make_review: MakeReview) -> None:
    source, target = make_review(), make_review()
    page = ask(editor, source, kind="merge", number=target.claim_id, why="", confirm="1").content.decode()
    assert "Say why" in page
    assert not Regrouping.objects.exists()


def test_a_change_since_the_preview_is_noticed_and_the_words_are_kept(
    editor: Client, rex: User, make_review: MakeReview
) -> None:
    source, target = make_review(), make_review()
    act(target.claim_id, rex, Order(Action.TAKE))
    given = {"kind": "merge", "number": target.claim_id, "target_version": target.version, "outcome": "unverified"}
    answer = ask(editor, source, **given, confirm="1")
    assert answer.status_code == 409
    assert "The same figure." in answer.content.decode()
    assert not Regrouping.objects.exists()


def test_a_change_of_ones_own_claim_is_told_and_the_form_can_be_sent_again(
    editor: Client, rex: User, make_review: MakeReview
) -> None:
    source, target = make_review(), make_review()
    act(source.claim_id, rex, Order(Action.TAKE))
    given = {"kind": "merge", "number": target.claim_id, "outcome": "unverified"}
    answer = ask(editor, source, **given)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "rex: took it" in page
    assert "held by rex" in page
    assert f'name="version" value="{source.version + 1}"' in page
    source.refresh_from_db()
    assert ask(editor, source, **given, confirm="1").status_code == 302


def test_it_is_undone_while_nothing_depends_on_it(editor: Client, make_review: MakeReview) -> None:
    source, target = make_review(), make_review()
    ask(editor, source, kind="merge", number=target.claim_id, confirm="1")
    done = Regrouping.objects.get()
    editor.post(page_of(target), {"undo": done.pk, "why": "Different days."})
    assert Claim.objects.get(pk=source.claim_id).merged_into_id is None


def test_what_depends_on_it_is_named_instead_of_an_undo(editor: Client, rex: User, make_review: MakeReview) -> None:
    source, target = make_review(), make_review()
    ask(editor, source, kind="merge", number=target.claim_id, confirm="1")
    act(target.claim_id, rex, Order(Action.TAKE))
    page = editor.get(page_of(target)).content.decode()
    assert "It cannot be undone: rex has acted on one of the two claims since (take)." in page
    assert 'name="undo"' not in page
    told = editor.post(page_of(target), {"undo": Regrouping.objects.get().pk, "why": "x"}, follow=True).content.decode()
    assert "Rex has acted" in told


@pytest.mark.parametrize("wrong", ["0", "one", "999999"])
def test_an_unknown_regrouping_is_not_found(wrong: str, editor: Client, make_review: MakeReview) -> None:
    assert editor.post(page_of(make_review()), {"undo": wrong, "why": "x"}).status_code == 404


def test_only_editors_see_the_page(rex: User, vera: User, sam: User, make_review: MakeReview) -> None:
    review = make_review()
    for who in (rex, vera):
        client = Client()
        client.force_login(who)
        assert client.get(page_of(review)).status_code == 403
        assert ask(client, review, kind="split").status_code == 403
        page = client.get(reverse("admin:reviews_review_change", args=[review.pk])).content.decode()
        assert page_of(review) not in page
    client = Client()
    client.force_login(sam)
    assert client.get(page_of(review)).status_code == 302


def test_hostile_texts_stay_words(editor: Client, make_review: MakeReview) -> None:
    source, target = make_review(), make_review()
    Claim.objects.update(text="<script>alert(1)</script>")
    page = ask(editor, source, kind="merge", number=target.claim_id, why="<script>alert(2)</script>").content.decode()
    assert "<script>alert" not in page
