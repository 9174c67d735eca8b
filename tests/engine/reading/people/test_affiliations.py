"""For whom somebody speaks: read from a title, an apposition or a description, and nowhere else."""

from __future__ import annotations

import pytest

from tests.engine.reading.told import mentions

CLAIM = "the dam at Pell will be repaired in May"


def organisations(text: str) -> list[str]:
    return [m.speaker.organisation for m in mentions(text) if "dam at Pell" in m.quote]


@pytest.mark.parametrize(
    "source",
    [
        "Tamber Bank chief executive Ida Brandt",
        "Ida Brandt, the chief executive of Tamber Bank,",
        "Tamber Bank's chairwoman Ida Brandt",
        "A spokesman for Tamber Bank",
        "A Tamber Bank spokeswoman",
        "The Tamber Bank director",
    ],
)
def test_who_speaks_for_an_organisation_has_its_name(source: str) -> None:
    assert organisations(f"{source} said on Monday that {CLAIM}.") == ["Tamber Bank"]


def test_a_name_keeps_its_organisation_over_the_article() -> None:
    text = f"Tamber Bank chief executive Ida Brandt came to Pell on Monday.\n\nBrandt said {CLAIM}."
    assert organisations(text) == ["Tamber Bank"]


@pytest.mark.parametrize("source", ["spokeswoman Ida Brandt", "its chairwoman, Ida Brandt,", "a spokesman"])
def test_an_office_without_its_body_is_that_of_the_body_that_spoke_last(source: str) -> None:
    text = f"Tamber Bank denied on Monday that the mill was sold. {source[0].upper()}{source[1:]} said that {CLAIM}."
    assert organisations(text) == ["Tamber Bank"]


@pytest.mark.parametrize(
    ("source", "organisation"),
    [
        ("Peruvian President Ana Rios", "Government of Peru"),
        ("Police spokesman Tom Reed", "police"),
        ("The hospital's director, Tom Reed,", "hospital"),
    ],
)
def test_governments_and_bodies_without_a_name_are_organisations_too(source: str, organisation: str) -> None:
    assert organisations(f"{source} said on Monday that {CLAIM}.") == [organisation]


@pytest.mark.parametrize(
    "source",
    [
        "Former Tamber Bank chief executive Ida Brandt",
        "Ida Brandt, a critic of Tamber Bank,",
        "Tamber Bank customer Ida Brandt",
        "Professor Ida Brandt",
        "The company's chief",
        "Housing Minister Ida Brandt",
        "A fisherman",
    ],
)
def test_who_speaks_for_nobody_has_none(source: str) -> None:
    assert organisations(f"{source} said on Monday that {CLAIM}.") in ([""], [])
