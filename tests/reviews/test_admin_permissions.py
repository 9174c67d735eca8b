"""The matrix of docs/reviewing.md, cell by cell, through the desk."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from zeal import zeal_ignore

from claims.models import Regrouping
from reviews.admin.page import ReviewPage
from reviews.models import Note, Review
from reviews.services.regrouping import Regroup, merge
from reviews.workflow import Status
from tests.conftest import person
from tests.reviews.conftest import MakeReview
from tests.reviews.test_permissions import STATUS_FOR, cells

pytestmark = pytest.mark.django_db
ANYTHING = {"note": "n", "verdict": "refuted", "rationale": "r", "links": "https://example.org/", "reason": "opinion"}


def desk_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(review: Review) -> str:
    return f"/admin/reviews/review/{review.pk}/change/"


@pytest.mark.parametrize(("action", "group", "may"), [c for c in cells() if c[0] in STATUS_FOR])
def test_an_action_of_the_table_is_open_on_the_desk_as_in_the_matrix(
    action: str, group: str, may: bool, make_review: MakeReview, rita: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReviewPage, "page", lambda *_, status=200: HttpResponse(status=status))
    review, who = make_review(STATUS_FOR[action]), person("someone", group)
    if review.status == Status.IN_REVIEW:
        Review.objects.filter(pk=review.pk).update(assignee=who)
    if action == "retract":  # only who proposed takes it back
        Review.objects.filter(pk=review.pk).update(proposer=who)
    if action == "confirm":
        Review.objects.filter(pk=review.pk).update(recheck_at=review.created_at)
    given = {**ANYTHING, "action": action, "version": review.version, "assignee": rita.pk}
    assert desk_of(who).post(page(review), given).status_code == (302 if may else 403)
    assert (Review.objects.get(pk=review.pk).version > review.version) == may


@pytest.mark.parametrize(("group", "may"), [(g, m) for a, g, m in cells() if a == "see claims and reviews"])
def test_the_desk_is_seen_by_the_groups_of_the_matrix(group: str, may: bool, make_review: MakeReview) -> None:
    review, client = make_review(), desk_of(person("someone", group))
    for url in (page(review), "/admin/reviews/review/", f"/admin/claims/claim/{review.claim_id}/change/"):
        assert client.get(url).status_code == (200 if may else 403), url


@pytest.mark.parametrize(("group", "may"), [(g, m) for a, g, m in cells() if a == "note"])
def test_notes_are_written_on_the_desk_by_the_groups_of_the_matrix(
    group: str, may: bool, make_review: MakeReview
) -> None:
    answer = desk_of(person("someone", group)).post(page(make_review()), {"action": "note", "text": "x"})
    assert answer.status_code == (302 if may else 403)
    assert Note.objects.exists() == may


@pytest.mark.parametrize(("action", "group", "may"), [c for c in cells() if c[0] in {"merge", "split", "move", "undo"}])
def test_claims_are_regrouped_on_the_desk_by_the_groups_of_the_matrix(
    action: str, group: str, may: bool, make_review: MakeReview, ada: User
) -> None:
    review, other, client = make_review(outlets=2), make_review(), desk_of(person("someone", group))
    given: dict[str, object] = {"kind": action, "why": "x", "version": review.version, "confirm": "1"}
    if action == "undo":
        given = {"undo": merge(review.claim_id, other.claim_id, ada, Regroup("same")).id, "why": "x"}
    elif action == "merge":
        given["number"] = other.claim_id
    else:
        given |= {"mention": [review.claim.mentions.earliest("pk").pk], "number": other.claim_id}
    assert client.post(f"/admin/reviews/review/{review.pk}/regroup/", given).status_code == (302 if may else 403)
    done = Regrouping.objects.filter(undone_at__isnull=action != "undo")
    assert done.exists() == may


@pytest.mark.parametrize(("group", "may"), [(g, m) for a, g, m in cells() if a == "correct and withdraw articles"])
def test_articles_are_withdrawn_on_the_desk_by_the_groups_of_the_matrix(
    group: str, may: bool, make_review: MakeReview
) -> None:
    article = make_review().claim.mentions.get().article
    answer = desk_of(person("someone", group)).post(
        f"/admin/claims/article/{article.pk}/change/", {"change": "withdraw", "why": "x"}
    )
    assert answer.status_code == (302 if may else 403)
    article.refresh_from_db()
    assert (article.withdrawn_at is not None) == may


@pytest.mark.parametrize(("group", "may"), [(g, m) for a, g, m in cells() if a == "manage accounts"])
def test_accounts_are_managed_on_the_desk_by_the_groups_of_the_matrix(group: str, may: bool, rita: User) -> None:
    client = desk_of(person("someone", group))
    with zeal_ignore():
        for url in ("/admin/auth/user/", "/admin/auth/user/add/", f"/admin/auth/user/{rita.pk}/change/"):
            assert client.get(url).status_code == (200 if may else 403), url


@pytest.mark.parametrize("group", sorted({g for _, g, _ in cells()}))
def test_nobody_adds_or_deletes_facts_on_the_desk(group: str, make_review: MakeReview) -> None:
    """Articles are posted over the API or by ``./run ingest``."""
    review, client = make_review(), desk_of(person("someone", group))
    things = {"claims/article": review.claim.mentions.get().article_id, "claims/claim": review.claim_id}
    things |= {"reviews/review": review.pk, "reviews/reviewevent": review.events.get().pk}
    for thing, pk in things.items():
        for verb in ("add", f"{pk}/delete"):
            assert client.post(f"/admin/{thing}/{verb}/", {"post": "yes"}).status_code == 403, (thing, verb)
