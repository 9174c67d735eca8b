"""The score in words."""

from __future__ import annotations

from claims.engine.agreement.scoring import assess
from claims.engine.types import Stance
from tests.engine.agreement.cast import said


def test_one_sentence_tells_articles_origins_and_denials_apart() -> None:
    items = [said(str(i), by="Ana Petrova", on=1 + i) for i in range(6)]
    items.append(said("denial", by="Jun Mori", stance=Stance.DENIES, on=9))
    text = assess(items).explanation
    assert text.lower().startswith("seven articles, one origin: all relay ana petrova; one independent denial")
    assert text.count(".") == 1


def test_a_single_origin_is_told_what_would_corroborate_it() -> None:
    outlook = assess([said("a", by="Ana Petrova")]).outlook
    assert outlook.startswith("One more independent origin that asserts it would make it corroborated")


def test_what_the_outlook_promises_holds() -> None:
    items = [said("a", by="Ana Petrova"), said("b", by="Jun Mori")]
    assert "would make it disputed" in assess(items).outlook
    denied = assess([*items, said("c", by="Tomas Vale", stance=Stance.DENIES)])
    assert denied.suggested.value == "disputed"


def test_a_claim_that_only_denials_mention_is_asserted_by_nobody() -> None:
    text = assess([said("a", by="Ana Petrova", stance=Stance.DENIES)]).explanation
    assert "asserted by nobody" in text
