"""Whom a claim is about, and whose denial is that of the accused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claims.engine.agreement.provenance.parties import is_accused, parties
from claims.engine.types import Evidence, Speaker, SpeakerKind, Stance


def denial(
    text: str,
    canonical: str = "",
    *,
    kind: SpeakerKind = SpeakerKind.BODY,
    quote: str = "it is not so",
    leads: str = "",
) -> bool:
    """Whether a denial by a speaker is the accused party's, of a claim about soldiers of Russia and of North Korea."""
    item = Evidence(
        id="d",
        article="d",
        source="d.example",
        quote=quote,
        speaker=Speaker(text, canonical or text, kind),
        stance=Stance.DENIES,
        direct=quote != "it is not so",
        published=datetime(2025, 4, 1, tzinfo=UTC),
        leads=leads,
    )
    return is_accused(item, parties("Russian trenches are held by North Korean soldiers"))


@pytest.mark.parametrize(
    "speaker",
    ["Moscow", "the Kremlin", "Russia's foreign ministry", "Pyongyang", "North Korean state media", "Russians"],
)
def test_a_state_under_any_of_its_names_is_accused(speaker: str) -> None:
    assert denial(speaker)


def test_who_leads_a_state_or_speaks_for_it_is_accused() -> None:
    assert denial("Ines Marrow", kind=SpeakerKind.PERSON, leads="Russia")
    assert not denial("Ines Marrow", kind=SpeakerKind.PERSON, leads="Norway")
    assert not denial("Ines Marrow", kind=SpeakerKind.PERSON)


@pytest.mark.parametrize(
    "speaker", ["Seoul", "South Korean officials", "the Foreign Ministry of China", "Defence Ministry", "Ana Petrova"]
)
def test_others_are_third_parties(speaker: str) -> None:
    assert not denial(speaker)


def test_an_outlet_is_nobodys_party() -> None:
    assert not denial("Russian Courier", kind=SpeakerKind.OUTLET)


def test_who_denies_for_himself_is_accused() -> None:
    assert denial("Ana Petrova", kind=SpeakerKind.PERSON, quote="I never sent anybody there")


def test_names_in_a_text_are_told_from_words_that_begin_sentences() -> None:
    assert parties("The U.S. and Kyiv’s allies met. In Geneva, Ana Petrova spoke.") == {
        "united states",
        "ukraine",
        "geneva",
        "ana",
        "petrova",
    }
