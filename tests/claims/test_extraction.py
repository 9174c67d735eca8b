"""Reading an article into the database: once, whole, and with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from claims.engine import types
from claims.engine.reading import bounds
from claims.models import Article, ArticleStep, Mention, Source, Speaker, SpeakerAlias, StepName
from claims.querysets import articles_in
from claims.services.extraction import extract, speaker_rows
from claims.services.records import digest_of, document_of, evidence_of, features_of, mention_of

pytestmark = pytest.mark.django_db

TEXT = (
    "The governor of Norland, Anna Bell, said on Monday that at least 12 people died in the flood.\n\n"
    "“The water destroyed 40 houses in Riverton,” she added. The health ministry denied that 3 children were missing."
)


def article(text: str = TEXT, key: str = "gazette.example", **fields: object) -> Article:
    source, _ = Source.objects.get_or_create(key=key, defaults={"name": key})
    values = {"title": "Flood in Riverton", "content_hash": f"{hash((text, key)):x}", "published_at": timezone.now()}
    return Article.objects.create(source=source, text=text, **(values | fields))


def test_an_article_is_read_into_mentions_speakers_and_a_digest() -> None:
    flood = article()
    assert extract(flood.pk) == flood.mentions.count() == 3
    flood.refresh_from_db()
    assert flood.language == "en"
    assert flood.unread == ""
    assert digest_of(flood.digest).terms
    assert set(Speaker.objects.values_list("canonical", flat=True)) >= {"Anna Bell"}
    assert ArticleStep.objects.get(article=flood, name=StepName.EXTRACT).done_at is not None


def test_every_mention_points_at_its_quote() -> None:
    flood = article()
    extract(flood.pk)
    for mention in flood.mentions.all():
        assert flood.text[mention.start : mention.end] == mention.quote
        assert flood.text[mention.sentence_start : mention.sentence_end] == mention.sentence


def test_reading_twice_changes_nothing() -> None:
    flood = article()
    extract(flood.pk)
    before = list(Mention.objects.values())
    assert extract(flood.pk) == 0
    assert list(Mention.objects.values()) == before


def test_a_row_gives_back_the_mention_that_it_was_made_of() -> None:
    flood = article()
    extract(flood.pk)
    rows = Mention.objects.select_related("article__source", "speaker").order_by("start")
    (denied,) = [m for m in map(mention_of, rows) if m.stance == types.Stance.DENIES]
    assert denied.quantity is not None
    assert (denied.quantity.value, denied.cue) == (3, "denied")
    assert TEXT[denied.quantity.span.start : denied.quantity.span.end] == denied.quantity.text
    assert denied.features == features_of(rows.get(stance="denies").features)
    assert "child" in denied.features.terms


def test_an_outlets_own_voice_has_no_speaker_row_and_its_source_for_a_name() -> None:
    flood = article("The dam in Riverton failed on Monday.")
    extract(flood.pk)
    row = Mention.objects.select_related("article__source", "speaker").get()
    assert row.speaker is None
    evidence = evidence_of(row)
    assert (evidence.speaker.kind, evidence.speaker.canonical) == (types.SpeakerKind.OUTLET, "gazette.example")


def test_an_article_in_another_language_is_kept_with_the_reason() -> None:
    foreign = article("Der Präsident sagte am Montag, dass mehr als hundert Soldaten an der Grenze stehen. " * 3)
    assert extract(foreign.pk) == 0
    foreign.refresh_from_db()
    assert foreign.unread.startswith("language")
    assert ArticleStep.objects.get(article=foreign).done_at is not None


def test_the_agency_of_a_wire_report_is_noted() -> None:
    wired = article("RIVERTON (AP) — The dam failed on Monday and killed 12 people.")
    extract(wired.pk)
    wired.refresh_from_db()
    assert wired.wire == "AP"


def test_an_alias_leads_to_the_speaker_that_it_stands_for() -> None:
    bell = Speaker.objects.create(canonical="Anna Maria Bell", kind="person")
    SpeakerAlias.objects.create(speaker=bell, name="Anna Bell")
    flood = article()
    extract(flood.pk)
    assert bell.mentions.exists()
    assert not Speaker.objects.filter(canonical="Anna Bell").exists()


def test_a_speaker_who_is_known_is_not_made_again() -> None:
    bell = types.Speaker("Bell", "Anna Bell", types.SpeakerKind.PERSON)
    assert speaker_rows([bell])["Anna Bell"] == speaker_rows([bell, bell])["Anna Bell"]
    assert Speaker.objects.count() == 1


def test_what_an_editor_says_of_a_person_is_used_with_the_next_article() -> None:
    hale = Speaker.objects.create(canonical="Robin Hale", kind="person", gender="m")
    SpeakerAlias.objects.create(speaker=hale, name="Bobo")
    Speaker.objects.create(canonical="Kim Fenn", kind="person", gender="f")
    text = "Robin Hale met Kim Fenn in Sark on Monday. She said 40 wells were dry. Bobo said six more were closed."
    read = article(text)
    extract(read.pk)
    said = {mention.quote: mention.speaker.canonical for mention in read.mentions.exclude(speaker=None)}
    assert said["40 wells were dry"] == "Kim Fenn"
    assert said["six more were closed"] == "Robin Hale"


def test_the_number_of_queries_does_not_grow_with_the_article() -> None:
    # So many sentences that SQLite, which takes 999 values in a query, still writes their mentions in one.
    sentences = [f"Mayor Anna Bell said {n} people died in the flood of 19{n}." for n in range(11, 36)]
    short, long = article(" ".join(sentences[:2])), article("\n".join(sentences))
    counts = []
    for one in (short, long):
        with CaptureQueriesContext(connection) as queries:
            extract(one.pk)
        counts.append(len(queries))
    assert long.mentions.filter(part_of=None).count() > 20
    assert counts[0] == counts[1] <= 20


def test_a_missing_article_is_an_error() -> None:
    with pytest.raises(Article.DoesNotExist):
        extract(12345)


def test_a_document_carries_what_the_article_knows() -> None:
    flood = article(language="en")
    document = document_of(Article.objects.select_related("source").get(pk=flood.pk))
    assert (document.source, document.text, document.language) == ("gazette.example", TEXT, "en")


def test_an_article_too_long_to_be_read_whole_is_read_in_part_and_says_so_on_its_page_and_in_the_api(
    monkeypatch: pytest.MonkeyPatch, client: Client, ada: User, api: Callable[[User | None], APIClient]
) -> None:
    monkeypatch.setattr(bounds, "MOST_MENTIONS", 2)
    flood = article()
    assert extract(flood.pk) == 2
    told = "only the first 2 statements were kept"
    assert api(ada).get(f"/api/v1/articles/{flood.pk}/").json()["partly"] == told
    client.force_login(ada)
    assert f"Read in part: {told}." in client.get(f"/admin/claims/article/{flood.pk}/change/").content.decode()
    assert articles_in("unread").count() == 0
