"""Who says what: every construction that newspapers use, in our own sentences."""

from __future__ import annotations

import pytest

from claims.engine.types import SpeakerKind
from tests.engine.reading.told import about, mentions


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        # indirect
        ("The governor said that 12 people died in the flood.", "12 people died", "governor"),
        ("Anna Bell told reporters on Monday the dam had failed.", "dam had failed", "Anna Bell"),
        # inverted and in the middle
        ("The dam failed on Monday, the governor said.", "dam failed", "governor"),
        ('"The dam failed on Monday," said Anna Bell.', "dam failed", "Anna Bell"),
        ("The dam, Anna Bell said, failed on Monday.", "failed on Monday", "Anna Bell"),
        # according to
        ("According to Anna Bell, 12 people died in the flood.", "12 people died", "Anna Bell"),
        ("12 people died in the flood, according to the Red Cross.", "12 people died", "Red Cross"),
        # passive
        ("Two guards were quoted by Anna Bell as saying that 12 men fled on Monday.", "12 men fled", "Anna Bell"),
        # xcomp
        ("Anna Bell denied paying the builders 2 million euros in May.", "paying the builders", "Anna Bell"),
        # nested: the innermost speaker has it
        ("The police said Anna Bell said 12 men fled on Monday.", "12 men fled", "Anna Bell"),
        # headline style
        ("Anna Bell: 12 people died in the flood", "12 people died", "Anna Bell"),
        ("12 people died in Riverton flood, Anna Bell says", "12 people died", "Anna Bell"),
        # mixed
        ('Anna Bell said the flood was "the worst in 40 years" for Riverton.', "the flood was", "Anna Bell"),
    ],
)
def test_the_speaker_is_found_in_every_construction(text: str, words: str, speaker: str) -> None:
    assert about(text, words).speaker.canonical == speaker


@pytest.mark.parametrize(
    "marks",
    ['""', "“”", "„“", "«»", "‘’", "''", '“"'],
    ids=["straight", "curly", "low", "guillemets", "single", "ascii", "mixed"],
)
def test_quotation_marks_of_every_kind_make_a_direct_quotation(marks: str) -> None:
    found = about(f"{marks[0]}The old dam failed on Monday night,{marks[1]} said Anna Bell.", "dam failed")
    assert found.direct
    assert found.speaker.canonical == "Anna Bell"


def test_a_quotation_over_several_sentences_keeps_its_speaker() -> None:
    text = (
        '"The dam failed on Monday. The water killed 12 people in Riverton," said Anna Bell. "It destroyed 40 houses."'
    )
    assert {m.speaker.canonical for m in mentions(text)} == {"Anna Bell"}
    assert len(mentions(text)) == 3


def test_a_quotation_that_a_paragraph_leaves_open_goes_on_in_the_next() -> None:
    text = "Anna Bell said: “The dam failed on Monday night.\n\n“The water killed 12 people in Riverton.”"
    assert about(text, "12 people").speaker.canonical == "Anna Bell"


def test_what_nobody_is_said_to_have_said_is_the_outlets_own_voice() -> None:
    found = about("The dam failed on Monday and killed 12 people in Riverton.", "killed 12 people")
    assert found.speaker.kind == SpeakerKind.OUTLET
    assert (found.speaker.canonical, found.cue) == ("gazette", "")


@pytest.mark.parametrize(
    ("text", "words", "name", "kind"),
    [
        (
            "An intelligence document seen by the Gazette says 12 men fled on Monday.",
            "12 men fled",
            "intelligence document",
            SpeakerKind.DOCUMENT,
        ),
        ("Reuters reported that 12 men fled on Monday.", "12 men fled", "Reuters", SpeakerKind.AGENCY),
        ("Anna Bell told Reuters that 12 men fled on Monday.", "12 men fled", "Anna Bell", SpeakerKind.PERSON),
        (
            "The Riverton Times reported that 12 men fled on Monday.",
            "12 men fled",
            "Riverton Times",
            SpeakerKind.OUTLET,
        ),
        ("Kyiv said 12 men fled on Monday.", "12 men fled", "Government of Ukraine", SpeakerKind.BODY),
        ("The Kremlin said 12 men fled on Monday.", "12 men fled", "Government of Russia", SpeakerKind.BODY),
        ("The Chinese government said 12 men fled on Monday.", "12 men fled", "Government of China", SpeakerKind.BODY),
        ("France's defence ministry said 12 men fled.", "12 men fled", "Defence Ministry of France", SpeakerKind.BODY),
        (
            "The French defence ministry said 12 men fled.",
            "12 men fled",
            "Defence Ministry of France",
            SpeakerKind.BODY,
        ),
    ],
)
def test_speakers_are_kept_as_what_they_are(text: str, words: str, name: str, kind: SpeakerKind) -> None:
    found = about(text, words).speaker
    assert (found.canonical, found.kind) == (name, kind)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "Norwegian Prime Minister Anna Bell arrived on Monday. She said 12 men fled the camp.",
            "12 men fled",
            "Anna Bell",
        ),
        (
            "Ukrainian President Pavlo Moroz spoke on Monday. The Ukrainian leader said 12 men fled the camp.",
            "12 men fled",
            "Pavlo Moroz",
        ),
        ("Governor Anna Bell spoke on Monday. Bell said 12 men fled the camp.", "12 men fled", "Anna Bell"),
        (
            "The Norwegian Red Cross Society (NRCS) opened a camp. The NRCS said 12 men fled the camp.",
            "12 men fled",
            "Norwegian Red Cross Society",
        ),
    ],
)
def test_pronouns_titles_and_acronyms_lead_to_the_full_name(text: str, words: str, name: str) -> None:
    assert about(text, words).speaker.canonical == name


def test_one_person_has_one_name_however_it_is_spelled() -> None:
    spellings = ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy", "President Volodymyr Zelenskyi")
    names = {about(f"{s} said 12 men fled the camp on Monday.", "12 men fled").speaker.canonical for s in spellings}
    assert names == {"Volodymyr Zelensky"}


def test_a_request_is_reported_as_the_speakers_own() -> None:
    found = about("The health ministry urged citizens to stay away from the 3 flooded valleys.", "urged citizens")
    assert found.speaker.kind == SpeakerKind.BODY
    assert found.cue == "urged"


def test_frames_of_attribution_are_no_statements() -> None:
    quotes = [m.quote for m in mentions("Mayor Anna Bell said on Monday that 12 people died in the flood.")]
    assert quotes == ["12 people died in the flood"]
