"""matching.claims: when two mentions are one claim, and when they are not. All sentences are made up."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest

from claims.engine.matching.claims import (
    ClaimProfile,
    assign,
    best_sentence,
    claim_keys,
    compare,
    key_weight,
)
from claims.engine.matching.weights import shipped
from claims.engine.reading.mentions import describe
from claims.engine.types import Mention, Place, Span, Speaker, SpeakerKind, Stance


@lru_cache(maxsize=64)
def told(sentence: str, article: str = "") -> Mention:
    return replace(describe([sentence])[0], article=article or sentence[:20])


def joined(one: str, other: str) -> bool:
    return compare(told(one), told(other)).log_odds >= shipped().join


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("155 Norlandic divers work for the port of Ember.",
         "At least 168 Norlandic divers work for the port of Ember."),
        ("Seven people were killed in the collapse of the Ember lighthouse.",
         "The collapse of the Ember lighthouse killed nine people."),
        ("The ferry Albatross ran aground on the Kestrel reef.",
         "The Albatross, a ferry, ran aground on the Kestrel reef."),
        ("Parliament raised the herring tariff to 12 percent.",
         "The herring tariff was raised by parliament to 11 percent."),
    ],
)  # fmt: skip
def test_one_claim_told_twice_is_one_claim(one: str, other: str) -> None:
    assert joined(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("155 Chinese citizens are fighting for Russia.", "12,000 North Korean soldiers are fighting for Russia."),
        ("Seven people were killed when the Ember lighthouse collapsed.",
         "Forty people were injured when the Ember lighthouse collapsed."),
        ("Two divers were arrested in the port of Ember.", "155 divers are missing in the port of Ember."),
        ("The herring tariff was raised to 12 percent.", "The herring catch was worth 12 million dollars."),
        ("Odile Brandt won the Meridian prize.", "The ferry Albatross ran aground on the Kestrel reef."),
    ],
)  # fmt: skip
def test_another_thing_counted_or_another_fate_is_another_claim(one: str, other: str) -> None:
    assert not joined(one, other)


def test_the_value_of_a_figure_never_speaks_against() -> None:
    base = told("155 Norlandic divers work for the port of Ember.")
    other = told("155 Norlandic divers work for the port of Ember.", "another article")
    assert base.quantity is not None
    changed = replace(other, quantity=replace(base.quantity, value=9_000_000.0))
    lines = {c.name: c for c in compare(base, changed).comparisons}
    assert compare(base, changed).veto is None
    assert all(lines[name].log_odds >= 0 for name in ("counted", "same_figure"))


def test_the_score_is_the_sum_of_its_lines_and_the_same_both_ways() -> None:
    one, other = told("Odile Brandt won the Meridian prize."), told("The Meridian prize went to Odile Brandt.")
    forth, back = compare(one, other), compare(other, one)
    assert forth.log_odds == pytest.approx(sum(c.log_odds for c in forth.comparisons))
    assert forth.log_odds == pytest.approx(back.log_odds)


def test_every_line_has_a_score_between_nought_and_one() -> None:
    lines = compare(told("Odile Brandt won the prize."), told("155 divers work in Ember.")).comparisons
    assert all(0 <= line.score <= 1 for line in lines)


def test_another_speaker_does_not_make_another_claim() -> None:
    one = told("The ferry Albatross ran aground on the Kestrel reef.")
    by = Speaker("the captain", "captain of the albatross", SpeakerKind.PERSON)
    assert compare(one, replace(one, article="b", speaker=by)).log_odds >= shipped().join


def test_a_denial_joins_what_it_denies() -> None:
    one = told("The university of Tarn withdrew its vaccine.")
    assert compare(one, replace(one, article="b", stance=Stance.DENIES)).log_odds >= shipped().join


def test_two_statements_side_by_side_in_one_sentence_are_two_claims() -> None:
    one = replace(told("Seven sailors were killed.", "a"), span=Span(0, 10), sentence_span=Span(0, 60))
    other = replace(told("Seven sailors were killed.", "a"), span=Span(20, 50), sentence_span=Span(0, 60))
    assert compare(one, other).log_odds < shipped().join <= compare(one, replace(other, article="b")).log_odds


def test_a_headline_may_say_what_its_article_says() -> None:
    one = told("The ferry Albatross ran aground on the Kestrel reef.", "a")
    headline = replace(one, place=Place.HEADLINE, span=Span(500, 540), sentence_span=Span(500, 540))
    assert compare(one, headline).log_odds >= shipped().join


def test_one_lucky_link_does_not_join() -> None:
    mention = told("The ferry Albatross ran aground on the Kestrel reef.", "new")
    twin = told("The ferry Albatross ran aground on the Kestrel reef.", "old")
    strangers = tuple(
        told(s) for s in ("Odile Brandt won the prize.", "Smoked herring became dearer.", "Rain fell in Tarn.")
    )
    assert assign(mention, [ClaimProfile("mixed", (twin, *strangers))]).claim is None
    assert assign(mention, [ClaimProfile("pure", (twin,))]).claim == "pure"


def test_the_claim_that_agrees_best_is_joined() -> None:
    mention = told("The ferry Albatross ran aground on the Kestrel reef.", "new")
    near = ClaimProfile("near", (told("The ferry Albatross ran aground on the Kestrel reef in fog."),))
    far = ClaimProfile("far", (told("The ferry Albatross was sold."),))
    assert assign(mention, [far, near]).claim == assign(mention, [near, far]).claim == "near"


def test_what_people_have_judged_wins_over_the_score() -> None:
    mention = told("The ferry Albatross ran aground on the Kestrel reef.", "new")
    twin = ClaimProfile("twin", (told("The ferry Albatross ran aground on the Kestrel reef.", "old"),))
    other = ClaimProfile("other", (told("Odile Brandt won the Meridian prize."),))
    assert assign(mention, [twin, other], never=frozenset({"twin"})).claim is None
    assert assign(mention, [twin, other], must=frozenset({"other"})).claim == "other"


def test_without_candidates_a_claim_is_opened() -> None:
    assert assign(told("Odile Brandt won the Meridian prize."), []).claim is None


def test_two_tellings_of_one_claim_share_a_key_and_keys_fit_the_index() -> None:
    one, other = (claim_keys(told(s)) for s in ("155 Norlandic divers work here.", "168 Norlandic divers came."))
    assert set(one) & set(other)
    assert all(len(key) <= 100 and key_weight(key) >= 0 for key in one + other)


def test_the_best_sentence_is_asserted_and_neither_a_scrap_nor_an_essay() -> None:
    scrap = told("Seven dead.", "a")
    good = told("Seven people were killed when the lighthouse stairs of Ember collapsed.", "b")
    denied = replace(told("Seven people were killed when stairs of the lighthouse collapsed, it is said.", "c"),
                     stance=Stance.DENIES)  # fmt: skip
    assert best_sentence([scrap, denied, good]).rstrip(".") == good.quote.rstrip(".")


def test_the_text_of_a_claim_does_not_lean_on_another_sentence() -> None:
    leaning = told("It has run aground on the Kestrel reef in thick fog.", "a")
    plain = told("The ferry Albatross ran aground on the Kestrel reef.", "b")
    assert best_sentence([leaning, plain]) == best_sentence([plain, leaning]) == plain.quote


@pytest.mark.parametrize(
    ("clause", "text"),
    [
        ("in which three people died", "Three people died"),
        ("that cracks had been reported twice", "Cracks had been reported twice"),
        ("when 212 people drowned", "212 people drowned"),
        ("while the dam held", "The dam held"),
        ("because the gate was left open", "The gate was left open"),
        ("when it broke, the dam was two years old", "When it broke, the dam was two years old"),
    ],
)
def test_the_text_of_a_claim_is_no_subordinate_clause(clause: str, text: str) -> None:
    one = told("Seven people were killed when the lighthouse stairs of Ember collapsed.", "a")
    assert best_sentence([replace(one, quote=clause, standalone=clause)]) == text
