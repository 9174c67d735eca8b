"""One entry a person: namesakes are kept apart, and every form of one name leads to the same."""

from __future__ import annotations

import pytest

from claims.engine.reading.mentions import read
from claims.engine.types import Document, KnownPerson
from tests.engine.reading.told import about, mentions

BOARD = (
    "Board president Marcia Dunn voted for the plan; her brother Ted Dunn voted against it. "
    "“We lost 300 pupils,” Marcia Dunn said. “It cost 2 million dollars,” Ted Dunn said. "
)


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Mr. Dunn said 40 teachers would go.", "Ted Dunn"),
        ("Ms. Dunn said 40 teachers would go.", "Marcia Dunn"),
        ("Ted said 40 teachers would go.", "Ted Dunn"),
        ("Marcia said 40 teachers would go.", "Marcia Dunn"),
        ("Dunn said 40 teachers would go.", "Dunn"),
    ],
)
def test_of_two_with_one_surname_title_and_first_name_tell(sentence: str, speaker: str) -> None:
    assert about(BOARD + sentence, "40 teachers").speaker.canonical == speaker


@pytest.mark.parametrize(("words", "speaker"), [("300 pupils", "Marcia Dunn"), ("2 million", "Ted Dunn")])
def test_two_with_one_surname_say_what_each_says(words: str, speaker: str) -> None:
    assert about(BOARD, words).speaker.canonical == speaker


def test_who_alone_bears_a_surname_so_far_is_meant_by_it() -> None:
    text = "Mario Lanz said 5,000 people had come. Lanz said the camps held 900. His sister Elena Lanz disagreed."
    assert about(text, "900").speaker.canonical == "Mario Lanz"


@pytest.mark.parametrize(
    "name",
    [
        "J. K. Tarn",
        "A.B. McTavish",
        "T. J. O'Neill",
        "Lidia van der Meer",
        "Bram de Wit",
        "Peter McAllister",
        "Jo O'Neil",
    ],
)
def test_a_name_is_given_as_it_is_written(name: str) -> None:
    text = f"“We found nine graves,” {name}, the coroner, said."
    assert about(text, "nine graves").speaker.canonical == name


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("J. K. Tarn", "Tarn"),
        ("Lidia van der Meer", "Van der Meer"),
        ("Peter McAllister", "McAllister"),
        ("Robert “Bobby” Finch", "Bobby"),
        ("Valentina Krol", "Valentina"),
    ],
)
def test_a_part_of_a_name_is_who_had_the_full_one(full: str, short: str) -> None:
    text = f"{full} said the hive was lost in May. {short} said 30 more had died since."
    found = about(text, "30 more").speaker.canonical
    assert found.split()[-1] == full.rsplit(maxsplit=1)[-1]
    assert " " in found


@pytest.mark.parametrize("calls", ["whom the whole market calls “Duke”", "known as “Duke”", "nicknamed “Duke”"])
def test_who_has_only_a_nickname_is_called_by_it(calls: str) -> None:
    text = f"“Six shots were fired near my stall,” said a fruit seller {calls}."
    found = about(text, "Six shots").speaker
    assert "Duke" in f"{found.text} {found.canonical}"
    assert not [m for m in mentions(text) if "Duke" in m.quote]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Transport boss Lidia van der Meer met them. “We pay 3 percent,” van der Meer said.", "Lidia van der Meer"),
        ("The lawyer, Anne-Marie St. Clair, said they would pay 3 percent.", "Anne-Marie St. Clair"),
        ("Hanna Lindt and her husband Per Lindt met. “They pay 3 percent,” Per Lindt said.", "Per Lindt"),
        (
            "Leader of Opposition Priya Rathore met M. S. Rathore. Smt Rathore said they paid 3 percent.",
            "Priya Rathore",
        ),
    ],
)
def test_names_that_the_language_model_misses_are_found(text: str, speaker: str) -> None:
    assert about(text, "3 percent").speaker.canonical == speaker


def test_father_and_son_of_one_name_are_told_by_the_suffix() -> None:
    text = "Frank Doyle Sr. bought the yard and Frank Doyle Jr. sold it. “It made 2 million a year,” Doyle Jr. said."
    assert about(text, "2 million").speaker.canonical == "Frank Doyle Jr."


def test_a_particle_that_opens_a_sentence_is_part_of_the_name() -> None:
    text = "The farm of O. van den Berg lost nine ewes. Van den Berg said 12 wolves had been counted."
    assert about(text, "12 wolves").speaker.canonical == "O. van den Berg"


def test_adding_goes_on_with_who_spoke_and_not_with_what_would_fall() -> None:
    text = "Governor Tarek Mansour said inflation would fall by June, adding that banks held 40 billion dollars."
    assert about(text, "40 billion").speaker.canonical == "Tarek Mansour"


def test_an_editors_word_on_gender_and_aliases_counts_at_once() -> None:
    text = "Robin Hale met Carla Fenn in Sark on Monday. She said 40 wells were dry. Bobo said six more were closed."
    known = [KnownPerson("Robin Hale", "m", ("Bobo",)), KnownPerson("Carla Fenn", "f")]
    mentions = next(iter(read([Document("a", "gazette", text)], known=known))).mentions
    said = {m.quote: m.speaker.canonical for m in mentions}
    assert said["40 wells were dry"] == "Carla Fenn"
    assert said["six more were closed"] == "Robin Hale"
