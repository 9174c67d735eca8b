"""matching.candidates: which claims are offered to people as possible duplicates, and in which order."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest

from claims.engine.matching.candidates import LEAST, MOST, closeness, rank
from claims.engine.matching.claims import ClaimProfile, compare, context_of
from claims.engine.reading.mentions import describe
from claims.engine.types import Mention
from tests.engine.matching.pairs_of_statements import PARAPHRASES


@lru_cache(maxsize=256)
def told(sentence: str, article: str) -> Mention:
    return replace(describe([sentence])[0], article=article)


def profile(name: str, *sentences: str) -> ClaimProfile:
    return ClaimProfile(name, tuple(told(s, f"{name}{n}") for n, s in enumerate(sentences)))


FERRY = profile("ferry", "The ferry Albatross ran aground on the Kestrel reef in thick fog.")
STRANDED = profile("stranded", "In fog the Albatross got stuck on the reef.", "The ship has 40 cabins.")
SUNK = profile("sunk", "The ferry Albatross was sold to a brewery.")
PRIZE = profile("prize", "Odile Brandt won the Meridian prize.")


def test_the_nearest_claim_comes_first_and_strangers_are_left_out() -> None:
    assert [c.claim for c in rank(FERRY, [PRIZE, SUNK, STRANDED], context_of())][:1] == ["stranded"]
    assert "prize" not in {c.claim for c in rank(FERRY, [PRIZE, SUNK, STRANDED], context_of())}


def test_the_order_of_the_others_does_not_matter() -> None:
    others = [SUNK, STRANDED, PRIZE]
    assert rank(FERRY, others, context_of()) == rank(FERRY, others[::-1], context_of())


def test_a_claim_is_no_candidate_of_itself_nor_is_what_people_said_is_another() -> None:
    assert "ferry" not in {c.claim for c in rank(FERRY, [FERRY, STRANDED], context_of())}
    assert not rank(FERRY, [STRANDED], context_of(), never={"stranded"})


def test_at_most_ten_are_offered() -> None:
    many = [replace(STRANDED, id=f"c{n:02d}") for n in range(MOST + 5)]
    assert len(rank(FERRY, many, context_of())) == MOST


def test_a_veto_is_a_line_and_lowers_the_rank_but_hides_nothing() -> None:
    other = profile("other", "The ferry Sigrid ran aground on the Kestrel reef in thick fog.")
    found = rank(FERRY, [other], context_of())
    assert [c.claim for c in found] == ["other"]
    assert {"other_party"} <= {line.name for line in found[0].comparisons}


@pytest.mark.parametrize("number", range(len(PARAPHRASES)))
def test_a_paraphrase_ranks_first_among_all_the_others(number: int) -> None:
    mentions = [(told(a, "a"), told(b, "b")) for a, b in (PARAPHRASES[number], *PARAPHRASES)]
    claim = ClaimProfile("claim", (mentions[0][0],))
    others = [ClaimProfile(str(n), (second,)) for n, (_, second) in enumerate(mentions[1:])]
    assert rank(claim, others, context_of())[0].claim == str(number)


def test_what_is_ranked_is_above_the_least() -> None:
    found = rank(FERRY, [STRANDED, SUNK, PRIZE], context_of())
    assert all(c.score >= LEAST for c in found)
    assert found[0].score == closeness(compare(FERRY.mentions[0], STRANDED.mentions[0]))
