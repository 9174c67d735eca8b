"""Searches and filters find a word however it is spelt, alike on every database."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from claims.engine import types
from claims.models import Article, Claim, Mention, Source, Speaker, SpeakerAlias, Story
from claims.services.extraction import speaker_rows
from claims.services.standing import refresh

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

TITLE = "L’École de Besançon ferme"
QUOTE = "The “ÉCOLE” Straße–Żuk closed, Núñez said."
ASKED = ["école", "ÉCOLE", "E\u0301cole", "éc\u200bole", "ＥＣＯＬＥ".replace("ＥＣ", "ÉＣ")]


@pytest.fixture
def claim(db: None) -> Claim:
    story = Story.objects.create(title=TITLE)
    source = Source.objects.create(key="echo", name="L’Écho")
    article = Article.objects.create(source=source, story=story, title=TITLE, text=QUOTE, content_hash="1")
    speaker = Speaker.objects.create(canonical=unicodedata.normalize("NFD", "José Núñez"), kind="person")
    SpeakerAlias.objects.create(speaker=speaker, name="Bürgermeister Núñez")
    claim = Claim.objects.create(story=story, text=QUOTE)
    Mention.objects.bulk_create(
        [
            Mention(article=article, claim=claim, speaker=speaker, start=0, end=len(QUOTE), quote=QUOTE, sentence=QUOTE,
                    sentence_start=0, sentence_end=len(QUOTE))
        ]
    )  # fmt: skip
    return claim


@pytest.mark.parametrize("asked", [*ASKED, "STRASSE-żuk", "strasse‑Żuk", '"école"', "„école“"])
def test_the_api_finds_words_however_they_are_spelt(
    claim: Claim, api: Callable[[User | None], APIClient], rex: User, asked: str
) -> None:
    found = api(rex).get("/api/v1/claims/", {"text": asked}).json()["results"]
    assert [one["id"] for one in found] == [claim.pk]


@pytest.mark.parametrize("address", ["articles", "stories"])
@pytest.mark.parametrize("asked", [*ASKED, "l'école"])
def test_titles_are_found_too(
    claim: Claim, api: Callable[[User | None], APIClient], rex: User, address: str, asked: str
) -> None:
    assert len(api(rex).get(f"/api/v1/{address}/", {"text": asked}).json()["results"]) == 1


@pytest.mark.parametrize("asked", ["núñez", "JOSÉ  NÚÑEZ", "Ｊosé", "nu\u0301n\u0303ez", "BÜRGERMEISTER"])
def test_a_speaker_is_found_by_every_spelling_of_every_name(
    claim: Claim, api: Callable[[User | None], APIClient], rex: User, asked: str
) -> None:
    found = api(rex).get("/api/v1/claims/", {"speaker": asked}).json()["results"]
    assert [one["id"] for one in found] == [claim.pk]


@pytest.mark.parametrize("asked", ["zebra", "e cole", "100%", "_", "ecole"])
def test_what_is_not_there_is_not_found(
    claim: Claim, api: Callable[[User | None], APIClient], rex: User, asked: str
) -> None:
    assert api(rex).get("/api/v1/claims/", {"text": asked}).json()["results"] == []


@pytest.mark.parametrize("model", ["article", "story", "claim", "mention", "source", "speaker"])
def test_the_desks_searches_find_them_as_well(claim: Claim, rex: User, model: str) -> None:
    client = Client()
    client.force_login(rex)
    asked = {"source": ["l'écho", "L’ÉCHO"], "speaker": ["JOSÉ", "jose\u0301"]}.get(model, [*ASKED, "“école”"])
    if model == "article":
        asked = [*asked, "L'ÉCHO"]
    for words in asked:
        page = client.get(reverse(f"admin:claims_{model}_changelist"), {"q": words})
        assert page.context["cl"].result_count == 1, words


def test_a_claims_new_text_is_found_and_the_old_one_no_more(claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(text="Something else.", folded="something else.")
    refresh([claim.pk])
    assert Claim.objects.filter(folded__icontains="ŻUK").exists()
    assert not Claim.objects.filter(folded__icontains="something").exists()


SPELLINGS = [
    "José Núñez",
    unicodedata.normalize("NFD", "José Núñez"),
    "José  Núñez",
    "Ｊosé Núñez",
    "Jo\u200bsé Núñez",
    "JOSÉ NÚÑEZ",
]


@pytest.mark.parametrize("first", SPELLINGS)
def test_every_spelling_of_a_speaker_is_one_row(first: str) -> None:
    rows = [speaker_rows([types.Speaker("x", name, types.SpeakerKind.PERSON)]) for name in [first, *SPELLINGS]]
    assert len({row.pk for found in rows for row in found.values()}) == 1
    together = speaker_rows([types.Speaker("x", name, types.SpeakerKind.PERSON) for name in SPELLINGS])
    assert len({row.pk for row in together.values()}) == Speaker.objects.count() == 1
    assert "\u200b" not in Speaker.objects.get().canonical


def test_a_speaker_met_without_a_proper_name_gets_it_with_the_first_article_that_has_one() -> None:
    said = [types.Speaker("x", name, kind) for name, kind in (
        ("anna bell", types.SpeakerKind.UNKNOWN), ("Anna Bell", types.SpeakerKind.PERSON),
        ("ANNA BELL", types.SpeakerKind.BODY), ("anna bell", types.SpeakerKind.UNKNOWN),
    )]  # fmt: skip
    for speaker in said:
        speaker_rows([speaker])
    row = Speaker.objects.get()
    assert (row.canonical, row.kind, row.key) == ("Anna Bell", "person", "anna bell")
    Speaker.objects.all().delete()
    assert {r.kind for r in speaker_rows(said).values()} == {"person"}


def test_a_proper_name_that_an_older_row_has_is_left_to_it() -> None:
    unknown = Speaker.objects.create(canonical="anna bell", kind="unknown")
    older = Speaker.objects.create(canonical="to come", kind="person")
    Speaker.objects.filter(pk=older.pk).update(canonical="Anna Bell", key="anna bell (2)")
    assert speaker_rows([types.Speaker("x", "Anna Bell", types.SpeakerKind.PERSON)]) == {"Anna Bell": unknown}
    unknown.refresh_from_db()
    assert unknown.canonical == "anna bell"


def test_a_spelling_leads_to_the_speaker_whom_an_editor_gave_it() -> None:
    bell = Speaker.objects.create(canonical="Anna Maria Bell", kind="person")
    SpeakerAlias.objects.create(speaker=bell, name="Anna Bell")
    rows = speaker_rows([types.Speaker("x", "ANNA\u00a0 Bell", types.SpeakerKind.PERSON)])
    assert list(rows.values()) == [bell]


def test_a_spelling_of_another_speaker_is_refused_by_that_name(ada: User) -> None:
    bell = Speaker.objects.create(canonical="Anna Bell", kind="person")
    moor = Speaker.objects.create(canonical="Ines Moor", kind="person")
    SpeakerAlias.objects.create(speaker=bell, name="Mayor Bell")
    client = Client()
    client.force_login(ada)
    given = {"aliases-TOTAL_FORMS": "1", "aliases-INITIAL_FORMS": "0", "aliases-0-speaker": moor.pk}
    address = reverse("admin:claims_speaker_change", args=[moor.pk])
    answer = client.post(address, {**given, "aliases-0-name": "ＭＡＹＯＲ  bell"})
    assert answer.status_code == 200
    assert "is a spelling of Anna Bell" in answer.content.decode()


def test_a_speaker_whom_an_older_process_wrote_is_found() -> None:
    old = Speaker.objects.create(canonical="Anna Bell", kind="person")
    Speaker.objects.filter(pk=old.pk).update(key=None)
    assert speaker_rows([types.Speaker("x", "Anna Bell", types.SpeakerKind.PERSON)]) == {"Anna Bell": old}
