"""docs/matching.md names every comparison, and what it says of it is what the code says."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.engine.matching.comparisons import ALL
from claims.engine.matching.weights import shipped

TEXT = (Path(__file__).parents[3] / "docs" / "matching.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ALL)
def test_every_comparison_is_explained_to_editors(name: str) -> None:
    explained = (ALL[name].__doc__ or "").strip().split("\n")[0]
    assert f"| `{name}` | {explained} |" in TEXT


def test_every_curve_belongs_to_a_comparison() -> None:
    assert set(shipped().curves) <= set(ALL)


def test_the_base_and_the_threshold_are_those_that_are_shipped() -> None:
    assert f"the base ({shipped().base:.1f})" in TEXT
    assert f"At {shipped().join:.1f} or more" in TEXT
