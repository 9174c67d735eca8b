"""The facts on the desk: who sees them, what they cost, what can be retried, and that hostile words stay words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.models import Article, ArticleStep, Assessment, Claim, Mention, Speaker, SpeakerAlias, StepName
from claims.templatetags.moments import moment
from tests.claims import desk_data

pytestmark = pytest.mark.django_db

LISTS = ("article", "source", "speaker", "story", "claim", "mention", "origin", "assessment", "judgement")
PAGES = ("article", "story", "claim")
HOSTILE = "<script>alert('x')</script> & \"<img src=x onerror=alert(1)>"

QUERIES = {
    "list of article": 9,
    "list of source": 6,
    "list of speaker": 7,
    "list of story": 6,
    "list of claim": 9,
    "list of mention": 7,
    "list of origin": 7,
    "list of assessment": 7,
    "list of judgement": 6,
    "article": 12,
    "story": 7,
    "claim": 9,
}


def url_of_list(model: str) -> str:
    return reverse(f"admin:claims_{model}_changelist")


def url_of(item: Article | Claim) -> str:
    return reverse(f"admin:claims_{item._meta.model_name}_change", args=[item.pk])


@pytest.fixture
def at_desk(client: Client) -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def signed_in(user: User) -> Client:
        client.force_login(user)
        return client

    return signed_in


def count(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("model", LISTS)
def test_a_list_costs_the_same_whatever_its_length(at_desk: Callable[[User], Client], rex: User, model: str) -> None:
    client = at_desk(rex)
    desk_data.claim()
    client.get(url_of_list(model))
    short = count(client, url_of_list(model))
    for n in range(4):
        desk_data.claim(f"Claim {n}", title=f"Story {n}")
    long = count(client, url_of_list(model))
    assert (short, long) == (QUERIES[f"list of {model}"],) * 2


@pytest.mark.parametrize("model", PAGES)
def test_a_page_costs_the_same_however_much_it_shows(at_desk: Callable[[User], Client], rex: User, model: str) -> None:
    client = at_desk(rex)
    claim = desk_data.claim()
    article = Article.objects.filter(mentions__claim=claim).earliest("pk")
    item = {"claim": claim, "article": article, "story": claim.story}[model]
    assert item is not None
    url = reverse(f"admin:claims_{model}_change", args=[item.pk])
    client.get(url)
    short = count(client, url)
    origin = claim.origins.earliest("pk")
    for n in range(5):
        more = desk_data.article(f"Outlet {n}", desk_data.SAID[0].sentence, story=claim.story)
        desk_data.mention(claim, more, desk_data.SAID[0], origin)
        desk_data.assess(claim)
    assert (short, count(client, url)) == (QUERIES[model],) * 2


def test_the_claim_page_begins_with_the_number_of_independent_origins(
    at_desk: Callable[[User], Client], rex: User
) -> None:
    page = at_desk(rex).get(url_of(desk_data.claim())).content.decode()
    first_figure = page.index('<span class="n">3</span>')
    assert (
        first_figure < page.index("5 articles, 3 independent origins: 2 assert it") < page.index("<svg", first_figure)
    )
    assert "1 denies it" in page


def test_the_suggestion_is_marked_as_the_machines_and_no_rating(at_desk: Callable[[User], Client], rex: User) -> None:
    page = at_desk(rex).get(url_of(desk_data.claim())).content.decode()
    assert "machine suggests: disputed" in page
    assert "not a rating" in page
    assert "0.57" not in page


@pytest.mark.parametrize(
    ("suggested", "origins", "why"),
    [
        ("unverified", 0, "nobody asserts it"),
        ("unverified", 1, "one origin"),
        ("unverified", 3, "no two full statements agree"),
        ("corroborated", 2, ""),
        ("disputed", 2, ""),
    ],
)
def test_where_the_machine_suggests_nothing_it_says_why(suggested: str, origins: int, why: str) -> None:
    assert Assessment(suggested=suggested, independent_origins=origins).no_suggestion == why


def test_a_claim_that_is_not_scored_yet_says_so(at_desk: Callable[[User], Client], rex: User) -> None:
    claim = Claim.objects.create(text="Nobody has counted the divers.")
    page = at_desk(rex).get(url_of(claim)).content.decode()
    assert "not scored yet" in page


def test_mentions_stand_under_their_origin_with_a_link_to_the_place_in_the_article(
    at_desk: Callable[[User], Client], rex: User
) -> None:
    claim = desk_data.claim()
    page = at_desk(rex).get(url_of(claim)).content.decode()
    for mention in claim.mentions.all():
        assert f'href="{url_of(mention.article)}#mention-{mention.pk}"' in page
    origins = re.findall(r'<h3 id="origin-\d+-title">([^<]+)<', page)
    assert [name.strip() for name in origins] == ["Ines Marrow", "harbour ledger", "Tobias Fenn", "divers’ union"]


def test_an_article_marks_its_mentions_at_their_offsets(at_desk: Callable[[User], Client], rex: User) -> None:
    mention = desk_data.claim().mentions.filter(stance="denies").get()
    page = at_desk(rex).get(url_of(mention.article)).content.decode()
    assert f'id="mention-{mention.pk}"' in page
    assert f'<mark class="stance-denies">{mention.quote}</mark>' in page


def test_hostile_titles_texts_and_names_stay_words(at_desk: Callable[[User], Client], rex: User) -> None:
    client = at_desk(rex)
    said = (desk_data.Said(HOSTILE, f"{HOSTILE} opened.", HOSTILE, "mayor", comparator="=", value=3),)
    claim = desk_data.claim(HOSTILE, said, title=HOSTILE)
    article = Article.objects.get()
    Article.objects.update(title=HOSTILE, url="javascript:alert(1)", wire=HOSTILE, unread=HOSTILE)
    ArticleStep.objects.update(error=HOSTILE, done_at=None, parked_at=timezone.now())
    claim.origins.update(label=HOSTILE, reason=HOSTILE)
    claim.assessments.all()
    urls = [url_of(claim), url_of(article), reverse("admin:claims_story_change", args=[claim.story_id])]
    for url in [*urls, *map(url_of_list, LISTS)]:
        page = client.get(url).content.decode()
        assert "<script>alert" not in page, url
        assert "<img src=x" not in page, url
        assert 'href="javascript:' not in page, url


def test_nothing_is_inline_on_any_page(at_desk: Callable[[User], Client], rex: User) -> None:
    client = at_desk(rex)
    claim = desk_data.claim()
    article = Article.objects.earliest("pk")
    urls = [url_of(claim), url_of(article), *map(url_of_list, LISTS), reverse("admin:index")]
    for url in urls:
        page = client.get(url).content.decode()
        assert not re.search(r"<style|<script>|\sstyle=|\son\w+=|https?://(?!www\.w3\.org)", page), url


@pytest.mark.parametrize("model", LISTS)
def test_a_stranger_sees_nothing(at_desk: Callable[[User], Client], sam: User, model: str) -> None:
    client = at_desk(sam)
    assert client.get(url_of_list(model)).status_code == 302
    sam.is_staff = True
    sam.save()
    assert client.get(url_of_list(model)).status_code == 403


def test_a_stranger_sees_no_page_of_a_claim(at_desk: Callable[[User], Client], sam: User) -> None:
    sam.is_staff = True
    sam.save()
    claim = desk_data.claim()
    assert at_desk(sam).get(url_of(claim)).status_code == 403
    assert claim.text not in at_desk(sam).get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("model", ["article", "claim", "mention", "origin", "assessment", "judgement", "story"])
@pytest.mark.parametrize("verb", ["add", "change", "delete"])
def test_facts_are_read_only_even_for_a_superuser(admin_client: Client, model: str, verb: str) -> None:
    claim = desk_data.claim()
    item = {
        "claim": claim,
        "story": claim.story,
        "article": Article.objects.earliest("pk"),
        "mention": claim.mentions.earliest("pk"),
    }
    target = item.get(model) or claim.origins.earliest("pk")
    if model == "assessment":
        target = claim.assessment
    args = [] if verb == "add" else [target.pk]
    response = admin_client.post(reverse(f"admin:claims_{model}_{verb}", args=args), {"text": "changed"})
    assert response.status_code in (403, 404, 405, 200)
    if response.status_code == 200:
        claim.refresh_from_db()
        assert claim.text == "155 divers were hired from abroad."


@pytest.mark.parametrize("wrong", ["999999", "abc", "-1"])
def test_an_unknown_claim_is_not_found(at_desk: Callable[[User], Client], rex: User, wrong: str) -> None:
    assert at_desk(rex).get(f"/admin/claims/claim/{wrong}/change/").status_code == 404


def parked(article: Article) -> Article:
    step = ArticleStep.objects.filter(article=article, name=StepName.MATCH)
    step.update(done_at=None, parked_at=timezone.now(), attempts=4, error="ValueError: no verb in sight")
    return article


def test_parked_articles_are_found_by_state_and_show_their_error(at_desk: Callable[[User], Client], rex: User) -> None:
    desk_data.claim()
    article = parked(Article.objects.earliest("pk"))
    client = at_desk(rex)
    listed = client.get(url_of_list("article"), {"state": "parked"}).context["cl"].result_list
    assert [item.pk for item in listed] == [article.pk]
    page = client.get(url_of(article)).content.decode()
    assert "ValueError: no verb in sight" in page
    assert "Retry failed steps" not in page


def test_an_editor_retries_failed_steps(
    at_desk: Callable[[User], Client],
    ada: User,
    django_capture_on_commit_callbacks: Callable[..., object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[tuple[object, ...]] = []
    monkeypatch.setattr("claims.services.steps.send", lambda *task: sent.append(task) or True)
    desk_data.claim()
    article = parked(Article.objects.earliest("pk"))
    chosen = {"action": "retry_failed_steps", "_selected_action": [article.pk]}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        response = at_desk(ada).post(url_of_list("article"), chosen, follow=True)
    assert "1 failed step queued again." in response.content.decode()
    step = ArticleStep.objects.get(article=article, name=StepName.MATCH)
    assert (step.parked_at, step.attempts, step.error) == (None, 0, "")
    assert [task[-1] for task in sent] == [article.pk]


def test_a_reviewer_may_not_retry(at_desk: Callable[[User], Client], rex: User) -> None:
    desk_data.claim()
    article = parked(Article.objects.earliest("pk"))
    at_desk(rex).post(url_of_list("article"), {"action": "retry_failed_steps", "_selected_action": [article.pk]})
    assert ArticleStep.objects.get(article=article, name=StepName.MATCH).parked_at


@pytest.mark.parametrize(
    ("model", "query", "found"),
    [
        ("article", "q=Lantern", 1),
        ("article", "language=en", 5),
        ("article", "language=de", 0),
        ("article", "source=0", 0),
        ("article", "story=abc", 0),
        ("article", "state=ready", 5),
        ("claim", "q=groundless", 1),
        ("claim", "q=submarines", 0),
        ("claim", "origins=3", 1),
        ("claim", "origins=2", 0),
        ("claim", "origins=nonsense", 1),
        ("mention", "stance__exact=denies", 1),
        ("speaker", "q=marrow", 1),
    ],
)
def test_lists_are_filtered_and_searched(
    at_desk: Callable[[User], Client], rex: User, model: str, query: str, found: int
) -> None:
    desk_data.claim()
    response = at_desk(rex).get(f"{url_of_list(model)}?{query}")
    assert response.context["cl"].result_count == found


def test_claims_are_found_by_the_outlet_that_states_them(at_desk: Callable[[User], Client], rex: User) -> None:
    desk_data.claim()
    desk_data.claim("Another", desk_data.SAID[:1], title="Another")
    article = Article.objects.filter(source__name="Quay Radio").get()
    response = at_desk(rex).get(url_of_list("claim"), {"source": article.source_id})
    assert [claim.text for claim in response.context["cl"].result_list] == ["155 divers were hired from abroad."]


def test_a_story_tells_its_articles_in_order(at_desk: Callable[[User], Client], rex: User) -> None:
    story = desk_data.claim().story
    assert story
    response = at_desk(rex).get(reverse("admin:claims_story_change", args=[story.pk]))
    days = [article.published_at for article in response.context["articles"]]
    assert days == sorted(days)
    assert days[-1] - days[0] == timedelta(days=4)


def test_an_editor_corrects_an_outlets_name_but_not_its_key(at_desk: Callable[[User], Client], ada: User) -> None:
    desk_data.claim()
    source = Article.objects.earliest("pk").source
    url = reverse("admin:claims_source_change", args=[source.pk])
    at_desk(ada).post(url, {"name": "The Harbour Post", "kind": "agency", "domain": "", "key": "other"})
    source.refresh_from_db()
    assert (source.name, source.kind, source.key) == ("The Harbour Post", "agency", "harbour post")


def test_a_reviewer_corrects_no_outlet(at_desk: Callable[[User], Client], rex: User) -> None:
    desk_data.claim()
    source = Article.objects.earliest("pk").source
    url = reverse("admin:claims_source_change", args=[source.pk])
    assert at_desk(rex).post(url, {"name": "x", "kind": "agency"}).status_code == 403


def test_an_editor_declares_a_spelling_of_a_speaker(at_desk: Callable[[User], Client], ada: User) -> None:
    desk_data.claim()
    speaker = Speaker.objects.get(canonical="Ines Marrow")
    given = {
        "aliases-TOTAL_FORMS": "1",
        "aliases-INITIAL_FORMS": "0",
        "aliases-0-name": "Mayor Marrow",
        "aliases-0-speaker": speaker.pk,
    }
    at_desk(ada).post(reverse("admin:claims_speaker_change", args=[speaker.pk]), given)
    assert SpeakerAlias.objects.filter(speaker=speaker, name="Mayor Marrow").exists()


def test_a_claim_with_very_many_mentions_says_that_it_shows_the_first(
    at_desk: Callable[[User], Client], rex: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.admin.claim_page.MOST_MENTIONS", 3)
    page = at_desk(rex).get(url_of(desk_data.claim())).content.decode()
    assert "shows the first 3" in page
    assert Mention.objects.count() == 6


def test_the_help_and_the_document_list_the_same_keys(at_desk: Callable[[User], Client], rex: User) -> None:
    page = at_desk(rex).get(reverse("admin:index")).content.decode()
    terms = re.findall(r"<dt>(.*?)</dt>", page[page.index('id="shortcuts"') :])
    helped = {
        key for term in terms for key in re.findall(r"<kbd>(.)</kbd>|<kbd>(Enter)</kbd>", term) for key in key if key
    }
    table = (settings.BASE_DIR / "docs" / "desk.md").read_text().split("## Keys")[1].split("##")[0]
    written = {key for cell in re.findall(r"`([^`]+)`", table) for key in cell.split()}
    assert helped == written


def test_a_claim_with_very_many_origins_leads_to_the_rest(
    at_desk: Callable[[User], Client], rex: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.admin.claim_page.MOST_GROUPS", 3)
    claim = desk_data.claim()
    page = at_desk(rex).get(url_of(claim)).content.decode()
    assert f'<a href="{url_of_list("mention")}?claim={claim.pk}">1 more origins</a>' in page
    assert at_desk(rex).get(f"{url_of_list('mention')}?claim={claim.pk}").context["cl"].result_count == 6


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (datetime(2025, 4, 10, tzinfo=UTC), "10 Apr 2025"),
        (datetime(2025, 4, 10, 14, 5, tzinfo=UTC), "10 Apr 2025, 14:05"),
        (None, ""),
    ],
)
def test_a_day_without_a_time_is_written_without_one(given: datetime | None, written: str) -> None:
    assert moment(given) == written


@pytest.mark.parametrize(
    ("origins", "said", "told"),
    [
        (1, desk_data.SAID[:1], "1 article, 1 independent origin, no denial"),
        (1, desk_data.SAID[4:5], "1 article, 1 independent origin: nobody asserts it, 1 denies it"),
        (2, (desk_data.SAID[0], desk_data.SAID[4]), "2 articles, 2 independent origins: 1 asserts it, 1 denies it"),
    ],
)
def test_the_headline_says_how_many_origins_assert_and_how_many_deny(
    origins: int, said: tuple[desk_data.Said, ...], told: str, at_desk: Callable[[User], Client], rex: User
) -> None:
    claim = desk_data.claim(said=said)
    desk_data.assess(claim, origins=origins)
    page = at_desk(rex).get(url_of(claim)).content.decode()
    assert told in re.sub(r"</?strong[^>]*>", "", page)
