"""Reliability and truth estimated together over many items, on data with known answers."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from claims.engine.agreement.learning.assertions import Assertions, tabulate
from claims.engine.agreement.learning.communities import Record, Sorts
from claims.engine.agreement.learning.estimation import Estimate, estimate
from claims.engine.agreement.learning.gamma import digamma, log_gamma
from tests.benchmarks._generated import Generated, generate, observe, pairs_of


def estimated(made: Generated, **options: bool) -> tuple[Assertions, Estimate]:
    table = tabulate(made.source, made.item, made.value)
    return table, estimate(table, **options)


def accuracy(table: Assertions, result: Estimate, truth: np.ndarray) -> float:
    best = {}
    for cell, item in enumerate(table.cell_item):
        if item not in best or result.probability[cell] > result.probability[best[item]]:
            best[item] = cell
    return float(np.mean([table.cell_value[best[i]] == t for i, t in enumerate(truth)]))


def test_copies_are_seen_through() -> None:
    made = generate(3, size=4)
    table, result = estimated(made)
    _, blind = estimated(made, copying=False)
    assert accuracy(table, result, made.truth) > 0.95
    assert accuracy(table, result, made.truth) >= accuracy(table, blind, made.truth)
    assert pairs_of(result.copying.group) == pairs_of(made.group)


def test_accurate_sources_that_agree_on_the_truth_are_no_copies() -> None:
    random = np.random.default_rng(4)
    truth = random.integers(0, 11, 400)
    values = np.stack([observe(random, truth, 0.97) for _ in range(8)])
    source, item = np.indices(values.shape)
    table = tabulate(source.ravel(), item.ravel(), values.ravel())
    assert not pairs_of(estimate(table).copying.group)


def test_nothing_about_copying_is_learned_from_yes_and_no() -> None:
    random = np.random.default_rng(5)
    one = random.integers(0, 2, 300)
    values = np.stack([one, one, one, random.integers(0, 2, 300), random.integers(0, 2, 300)])
    source, item = np.indices(values.shape)
    table = tabulate(source.ravel(), item.ravel(), values.ravel())
    assert not pairs_of(estimate(table).copying.group)


@pytest.mark.parametrize("values", [2, 7])
def test_order_and_names_change_nothing(values: int) -> None:
    random = np.random.default_rng(6)
    source = random.integers(0, 12, 900)
    item = random.integers(0, 80, 900)
    value = random.integers(0, values, 900)
    table = tabulate(source, item, value)
    first = estimate(table)
    order = random.permutation(900)
    of_source, of_item, of_value = (random.permutation(n) for n in (12, 80, values))
    other = tabulate(of_source[source][order], of_item[item][order], of_value[value][order])
    second = estimate(other)
    np.testing.assert_allclose(first.accuracy, second.accuracy[of_source], atol=1e-6)
    cells = {(i, v): p for i, v, p in zip(other.cell_item, other.cell_value, second.probability, strict=True)}
    renamed = [cells[of_item[i], of_value[v]] for i, v in zip(table.cell_item, table.cell_value, strict=True)]
    np.testing.assert_allclose(first.probability, renamed, atol=1e-5)


def test_the_probabilities_of_an_item_sum_to_at_most_one() -> None:
    table, result = estimated(generate(7, size=2))
    assert (np.bincount(table.cell_item, result.probability) <= 1 + 1e-9).all()


def test_one_source_alone_is_believed_as_far_as_the_prior_goes() -> None:
    result = estimate(tabulate(np.zeros(5, int), np.arange(5), np.arange(5)))
    assert ((result.probability > 0.3) & (result.probability < 1)).all()


def test_a_source_that_says_a_thing_twice_counts_once() -> None:
    columns = [np.array(c) for c in ([0, 1, 1, 1, 2], [0, 0, 0, 0, 1], [0, 1, 1, 1, 2])]
    table = tabulate(*columns)
    assert len(table.source) == 3


def test_known_truth_stays_known_and_teaches() -> None:
    made = generate(8, size=2)
    table = tabulate(made.source, made.item, made.value)
    known = np.where(table.cell_item < 50, (table.cell_value == made.truth[table.cell_item]) * 1.0, np.nan)
    taught = replace(table, known=known)
    result = estimate(taught)
    told = ~np.isnan(known)
    np.testing.assert_array_equal(result.probability[told], known[told])


def two_kinds(seed: int = 10) -> tuple[Assertions, np.ndarray]:
    """Six sources on items of two kinds: the first three are good at the first and poor at the second, the others
    the other way round; every source is right more often than not overall."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, 11, 600)
    kind = np.arange(600) % 2
    values = np.empty((6, 600), dtype=np.int64)
    for source in range(6):
        good, poor = observe(random, truth, 0.95), observe(random, truth, 0.4)
        values[source] = np.where(kind == source // 3, good, poor)
    source, item = np.indices(values.shape)
    return tabulate(source.ravel(), item.ravel(), values.ravel(), kind=kind), truth


def test_a_source_may_be_good_at_one_kind_of_item_and_poor_at_another() -> None:
    table, truth = two_kinds()
    alike = replace(table, kind=np.zeros(table.items, dtype=np.int64))
    assert accuracy(table, estimate(table), truth) > accuracy(alike, estimate(alike), truth)


def test_a_source_that_takes_a_part_of_anothers_values_follows_and_does_not_outvote() -> None:
    random = np.random.default_rng(11)
    truth = random.integers(0, 11, 500)
    original = observe(random, truth, 0.5)
    values = [*(observe(random, truth, 0.7) for _ in range(3)), original]
    columns = [(np.full(500, s), np.arange(500), v) for s, v in enumerate(values)]
    columns.append((np.full(200, 4), np.arange(200), original[:200]))
    source, item, value = (np.concatenate(c) for c in zip(*columns, strict=True))
    table = tabulate(source, item, value)
    result = estimate(table)
    assert not pairs_of(result.copying.group)
    assert result.copying.follows.tolist() == [[4, 3]]
    assert accuracy(table, result, truth) > accuracy(table, estimate(table, copying=False), truth)


def test_what_is_said_less_exactly_speaks_in_part_for_the_exact() -> None:
    """One source says 12,300 and another 12,000, against one that says 40: the rounded figure tips the scale."""
    values = np.array([12_300, 12_000, 40])
    table = tabulate(np.arange(3), np.zeros(3, dtype=np.int64), values)
    cells = {int(v): c for c, v in enumerate(table.cell_value)}
    wider = replace(table, wider=np.array([[cells[12_000], cells[12_300]]]))
    plain, result = estimate(table).probability, estimate(wider).probability
    assert plain[cells[12_300]] == pytest.approx(plain[cells[40]])
    assert result[cells[12_300]] > result[cells[12_000]]
    assert result[cells[12_300]] > result[cells[40]]


def test_less_exact_values_stay_with_their_items_where_a_table_is_cut() -> None:
    """Yes/no items are estimated apart from the others; the pairs of cells move with the others."""
    source, item = np.array([0, 1, 2, 0, 1]), np.array([0, 0, 0, 1, 1])
    table = tabulate(source, item, np.array([3, 1, 2, 0, 1]), kind=np.array([1, 0]))
    of_item = {int(v): c for c, v in enumerate(table.cell_value) if table.cell_item[c] == 0}
    mixed = replace(table, wider=np.array([[of_item[1], of_item[3]]]))
    assert estimate(mixed).probability[of_item[3]] > estimate(table).probability[of_item[3]]


def test_known_answers_to_yes_and_no_tell_who_is_to_be_believed_on_the_others() -> None:
    """Three guess and one knows: unknown who, that is hardly better than chance."""
    random = np.random.default_rng(13)
    truth = random.integers(0, 2, 300)
    says = np.stack([np.where(random.random(300) < a, truth, 1 - truth) for a in (0.55, 0.55, 0.55, 0.95)])
    source, item = np.indices(says.shape)
    table = tabulate(source.ravel(), item.ravel(), says.ravel())
    right = (table.cell_value == truth[table.cell_item]) * 1.0
    taught = estimate(replace(table, known=np.where(table.cell_item < 100, right, np.nan)))
    others = table.cell_item >= 100
    assert np.mean((taught.probability[others] > 0.5) == (right[others] > 0.5)) > 0.9
    assert taught.accuracy.argmax() == 3


def test_yes_and_no_have_their_own_rates() -> None:
    """Sources that often leave out a true yes but never invent one: one yes outweighs several noes."""
    random = np.random.default_rng(9)
    truth = random.integers(0, 2, 600)
    says = np.stack([np.where(random.random(600) < 0.6, truth, 0) for _ in range(5)])
    source, item = np.indices(says.shape)
    table = tabulate(source.ravel(), item.ravel(), says.ravel())
    majority = np.mean((says.sum(axis=0) > 2) == truth)
    assert accuracy(table, estimate(table), truth) > max(majority, 0.95)


def test_a_source_of_which_little_is_known_is_taken_for_one_of_its_sort() -> None:
    """Half of the sources guess. A newcomer who was right five times in six is more like the careful half."""
    random = np.random.default_rng(12)
    truth = random.integers(0, 2, 400)
    says = [np.where(random.random(400) < (0.97 if s % 2 else 0.55), truth, 1 - truth) for s in range(20)]
    source = np.concatenate([np.full(400, s) for s in range(20)] + [np.full(6, 20), np.full(6, 21)])
    item = np.concatenate([np.arange(400)] * 20 + [np.arange(6)] * 2)
    newcomers = [np.where(np.arange(6) < right, truth[:6], 1 - truth[:6]) for right in (5, 3)]
    said = np.concatenate([*says, *newcomers])
    true, right = truth[item] * 1.0, (said == truth[item]) * 1.0
    of_true, of_false = (np.bincount(source, w * right, 22) for w in (true, 1 - true))
    record = Record(
        np.stack((of_true, of_false)), np.stack((np.bincount(source, true, 22), np.bincount(source, 1 - true, 22)))
    )
    sorts = Sorts.first(record)
    for _ in range(20):
        sorts = sorts.again(record)
    careful = int(sorts.share[0, 1] < sorts.share[1, 1])
    assert sorts.share[careful, 1] > 0.99 > 0.01 > sorts.share[careful, 0]
    assert sorts.share[careful, 20] > sorts.share[careful, 21]
    assert sorts.rates(record)[:, 20].sum() > sorts.rates(record)[:, 21].sum()
    table = tabulate(source, item, said)
    assert accuracy(table, estimate(table), truth) > 0.99


@pytest.mark.parametrize("x", [1e-3, 0.5, 1.0, 2.5, 30.0, 1e6])
def test_the_gamma_function_of_arrays_is_that_of_the_library(x: float) -> None:
    h = 1e-5 * x
    slope = (math.lgamma(x + h) - math.lgamma(x - h)) / (2 * h)
    assert log_gamma(np.array([x]))[0] == pytest.approx(math.lgamma(x), abs=1e-10, rel=1e-13)
    assert digamma(np.array([x]))[0] == pytest.approx(slope, rel=1e-5)


def test_codes_too_large_for_one_table_are_refused() -> None:
    big = np.array([2**31])
    with pytest.raises(ValueError, match="too many"):
        tabulate(big, big, big)
