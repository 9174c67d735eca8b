"""Who speaks by the set of the page: labels, questions and answers, signatures, posts; and what is no speaker."""

from __future__ import annotations

import pytest

from claims.engine.types import SpeakerKind
from tests.engine.reading.told import about


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("MARTA OLIN, HARBOUR MASTER: The pier has sunk by 30 centimetres.", "30 centimetres", "Marta Olin"),
        (
            "SEN. PAUL DRESSER (R-ME): The bill closes 12 ports.\n\nDRESSER: It saves no money.",
            "12 ports",
            "Paul Dresser",
        ),
        ("Mr. Otto Lenk (Dunford East): The council has sold 40 flats.", "40 flats", "Otto Lenk"),
        ("The Minister (Ms. Ada Quist): The council has built 60 flats.", "60 flats", "Ada Quist"),
        ("KEMI ADE (voice-over): The lake has lost 3 metres of water.", "3 metres", "Kemi Ade"),
        ("DR. SUSI BRAND (through translator): We have treated 80 children.", "80 children", "Susi Brand"),
        ("Rita Moss (@ritamoss): The ferry left 90 people on the pier.", "90 people", "Rita Moss"),
    ],
)
def test_a_label_says_who_speaks(text: str, words: str, speaker: str) -> None:
    assert about(text, words).speaker.canonical == speaker


def test_a_short_label_is_who_had_the_full_one() -> None:
    text = (
        "IVO RADEK, HOST: How bad is it?\n\nANNA PIKE, ENGINEER: The dam has 40 cracks.\n\n"
        "RADEK: And the town?\n\nPIKE: It has been empty since Monday, and 300 people sleep in a gym."
    )
    assert about(text, "300 people").speaker.canonical == "Anna Pike"


def test_a_turn_goes_on_until_the_next_label() -> None:
    text = (
        "TOM REED: The fire began at noon.\n\nIt burned 200 hectares of wood.\n\n(CROSSTALK)\n\n"
        "SARA LUND: The wind was to blame.\n\nTOM REED: Nobody was hurt in the fire."
    )
    assert about(text, "200 hectares").speaker.canonical == "Tom Reed"


@pytest.mark.parametrize(
    "introduction",
    [
        "We sat down with Nora Falk, who runs the ice lab in Sark, to talk about the glacier.",
        "Peter Moll spoke to Nora Falk about her twenty years on the glacier.",
        "Nora Falk has measured the glacier since 2004.",
    ],
)
def test_an_answer_is_whose_interview_the_introduction_announces(introduction: str) -> None:
    text = f"{introduction}\n\nQ: How fast does it melt?\n\nA: The ice has drawn back by 400 metres."
    assert about(text, "400 metres").speaker.canonical == "Nora Falk"


@pytest.mark.parametrize(
    ("introduction", "speaker"),
    [
        ("Peter Moll spoke to novelist Nora Falk.", "Nora Falk"),
        ("Nora Falk leads the clinic. In this interview with Peter Moll, she talks about measles.", ""),
        ("Nora Falk spoke to our reporter Peter Moll.", ""),
    ],
)
def test_of_two_in_an_introduction_only_who_is_said_to_be_asked_answers(introduction: str, speaker: str) -> None:
    text = f"{introduction}\n\nQUESTION: How many cases are there?\n\nANSWER: We have had 61 cases since May."
    assert about(text, "61 cases").speaker.canonical == speaker


def test_two_datelines_make_no_transcript() -> None:
    text = "MUMBAI: Four trains were cancelled on Monday.\n\nPUNE: Two bridges were closed on Monday."
    assert about(text, "Two bridges").speaker.kind is SpeakerKind.OUTLET


def test_an_answer_of_whom_the_text_does_not_know_is_nobodys() -> None:
    text = "Q: How fast does it melt?\n\nA: The ice has drawn back by 400 metres."
    assert about(text, "400 metres").speaker.canonical == ""


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("“The road has 90 holes in it.” — Walt Simms", "90 holes", "Walt Simms"),
        ("“The road has 90 holes in it.” – Fire chief Olga Brand", "90 holes", "Olga Brand"),
        ("“The road has 90 holes in it.”\n\n— Pilar Ochoa, mother of two", "90 holes", "Pilar Ochoa"),
        ('"The road has 90 holes in it." -- Gert Vos, spokesman', "90 holes", "Gert Vos"),
        ("'The road has 90 holes in it.' – farmer Huw Prys", "90 holes", "Huw Prys"),
        ("From the desk of Ivan Petrak, chief analyst:\n\n“The road has 90 holes in it.”", "90 holes", "Ivan Petrak"),
        ("The road has 90 holes in it. — Ida Moor (@idamoor) March 3, 2025", "90 holes", "Ida Moor"),
        ("The road has 90 holes in it.\n\n— Halden Roads (@haldenroads) March 3, 2025", "90 holes", "Halden Roads"),
    ],
)
def test_a_signature_behind_a_dash_says_whose_the_words_are(text: str, words: str, speaker: str) -> None:
    intro = "The town of Halden talks about one thing only.\n\n"
    assert about(intro + text, words).speaker.canonical == speaker


def test_each_of_two_signed_quotations_is_its_own_signers() -> None:
    text = "“The tolls cost me 90 dollars.” — Joan Pike\n\n“They paid for 60 new lamps.” — Walt Simms, Eastport"
    assert about(text, "90 dollars").speaker.canonical == "Joan Pike"
    assert about(text, "60 new lamps").speaker.canonical == "Walt Simms"


@pytest.mark.parametrize(
    "text",
    [
        "CAR STATS: The new Orla does 300 km on one charge.",
        "ROAD SIGNALS: The town has put up 300 km of cable.",
        "NEW DELHI: The court stayed the sale of 300 km of track on Monday.",
        "WASHINGTON: The senate voted for 300 km of road on Monday.",
        "Key figures: The town has 300 km of road.",
        "UPDATE: The town has closed 300 km of road.",
    ],
)
def test_a_subhead_or_a_dateline_is_no_speaker(text: str) -> None:
    found = about(f"{text}\n\nThe mayor of the town was not there on Monday.", "300 km")
    assert (found.speaker.kind, found.speaker.text) == (SpeakerKind.OUTLET, "")


def test_a_dash_in_a_sentence_signs_nothing() -> None:
    text = "The boat sank in 20 minutes — the worst loss on the lake since 1950."
    assert about(text, "20 minutes").speaker.kind is SpeakerKind.OUTLET
