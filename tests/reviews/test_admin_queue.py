"""The queue and the first page: what waits, for whom, at a fixed price."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.models import ArticleStep
from claims.services.reliability import record_verdict
from reviews.models import Review
from reviews.workflow import Status
from tests.claims import desk_data
from tests.conftest import person
from tests.reviews.conftest import MakeReview

pytestmark = pytest.mark.django_db

QUEUE = "/admin/reviews/review/"
QUEUE_QUERIES = 7
INDEX_QUERIES = 13
AtDesk = Callable[[User], Client]


@pytest.fixture
def at_desk() -> AtDesk:
    """A browser of its own for each person."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


def listed(client: Client, query: str = "") -> list[int]:
    return [review.pk for review in client.get(f"{QUEUE}?{query}").context["cl"].result_list]


def cost(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_what_waits_stands_first_then_contested_then_many_outlets(
    rex: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    decided = make_review(Status.CORROBORATED, outlets=9)
    few = make_review(outlets=1)
    many = make_review(outlets=5)
    contested = make_review(outlets=1, suggested="disputed")
    assert listed(at_desk(rex)) == [contested.pk, many.pk, few.pk, decided.pk]


def test_fragments_are_left_out_of_the_queue_until_they_are_asked_for_or_held(
    rex: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    whole, scrap, held = make_review(), make_review(), make_review(Status.IN_REVIEW)
    Review.objects.filter(pk__in=[scrap.pk, held.pk]).update(fragment=True)
    client = at_desk(rex)
    assert set(listed(client)) == {whole.pk, held.pk}
    assert set(listed(client, "queue=waiting")) == {whole.pk, held.pk}
    assert listed(client, "queue=unassigned") == [whole.pk]
    assert set(listed(client, "queue=fragments")) == {scrap.pk, held.pk}
    assert set(listed(client, "queue=everything")) == {whole.pk, scrap.pk, held.pk}


def test_each_way_to_look_at_the_queue_lists_its_part(
    rex: User, vera: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    free, proposed, decided = make_review(), make_review(Status.PROPOSED), make_review(Status.CORROBORATED)
    marked, contested = make_review(Status.REFUTED), make_review(suggested="disputed")
    Review.objects.filter(pk=marked.pk).update(recheck_at=timezone.now(), recheck_reason="turned")
    mine = make_review()
    client = at_desk(rex)
    client.post(f"{QUEUE}{mine.pk}/change/", {"action": "take", "version": mine.version})
    parts = {
        "waiting": {free, proposed, marked, contested, mine},
        "mine": {mine},
        "unassigned": {free, marked, contested},
        "approve": {proposed},
        "recheck": {marked},
        "contested": {contested},
    }
    for name, reviews in parts.items():
        assert set(listed(client, f"queue={name}")) == {review.pk for review in reviews}, name
    assert set(listed(client, "status__exact=corroborated")) == {decided.pk}
    assert set(listed(client, "suggested=disputed")) == {contested.pk}


def test_what_nobody_holds_any_more_waits_on_the_desk_as_it_does_for_the_next_claim(
    rex: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    held = make_review(Status.IN_REVIEW)
    client = at_desk(rex)
    assert listed(client, "queue=unassigned") == []
    Review.objects.filter(pk=held.pk).update(lease_until=timezone.now())
    assert listed(client, "queue=unassigned") == [held.pk]
    assert [review.pk for review in client.get("/admin/").context["dashboard"].urgent] == [held.pk]


def test_the_queue_is_searched_by_words_quotes_and_colleagues(
    rex: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    review, held = make_review(), make_review(Status.IN_REVIEW)
    client = at_desk(rex)
    number = review.claim.text.rstrip(".").split()[-1]
    assert review.pk in listed(client, f"q=report+{number}")
    assert listed(client, "q=rita") == [held.pk]
    assert listed(client, "q=submarine") == []


@pytest.mark.parametrize("query", ["", "?queue=waiting", "?queue=mine", "?suggested=disputed", "?q=counted"])
def test_the_queue_costs_the_same_whatever_its_length(
    query: str, rex: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    client = at_desk(rex)
    make_review(Status.IN_REVIEW)
    client.get(QUEUE + query)
    short = cost(client, QUEUE + query)
    for status in Status:
        make_review(status, outlets=2)
    assert (short, cost(client, QUEUE + query)) == (QUEUE_QUERIES, QUEUE_QUERIES)


def test_the_first_page_costs_the_same_however_much_waits(adm: User, at_desk: AtDesk, make_review: MakeReview) -> None:
    client = at_desk(adm)
    url = reverse("admin:index")
    record_verdict(make_review(Status.PROPOSED).claim_id, holds=True)  # its diagram is kept from now on
    client.get(url)
    short = cost(client, url)
    for status in Status:
        make_review(status, outlets=2)
    assert (short, cost(client, url)) == (INDEX_QUERIES, INDEX_QUERIES)


def test_the_first_page_counts_what_waits_and_what_is_parked(
    vera: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    make_review()
    make_review(Status.PROPOSED)
    desk_data.claim()
    ArticleStep.objects.filter(name="match").update(done_at=None, parked_at=timezone.now(), error="boom")
    page = at_desk(vera).get(reverse("admin:index")).content.decode()
    shown = " ".join(page.split())
    assert '<span class="n">1</span> <span class="label">waiting for a reviewer</span>' in shown
    assert '<span class="n">1</span> <span class="label">for me to approve</span>' in shown
    assert '<span class="n">5</span> <span class="label">articles parked with an error</span>' in shown


def test_the_next_claim_goes_to_whoever_asks_and_only_once(rex: User, at_desk: AtDesk, make_review: MakeReview) -> None:
    calm, urgent = make_review(), make_review(suggested="disputed")
    client, other = at_desk(rex), at_desk(person("rosa", "reviewer"))
    url = reverse("admin:reviews_review_next")
    assert client.post(url)["Location"] == f"{QUEUE}{urgent.pk}/change/"
    assert other.post(url)["Location"] == f"{QUEUE}{calm.pk}/change/"
    assert "Nothing waits for a reviewer." in other.post(url, follow=True).content.decode()


def test_the_next_claim_is_not_for_approvers_nor_by_following_a_link(
    vera: User, rex: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    review = make_review()
    url = reverse("admin:reviews_review_next")
    assert "Take is for: reviewer." in at_desk(vera).post(url, follow=True).content.decode()
    assert at_desk(rex).get(url).status_code == 405
    assert Review.objects.get(pk=review.pk).assignee is None


def test_a_stranger_sees_neither_queue_nor_numbers(sam: User, at_desk: AtDesk, make_review: MakeReview) -> None:
    review = make_review()
    sam.is_staff = True
    sam.save()
    client = at_desk(sam)
    for url in (QUEUE, f"{QUEUE}{review.pk}/change/", reverse("admin:reviews_reviewevent_changelist")):
        assert client.get(url).status_code == 403
    assert client.post(reverse("admin:reviews_review_next")).status_code == 403
    page = client.get(reverse("admin:index")).content.decode()
    assert "tile" not in page


def test_nobody_adds_or_deletes_a_review_here(admin_client: Client, make_review: MakeReview) -> None:
    review = make_review()
    assert admin_client.post(f"{QUEUE}add/").status_code == 403
    assert admin_client.post(f"{QUEUE}{review.pk}/delete/").status_code == 403


@pytest.fixture
def adm(db: None) -> User:
    """Holds every role."""
    return person("adm", "administrator")


def test_the_first_page_shows_how_the_machines_probabilities_came_true(
    rex: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    client = at_desk(rex)
    assert "No claim has been decided yet." in client.get(reverse("admin:index")).content.decode()
    record_verdict(make_review().claim_id, holds=True)
    page = client.get(reverse("admin:index")).content.decode()
    assert "c-reliability" in page
    assert "1 decided claim:" in page
