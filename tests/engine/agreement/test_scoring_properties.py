"""What holds of the score whatever is said: mixed evidence, hostile in its mixture, from governments to bare relays."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.engine.agreement.explanation import WORDS
from claims.engine.agreement.scoring import assess
from claims.engine.types import (
    Comparator,
    Evidence,
    Hedge,
    Quantity,
    Speaker,
    SpeakerKind,
    Stance,
    Suggestion,
)
from tests.engine.agreement.cast import OUTLET, figure, said

START = datetime(2025, 4, 1, tzinfo=UTC)
END = START + timedelta(days=30)
SPEAKERS = (
    Speaker("", "", SpeakerKind.OUTLET),
    Speaker("", "", SpeakerKind.UNKNOWN),
    Speaker("President Ivo Marin", "Ivo Marin", SpeakerKind.PERSON),
    Speaker("Marin", "Marin", SpeakerKind.PERSON),
    Speaker("the Ukrainian president", "Ukrainian president", SpeakerKind.PERSON),
    Speaker("Kyiv", "Kyiv", SpeakerKind.BODY),
    Speaker("the foreign ministry", "foreign ministry", SpeakerKind.BODY),
    Speaker("Foreign Ministry", "Foreign Ministry", SpeakerKind.BODY),
    Speaker("a statement", "statement", SpeakerKind.DOCUMENT),
    Speaker("the mine register", "mine register", SpeakerKind.DOCUMENT),
    Speaker("Reuters", "Reuters", SpeakerKind.AGENCY),
    Speaker("AP", "ap", SpeakerKind.AGENCY),
    Speaker("Tomas Vale", "Tomas Vale", SpeakerKind.PERSON),
)
QUOTES = (
    "the northern mine was closed on monday because the river broke in and the pumps failed",
    "we closed the mine on monday for the river had broken in and nothing was left to be done",
    "Kyiv closed the mine",
    "our reporter saw the gates locked",
)
quantities = st.none() | st.builds(
    figure,
    st.sampled_from([0.0, 12.0, 155.0, 168.0, 1237.0, 12_000.0, 12_300.0, 1e18]),
    st.sampled_from(list(Comparator)),
    st.sampled_from([None, None, 200.0]),
)
FEWER = settings(max_examples=80)


@st.composite
def mixture(draw: st.DrawFn) -> list[Evidence]:
    """Draw evidence from articles of few outlets, some of which are copies, wire reports or without a date."""
    articles = [
        {
            "article": f"article {i}",
            "source": draw(st.sampled_from(["a.example", "b.example", "c.example", "reuters.com"])),
            "published": draw(st.none() | st.integers(0, 20).map(lambda days: START + timedelta(days=days))),
            "wire": draw(st.sampled_from(["", "", "AP"])),
            "signature": draw(st.sampled_from([(), (), tuple(range(50)), tuple(range(20, 70))])),
        }
        for i in range(5)
    ]
    return [
        Evidence(
            id=f"{i:02}",
            quote=draw(st.sampled_from(QUOTES)),
            sentence=draw(st.sampled_from(["", *QUOTES])),
            speaker=(speaker := draw(st.sampled_from(SPEAKERS))),
            stance=draw(st.sampled_from([Stance.ASSERTS, Stance.ASSERTS, Stance.DENIES, Stance.OPEN])),
            hedge=draw(st.sampled_from(Hedge)),
            quantity=draw(quantities),
            direct=bool(speaker.text) and draw(st.booleans()),
            **draw(st.sampled_from(articles)),
        )
        for i in range(draw(st.integers(0, 9)))
    ]


def stranger(number: int = 0, *, quantity: Quantity | None = None, stance: Stance = Stance.ASSERTS) -> Evidence:
    """Somebody of whom nobody has heard, in an outlet of which nobody has heard."""
    name = f"Orla Quist{'xyz'[number]}"
    return Evidence(
        id=f"stranger {number}",
        article=f"stranger {number}",
        source=f"stranger-{number}.example",
        quote=f"it is so, says one {'alone among many'[number:]}",
        speaker=Speaker(name, name, SpeakerKind.PERSON),
        stance=stance,
        quantity=quantity,
        published=END,
    )


@FEWER
@given(mixture(), st.randoms(use_true_random=False))
def test_neither_order_nor_ids_change_the_score(items: list[Evidence], random: object) -> None:
    shuffled = list(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    renamed = [replace(e, id=f"id {i}") for i, e in enumerate(shuffled)]
    first, second = assess(items), assess(renamed)
    assert (second.log_odds, second.suggested) == (pytest.approx(first.log_odds, abs=1e-9), first.suggested)
    assert [o.key for o in second.origins] == [o.key for o in first.origins]


@FEWER
@given(mixture())
def test_the_lines_sum_to_a_finite_score(items: list[Evidence]) -> None:
    result = assess(items)
    assert math.isfinite(result.log_odds)
    assert math.fsum(c.log_odds for c in result.contributions) == pytest.approx(result.log_odds, abs=1e-9)
    assert sorted(i for o in result.origins for i in o.evidence) == sorted(e.id for e in items)


@FEWER
@given(mixture())
def test_an_independent_person_never_lowers_the_score(items: list[Evidence]) -> None:
    """Not even where it turns outlets that gave no source into outlets that restate one."""
    before = assess(items)
    assert assess([*items, stranger()]).log_odds >= before.log_odds - 1e-9
    if before.figure is not None:
        agreeing = stranger(quantity=figure(before.figure.value))
        assert assess([*items, agreeing]).log_odds >= before.log_odds - 1e-9


@FEWER
@given(mixture(), st.data())
def test_a_relay_of_a_person_changes_nothing(items: list[Evidence], data: st.DataObject) -> None:
    spoken = [e for e in items if e.speaker.kind is SpeakerKind.PERSON and e.published is not None]
    if not spoken:
        return
    root = data.draw(st.sampled_from(spoken))
    later = (root.published or START) + timedelta(days=data.draw(st.integers(0, 9)))
    relay = replace(
        root,
        id="relay",
        article="relay",
        source="relay.example",
        published=later,
        quote="so it was told",
        sentence="",
        direct=False,
        wire="",
        signature=(),
    )
    assert assess([*items, relay]).log_odds == pytest.approx(assess(items).log_odds, abs=1e-9)


@FEWER
@given(mixture())
def test_what_the_outlook_promises_holds(items: list[Evidence]) -> None:
    outlook = assess(items).outlook
    if "would make it corroborated" in outlook:
        needed = WORDS.index(outlook.split()[0].lower())
        seen = [
            replace(said(f"seen {i}", quote=f"our reporter saw it from the {'nsew'[i]} side"), published=END)
            for i in range(needed)
        ]
        assert assess([*items, *seen]).suggested is Suggestion.CORROBORATED
    if "independent denial would make it disputed" in outlook:
        assert assess([*items, stranger(stance=Stance.DENIES)]).suggested is Suggestion.DISPUTED


def bare(key: str, **more: object) -> Evidence:
    """A statement in an outlet's own voice, without a source and without a sign of reporting."""
    return replace(said(key, **more), speaker=OUTLET)  # type: ignore[arg-type]


def test_outlets_that_gave_no_source_weigh_no_less_once_somebody_is_named() -> None:
    outlets = [bare(str(i)) for i in range(3)]
    named = [*outlets, said("n", by="Ana Petrova")]
    assert assess(named).log_odds >= assess(outlets).log_odds
    assert assess(named).independent_origins == 1


def test_the_more_are_named_the_less_those_who_restate_add() -> None:
    named = [said(str(i), by=name) for i, name in enumerate(("Ana Petrova", "Jun Mori", "Tomas Vale"))]
    added = [assess([*named[:k], bare("r")]).log_odds - assess(named[:k]).log_odds for k in range(4)]
    assert added[0] > added[1] > added[2] > added[3] > 0


def test_a_named_figure_goes_before_that_of_an_outlet_that_only_restates() -> None:
    items = [said("n", by="Ana Petrova", quantity=figure(19)), bare("r", quantity=figure(12), on=3)]
    agreed = assess(items).figure
    assert agreed is not None
    assert agreed.value == 19
