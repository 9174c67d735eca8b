"""``/api/v1/claims/``: what a list row says first, every filter, and the detail with its lines."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from claims.models import Claim
from reviews.services import open_review
from tests.claims import desk_data
from tests.claims.desk_data import SAID, Said

pytestmark = pytest.mark.django_db

URL = "/api/v1/claims/"

Client = Callable[[User | None], APIClient]


def claim(
    text: str = "155 divers were hired from abroad.", said: tuple[Said, ...] = SAID, title: str = "The divers"
) -> Claim:
    made = desk_data.claim(text, said, title)
    open_review(made, made.assessment)
    return made


@pytest.fixture
def divers() -> Claim:
    return claim()


@pytest.fixture
def boats() -> Claim:
    return claim("Two boats sank in the harbour.", said=SAID[:2], title="The boats")


def ids(client: APIClient, **query: object) -> list[int]:
    answer = client.get(URL, query)
    assert answer.status_code == 200, answer.json()
    return [row["id"] for row in answer.json()["results"]]


def test_nobody_is_answered_401_and_a_stranger_403(api: Client, sam: User, divers: Claim):
    for url in (URL, f"{URL}{divers.pk}/"):
        assert api(None).get(url).status_code == 401
        assert api(sam).get(url).status_code == 403


def test_claims_are_ordered_and_filtered_by_what_is_worth_checking(api: Client, rex: User, divers: Claim, boats: Claim):
    Claim.objects.filter(pk=divers.pk).update(worth=0.9)
    Claim.objects.filter(pk=boats.pk).update(worth=0.3, fragment=True)
    client = api(rex)
    assert ids(client, ordering="-worth") == [divers.pk, boats.pk]
    assert ids(client, worth_min=0.5) == ids(client, fragment="false") == [divers.pk]
    assert ids(client, fragment="true") == [boats.pk]
    row = client.get(URL, {"fragment": "true"}).json()["results"][0]
    assert (row["worth"], row["fragment"]) == (0.3, True)


def test_a_row_says_how_few_origins_stand_behind_how_many_articles(api: Client, rex: User, divers: Claim):
    row = api(rex).get(URL).json()["results"][0]
    assert divers.assessment is not None
    assert row["independent_origins"] == divers.assessment.independent_origins
    assert row["article_count"] == divers.assessment.article_count
    assert row["suggested"] == divers.assessment.suggested
    assert row["status"] == "unverified"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"text": "boats sank"}, "boats"),
        ({"text": "port’s spokesman"}, "divers"),
        ({"speaker": "fenn"}, "divers"),
        ({"speaker": "nobody at all"}, ""),
        ({"origins_min": 99}, ""),
        ({"origins_max": 99}, "both"),
        ({"probability_min": 0, "probability_max": 1}, "both"),
        ({"status": "unverified"}, "both"),
        ({"status": "refuted"}, ""),
    ],
)
def test_the_list_is_filtered(
    api: Client, rex: User, divers: Claim, boats: Claim, query: dict[str, object], found: str
):
    expected = {"divers": {divers.pk}, "boats": {boats.pk}, "both": {divers.pk, boats.pk}, "": set()}[found]
    assert set(ids(api(rex), **query)) == expected


def test_the_list_is_filtered_by_story_and_by_source(api: Client, rex: User, divers: Claim, boats: Claim):
    lantern = divers.mentions.get(article__source__name="The Lantern").article.source_id
    assert ids(api(rex), story=boats.story_id) == [boats.pk]
    assert ids(api(rex), source=lantern) == [divers.pk]


@pytest.mark.parametrize("query", [{"story": "x"}, {"probability_min": "much"}, {"status": "certain"}])
def test_a_filter_that_makes_no_sense_is_answered_400(api: Client, rex: User, query: dict[str, str]):
    answer = api(rex).get(URL, query)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == next(iter(query))


def test_the_detail_shows_mentions_figures_and_the_lines_of_the_score(api: Client, rex: User, divers: Claim):
    detail = api(rex).get(f"{URL}{divers.pk}/").json()
    assert len(detail["mentions"]) == len(SAID)
    assert {(f["comparator"], f["value"]) for f in detail["figures"]} == {
        (">", 100.0),
        ("=", 155.0),
        (">=", 163.0),
        ("=", 168.0),
    }
    assert detail["assessment"]["contributions"]
    assert {m["article"]["source"]["name"] for m in detail["mentions"]} >= {"The Lantern", "Quay Radio"}


def test_a_claim_that_is_not_there_is_answered_404(api: Client, rex: User):
    assert api(rex).get(f"{URL}987654/").status_code == 404


def test_the_list_costs_the_same_queries_for_one_claim_and_for_many(
    api: Client, rex: User, django_assert_max_num_queries
):
    claim()
    client = api(User.objects.get(pk=rex.pk))
    client.get(URL)
    for number in range(8):
        claim(f"{number} other divers came.", title=f"Story {number}")
    with django_assert_max_num_queries(5):
        assert len(client.get(URL).json()["results"]) == 9


def test_the_detail_costs_a_fixed_number_of_queries(
    api: Client, rex: User, divers: Claim, django_assert_max_num_queries
):
    client = api(User.objects.get(pk=rex.pk))
    with django_assert_max_num_queries(8):
        client.get(f"{URL}{divers.pk}/")


def assessed(text: str) -> Claim:
    made = Claim.objects.create(text=text)
    desk_data.assess(made)
    return made


def test_a_claim_that_was_merged_away_is_found_by_its_id_only(api: Client, rex: User) -> None:
    gone, kept = assessed("Divers were hired."), assessed("155 divers were hired.")
    Claim.objects.filter(pk=gone.pk).update(merged_into=kept)
    assert [row["id"] for row in api(rex).get("/api/v1/claims/").json()["results"]] == [kept.pk]
    assert api(rex).get(f"/api/v1/claims/{gone.pk}/").json()["merged_into"] == kept.pk
