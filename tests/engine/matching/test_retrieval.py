"""engine.matching.retrieval: the known claims that a statement repeats, of any story."""

from __future__ import annotations

from collections import Counter

import pytest

from claims.engine.matching.claims import claim_keys, context_of
from claims.engine.matching.retrieval import (
    POSTINGS,
    Hit,
    Holdings,
    Known,
    affordable,
    lookup_keys,
    nearest_by_words,
    rank,
)
from claims.engine.reading.mentions import describe
from claims.engine.types import Mention

SHELF = {
    "reef": "The ferry Albatross ran aground on the Kestrel reef in thick fog.",
    "tariff": "Parliament raised the import tariff on smoked herring to 12 percent.",
    "prize": "Violinist Odile Brandt won the Meridian prize for her quartet.",
    "jobs": "The number of people without work in Tarnland fell below one million last spring.",
    "bridge": "The mayor promised to rebuild the old bridge of Aldham by May.",
}


@pytest.fixture(scope="module")
def told() -> dict[str, Mention]:
    return dict(zip(SHELF, describe(list(SHELF.values())), strict=True))


def shelf(told: dict[str, Mention], *names: str) -> list[Known]:
    return [Known(name, SHELF[name], (told[name],)) for name in names or SHELF]


def holdings(told: dict[str, Mention]) -> Holdings:
    return Holdings(len(told), Counter(key for mention in told.values() for key in claim_keys(mention)))


def found(sentence: str, told: dict[str, Mention], known: list[Known] | None = None) -> tuple[Hit, ...]:
    return rank(describe([sentence])[0], shelf(told) if known is None else known, holdings(told), context_of())


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("In fog the Albatross got stuck on rocks of the Kestrel reef.", "reef"),
        ("They put up the tariffs on herring, smoked herring, to twelve percent!", "tariff"),
        ("Odile Brandt's quartet has been awarded the Meridian.", "prize"),
        ("Fewer than a million people in Tarnland are now without work.", "jobs"),
    ],
)
def test_what_is_said_in_other_words_finds_the_claim(sentence: str, claim: str, told: dict[str, Mention]) -> None:
    assert found(sentence, told)[0].id == claim


def test_what_nobody_claimed_finds_nothing(told: dict[str, Mention]) -> None:
    assert found("A comet was seen over the southern islands at dawn.", told) == ()


def test_the_order_in_which_claims_are_looked_at_does_not_matter(told: dict[str, Mention]) -> None:
    sentence = "The old bridge of Aldham and the ferry were both rebuilt in fog."
    assert found(sentence, told) == found(sentence, told, shelf(told)[::-1])


def test_scores_lie_between_0_and_1_and_fall(told: dict[str, Mention]) -> None:
    scores = [hit.score for hit in found("The ferry ran on the bridge in fog, said parliament in Aldham.", told)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1.000001 for score in scores)


def test_a_claim_without_mentions_or_an_empty_shelf_finds_nothing(told: dict[str, Mention]) -> None:
    sentence = "The ferry Albatross ran aground."
    assert found(sentence, told, []) == ()
    assert found(sentence, told, [Known("bare", SHELF["reef"], ())]) == ()


def test_rare_words_are_looked_up_first_and_common_ones_left_out() -> None:
    many = Holdings(100_000, {"w:common": POSTINGS, "w:rare": 3, "w:rarer": 1})
    assert affordable(("w:common", "w:rare", "w:rarer"), many) == ("w:rarer", "w:rare")
    assert affordable(("w:common",), many) == ("w:common",)
    assert affordable((), many) == ()


def test_claims_that_share_rarer_words_come_first() -> None:
    some = Holdings(100, {"w:port": 60, "w:kestrel": 2})
    under = {"w:port": ["a", "b"], "w:kestrel": ["c"]}
    assert nearest_by_words(("w:port", "w:kestrel"), under, some) == ["c", "a", "b"]


def test_every_concept_of_a_statement_is_a_key(told: dict[str, Mention]) -> None:
    keys = lookup_keys(told["reef"])
    assert {"w:kestrel", "w:reef"} <= set(keys)
    assert len(keys) == len(set(keys))
