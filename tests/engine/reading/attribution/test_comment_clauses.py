"""A clause that only comments on what stands before it is no part of the quote; a counted group is no speaker."""

from __future__ import annotations

import pytest

from claims.engine.types import Factuality, Hedge, SpeakerKind
from tests.engine.reading.told import mentions


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "A council worker dumped asbestos in a quarry, a tribunal heard.",
            "A council worker dumped asbestos in a quarry",
        ),
        (
            "A cyclist died under a lorry in Ossel, an inquest was told on Monday.",
            "A cyclist died under a lorry in Ossel",
        ),
        ("The airline has lost 40 pilots since May, it has emerged.", "The airline has lost 40 pilots since May"),
        (
            "Rook paid 3 million euros for the masks, it was disclosed on Friday.",
            "Rook paid 3 million euros for the masks",
        ),
        ("Bell drank nine pints before he drove, the trial heard last week.", "Bell drank nine pints before he drove"),
        ("The factory released 14 tonnes of acid, the hearing was informed.", "The factory released 14 tonnes of acid"),
        ("The singer bought the castle in June, it is understood.", "The singer bought the castle in June"),
    ],
)
def test_a_comment_behind_a_clause_is_no_part_of_the_quote(text: str, quote: str) -> None:
    assert [m.quote for m in mentions(text)] == [quote]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The mine owner ignored nine warnings, MPs were told on Tuesday.", ""),
        ("Judges have been told that 30 prisoners were beaten at Rook jail.", ""),
        ("Ministers heard that the dam in Ossel was unsafe.", ""),
        ("The airline has lost 40 pilots since May, it has emerged.", ""),
        ("It emerged in court that Bell had stolen 40 watches.", ""),
        ("The factory released 14 tonnes of acid, Ossel Crown Court heard.", "Ossel Crown Court"),
    ],
)
def test_who_only_hears_something_does_not_say_it(text: str, speaker: str) -> None:
    (found,) = mentions(text)
    assert found.speaker.canonical == speaker
    assert found.speaker.kind is not SpeakerKind.PERSON


def test_what_nobody_named_is_said_to_believe_is_hearsay() -> None:
    (found,) = mentions("The singer bought the castle in June, it is understood.")
    assert found.hedge is Hedge.REPORTED


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Eight out of 10 said they had worked without a break at least once a week.", 0.8),
        ("Three in five teachers said that they had bought books with their own money.", 0.6),
        ("Some 62% of drivers told the institute they used a phone at the wheel.", 62),
        ("Almost 300 traders told the bureau that they had cut their stock.", 300),
        ("A quarter of patients said the doctor had not listened to them.", 0.25),
        ("Two thirds of the nurses plan to quit within a year, the union said.", 2 / 3),
        ("One in six farmers is thinking of giving up, the survey found.", 1 / 6),
    ],
)
def test_what_a_counted_group_says_or_wishes_is_stated_with_its_count(text: str, value: float) -> None:
    (found,) = mentions(text)
    assert found.quantity is not None
    assert found.quantity.value == pytest.approx(value)
    assert found.factuality is Factuality.ASSERTED


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Two officials said the dam in Ossel was unsafe.", "officials"),
        ("The 12 judges said the law on dams was unfair.", "judges"),
        ("Three people familiar with the talks said the firm had closed the mine.", "people"),
    ],
)
def test_a_few_people_are_the_source(text: str, speaker: str) -> None:
    (found,) = mentions(text)
    assert found.speaker.canonical == speaker
