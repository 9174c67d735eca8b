"""The one way in: what makes an article, a source, and what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from claims.errors import IngestError
from claims.models import Article, Source
from claims.services.ingest import MAX_BYTES, NewArticle, ingest
from claims.services.steps import TASKS

pytestmark = pytest.mark.django_db

TEXT = "Bridge closed\n\nThe river bridge at Aldham was closed on Monday, the town council said.\n"


def refused(**fields: object) -> IngestError:
    with pytest.raises(IngestError) as caught:
        ingest(NewArticle(**fields))
    assert Article.objects.count() == 0
    assert Source.objects.count() == 0
    return caught.value


def test_a_text_becomes_an_article_with_its_title_from_the_first_line():
    article = ingest(NewArticle(text=TEXT, source="Aldham Post", published=date(2025, 3, 1))).article
    assert article.title == "Bridge closed"
    assert article.text == TEXT
    assert article.source.name == "Aldham Post"
    assert article.published_at == datetime(2025, 3, 1, tzinfo=UTC)


def test_the_same_article_twice_is_one_article():
    first = ingest(NewArticle(text=TEXT, source="Aldham Post"))
    again = ingest(NewArticle(text=TEXT.replace("\n", "\r\n") + "  ", source="ALDHAM  post", title="Other"))
    assert (first.created, again.created) == (True, False)
    assert again.article == first.article
    assert Article.objects.count() == 1


def test_the_same_text_from_two_outlets_is_two_articles():
    ingest(NewArticle(text=TEXT, source="Aldham Post"))
    assert ingest(NewArticle(text=TEXT, source="Weir Herald")).created
    assert Article.objects.count() == 2


def test_two_articles_of_unknown_outlets_do_not_share_a_source():
    one = ingest(NewArticle(text=TEXT)).article
    other = ingest(NewArticle(text="Another text by nobody in particular, on the fair in Weir.")).article
    assert one.source != other.source
    assert one.source.name.startswith("Unknown outlet")


def test_a_source_is_one_by_its_registered_domain_whatever_it_is_called():
    one = ingest(NewArticle(text=TEXT, source="Aldham Post", url="https://www.aldhampost.co.uk/a/1")).article
    other = ingest(NewArticle(text=TEXT + "More.", url="http://m.aldhampost.co.uk/b")).article
    assert one.source == other.source
    assert one.source.domain == "aldhampost.co.uk"


def test_outlet_and_date_are_found_in_the_text_itself():
    text = "date 2025-02-03 Bridge closed\nThe Aldham Post has contacted the council for comment.\n© Weir Herald"
    article = ingest(NewArticle(text=text)).article
    assert article.source.name == "Weir Herald"
    assert article.published_at == datetime(2025, 2, 3, tzinfo=UTC)


def test_what_is_given_wins_over_what_is_found():
    text = "date 2025-02-03 Bridge closed\n© Weir Herald"
    article = ingest(NewArticle(text=text, source="Aldham Post", published=date(2025, 2, 4), title="Closed")).article
    assert (article.source.name, article.published_at.day, article.title) == ("Aldham Post", 4, "Closed")


def test_a_menu_glued_to_the_headline_is_not_its_title():
    text = "Weir HeraldNewsThe river bridge at Aldham is closed\n\nThe river bridge at Aldham is closed\n\nIt was shut."
    assert ingest(NewArticle(text=text)).article.title == "The river bridge at Aldham is closed"


def test_html_gives_the_text_and_the_title_of_the_article_without_the_page():
    sentences = " ".join(f"The council closed bridge number {n} on Monday because of the flood." for n in range(12))
    page = (
        "<html lang='en'><head><title>Bridges closed | Weir Herald</title></head><body><nav><a href='/'>Home</a>"
        f"<a href='/s'>Sport</a></nav><article><h1>Bridges closed</h1><p>{sentences}</p></article>"
        "<footer>Subscribe to our newsletter</footer></body></html>"
    )
    article = ingest(NewArticle(html=page, source="Weir Herald")).article
    assert "bridge number 7" in article.text
    assert "newsletter" not in article.text
    assert "Bridges closed" in article.title


def test_an_empty_text_is_refused():
    error = refused(text=" \n\t ")
    assert error.field == "text"
    assert "empty" in error.message


@pytest.mark.parametrize("text", ["\u200b", "\ufeff\u00ad \u2060", "\u3164\u2800"])
def test_a_text_that_nobody_can_see_is_empty(text: str):
    assert "empty" in refused(text=text).message


def test_a_title_that_nobody_can_see_is_none():
    assert ingest(NewArticle(text=TEXT, title=" \u200b\ufeff")).article.title == "Bridge closed"


def test_html_without_an_article_is_refused():
    assert refused(html="<html><body></body></html>").field == "html"


def test_more_than_two_mebibytes_are_refused_and_exactly_two_are_taken():
    assert "2 MiB" in refused(text="é" * (MAX_BYTES // 2) + "x").message
    assert ingest(NewArticle(text="x" * MAX_BYTES)).created


@pytest.mark.parametrize("moment", [timezone.now() + timedelta(days=2), (timezone.now() + timedelta(days=2)).date()])
def test_a_date_in_the_future_is_refused(moment: datetime | date):
    error = refused(text=TEXT, published=moment)
    assert error.field == "published"
    assert "future" in error.message


def test_a_null_character_is_refused_with_its_position():
    assert "position 3" in refused(text="abc\x00def").message


def test_half_a_surrogate_pair_is_refused():
    assert "surrogate" in refused(text="abc \ud800 def").message


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example/x", "not a url", "https://"])
def test_an_address_that_is_not_of_the_web_is_refused(url: str):
    assert refused(text=TEXT, url=url).field == "url"


def test_a_language_must_be_a_tag():
    assert refused(text=TEXT, language="English!").field == "language"


def test_a_new_article_is_queued_after_commit_and_a_known_one_is_not(
    django_capture_on_commit_callbacks, monkeypatch: pytest.MonkeyPatch
):
    sent: list[tuple[object, ...]] = []
    monkeypatch.setattr("claims.services.steps.send", lambda *args: sent.append(args))
    with django_capture_on_commit_callbacks(execute=True):
        article = ingest(NewArticle(text=TEXT)).article
    with django_capture_on_commit_callbacks(execute=True):
        ingest(NewArticle(text=TEXT))
    assert sent == [(TASKS["extract"], article.pk)]


def test_an_ingest_costs_a_fixed_number_of_queries(django_assert_num_queries):
    ingest(NewArticle(text=TEXT, source="Aldham Post"))
    with django_assert_num_queries(9):
        ingest(NewArticle(text=TEXT + "More of it.", source="Aldham Post"))


@pytest.mark.parametrize("piece", ["a<br>", "<div>", "<p>x", "<b><i>"])
def test_a_page_of_nothing_but_tags_is_refused_before_it_is_parsed(piece: str) -> None:
    with pytest.raises(IngestError, match="too many tags") as refused:
        ingest(NewArticle(html=piece * 300_000))
    assert refused.value.field == "html"
    assert not Article.objects.exists()
