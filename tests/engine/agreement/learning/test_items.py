"""Items in, what is known of the sources out: the one door to the estimation, for a desk and for benchmarks."""

from __future__ import annotations

import json
import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.engine.agreement.learning.items import Item, learn, packed, unpacked

SOURCES = [f"outlet-{i}.example" for i in range(8)]
FEWER = settings(max_examples=15, deadline=None)


def figures(count: int, seed: int = 1) -> list[Item]:
    """Items of which two of the sources copy each other's values, and the first is mostly wrong."""
    draw = random.Random(seed)  # noqa: S311
    result = []
    for number in range(count):
        truth = float(draw.randint(1, 40))
        rumour = truth if draw.random() < 0.6 else float(draw.randint(50, 90))
        stated = []
        for i, source in enumerate(SOURCES):
            value = truth if draw.random() < (0.3 if i == 0 else 0.8) else float(draw.randint(1, 40))
            stated.append((source, rumour if i in (6, 7) else value))
        known = ((truth, 1.0),) if draw.random() < 0.5 else ()
        result.append(Item(str(number), tuple(stated), wrong=math.inf, known=known))
    return result


def test_sources_that_share_rare_values_are_one_group_and_the_careless_one_is_known() -> None:
    learned = learn(figures(200))
    assert learned.copy_groups() == [(SOURCES[6], SOURCES[7])]
    accuracy = {name: known.accuracy() for name, known in learned.reliability().items()}
    assert min(accuracy, key=lambda name: accuracy[name]) == SOURCES[0]
    assert accuracy[SOURCES[1]] > 0.75


@FEWER
@given(st.lists(st.integers(0, 3), min_size=60, max_size=60), st.permutations(range(4)))
def test_any_split_into_shards_joined_in_any_order_gives_the_same(places: list[int], order: list[int]) -> None:
    every = figures(60, seed=2)
    parts = [[i for i, place in zip(every, places, strict=True) if place == shard] for shard in order]
    sent = [json.loads(json.dumps(packed(part))) for part in parts]
    whole, together = learn(every), learn(item for part in sent for item in unpacked(part))
    assert together.copy_groups() == whole.copy_groups()
    for name, known in whole.reliability().items():
        assert together.reliability()[name].agree == pytest.approx(known.agree, abs=1e-9)
    answers = {a.key: a for a in together.answers()}
    for answer in whole.answers():
        assert answers[answer.key].value == answer.value
        assert answers[answer.key].probability == pytest.approx(answer.probability, abs=1e-9)


def test_what_one_process_sends_another_receives() -> None:
    item = Item(
        "7",
        (("north.example", 12.0), ("south.example", 12.5)),
        kind="figure km",
        wrong=math.inf,
        less_exact=((12.0, 12.5),),
        compatible=((12.0, 12.5),),
        known=((12.5, 1.0),),
    )
    yes_no = Item("7 holds", (("north.example", "yes"), ("south.example", "no")), kind="holds", wrong=1.0)
    free = Item("8", (("north.example", "blue"),))
    assert list(unpacked(json.loads(json.dumps(packed([item, yes_no, free]))))) == [item, yes_no, free]


def test_known_truth_counts_in_full() -> None:
    stated = (("right.example", 12.0), ("wrong.example", 19.0))
    known = learn([Item("1", stated, wrong=math.inf, known=((12.0, 1.0), (19.0, 0.0)))]).reliability()
    assert (known["right.example"].agree, known["right.example"].disagree) == (1.0, 0.0)
    assert (known["wrong.example"].agree, known["wrong.example"].disagree) == (0.0, 1.0)


def test_a_number_may_be_wrong_in_any_way_even_where_two_values_were_met() -> None:
    """Two values on all the desk are no yes and no: each is one of countless numbers."""
    item = Item("1", (("a", 3.0), ("b", 5.0), ("c", 5.0)), wrong=math.inf)
    (answer,) = learn([item]).answers()
    assert answer.value == 5.0
    assert answer.probability > 0.9
    (as_yes_no,) = learn([Item("1", item.stated)]).answers()
    assert as_yes_no.probability < answer.probability


def test_who_says_less_exactly_what_is_true_is_right_where_the_values_are_compatible() -> None:
    stated = (("exact", 12_300.0), ("other", 12_300.0), ("round", 12_000.0))
    pair = ((12_000.0, 12_300.0),)
    fair = learn([Item(str(i), stated, wrong=math.inf, compatible=pair) for i in range(20)]).reliability()
    strict = learn([Item(str(i), stated, wrong=math.inf, less_exact=pair) for i in range(20)]).reliability()
    assert fair["round"].agree > 19
    assert strict["round"].agree < 1


def test_early_counts_that_later_ones_overtook_are_no_shared_mistakes() -> None:
    """Two prompt outlets give each toll before it rises. That they give the same is no sign that one copies."""
    draw = random.Random(3)  # noqa: S311
    items = []
    for number in range(60):
        early = float(draw.randint(1, 60))
        late = early + draw.randint(1, 30)
        stated = (("prompt", early), ("quick", early), ("a", late), ("b", late), ("c", late))
        items.append(Item(str(number), stated, wrong=math.inf, compatible=((early, late),)))
    assert ("prompt", "quick") not in learn(items).copy_groups()
    blind = [Item(item.key, item.stated, wrong=math.inf) for item in items]
    assert ("prompt", "quick") in learn(blind).copy_groups()


def test_items_of_which_nothing_is_stated_are_left_out() -> None:
    assert list(learn([]).answers()) == []
    assert [a.key for a in learn([Item("1", ()), Item("2", (("a", 1.0),), wrong=math.inf)]).answers()] == ["2"]
