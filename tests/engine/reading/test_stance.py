"""Polarity in three values, and hedges: what the speaker does with the proposition."""

from __future__ import annotations

import pytest

from claims.engine.reading.mentions import describe
from claims.engine.types import Hedge, Stance
from tests.engine.reading.told import about

ASSERTS, DENIES, OPEN = Stance.ASSERTS, Stance.DENIES, Stance.OPEN


@pytest.mark.parametrize(
    ("text", "words", "stance"),
    [
        ("The ministry said that 40 soldiers crossed the border.", "crossed the border", ASSERTS),
        ("The ministry denied that 40 soldiers crossed the border.", "crossed the border", DENIES),
        ("The ministry rejected the claim that 40 soldiers crossed the border.", "crossed the border", DENIES),
        ("Mayor Anna Bell dismissed the allegation that the council paid 2 million euros.", "council paid", DENIES),
        ("The company denied striking a deal with the union on Monday.", "striking a deal", DENIES),
        ("The army denied any involvement in the attack on Riverton.", "any involvement", DENIES),
        ("The company refuted reports that the bridge had been destroyed.", "bridge had been destroyed", DENIES),
    ],
)
def test_a_denial_verb_denies_what_it_governs(text: str, words: str, stance: Stance) -> None:
    assert about(text, words).stance == stance


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ministry said its troops did not cross the border on Friday.", "cross the border"),
        ("No soldier was killed in the attack on Riverton, the army said.", "soldier was killed"),
        ("None of the 40 passengers was hurt, the airline said on Monday.", "was hurt"),
        ("Nobody was injured when the train left the rails, police said.", "was injured"),
        ("The mayor never signed the contract with the builders in 2020.", "signed the contract"),
    ],
)
def test_a_negated_main_clause_or_an_empty_noun_denies(text: str, words: str) -> None:
    assert about(text, words).stance == DENIES


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The general, who does not speak English, said 40 soldiers crossed the border.", "crossed the border"),
        ("Mayor Anna Bell said the council paid 2 million euros, not knowing the price.", "council paid"),
        ("Police said there was no doubt that 12 people died in the fire.", "12 people died"),
    ],
)
def test_a_negation_elsewhere_in_the_sentence_denies_nothing(text: str, words: str) -> None:
    assert about(text, words).stance == ASSERTS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The claim that 155 recruits were sent abroad is false, the ministry said.", "155 recruits"),
        ("Reports of a ceasefire in the valley are untrue, the ministry said.", "ceasefire"),
        ("The ministry called the report that 40 soldiers had died groundless.", "groundless"),
        ("It is not true that the dam has failed, the governor said on Monday.", "the dam has failed"),
        ("The allegation that the mayor took money was baseless, said the lawyer.", "took money"),
    ],
)
def test_false_said_of_a_claim_denies_the_claim(text: str, words: str) -> None:
    assert about(text, words).stance == DENIES


def test_two_denials_cancel_out() -> None:
    assert about("The ministry denied that it did not pay the farmers in 2020.", "pay the farmers").stance == ASSERTS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ministry said it was verifying reports of 12 deaths in the valley.", "verifying"),
        ("Police are investigating whether the fire was set on purpose.", "fire was set"),
        ("The army has yet to confirm that 40 soldiers crossed the border.", "40 soldiers"),
        ("The United Nations could not confirm that 40 soldiers crossed the border.", "40 soldiers"),
        ("The governor declined to confirm that the dam had failed on Monday.", "dam had failed"),
        ("The ministry neither confirmed nor denied that 40 soldiers crossed the border.", "40 soldiers"),
        ("The embassy said it was looking into the arrest of two citizens.", "looking into"),
    ],
)
def test_what_is_checked_or_not_yet_known_is_open(text: str, words: str) -> None:
    assert about(text, words).stance == OPEN


def test_what_is_unclear_is_open() -> None:
    (found,) = describe(["It is unclear whether the 40 passengers survived the crash in Riverton on Monday."])
    assert found.stance == OPEN


def test_a_policy_in_the_negative_denies_nothing() -> None:
    text = "The ministry said that Estland does not encourage its people to travel to Norland."
    assert about(text, "encourage").stance == ASSERTS


@pytest.mark.parametrize(
    ("text", "words", "hedge"),
    [
        ("The guards allegedly beat 12 prisoners in the camp on Monday.", "beat 12 prisoners", Hedge.ALLEGED),
        ("The guards reportedly beat 12 prisoners in the camp on Monday.", "beat 12 prisoners", Hedge.REPORTED),
        ("The ministry may have sent 10,000 soldiers to the border in May.", "10,000 soldiers", Hedge.POSSIBLE),
        ("The ministry sent 10,000 soldiers to the border in May.", "10,000 soldiers", Hedge.NONE),
    ],
)
def test_a_hedge_is_a_flag_and_leaves_the_stance(text: str, words: str, hedge: Hedge) -> None:
    found = about(text, words)
    assert (found.hedge, found.stance) == (hedge, ASSERTS)


def test_a_hedge_does_not_soften_a_denial() -> None:
    found = about("The ministry denied that its guards allegedly beat 12 prisoners in the camp.", "12 prisoners")
    assert (found.hedge, found.stance) == (Hedge.ALLEGED, DENIES)


def test_a_bare_denial_points_at_the_claim_before_it() -> None:
    text = "Is Norland sending 300 soldiers to the island of Sark? Norland denies it."
    found = about(text, "denies it")
    assert found.stance == DENIES
    assert {"soldier", "island"} <= set(found.features.terms)


@pytest.mark.parametrize(
    "text",
    [
        "Neither the driver nor the two passengers were hurt on Monday.",
        "Neither side was hurt in the raid on Monday.",
    ],
)
def test_neither_nor_is_a_denial(text: str) -> None:
    assert about(text, "hurt").stance == DENIES


def test_nothing_less_than_something_is_that_something() -> None:
    assert about("The council signed nothing less than a treaty with Norland on Monday.", "treaty").stance == ASSERTS
