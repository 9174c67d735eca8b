"""When an article was published: what cannot be is refused where it is given, and left out where a page says it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from claims.engine.reading.features import _date
from claims.engine.reading.mentions import read
from claims.engine.types import Document
from claims.errors import IngestError
from claims.models import Article
from claims.services import inline
from claims.services.dates import checked, parse_date, plausible
from claims.services.ingest import NewArticle, ingest

TEXT = "The ferry sank on Sunday and 12 people died, the harbour office said."
EDGES = ["0001-01-01", "0001-01-02T00:00:00+12:00", "0999-12-31", "1066-10-14", "1599-12-31"]
NO_MOMENTS = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]


@pytest.mark.parametrize("given", EDGES)
def test_a_day_before_there_were_newspapers_is_refused(given: str) -> None:
    with pytest.raises(IngestError, match="before there were newspapers") as error:
        checked(parse_date(given))
    assert error.value.field == "published"


@pytest.mark.parametrize("given", NO_MOMENTS)
def test_what_no_calendar_has_is_refused(given: str) -> None:
    with pytest.raises(IngestError, match="no such moment"):
        checked(parse_date(given))


def test_old_and_new_newspapers_have_their_days() -> None:
    assert checked(parse_date("1605-07-01")) == datetime(1605, 7, 1, tzinfo=UTC)
    assert checked((timezone.now() + timedelta(hours=3)).date()) is not None


@pytest.mark.parametrize("said", [*EDGES, *NO_MOMENTS, "2999-01-01", "soon", ""])
def test_a_page_that_says_what_cannot_be_says_nothing(said: str) -> None:
    assert plausible(said) is None


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["0001-01-01", "2999-01-01", "9999-12-31"])
def test_an_article_whose_text_or_page_is_dated_wrongly_comes_in_without_a_date(said: str) -> None:
    text = f"Published: {said}\n\n{TEXT}"
    page = f"<html><head><meta property='article:published_time' content='{said}T00:00:00Z'></head><body><article>"
    page += "".join(f"<p>{TEXT.replace('12', str(n))}</p>" for n in range(12, 20)) + "</article></body></html>"
    for new in (NewArticle(text=text, source="Tarn Post"), NewArticle(html=page, source="Ember Daily")):
        assert ingest(new).article.published_at is None


@pytest.mark.django_db
def test_an_article_from_before_the_rule_stops_nobody() -> None:
    """It stands at the edge of the calendar already; reading, matching and the search for duplicates go on."""
    for source in ("Tarn Post", "Ember Daily"):
        article = ingest(NewArticle(text=TEXT, source=source)).article
        Article.objects.filter(pk=article.pk).update(published_at=datetime(1, 1, 1, tzinfo=UTC))
    for _ in inline.process():
        pass
    assert Article.objects.filter(steps__parked_at__isnull=False).count() == 0


@pytest.mark.parametrize("base", ["0001-01-01", "0001-01-06", "9999-12-31", "9999-12-05"])
@pytest.mark.parametrize("text", ["yesterday", "last monday", "on sunday", "3 december", "january 2", "today"])
def test_a_day_is_told_or_not_at_either_end_of_the_calendar(base: str, text: str) -> None:
    assert _date(text, base) == "" or datetime.fromisoformat(_date(text, base))


def test_an_article_of_the_first_day_is_read() -> None:
    (reading,) = read([Document("1", "Tarn Post", TEXT, published=datetime(1, 1, 1, tzinfo=UTC))])
    assert reading.mentions
