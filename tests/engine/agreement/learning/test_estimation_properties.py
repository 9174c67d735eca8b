"""What holds of the estimation whatever is stated: order and names, extremes, sums."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.engine.agreement.learning.assertions import Assertions, tabulate
from claims.engine.agreement.learning.estimation import Estimate, estimate

FEWER = settings(max_examples=40)
Columns = tuple[np.ndarray, np.ndarray, np.ndarray]


@st.composite
def columns(draw: st.DrawFn) -> tuple[Columns, np.ndarray, int]:
    """Draw who states what, with items, values and sources of which nothing is said, and the items' kinds."""
    sources, items, values = draw(st.integers(1, 9)), draw(st.integers(1, 30)), draw(st.integers(2, 7))
    count = draw(st.integers(0, 200))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    stated = tuple(random.integers(0, size, count) for size in (sources, items, values))
    kinds = random.integers(0, draw(st.integers(1, 3)), items)
    return stated, kinds, values  # type: ignore[return-value]


def by_name(table: Assertions, result: Estimate) -> dict[tuple[int, int], float]:
    return {
        (int(i), int(v)): float(p)
        for i, v, p in zip(table.cell_item, table.cell_value, result.probability, strict=True)
    }


@FEWER
@given(columns(), st.integers(0, 2**32))
def test_nothing_depends_on_order_or_names(drawn: tuple[Columns, np.ndarray, int], seed: int) -> None:
    (source, item, value), kind, values = drawn
    random = np.random.default_rng(seed)
    order = random.permutation(len(source))
    of_source, of_item, of_value = (random.permutation(n) for n in (9, len(kind), values))
    renamed = np.empty(len(kind), dtype=np.int64)
    renamed[of_item] = kind
    first = tabulate(source, item, value, kind=kind)
    second = tabulate(of_source[source][order], of_item[item][order], of_value[value][order], kind=renamed)
    expected = {(int(of_item[i]), int(of_value[v])): p for (i, v), p in by_name(first, estimate(first)).items()}
    assert by_name(second, estimate(second)) == pytest.approx(expected, abs=1e-7)


@FEWER
@given(columns())
def test_probabilities_and_accuracies_are_finite_and_the_values_of_an_item_sum_to_one_at_most(
    drawn: tuple[Columns, np.ndarray, int],
) -> None:
    table = tabulate(*drawn[0], kind=drawn[1])
    result = estimate(table)
    assert ((result.probability >= 0) & (result.probability <= 1)).all()
    assert (np.bincount(table.cell_item, result.probability, table.items) <= 1 + 1e-9).all()
    assert ((result.accuracy > 0) & (result.accuracy < 1)).all()


@pytest.mark.parametrize("values", [2, 50])
@pytest.mark.parametrize("stated", ["equal", "different"])
def test_ten_thousand_sources_on_one_item(values: int, stated: str) -> None:
    count = 10_000
    value = np.full(count, values - 1) if stated == "equal" else np.arange(count) % values
    table = tabulate(np.arange(count), np.zeros(count, dtype=np.int64), value)
    probability = estimate(table).probability
    assert np.isfinite(probability).all()
    if stated == "equal":
        assert probability.max() > 0.9
    else:
        assert probability == pytest.approx(np.full(values, probability[0]))


def test_one_source_on_ten_thousand_items_is_believed_alike_on_all() -> None:
    count = 10_000
    table = tabulate(np.zeros(count, dtype=np.int64), np.arange(count), np.arange(count) % 7)
    probability = estimate(table).probability
    assert probability == pytest.approx(np.full(count, probability[0]))


def test_nothing_stated_is_nothing_estimated() -> None:
    nothing = np.empty(0, dtype=np.int64)
    assert len(estimate(tabulate(nothing, nothing, nothing)).probability) == 0
