"""matching.nesting: a statement inside another becomes a claim where another article states it, and else rests."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from claims.engine.matching.nesting import group_all, is_core, standing, stands
from claims.engine.reading.mentions import read
from claims.engine.types import Document, Factuality, Mention

FERRY = (
    "The ferry Albatross, which was built in Ember in 1974, sank off the Kestrel reef on Sunday with 40 tons of salt."
)
MILL = "The Halvex mill, which employs 300 weavers, will be inspected by the council of Brenn in spring."


def told(*texts: str) -> list[Mention]:
    documents = [Document(str(n), f"outlet {n}", text) for n, text in enumerate(texts)]
    return [mention for reading in read(documents, nested=True) for mention in standing(reading)]


def claims(mentions: Sequence[Mention], **bound: object) -> list[list[str]]:
    """The quotes of each claim that several articles state."""
    found = group_all(mentions, **bound)  # type: ignore[arg-type]
    several = [g for g in found if len({mentions[i].article for i in g}) > 1]
    return [[mentions[i].quote for i in members] for members in several]


def place(mentions: Sequence[Mention], article: str, words: str) -> int:
    return next(i for i, m in enumerate(mentions) if m.article == article and m.quote.startswith(words))


@pytest.mark.parametrize(
    ("long", "short"),
    [
        (FERRY, "The ferry Albatross was built in Ember in 1974."),
        (MILL, "The Halvex mill employs 300 weavers."),
        (
            "Odile Brandt, who won the Meridian prize in 2009, will open the new concert hall of Tarn in May.",
            "Odile Brandt won the Meridian prize in 2009.",
        ),
        (
            "The bridge over the Lune, which was closed by engineers in March, is to be painted green next year.",
            "The bridge over the Lune was closed by engineers in March.",
        ),
        (
            "The harbour office, which fined two trawlers on Friday, has moved to a new building near the market.",
            "The harbour office fined two trawlers on Friday.",
        ),
    ],
)
def test_what_stands_inside_one_sentence_joins_the_claim_of_another_article(long: str, short: str) -> None:
    found = claims(told(long, short))
    assert any(len(quotes) == 2 and short.rstrip(".") in (q.rstrip(".") for q in quotes) for quotes in found), found


def test_what_no_other_article_states_rests_in_its_parent() -> None:
    mentions = told(FERRY, "A violinist won the Meridian prize.")
    nested = {i for i, m in enumerate(mentions) if m.part_of is not None}
    assert nested
    assert not nested & {i for members in group_all(mentions) for i in members}


def test_each_mention_that_stands_in_no_other_is_in_exactly_one_claim() -> None:
    mentions = told(FERRY, "The ferry Albatross was built in Ember in 1974.", MILL)
    placed = [i for members in group_all(mentions) for i in members if mentions[i].part_of is None]
    assert sorted(placed) == [i for i, m in enumerate(mentions) if m.part_of is None]


def test_a_statement_and_what_stands_inside_it_are_never_in_one_claim() -> None:
    mentions = told(FERRY, FERRY.replace("40 tons", "40 tonnes"), "The ferry Albatross sank off the Kestrel reef.")
    for members in group_all(mentions):
        spans = [(mentions[i].article, mentions[i].span) for i in members]
        assert not any((mentions[i].article, mentions[i].part_of) in spans for i in members)


def test_what_one_claim_tells_in_full_is_not_told_again_without_its_ending() -> None:
    mentions = told(
        "The ferry Albatross sank off the Kestrel reef on Sunday night in heavy fog.",
        "The ferry Albatross sank off the Kestrel reef on Sunday night in a heavy fog.",
    )
    assert len(claims(mentions)) == 1


def test_one_figure_of_one_sentence_is_in_one_claim() -> None:
    mentions = told(
        "The coast guard rescued 212 passengers from the Albatross on Sunday after a call from a fishing boat.",
        "The coast guard rescued 212 passengers from the Albatross.",
    )
    with_figure = [
        members
        for members in group_all(mentions)
        if any(
            m.article == "0" and m.quantity is not None and m.quantity.value == 212
            for m in map(mentions.__getitem__, members)
        )
    ]
    assert len(with_figure) == 1


@pytest.mark.parametrize(
    "other",
    [
        "The ferry Albatross was built in Tarn in 1974.",
        "The ferry Marta was built in Ember in 1974.",
        "The ferry Albatross was built in Ember in 1991.",
        "The ferry Albatross was repaired in Ember.",
    ],
)
def test_what_says_something_else_does_not_join(other: str) -> None:
    assert not claims(told(FERRY, other))


@pytest.mark.parametrize(
    ("long", "other"),
    [
        ("The mill of Brenn, which dismissed 300 weavers, is for sale.", "The mill of Brenn hired 300 weavers."),
        ("Odile Brandt, who sued the mayor in May, moved to Tarn.", "The mayor sued Odile Brandt in May."),
        ("The deputy wounded in the raid was flown home on Friday.", "A nurse wounded in the raid was flown to Tarn."),
        ("The ship seized by Peru was carrying tin.", "The ship seized by Chile was carrying tin to Kesh."),
        ("The dam, which is 80 years old, was emptied on Monday.", "The dam is 80 metres high."),
    ],
)
def test_an_aside_is_not_what_another_article_says_of_something_else(long: str, other: str) -> None:
    mentions = told(long, other)
    nested = {i for i, m in enumerate(mentions) if m.part_of is not None and m.article == "0"}
    assert not nested & {i for members in group_all(mentions) for i in members}


def test_people_keep_a_nested_statement_out_of_a_claim() -> None:
    mentions = told(FERRY, "The ferry Albatross was built in Ember in 1974.")
    outer = place(mentions, "1", "The ferry Albatross")
    inner = next(i for i, m in enumerate(mentions) if m.part_of is not None and "1974" in m.quote)
    assert not any({inner, outer} <= set(g) for g in group_all(mentions, different=[(inner, outer)]))


def test_one_that_people_have_placed_stays_in_a_claim_though_no_other_article_states_it() -> None:
    mentions = told(FERRY, "A violinist won the Meridian prize.")
    inner = next(i for i, m in enumerate(mentions) if m.part_of is not None and "1974" in m.quote)
    assert any(inner in members for members in group_all(mentions, held=[inner]))


def test_an_article_that_was_withdrawn_is_no_second_article() -> None:
    mentions = told(FERRY, "The ferry Albatross was built in Ember in 1974.")
    gone = [i for i, m in enumerate(mentions) if m.article == "1"]
    nested = {i for i, m in enumerate(mentions) if m.part_of is not None}
    assert not nested & {i for members in group_all(mentions, withdrawn=gone) for i in members}


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_arrival_changes_nothing(seed: int) -> None:
    mentions = told(
        FERRY, "The ferry Albatross was built in Ember in 1974.", MILL, "The Halvex mill employs 300 weavers."
    )
    order = list(range(len(mentions)))
    random.Random(seed).shuffle(order)  # noqa: S311
    found = group_all([mentions[i] for i in order])
    assert sorted(tuple(sorted(order[i] for i in g)) for g in found) == group_all(mentions)


def test_only_evidence_that_can_be_read_alone_stands() -> None:
    one = next(m for m in told(FERRY) if m.part_of is not None)
    assert stands(one)
    assert not stands(replace(one, standalone=""))
    assert not stands(replace(one, factuality=Factuality.PLANNED))
    assert stands(replace(one, part_of=None, standalone="", factuality=Factuality.PLANNED))


def test_a_core_has_its_parents_verb_and_subject() -> None:
    mentions = told(FERRY)
    parent = next(m for m in mentions if m.part_of is None)
    cores = [m.quote for m in mentions if m.part_of is not None and is_core(m, parent)]
    assert all("sank" in quote for quote in cores)
    aside = next(m for m in mentions if m.part_of is not None and "1974" in m.quote)
    assert not is_core(aside, parent)
