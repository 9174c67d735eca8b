"""An agency's report is known by its dateline, byline or closing lines, and never by being quoted or cited."""

from __future__ import annotations

import pytest

from claims.engine.reading.text.wire import wire

STORY = "The dam failed on Monday. The governor said 12 people died.\n\n"


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"RIVERTON (AP) — {STORY}", "AP"),
        (f"RIVERTON, N.Y., May 3 (UPI) -- {STORY}", "UPI"),
        (f"Flood kills 12\n\nOSLO, 3 May (Reuters) - {STORY}", "Reuters"),
        (f"Oslo (AFP) – {STORY}", "AFP"),
        (f"OSLO, May 3 (Xinhua) -- {STORY}", "Xinhua"),
        (f"By Anna Bell, Associated Press\n\n{STORY}", "AP"),
        (f"{STORY}Associated Press writer Anna Bell in Riverton contributed to this report.", "AP"),
        (f"{STORY}(Reporting by Anna Bell; Editing by Tom Hill)", "Reuters"),
        (f"{STORY}© 2025 The Associated Press. All rights reserved.", "AP"),
        (f"{STORY}© Agence France-Presse", "AFP"),
        (f"{STORY}___\n\nFollow the AP's coverage of floods.", "AP"),
    ],
)
def test_an_agencys_report_is_recognised(text: str, agency: str) -> None:
    assert wire(text) == agency


@pytest.mark.parametrize(
    "text",
    [
        "The governor told Reuters on Monday that 12 people died.",
        "The AP reported that 12 people died.",
        "The Associated Press (AP) first reported the flood.",
        "Water in Riverton. Anna Bell / Reuters\n\nThe dam failed on Monday.",
        "SINKING SPRING, Pa. -\n\nTwelve people died.",
        "A Reuters/Ipsos poll found that 40 percent agree.",
        "",
    ],
)
def test_to_quote_or_cite_an_agency_is_not_to_print_its_report(text: str) -> None:
    assert wire(text) == ""


def test_a_byline_that_is_given_is_enough() -> None:
    assert wire(STORY, byline="By The Associated Press") == "AP"
