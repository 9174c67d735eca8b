"""Two pairs of eyes: who is no second person for whom, whatever they did and by whichever door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from rest_framework.test import APIClient
from zeal import zeal_ignore

from claims.models import Article, Mention, Speaker
from claims.services import correcting, sources, speakers
from claims.services.ingest import NewArticle
from reviews.models import Account, Review
from reviews.services.rechecking import Turn, mark
from reviews.services.verifying import verify
from reviews.workflow import Status
from tests.conftest import person
from tests.reviews.conftest import MakeReview

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

Api = Callable[[User | None], APIClient]
WORDS = "a long one of many words"


@pytest.fixture(autouse=True)
def _stock_pages() -> Iterator[None]:
    """Django's own pages ask for the user at hand again and again."""
    with zeal_ignore():
        yield


@pytest.fixture
def bo(db: None) -> User:
    """Edits and reviews."""
    return person("bo", "editor", "reviewer")


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["code"] if answer.status_code >= 400 else ""


def confirm(client: APIClient, review: Review) -> tuple[int, str]:
    return refusal(client.post(f"/api/v1/claims/{review.claim_id}/confirm/", {"note": "It stands."}))


def marked(review: Review) -> Review:
    review.refresh_from_db()
    if review.recheck_at is None:
        assert mark(review, Turn("Something changed."))
        review.refresh_from_db()
    return review


CHANGES = [
    "withdraw", "correct", "restore", "split", "undo", "merge sources", "undo a merge of sources", "merge speakers",
    "undo a merge of speakers", "describe a speaker",
]  # fmt: skip


def change(what: str, review: Review, by: User, other: User, api: Api) -> None:
    """Change what a decided claim rests on, over the API; what has to be there before is done by ``other``."""
    article = review.claim.mentions.earliest("pk").article_id
    texts = {"correct": {"text": "A report in other words."}}
    if what == "restore":
        correcting.withdraw(article, by=other, why="retracted")
    if "speaker" in what:
        one, two = (Speaker.objects.create(canonical=name, kind="person") for name in ("Ines Marrow", "Ivo Marr"))
        Mention.objects.filter(claim=review.claim).update(speaker=one)
        if "describe" in what:
            speakers.describe(one.pk, {"party": "Port of Ember"}, by=by, why="of the port")
            return
        merged = speakers.merge(one.pk, two.pk, by=other if "undo" in what else by, why="They are one.")
        if "undo" in what:
            speakers.undo(merged.pk, by=by)
        return
    if "sources" in what:
        one, two = (m.article.source_id for m in review.claim.mentions.select_related("article").order_by("pk")[:2])
        done = sources.merge(one, two, by=other if "undo" in what else by, why="They are one.")
        if "undo" in what:
            sources.undo_merge(done.pk, by=by)
        return
    if what in {"withdraw", "correct", "restore"}:
        given = {"why": "they said so", **texts.get(what, {})}
        assert api(by).post(f"/api/v1/articles/{article}/{what}/", given).status_code in {200, 201}
        return
    body = {"mentions": [review.claim.mentions.earliest("pk").pk], "why": "another thing"}
    splitter = other if what == "undo" else by
    done = api(splitter).post(f"/api/v1/claims/{review.claim_id}/split/", body)
    assert done.status_code == 201
    if what == "undo":
        done = api(by).post(f"/api/v1/regroupings/{done.json()['id']}/undo/", {"why": "no"})
        assert done.status_code == 201


@pytest.mark.parametrize("what", CHANGES)
def test_whoever_changed_what_a_verdict_rests_on_does_not_confirm_it(
    what: str, make_review: MakeReview, api: Api, bo: User, rex: User
) -> None:
    review = make_review(Status.CORROBORATED, outlets=3)
    change(what, review, bo, person("eve", "editor"), api)
    marked(review)
    assert confirm(api(bo), review) == (403, "own_change")
    assert confirm(api(rex), review)[0] == 200


def test_a_correction_that_only_brings_the_claim_in_counts_too(make_review: MakeReview, api: Api, bo: User) -> None:
    review, elsewhere = make_review(Status.REFUTED), make_review(outlets=1)
    old = elsewhere.claim.mentions.get().article
    version = correcting.correct(old.pk, NewArticle(text="A new version of it."), by=bo, why="they corrected it")
    span = {"start": 0, "end": 5, "sentence_start": 0, "sentence_end": 5}
    Mention.objects.create(article=version, claim=review.claim, quote="A new", sentence="A new", **span)
    assert confirm(api(bo), marked(review)) == (403, "own_change")


def test_what_was_changed_before_the_verdict_was_given_or_confirmed_is_known_to_who_gave_it(
    make_review: MakeReview, api: Api, bo: User, rex: User
) -> None:
    review = make_review(Status.CORROBORATED, outlets=3)
    change("withdraw", review, bo, bo, api)
    assert confirm(api(rex), marked(review))[0] == 200
    assert confirm(api(bo), marked(review))[0] == 200


def test_what_is_changed_of_another_claim_hinders_nobody(make_review: MakeReview, api: Api, bo: User) -> None:
    review, other = make_review(Status.CORROBORATED, outlets=2), make_review(Status.CORROBORATED, outlets=2)
    change("withdraw", other, bo, bo, api)
    assert confirm(api(bo), marked(review))[0] == 200


def test_who_proposed_a_verdict_does_not_confirm_it(make_review: MakeReview, api: Api, rita: User, rex: User) -> None:
    review = marked(make_review(Status.DISPUTED))
    assert confirm(api(rita), review) == (403, "own_proposal")
    assert confirm(api(rex), review)[0] == 200


def test_a_desk_of_one_person_confirms_what_it_likes(
    make_review: MakeReview, api: Api, rita: User, settings: Any
) -> None:
    settings.VERIFIER_FOUR_EYES = False
    assert confirm(api(rita), marked(make_review(Status.DISPUTED)))[0] == 200


# --- Accounts that one person may sign in as -------------------------------------------------------------------------


def desk_of(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))  # a session ends with the password that it began with
    return client


def give_password(giver: User, account: User) -> None:
    """On the desk, as whoever manages accounts does it."""
    given = {"password1": WORDS, "password2": WORDS, "usable_password": "true"}
    assert desk_of(giver).post(f"/admin/auth/user/{account.pk}/password/", given).status_code == 302


def approve(client: APIClient, review: Review) -> tuple[int, str]:
    review.refresh_from_db()
    return refusal(client.post(f"/api/v1/claims/{review.claim_id}/approve/", HTTP_IF_MATCH=f'"{review.version}"'))


def propose(client: APIClient, review: Review) -> None:
    here = f"/api/v1/claims/{review.claim_id}/"
    assert client.post(f"{here}take/").status_code == 200
    given = {"verdict": "refuted", "rationale": "So it is.", "links": ["https://example.org/"]}
    assert client.post(f"{here}propose/", given).status_code == 200


def test_nobody_proposes_as_one_and_approves_as_another(make_review: MakeReview, api: Api, vera: User) -> None:
    adam, review = person("adam", "administrator"), make_review()
    give_password(adam, vera)
    propose(api(adam), review)
    assert approve(api(vera), review) == (403, "same_hands")
    assert approve(api(person("vito", "approver")), review)[0] == 200


def test_nor_the_other_way_round(make_review: MakeReview, api: Api, rex: User) -> None:
    adam, review = person("adam", "administrator"), make_review()
    give_password(adam, rex)
    propose(api(rex), review)
    assert approve(api(adam), review) == (403, "same_hands")


def test_nor_as_two_accounts_that_one_person_made(make_review: MakeReview, api: Api) -> None:
    adam, review = person("adam", "administrator"), make_review()
    for name, group in (("one", "reviewer"), ("two", "approver")):
        given = {"username": name, "password1": WORDS, "password2": WORDS, "usable_password": "true"}
        assert desk_of(adam).post("/admin/auth/user/add/", given).status_code == 302
        person_made = User.objects.get(username=name)
        person_made.groups.set(person(f"like {name}", group).groups.all())
    one, two = User.objects.get(username="one"), User.objects.get(username="two")
    propose(api(one), review)
    assert approve(api(two), review) == (403, "same_hands")
    assert confirm(api(one), marked(make_review(Status.CORROBORATED)))[0] == 200


def test_an_account_is_its_owners_once_they_have_changed_the_password(
    make_review: MakeReview, api: Api, vera: User
) -> None:
    adam, review = person("adam", "administrator"), make_review()
    give_password(adam, vera)
    propose(api(adam), review)
    own = {"old_password": WORDS, "new_password1": "another one of words", "new_password2": "another one of words"}
    wrong = {**own, "old_password": "no"}
    assert desk_of(vera).post("/admin/password_change/", wrong).status_code == 200
    assert approve(api(vera), review) == (403, "same_hands")
    assert desk_of(vera).post("/admin/password_change/", own).status_code == 302
    assert Account.objects.get(user=vera).password_by is None
    assert approve(api(vera), review)[0] == 200
    assert verify().faults == ()


def test_nor_by_merging_a_proposal_of_the_other_account_into_a_verdict(
    make_review: MakeReview, api: Api, rita: User
) -> None:
    adam = person("adam", "administrator")
    give_password(adam, rita)
    proposed, decided = make_review(Status.PROPOSED), make_review(Status.CORROBORATED)
    body = {"into": decided.claim_id, "why": "same", "outcome": "corroborated"}
    answer = api(adam).post(f"/api/v1/claims/{proposed.claim_id}/merge/", body)
    assert refusal(answer) == (403, "own_proposal")


def test_nor_does_the_other_account_confirm_what_this_one_changed(make_review: MakeReview, api: Api, rex: User) -> None:
    adam, review = person("adam", "administrator"), make_review(Status.CORROBORATED, outlets=3)
    give_password(adam, rex)
    change("withdraw", review, adam, adam, api)
    assert confirm(api(rex), marked(review)) == (403, "same_hands")
    assert Article.objects.filter(withdrawn_at__isnull=False).count() == 1
