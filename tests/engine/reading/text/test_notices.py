"""Requests for consent, promotions and corrections are no statements of the article."""

from __future__ import annotations

import pytest

from claims.engine.reading.text.cleaning import clean
from claims.engine.types import Quantity
from tests.engine.reading.told import mentions

BEFORE = "A storm in Pell sank 14 boats on Monday, the harbour master said.\n\n"
BEHIND = "\n\nThe harbour of Pell will stay closed for 3 days, the mayor said."


def kept(line: str) -> list[str]:
    text = BEFORE + line + BEHIND
    return [text[p.span.start : p.span.end] for p in clean(text).paragraphs][1:-1]


@pytest.mark.parametrize(
    "line",
    [
        "We and 640 vendors store cookies on your device to measure ads.",
        "By going on you give your consent to 55 partners that process your personal data for advertising.",
        "You can withdraw your consent or object to legitimate interests at any time in the privacy settings.",
        "Our partners use cookies and tracking so that the 30 ads you see fit your browser.",
        "Manage your privacy preferences: 212 vendors process your data on consent or legitimate interest.",
    ],
)
def test_a_request_for_consent_is_left_out(line: str) -> None:
    assert kept(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "The regulator fined the firm 3 million euros for storing personal data without consent, it said.",
        "“We never stored cookies on your device without consent,” the firm's lawyer told 40 vendors in court.",
        "The law makes 12 vendors ask for consent before they place cookies, the minister said.",
    ],
)
def test_an_article_on_privacy_keeps_its_text(line: str) -> None:
    assert kept(line) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "You might also like: Hail breaks 900 windows in Orr.",
        "In case you missed it: Hail breaks 900 windows in Orr",
        "Don’t miss – Hail breaks 900 windows in Orr.",
        "Read next | Hail breaks 900 windows in Orr",
        "More on this story: Hail breaks 900 windows in Orr.",
        "Editor's picks: Hail breaks 900 windows in Orr.",
    ],
)
def test_a_promotion_of_another_article_is_left_out(line: str) -> None:
    assert kept(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "Correction: An earlier version of this report said that 41 boats had sunk.",
        "CLARIFICATION (June 3): We originally reported 41 boats. The right number is 14.",
        "Editor's note: This article was amended on 3 June; it had given 41 as the number of boats.",
        "The original headline said that 41 boats had sunk. The Post regrets the error.",
        "A previous version of this story misstated the number of boats as 41.",
        "This story has been corrected: 41 boats did not sink.",
        "We wrongly said that 41 boats had sunk.",
    ],
)
def test_what_a_correction_takes_back_is_no_evidence(line: str) -> None:
    assert not [m for m in mentions(BEFORE + line + BEHIND) if "41" in m.quote]


@pytest.mark.parametrize(
    "line",
    [
        "Correction: The harbour holds 60 boats, not 600 as we first reported.",
        "CORRECTION (June 3): The harbour holds 60 boats, not 600, as an earlier version of this story said.",
        "Clarification: The harbour holds 60 boats.",
    ],
)
def test_what_a_correction_puts_right_is_a_statement(line: str) -> None:
    [found] = [m for m in mentions(BEFORE + line + BEHIND) if "60 boats" in m.quote]
    assert isinstance(found.quantity, Quantity)
    assert found.quantity.value == 60
    assert not found.quote.startswith(("Correction", "CORRECTION", "Clarification"))


@pytest.mark.parametrize(
    "line",
    [
        "Correction: An earlier version of this article said that 600 boats lie in Pell. The harbour holds 60 boats.",
        "This article was amended on 4 May to say that the harbour holds 60 boats, not 600.",
        "Correction, May 4: The harbour holds 60 boats. An earlier version of this story gave the number as 600.",
        "Clarification: The harbour holds 60 boats and not, as we wrote, 600.",
        "Editor's note: This story has been corrected. The harbour of Pell holds 60 boats.",
        "An earlier version of this report said the harbour holds 600 boats. In fact it holds 60 boats.",
        "Correction: The harbour holds 60 boats, rather than 600 as previously reported.",
        "An earlier version of this story gave the number as 600. It also named the wrong quay. Pell holds 60 boats.",
    ],
)
def test_what_a_correction_takes_back_does_not_take_with_it_what_is_right(line: str) -> None:
    found = [m.quantity for m in mentions(BEFORE + line + BEHIND) if "60 boats" in m.quote]
    assert [q.value for q in found if q is not None] == [60]
    assert not [m for m in mentions(BEFORE + line + BEHIND) if m.quantity is not None and m.quantity.value == 600]
