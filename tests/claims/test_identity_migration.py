"""What was stored before there were keys gets them, and nothing is merged unasked."""

from __future__ import annotations

import hashlib
import unicodedata
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from claims.engine import types
from claims.models import Article, Claim, Mention, Platform, Source, SourceAlias, Speaker, SpeakerAlias, Story
from claims.services.extraction import speaker_rows
from claims.services.ingest import NewArticle, ingest
from tests.claims.newsroom import publish, story

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

fill = import_module("claims.migrations.0004_fill_identity").fill
NFC, NFD = "José Núñez", unicodedata.normalize("NFD", "José Núñez")


def age() -> None:
    """Put the database back to before: no keys, no folded columns, no aliases, no platforms."""
    for model in (Article, Claim, Mention, Story):
        model.objects.update(folded=None)
    Article.objects.update(text_hash=None, site=None)
    Source.objects.update(folded=None, skeleton=None)
    Speaker.objects.update(key=None, skeleton=None)
    SpeakerAlias.objects.update(key=None)
    SourceAlias.objects.all().delete()
    Platform.objects.all().delete()


def migrate() -> None:
    with connection.schema_editor() as editor:
        fill(apps, editor)


def old_source(key: str, name: str, domain: str = "") -> Source:
    return Source.objects.create(key=key, name=name, domain=domain)


def old_article(source: Source, text: str, url: str = "") -> Article:
    name = hashlib.sha256(f"{source.key}\n{text}".encode()).hexdigest()
    return Article.objects.create(source=source, title="Títle", text=text, url=url, content_hash=name)


@pytest.mark.django_db(transaction=True)
def test_two_spellings_of_a_speaker_stay_two_rows_and_the_first_is_found_from_now_on(rex: User) -> None:
    composed = Speaker.objects.create(canonical=NFC, kind="person")
    decomposed = Speaker.objects.create(canonical="to come", kind="person")
    Speaker.objects.filter(pk=decomposed.pk).update(canonical=NFD)
    age()
    migrate()
    composed.refresh_from_db()
    decomposed.refresh_from_db()
    assert (composed.key, decomposed.key) == ("josé núñez", "josé núñez (2)")
    found = speaker_rows([types.Speaker("x", NFD, types.SpeakerKind.PERSON)])
    assert list(found.values()) == [composed]
    decomposed.save()
    decomposed.refresh_from_db()
    assert decomposed.key == "josé núñez (2)"
    client = Client()
    client.force_login(rex)
    page = client.get(reverse("admin:claims_speaker_changelist"), {"alike": "yes"})
    assert {row.pk for row in page.context["cl"].result_list} == {composed.pk, decomposed.pk}


@pytest.mark.django_db(transaction=True)
def test_two_spellings_of_a_source_stay_two_and_the_first_is_found(rex: User) -> None:
    first, second = old_source("écho", "Écho"), old_source("e\u0301cho", "E\u0301cho")
    age()
    migrate()
    assert ingest(NewArticle(text="x y z", source="ÉCHO")).article.source == first
    client = Client()
    client.force_login(rex)
    page = client.get(reverse("admin:claims_source_change", args=[first.pk]))
    assert [one.pk for one in page.context["alike"]] == [second.pk]


@pytest.mark.django_db(transaction=True)
def test_names_and_sites_lead_to_old_sources_and_platforms_to_none() -> None:
    paper = old_source("weirherald.co.uk", "Weir Herald", "weirherald.co.uk")
    portal = old_source("yahoo.com", "Reuters", "yahoo.com")
    alone = old_source("aldhampost.co.uk", "aldhampost.co.uk", "aldhampost.co.uk")
    nobody = old_source("unknown-12ab", "Unknown outlet 12ab")
    age()
    migrate()
    assert set(SourceAlias.objects.filter(source=paper).values_list("kind", "key")) == {
        ("name", "weir herald"),
        ("site", "weirherald.co.uk"),
    }
    assert list(SourceAlias.objects.filter(source=alone).values_list("kind", "key")) == [("site", "aldhampost.co.uk")]
    assert "yahoo.com" not in SourceAlias.objects.filter(kind="site").values_list("key", flat=True)
    portal.refresh_from_db()
    assert portal.domain == ""
    assert ingest(NewArticle(text="x y", source="AP", url="https://news.yahoo.com/1")).article.source not in (
        portal,
        nobody,
    )
    assert ingest(NewArticle(text="y z", url="https://m.weirherald.co.uk/1")).article.source == paper
    assert (
        ingest(NewArticle(text="z a", source="Aldham Post", url="https://aldhampost.co.uk/1")).article.source == alone
    )


@pytest.mark.django_db(transaction=True)
def test_old_texts_are_known_and_two_that_fall_together_stay_and_show_each_other(rex: User) -> None:
    paper = old_source("weir herald", "Weir Herald")
    one, other = (
        old_article(paper, "It was “lit”."),
        old_article(paper, 'IT WAS "lit".', "https://www.weirherald.co.uk/1"),
    )
    age()
    migrate()
    again = ingest(NewArticle(text="it was „lit”.", source="Weir Herald"))
    assert (again.created, again.article.pk) == (False, one.pk)
    assert Article.objects.get(pk=other.pk).site == "weirherald.co.uk"
    client = Client()
    client.force_login(rex)
    assert (
        "The same text of the same source"
        in client.get(reverse("admin:claims_article_change", args=[one.pk])).content.decode()
    )


@pytest.mark.django_db(transaction=True)
def test_everything_is_found_afterwards_and_a_second_run_changes_nothing() -> None:
    publish(story("L’École"), "paper", ["The ÉCOLE closed on Monday."])
    Claim.objects.create(text="The ÉCOLE closed.")
    age()
    migrate()
    for model in (Story, Claim, Mention):
        assert model.objects.filter(folded__icontains="école").count() == 1
    before = [
        list(model.objects.order_by("pk").values()) for model in (Source, SourceAlias, Speaker, Article, Platform)
    ]
    migrate()
    assert before == [
        list(model.objects.order_by("pk").values()) for model in (Source, SourceAlias, Speaker, Article, Platform)
    ]
