"""docs/matching.md names every comparison and every veto, and says of each what the code says."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.engine.matching.policy import POLICY, Term
from claims.engine.matching.vetoes import CAUTIONS, RULES
from claims.engine.matching.vetoes.rules import Rule
from claims.engine.matching.weights import shipped

TEXT = (Path(__file__).parents[3] / "docs" / "matching.md").read_text(encoding="utf-8")


def first_line(thing: object) -> str:
    return (thing.__doc__ or "").strip().split("\n")[0]


@pytest.mark.parametrize("term", POLICY, ids=lambda term: term.name)
def test_every_comparison_is_explained_to_editors_with_what_it_is_worth(term: Term) -> None:
    row = f"| `{term.name}` | {first_line(term.function)} | {term.curve.at(0):+.1f} | {term.curve.at(1):+.1f} |"
    assert row.replace("+0.0", "0") in TEXT


@pytest.mark.parametrize("rule", [*RULES, *CAUTIONS], ids=lambda rule: rule.__name__)
def test_every_veto_is_explained_to_editors(rule: Rule) -> None:
    assert f"| `{rule.__name__}` | {first_line(rule)} |" in TEXT


def test_the_base_and_the_threshold_are_those_that_are_shipped() -> None:
    assert f"the base ({shipped().base:.1f})" in TEXT
    assert f"At {shipped().join:.1f} or more" in TEXT


def test_a_policy_names_no_comparison_twice() -> None:
    assert len({term.name for term in POLICY}) == len(POLICY)
