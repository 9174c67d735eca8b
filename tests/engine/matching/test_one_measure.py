"""One measure with one value, in other words, is one claim; the same number of something else is not."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest

from claims.engine.matching.claims import compare, context_of
from claims.engine.matching.comparisons.figures import one_measure
from claims.engine.matching.prepared import prepared
from claims.engine.matching.weights import shipped
from claims.engine.reading.mentions import describe
from claims.engine.types import Mention

Pair = tuple[str, str]
SAME_FATE = [
    ("At least 34 people were killed.", "The ministry put the death toll at 34."),
    ("Nineteen miners were still missing.", "Officials said 19 people were unaccounted for."),
    ("The crash left 7 dead.", "Seven passengers died in the crash."),
    ("More than 1,200 residents were evacuated.", "More than 1,200 people were displaced by the fire."),
    ("Police arrested 46 protesters.", "46 people were detained at the rally."),
    ("The blast injured 23 workers.", "Twenty-three employees were hurt."),
]
SAME_AMOUNT = [
    ("She got a bill of $284 billion.", "The electricity bill came to $284 billion."),
    ("The bank was fined 3.5 million euros.", "The fine was 3.5 million euros."),
    ("The rocket has 27 engines.", "The rocket lifts off on 27 main engines."),
]
OTHER_FATE = [
    ("Nineteen people were killed.", "Nineteen people were injured."),
    ("Police arrested 46 protesters.", "46 protesters marched to the mill."),
    ("The blast killed 23 workers.", "The mill employs 23 workers."),
    ("Two engines failed.", "Two bailiffs were shot."),
    ("About 20,000 people marched in Lyon.", "About 20,000 people marched in Lille."),
]


@lru_cache(maxsize=256)
def told(sentence: str, article: str) -> Mention:
    return replace(describe([sentence])[0], article=article)


def both(pair: Pair) -> tuple[Mention, Mention]:
    return told(pair[0], "a"), told(pair[1], "b")


@pytest.mark.parametrize("pair", [*SAME_FATE, *SAME_AMOUNT])
def test_what_measures_one_thing_and_finds_one_value_is_one_measure(pair: Pair) -> None:
    one, other = map(prepared, both(pair))
    assert one_measure(one, other, context_of())
    assert one_measure(other, one, context_of())


@pytest.mark.parametrize("pair", SAME_FATE)
def test_the_same_number_to_whom_the_same_happened_is_one_claim_in_other_words(pair: Pair) -> None:
    assert compare(*both(pair)).log_odds >= shipped().join


@pytest.mark.parametrize("pair", OTHER_FATE)
def test_the_same_number_of_another_thing_or_fate_is_another_claim(pair: Pair) -> None:
    one, other = map(prepared, both(pair))
    assert not one_measure(one, other, context_of())
    assert compare(*both(pair)).log_odds < shipped().join
