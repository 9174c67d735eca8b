"""What one cause does to many claims is one notice a person, with their number and a link to their list."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test import Client
from rest_framework.test import APIClient

from claims.models import Article, Claim, Mention, Source
from claims.services import correcting, scoring
from reviews.models import Notification, Review
from reviews.models.notes import NotificationKind
from reviews.services import Order, act
from reviews.services.bulk import Bulk, start
from reviews.services.digests import send_digests
from reviews.services.notifying import News, mark_read, notify
from reviews.services.rechecking import recheck_if_turned
from reviews.services.regrouping import Regroup, merge
from reviews.workflow import Action, Status
from tests.conftest import person
from tests.reviews.conftest import MakeClaim, MakeReview, bring_to, new_assessment, new_claim, new_mention

pytestmark = pytest.mark.django_db
Api = Callable[[User | None], APIClient]


def bulk(actor: User, order: Order, claims: list[Claim]) -> None:
    versions = {c.pk: Review.objects.get(claim=c).version for c in claims}
    assert all(item.outcome == "done" for item in start(Bulk(order, versions, together=False), actor).items.all())


def propose(rex: User, claims: list[Claim]) -> None:
    bulk(rex, Order(Action.TAKE), claims)
    links = ("https://records.example/1",)
    bulk(rex, Order(Action.PROPOSE, verdict="disputed", rationale="The records differ.", links=links), claims)


def told(user: User) -> list[tuple[str, int]]:
    rows = Notification.objects.filter(user=user).order_by("id")
    return [(row.kind, row.number) for row in rows]


@pytest.fixture
def claims(make_claim: MakeClaim) -> list[Claim]:
    return [make_claim() for _ in range(4)]


def test_a_bulk_of_proposals_is_one_notice_to_each_approver(claims: list[Claim], rex: User, vera: User) -> None:
    otto = person("otto", "approver")
    propose(rex, claims)
    assert told(vera) == told(otto) == [("proposed", 4)]
    assert Notification.objects.get(user=vera).headline == "4 claims: rex proposes disputed"


def test_a_bulk_of_approvals_and_of_rejections_is_one_notice_to_the_proposer(
    claims: list[Claim], rex: User, vera: User
) -> None:
    propose(rex, claims)
    bulk(vera, Order(Action.APPROVE), claims[:3])
    bulk(vera, Order(Action.REJECT, note="Name the page."), claims[3:])
    assert told(rex) == [("decided", 3), ("rejected", 1)]
    single = Notification.objects.get(user=rex, kind="rejected")
    assert single.headline == "vera rejected: Name the page.", "one claim is told as ever"


def test_a_bulk_that_gives_work_away_tells_both_sides_once(
    claims: list[Claim], ada: User, rex: User, rita: User
) -> None:
    bulk(rex, Order(Action.TAKE), claims)
    bulk(ada, Order(Action.REASSIGN, assignee="rita"), claims)
    assert told(rex) == told(rita) == [("assigned", 4)]
    assert Notification.objects.get(user=rita).headline == "4 claims: ada gave them to you"


def test_two_bulks_are_two_notices(claims: list[Claim], rex: User, vera: User) -> None:
    propose(rex, claims[:2])
    propose(rex, claims[2:])
    assert told(vera) == [("proposed", 2), ("proposed", 2)]


def test_what_is_done_claim_by_claim_is_told_claim_by_claim(make_review: MakeReview, vera: User) -> None:
    make_review(Status.PROPOSED)
    make_review(Status.PROPOSED)
    assert told(vera) == [("proposed", 1), ("proposed", 1)]


def test_the_notice_leads_to_the_list_of_its_claims(
    claims: list[Claim], api: Api, client: Client, rex: User, vera: User
) -> None:
    propose(rex, claims[:3])
    notice = api(vera).get("/api/v1/notifications/").json()["results"][0]
    assert (notice["number"], notice["text"]) == (3, "3 claims: rex proposes disputed")
    listed = api(vera).get(f"/api/v1/claims/?notice={notice['id']}").json()["results"]
    assert {row["id"] for row in listed} == {claim.pk for claim in claims[:3]}
    assert api(rex).get(f"/api/v1/claims/?notice={notice['id']}").json()["count"] == 0, "it is vera's"
    assert api(vera).get("/api/v1/claims/?notice=first").status_code == 400

    client.force_login(vera)
    page = client.get("/admin/reviews/review/news/").content.decode()
    address = f"/admin/reviews/review/?queue=everything&amp;notice={notice['id']}"
    assert address in page
    assert client.get("/admin/").content.decode().count("3 claims") == 0
    rows = client.get(address.replace("&amp;", "&"))
    assert set(rows.context["cl"].queryset.values_list("claim", flat=True)) == {claim.pk for claim in claims[:3]}


@pytest.mark.parametrize("given", ["x", "0", "-1", "٣", "1 OR 1=1"])
def test_a_notice_that_there_is_not_lists_nothing(given: str, claims: list[Claim], client: Client, vera: User) -> None:
    client.force_login(vera)
    page = client.get("/admin/reviews/review/", {"queue": "everything", "notice": given})
    assert page.status_code == 200
    assert not page.context["cl"].queryset.exists()


def test_the_news_count_notices_and_one_reading_reads_the_whole(
    claims: list[Claim], client: Client, rex: User, vera: User
) -> None:
    propose(rex, claims)
    client.force_login(vera)
    tiles = {tile.label: tile.count for tile in client.get("/admin/").context["dashboard"].tiles}
    assert tiles["news for you"] == 1
    assert mark_read(vera) == 1


def test_the_digest_tells_a_group_in_one_line(claims: list[Claim], rex: User, vera: User) -> None:
    propose(rex, claims)
    notice = Notification.objects.get(user=vera)
    assert send_digests() == 1
    assert mail.outbox[0].subject == "Verifier: 1 thing for you"
    assert "- 4 claims: rex proposes disputed\n" in mail.outbox[0].body
    assert f"/admin/reviews/review/?queue=everything&notice={notice.pk}" in mail.outbox[0].body


def stated(claim: Claim, article: Article, stance: str = "asserts") -> Mention:
    """One more mention of the claim, at a place of its own in ``article``."""
    at = article.mentions.count()
    return Mention.objects.create(
        article=article,
        claim=claim,
        stance=stance,
        start=at,
        end=at + 5,
        quote=article.text[at : at + 5],
        sentence=article.text,
        sentence_start=0,
        sentence_end=len(article.text),
    )


@pytest.fixture
def article(claims: list[Claim]) -> Article:
    return new_mention(None, Source.objects.create(key="post.example", name="Tarn Post")).article


@pytest.fixture
def decided(claims: list[Claim], article: Article, rita: User, vera: User) -> list[Review]:
    """Four verdicts that rest on one article."""
    for claim in claims:
        mention = stated(claim, article)
        new_assessment(claim, origins=[{"label": f"origin {claim.pk}", "evidence": [str(mention.pk)]}])
    found = [bring_to(Status.CORROBORATED, claim, rita, vera) for claim in claims]
    Notification.objects.all().delete()
    return found


def score_all(reviews: list[Review]) -> None:
    for review in reviews:
        scoring.score(review.claim_id)


def test_one_withdrawn_article_is_one_notice_to_each_who_decided(
    decided: list[Review], article: Article, ada: User, rita: User, vera: User
) -> None:
    correcting.withdraw(article.pk, by=ada, why="It was made up.")
    score_all(decided)
    assert Review.objects.filter(recheck_at__isnull=False).count() == 4
    assert told(rita) == told(vera) == [("recheck", 4)]
    headline = Notification.objects.get(user=vera).headline
    assert headline == "4 claims: “A report” (Tarn Post) was withdrawn: It was made up."


def test_what_comes_after_the_notice_was_read_is_a_new_one(
    decided: list[Review], article: Article, ada: User, vera: User
) -> None:
    correcting.withdraw(article.pk, by=ada, why="It was made up.")
    score_all(decided[:1])
    mark_read(vera)
    score_all(decided[1:])
    assert told(vera) == [("recheck", 1), ("recheck", 3)]


def test_what_comes_after_the_digest_is_in_the_next_one(decided: list[Review], article: Article, ada: User) -> None:
    correcting.withdraw(article.pk, by=ada, why="It was made up.")
    score_all(decided[:3])
    send_digests()
    score_all(decided[3:])
    send_digests()
    assert [m.body.count("claims:") for m in mail.outbox if m.to == ["vera@desk.example"]] == [1, 0]


def test_an_article_that_speaks_against_many_verdicts_is_one_notice(decided: list[Review], vera: User) -> None:
    denying = new_mention(None, Source.objects.create(key="ember.example", name="Ember Daily")).article
    for review in decided:
        mention = stated(review.claim, denying, "denies")
        denial = {"label": "the ministry", "evidence": [str(mention.pk)]}
        assessment = new_assessment(review.claim, origins=[*review.decided_on.origins, denial])
        review.refresh_from_db()
        assert recheck_if_turned(review, assessment)
    assert told(vera) == [("recheck", 4)]
    expected = "4 claims: decided corroborated; since then the ministry spoke against them"
    assert Notification.objects.get(user=vera).headline == expected


def test_a_regrouping_that_marks_verdicts_tells_those_who_gave_them_once(
    decided: list[Review], ada: User, rita: User, vera: User
) -> None:
    merge(decided[0].claim_id, decided[1].claim_id, ada, Regroup("One event.", outcome="corroborated"))
    assert told(rita) == told(vera) == [("recheck", 1)]
    assert "One event." in Notification.objects.get(user=vera).text


def test_a_colleague_who_opted_out_gets_no_group_either(claims: list[Claim], api: Api, rex: User, vera: User) -> None:
    api(vera).post(
        "/api/v1/notifications/choices/", {"kind": "proposed", "in_admin": False, "by_mail": False}, format="json"
    )
    propose(rex, claims)
    assert told(vera) == []


def test_an_undone_bulk_leaves_no_notice(claims: list[Claim], rex: User, vera: User) -> None:
    bulk(rex, Order(Action.TAKE), claims)
    versions: dict[int, int | None] = dict.fromkeys([c.pk for c in claims])
    act(claims[3].pk, rex, Order(Action.RELEASE))
    order = Order(Action.PROPOSE, verdict="disputed", rationale="x", links=("https://records.example/1",))
    start(Bulk(order, versions, together=True), rex)
    assert told(vera) == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_workers_that_mark_verdicts_at_once_while_somebody_reads_lose_no_claim_of_a_notice(vera: User) -> None:
    found = [Review.objects.get(claim=new_claim()) for _ in range(24)]

    def work(number: int) -> None:
        try:
            news = News(
                NotificationKind.RECHECK, found[number], "One turned.", cause="article:1", summary="they turned"
            )
            notify([vera.pk], news)
            if number % 8 == 0:
                mark_read(vera)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as workers:
        list(workers.map(work, range(len(found))))
    rows = Notification.objects.filter(user=vera)
    assert sum(row.number for row in rows) == sum(row.reviews.count() for row in rows) == len(found)
    assert {pk for row in rows for pk in row.reviews.values_list("pk", flat=True)} == {review.pk for review in found}
    assert len(rows) <= 4, "a new notice is begun where one was read, and never otherwise"
