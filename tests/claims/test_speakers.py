"""services.speakers: two that are one are merged, a name, a kind, a party is corrected, and all of it can be undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.engine import types
from claims.errors import EditError, EditState
from claims.models import Mention, Speaker, SpeakerAlias, SpeakerChange
from claims.services import editing, replaying, scoring, speakers, withdrawing
from claims.services.extraction import speaker_rows
from claims.services.matching import match
from claims.services.spoken import Said
from tests.claims.newsroom import TELLINGS, publish, story

pytestmark = pytest.mark.django_db

FERRY = TELLINGS["ferry"]


@pytest.fixture
def two() -> tuple[Speaker, Speaker]:
    """One harbour master under two names, each quoted by an outlet."""
    home = story()
    found = []
    for outlet, words, name in (("Post", FERRY[0], "Ines Marrow"), ("Gazette", FERRY[1], "I. Marrow of the port")):
        article = publish(home, outlet, [words])
        row, _ = Speaker.objects.get_or_create(canonical=name, defaults={"kind": "person"})
        Mention.objects.filter(article=article).update(speaker=row, speaker_text=name, cue="said")
        match(article.pk)
        found.append(row)
    return found[0], found[1]


def claim() -> int:
    return Mention.objects.values_list("claim", flat=True)[0] or 0


def origins() -> int:
    return scoring.score(claim()).independent_origins


def met(name: str) -> Speaker:
    """The row that a new article finds for this name."""
    return speaker_rows([types.Speaker(name, name, types.SpeakerKind.PERSON)])[name]


def test_two_speakers_that_are_one_are_one_origin(two: tuple[Speaker, Speaker], ada: User) -> None:
    one, other = two
    assert origins() == 2
    speakers.merge(other.pk, one.pk, by=ada, why="the same person")
    assert origins() == 1
    assert set(Mention.objects.values_list("speaker", flat=True)) == {one.pk}


def test_the_name_of_a_merged_speaker_leads_to_the_other(two: tuple[Speaker, Speaker], ada: User) -> None:
    one, other = two
    SpeakerAlias.objects.create(name="Mme Marrow", speaker=other)
    speakers.merge(other.pk, one.pk, by=ada, why="the same person")
    assert {met("I. Marrow of the port"), met("Mme Marrow"), speakers.found("i. marrow of the PORT")} == {one}


def test_a_merge_is_undone_with_everything_that_it_moved(two: tuple[Speaker, Speaker], ada: User) -> None:
    one, other = two
    SpeakerAlias.objects.create(name="Mme Marrow", speaker=other)
    mine = set(Mention.objects.filter(speaker=other).values_list("pk", flat=True))
    names = set(SpeakerAlias.objects.values_list("name", "speaker"))
    done = speakers.merge(other.pk, one.pk, by=ada, why="the same person")
    speakers.undo(done.pk, by=ada)
    assert set(Mention.objects.filter(speaker=other).values_list("pk", flat=True)) == mine
    assert set(SpeakerAlias.objects.values_list("name", "speaker")) == names
    assert (Speaker.objects.get(pk=other.pk).merged_into, origins()) == (None, 2)
    with pytest.raises(EditState):
        speakers.undo(done.pk, by=ada)


def test_a_score_from_before_a_merge_can_still_be_repeated(two: tuple[Speaker, Speaker], ada: User) -> None:
    origins()
    speakers.merge(two[1].pk, two[0].pk, by=ada, why="the same person")
    origins()
    assert [replaying.replay(claim(), version).difference for version in (1, 2)] == [0, 0]


def test_a_speaker_that_a_person_gave_is_merged_too(two: tuple[Speaker, Speaker], ada: User) -> None:
    one, other = two
    row = Mention.objects.filter(speaker=one).get()
    editing.correct_mention(row.pk, Said(speaker=other.canonical), by=ada, why="misread")
    speakers.merge(other.pk, one.pk, by=ada, why="the same person")
    done = editing.correct_mention(row.pk, Said(stance="open"), by=ada, why="she asks")
    row.refresh_from_db()
    assert (row.speaker, row.stance) == (one, "open")
    withdrawing.take_back(done.pk, by=ada)
    row.refresh_from_db()
    assert row.speaker == one


def test_a_new_name_keeps_the_old_one_leading_here(two: tuple[Speaker, Speaker], ada: User) -> None:
    one = two[0]
    done = speakers.describe(one.pk, {"canonical": "Inès Marrow-Vey"}, by=ada, why="she married")
    one.refresh_from_db()
    assert one.canonical == "Inès Marrow-Vey"
    assert {met("Ines Marrow"), met("Inès Marrow-Vey")} == {one}
    speakers.undo(done.pk, by=ada)
    one.refresh_from_db()
    assert one.canonical == "Ines Marrow"


def test_the_name_of_another_is_refused_and_named(two: tuple[Speaker, Speaker], ada: User) -> None:
    with pytest.raises(speakers.SpeakerConflict) as refused:
        speakers.describe(two[0].pk, {"canonical": "I. MARROW of the port"}, by=ada, why="x")
    assert refused.value.other == two[1]


def test_two_who_speak_for_one_body_are_one_origin(two: tuple[Speaker, Speaker], ada: User) -> None:
    for speaker in two:
        speakers.describe(speaker.pk, {"party": "Port of Ember"}, by=ada, why="both of the port")
    assert origins() == 1


@pytest.mark.parametrize(
    ("given", "field"), [({"kind": "planet"}, "kind"), ({"canonical": "\u200b"}, "canonical"), ({}, "")]
)
def test_what_cannot_be_is_refused_by_its_field(
    given: dict[str, str], field: str, two: tuple[Speaker, Speaker], ada: User
) -> None:
    with pytest.raises(EditError) as refused:
        speakers.describe(two[0].pk, given, by=ada, why="x")
    assert refused.value.field == field
    assert not SpeakerChange.objects.exists()


@pytest.mark.parametrize(
    "ask",
    [
        lambda one, other: speakers.merge(one, one, by=None, why="x"),
        lambda one, other: speakers.merge(one, 999_999, by=None, why="x"),
        lambda one, other: speakers.merge(one, other, by=None, why=" "),
    ],
)
def test_what_cannot_be_merged_is_refused(ask: Callable[[int, int], object], two: tuple[Speaker, Speaker]) -> None:
    with pytest.raises(EditError):
        ask(two[0].pk, two[1].pk)


def test_an_editor_merges_and_undoes_on_the_desk(two: tuple[Speaker, Speaker], ada: User) -> None:
    one, other = two
    client, here = Client(), "/admin/claims/speaker/{}/change/"
    client.force_login(ada)
    body = {"speaker": "merge", "target": "Ines Marrow", "why": "the same person"}
    told = client.post(here.format(other.pk), body, follow=True)
    assert told.redirect_chain[0][0] == here.format(one.pk)
    assert "merged I. Marrow of the port into this one" in told.content.decode()
    listed = client.get("/admin/claims/speaker/").content.decode()
    assert "I. Marrow of the port" not in listed
    client.post(here.format(one.pk), {"speaker": "undo", "change": SpeakerChange.objects.get().pk})
    assert "I. Marrow of the port" in client.get("/admin/claims/speaker/").content.decode()


def test_an_editor_renames_on_the_desk_and_is_told_of_another(two: tuple[Speaker, Speaker], ada: User) -> None:
    client, here = Client(), f"/admin/claims/speaker/{two[0].pk}/change/"
    client.force_login(ada)
    body = {"speaker": "describe", "canonical": "I. Marrow of the port", "kind": "person", "party": "", "why": "x"}
    assert "merge the two if they are one" in client.post(here, body).content.decode()
    told = client.post(here, {**body, "canonical": "Inès Marrow", "party": "Port of Ember"}, follow=True)
    assert "name: “Ines Marrow” → “Inès Marrow”" in told.content.decode()


def test_who_may_not_edit_changes_no_speaker(two: tuple[Speaker, Speaker], rex: User) -> None:
    client = Client()
    client.force_login(rex)
    body = {"speaker": "merge", "target": "Ines Marrow", "why": "x"}
    assert client.post(f"/admin/claims/speaker/{two[1].pk}/change/", body).status_code == 403
    assert not SpeakerChange.objects.exists()
