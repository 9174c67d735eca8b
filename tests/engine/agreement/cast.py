"""Evidence in few words, for the tests of the agreement organ."""

from __future__ import annotations

from datetime import UTC, datetime

from claims.engine.types import (
    Comparator,
    Evidence,
    Hedge,
    Quantity,
    Speaker,
    SpeakerKind,
    Stance,
)

OUTLET = Speaker("", "", SpeakerKind.OUTLET)


def day(number: int) -> datetime:
    """Return noon of a day of one month."""
    return datetime(2025, 4, number, 12, tzinfo=UTC)


def person(name: str) -> Speaker:
    """Return a person who speaks."""
    return Speaker(name, name.lower(), SpeakerKind.PERSON)


def figure(value: float, comparator: str = "=", upper: float | None = None) -> Quantity:
    """Return a bare count."""
    return Quantity(value, Comparator(comparator), upper=upper, counted="miner")


def said(
    key: str,
    *,
    by: str = "",
    stance: Stance = Stance.ASSERTS,
    quantity: Quantity | None = None,
    on: int = 1,
    hedge: Hedge = Hedge.NONE,
    source: str = "",
    quote: str = "the mine was closed",
) -> Evidence:
    """Return evidence from an outlet of its own, in its own voice or relaying a person."""
    source = source or f"outlet-{key}.example"
    speaker = person(by) if by else Speaker(source, source, SpeakerKind.OUTLET)
    return Evidence(
        id=key,
        article=f"article {key}",
        source=source,
        quote=quote,
        speaker=speaker,
        stance=stance,
        hedge=hedge,
        quantity=quantity,
        published=day(on),
    )
