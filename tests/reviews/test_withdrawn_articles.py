"""An article that its publisher takes back or corrects: from the desk or the API to the claims that rest on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.test import Client
from rest_framework.test import APIClient

from claims.errors import ArticleState
from claims.models import Article, ArticleChange, ArticleStep, Claim, Mention, StepName
from claims.services import correcting, inline
from claims.services.ingest import NewArticle, ingest
from reviews.errors import Invalid
from reviews.models import Notification, Review
from reviews.services import Order, act
from reviews.services.verifying import verify
from reviews.workflow import Action
from tests.conftest import person

pytestmark = pytest.mark.django_db
Api = Callable[[User | None], APIClient]

NEWS = {
    "Tarn Post": "The ferry Albatross ran aground on the Kestrel reef in thick fog on Monday, the harbour master said.",
    "Ember Daily": "In thick fog the ferry Albatross ran aground on the Kestrel reef on Monday, the coastguard said.",
}
CORRECTED = (
    "Correction: the ferry Albatross was not near the Kestrel reef on Monday. The harbour master named another ship."
)
OTHER = "Parliament raised the import tariff on smoked herring to 12 percent, the finance minister said on Tuesday."


def process() -> None:
    for _ in inline.process():
        pass


def take_in(source: str, text: str) -> Article:
    return ingest(NewArticle(title="Port Ember", text=text, source=source)).article


@pytest.fixture
def article(db: None) -> Article:
    """The first of two reports of one claim."""
    articles = [take_in(source, text) for source, text in NEWS.items()]
    process()
    return articles[0]


@pytest.fixture
def claim(article: Article) -> Claim:
    return Claim.objects.get(mentions__article=article)


@pytest.fixture
def decided(claim: Claim, rex: User, vera: User) -> Review:
    """Corroborated on both reports."""
    act(claim.pk, rex, Order(Action.TAKE))
    mentions = tuple(claim.mentions.values_list("pk", flat=True))
    act(claim.pk, rex, Order(Action.PROPOSE, verdict="corroborated", rationale="Two offices.", mentions=mentions))
    return act(claim.pk, vera, Order(Action.APPROVE))


def address(article: Article, action: str) -> str:
    return f"/api/v1/articles/{article.pk}/{action}/"


def first_error(answer: object) -> tuple[str, str]:
    error = answer.json()["errors"][0]
    return error["attr"], error["code"]


def test_the_reports_are_two_origins_of_one_claim(article: Article, claim: Claim) -> None:
    assert claim.mentions.count() == 2
    assert claim.assessment.independent_origins == 2


def test_a_withdrawn_article_marks_the_verdict_that_rests_on_it_and_says_why(
    article: Article, decided: Review, api: Api, ada: User, rex: User
) -> None:
    answer = api(ada).post(address(article, "withdraw"), {"why": "The Post took it down."})
    assert answer.status_code == 200, answer.json()
    assert (answer.json()["state"], answer.json()["replaced_by"]) == ("withdrawn", None)
    process()

    decided.refresh_from_db()
    assert decided.status == "corroborated", "the verdict stands until a person changes it"
    assert "“Port Ember” (Tarn Post) was withdrawn: The Post took it down." in decided.recheck_reason
    assert decided.claim.assessment.independent_origins == 1
    assert decided.outlets == 1
    assert api(rex).post("/api/v1/reviews/next/").json()["claim"] == decided.claim_id, "it is back in the queue"
    assert Notification.objects.filter(kind="recheck", user=rex).exists()
    assert verify().faults == ()


def test_each_article_that_is_withdrawn_is_told_once(article: Article, decided: Review, ada: User) -> None:
    other = Article.objects.exclude(pk=article.pk).get()
    for gone, why in ((article, "They took it down"), (other, "It was never there.")):
        correcting.withdraw(gone.pk, by=ada, why=why)
        process()
    decided.refresh_from_db()
    first = "“Port Ember” (Tarn Post) was withdrawn: They took it down."
    second = "“Port Ember” (Ember Daily) was withdrawn: It was never there."
    assert decided.recheck_reason == f"{first} {second}"
    marks = decided.events.filter(action="recheck").order_by("sequence")
    assert [*marks.values_list("note", flat=True)] == [first, second]
    assert verify().faults == ()


def test_a_corrected_article_marks_the_verdict_and_its_new_version_is_read(
    article: Article, decided: Review, api: Api, ada: User
) -> None:
    answer = api(ada).post(address(article, "correct"), {"text": CORRECTED, "why": "They had the wrong ship."})
    assert answer.status_code == 201, answer.json()
    version = Article.objects.get(pk=answer.json()["id"])
    assert (version.source, version.title) == (article.source, article.title)
    process()

    article.refresh_from_db()
    decided.refresh_from_db()
    assert article.replaced_by == version
    assert "(Tarn Post) was corrected: They had the wrong ship." in decided.recheck_reason
    assert Mention.objects.filter(article=version, claim__isnull=False).exists()
    assert Mention.objects.filter(article=article, claim=decided.claim_id).exists(), "what it said stays to be read"


def test_an_article_beside_the_claim_marks_nothing(decided: Review, ada: User) -> None:
    other = take_in("Harbour Mail", OTHER)
    process()
    correcting.withdraw(other.pk, by=ada, why="A mistake.")
    process()
    decided.refresh_from_db()
    assert decided.recheck_at is None


def test_a_restored_article_counts_again(article: Article, claim: Claim, api: Api, ada: User) -> None:
    api(ada).post(address(article, "withdraw"), {"why": "Taken down."})
    process()
    answer = api(ada).post(address(article, "restore"), {"why": "It is there again."})
    assert (answer.status_code, answer.json()["state"]) == (200, "ready")
    process()
    claim.refresh_from_db()
    assert claim.assessment.independent_origins == 2
    told = api(ada).get(f"/api/v1/articles/{article.pk}/").json()["changes"]
    assert [(c["kind"], c["why"], c["by"]) for c in told] == [
        ("withdrawn", "Taken down.", "ada"),
        ("restored", "It is there again.", "ada"),
    ]


def test_an_article_withdrawn_before_it_was_matched_is_matched_once_it_is_restored(ada: User) -> None:
    article = take_in("Tarn Post", NEWS["Tarn Post"])
    correcting.withdraw(article.pk, by=ada, why="Too early.")
    process()
    assert Mention.objects.filter(article=article, claim__isnull=True).exists()
    assert not Claim.objects.exists()
    correcting.restore(article.pk, by=ada, why="It stands.")
    assert not ArticleStep.objects.filter(name=StepName.MATCH, done_at__isnull=False).exists()
    process()
    assert Claim.objects.get().assessment.independent_origins == 1


def test_a_withdrawn_article_is_no_evidence_for_a_proposal(
    article: Article, claim: Claim, ada: User, rex: User
) -> None:
    act(claim.pk, rex, Order(Action.TAKE))
    correcting.withdraw(article.pk, by=ada, why="Taken down.")
    mention = claim.mentions.get(article=article).pk
    with pytest.raises(Invalid, match="Withdrawn or corrected"):
        act(claim.pk, rex, Order(Action.PROPOSE, verdict="refuted", rationale="x", mentions=(mention,)))


def test_it_is_done_once_and_taken_back_once(article: Article, api: Api, ada: User) -> None:
    assert api(ada).post(address(article, "restore"), {"why": "x"}).status_code == 409
    assert api(ada).post(address(article, "withdraw"), {"why": "x"}).status_code == 200
    for action, body in (("withdraw", {}), ("correct", {"text": CORRECTED})):
        answer = api(ada).post(address(article, action), {"why": "x", **body})
        assert (answer.status_code, first_error(answer)[1]) == (409, "article_state")
    assert ArticleChange.objects.count() == 1
    assert Article.objects.count() == 2, "the corrected version was not taken in either"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"why": "x"}, "text"),
        ({"why": "x", "text": NEWS["Tarn Post"]}, "text"),
        ({"why": "", "text": CORRECTED}, "why"),
        ({"text": CORRECTED}, "why"),
        ({"why": "x", "text": CORRECTED, "published": "soon"}, "published"),
        ({"why": "x", "text": CORRECTED, "source": "Another Post"}, "source"),
    ],
)
def test_a_correction_that_lacks_something_names_it_and_writes_nothing(
    body: dict[str, str], field: str, article: Article, api: Api, ada: User
) -> None:
    answer = api(ada).post(address(article, "correct"), body)
    assert (answer.status_code, first_error(answer)[0]) == (400, field)
    assert (Article.objects.count(), ArticleChange.objects.count()) == (2, 0)


def test_a_correction_to_a_text_that_was_itself_corrected_is_refused(article: Article, ada: User) -> None:
    version = correcting.correct(article.pk, NewArticle(text=CORRECTED), by=ada, why="Another ship.")
    with pytest.raises(ArticleState, match="restore it"):
        correcting.correct(version.pk, NewArticle(text=NEWS["Tarn Post"]), by=ada, why="They were right at first.")


@pytest.mark.parametrize("action", ["withdraw", "restore", "correct"])
def test_there_is_no_such_article(action: str, api: Api, ada: User) -> None:
    for number in ("999999", "9" * 30, "x"):
        body = {"why": "x", "text": CORRECTED} if action == "correct" else {"why": "x"}
        assert api(ada).post(f"/api/v1/articles/{number}/{action}/", body).status_code == 404


def test_the_article_page_withdraws_corrects_and_restores(article: Article, ada: User) -> None:
    desk, page = Client(), f"/admin/claims/article/{article.pk}/change/"
    desk.force_login(ada)
    assert 'id="form-withdraw"' in desk.get(page).content.decode()
    refused = desk.post(page, {"change": "correct", "text": "<b>New</b> words.", "why": ""})
    assert refused.status_code == 400
    assert "Say why" in refused.content.decode()
    assert "&lt;b&gt;New&lt;/b&gt; words." in refused.content.decode(), "what was typed is kept"
    done = desk.post(page, {"change": "correct", "text": CORRECTED, "why": "Another ship."})
    version = Article.objects.get(text=CORRECTED)
    assert done["Location"] == f"/admin/claims/article/{version.pk}/change/"
    assert "Another ship." in desk.get(page).content.decode()
    assert "The corrected version of" in desk.get(done["Location"]).content.decode()
    assert desk.post(page, {"change": "withdraw", "why": "x"}).status_code == 400
    assert desk.post(page, {"change": "restore", "why": "A mistake."}).status_code == 302
    assert desk.post(f"/admin/claims/article/{10**30}/change/", {"change": "restore", "why": "x"}).status_code == 404
    assert desk.post(page, {"change": "restore", "why": "a\0b"}).status_code == 400


@pytest.mark.parametrize("group", ["viewer", "ingest", "reviewer", "approver"])
def test_only_an_editor_withdraws_on_the_desk(group: str, article: Article) -> None:
    desk, page = Client(), f"/admin/claims/article/{article.pk}/change/"
    desk.force_login(person("someone", group))
    assert 'id="form-withdraw"' not in desk.get(page).content.decode()
    assert desk.post(page, {"change": "withdraw", "why": "x"}).status_code == 403
    assert not ArticleChange.objects.exists()


def test_an_article_that_is_still_to_be_read_does_not_say_that_nothing_was_found(ada: User) -> None:
    desk, waiting = Client(), take_in("Harbour Mail", OTHER)
    desk.force_login(ada)
    page = desk.get(f"/admin/claims/article/{waiting.pk}/change/").content.decode()
    assert "It has not been read yet." in page
    assert "Nothing checkable" not in page


def test_the_claim_shows_what_was_withdrawn_and_counts_it_nowhere(
    article: Article, claim: Claim, api: Api, ada: User
) -> None:
    correcting.withdraw(article.pk, by=ada, why="Taken down.")
    process()
    desk = Client()
    desk.force_login(ada)
    page = desk.get(f"/admin/claims/claim/{claim.pk}/change/")
    assert [line.mention.article for line in page.context["page"].withdrawn] == [article]
    assert page.context["page"].mentions == 1
    assert "Withdrawn or corrected" in page.content.decode()
    shown = {
        m["article"]["id"]: m["article"]["withdrawn_at"]
        for m in api(ada).get(f"/api/v1/claims/{claim.pk}/").json()["mentions"]
    }
    assert shown[article.pk] is not None
    assert len([moment for moment in shown.values() if moment is None]) == 1


@pytest.mark.parametrize("statement", ["UPDATE claims_articlechange SET why = 'x'", "DELETE FROM claims_articlechange"])
def test_what_was_done_to_an_article_stays_written(statement: str, article: Article, ada: User) -> None:
    correcting.withdraw(article.pk, by=ada, why="Taken down.")
    with pytest.raises(DatabaseError, match="stays written"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
