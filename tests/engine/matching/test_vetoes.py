"""matching.vetoes: what is never one claim whatever the words, and what is one claim whatever the words."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest

from claims.engine.matching.claims import ClaimProfile, assign, compare, context_of
from claims.engine.matching.comparing import ComparisonContext
from claims.engine.matching.grouping import group
from claims.engine.matching.prepared import prepared, topic_of
from claims.engine.matching.vetoes import CAUTIONS, RULES, caution, veto
from claims.engine.matching.vetoes.parties import compatible
from claims.engine.matching.weights import shipped
from claims.engine.reading.mentions import describe
from claims.engine.types import Mention, Place, Span, Stance
from tests.engine.matching.pairs_of_statements import MORE_OPPOSITES, OPPOSITE, OTHER_PARTY, PARAPHRASES, ROLES_SWAPPED

Pair = tuple[str, str]


@lru_cache(maxsize=1024)
def told(sentence: str, article: str) -> Mention:
    return replace(describe([sentence])[0], article=article)


def both(pair: Pair) -> tuple[Mention, Mention]:
    return told(pair[0], "a"), told(pair[1], "b")


def barred(pair: Pair) -> str:
    found = compare(*both(pair)).veto
    return found.name if found is not None else ""


@pytest.mark.parametrize("pair", OTHER_PARTY)
def test_another_party_in_the_same_role_is_another_claim(pair: Pair) -> None:
    assert barred(pair)


@pytest.mark.parametrize("pair", ROLES_SWAPPED)
def test_the_same_parties_the_other_way_round_are_another_claim(pair: Pair) -> None:
    assert barred(pair) == "roles_swapped"


@pytest.mark.parametrize("pair", [*OPPOSITE, *MORE_OPPOSITES])
def test_what_one_says_and_the_other_says_the_contrary_of_is_no_common_claim(pair: Pair) -> None:
    one, other = both(pair)
    assert barred(pair) or one.stance is not other.stance


@pytest.mark.parametrize("pair", PARAPHRASES)
def test_other_words_for_one_thing_are_one_claim(pair: Pair) -> None:
    assert not barred(pair)
    assert compare(*both(pair)).log_odds >= shipped().join


@pytest.mark.parametrize("pair", [*OTHER_PARTY, *ROLES_SWAPPED, *OPPOSITE, *PARAPHRASES])
def test_a_veto_and_a_score_are_the_same_both_ways(pair: Pair) -> None:
    one, other = both(pair)
    forth, back = compare(one, other), compare(other, one)
    assert (forth.veto is None) is (back.veto is None)
    assert forth.log_odds == pytest.approx(back.log_odds)


@pytest.mark.parametrize(
    ("rule", "pair"),
    [
        ("other_unit", ("The fine was 40 percent of the sales.", "The fine was 90 million dollars of the sales.")),
        ("other_unit", ("The barge lost 60 tons of oil.", "The barge lost 12 kilometres of oil.")),
        ("other_counted", ("155 Chinese citizens fight there.", "12,000 North Korean soldiers fight there.")),
        ("other_outcome", ("Seven people were killed in Ember.", "Forty people were injured in Ember.")),
        ("other_outcome", ("Nine divers were captured in Ember.", "Thirty divers were freed in Ember.")),
        ("other_time", ("The dam of Oum burst in 2014.", "The dam of Oum burst in 1998.")),
        ("other_number_of_a_name", ("The Orion 7 rocket exploded.", "The Orion 9 rocket exploded.")),
        ("other_place", ("A bomb exploded in Kenya.", "A bomb exploded in Chile.")),
        ("part_and_whole", ("The army freed 21 of the 270 girls.", "The army freed the 270 girls.")),
    ],
)
def test_each_rule_speaks_for_its_kind(rule: str, pair: Pair) -> None:
    context = ComparisonContext(shipped().background)
    one, other = (prepared(m) for m in both(pair))
    spoke = {r.__name__ for r in RULES if r(one, other, context)}
    assert rule in spoke


@pytest.mark.parametrize(
    "pair",
    [
        ("The former mayor pleaded guilty to fraud.", "Nils Okker pleaded guilty to fraud."),
        ("Moscow recalled its envoy from Ember.", "Russia recalled its envoy from Ember."),
        ("The Swedish government bought the island.", "Stockholm bought the island."),
        ("J. Quist bought the brewery of Melk.", "Jon Quist bought the brewery of Melk."),
        ("The chipmaker raised its bid for Norbeam.", "Halvex raised its bid for Norbeam."),
        ("The firm's chief sold his shares in May.", "Hock Tan sold his shares in May."),
    ],
)
def test_what_is_not_stated_is_unknown_and_unknown_is_not_different(pair: Pair) -> None:
    assert not barred(pair)


@pytest.mark.parametrize(
    "pair",
    [
        ("Ember met Tarn in the final.", "Tarn met Ember in the final."),
        ("Clara Dunne married Peter Vance in Oslo.", "Peter Vance married Clara Dunne in Oslo."),
        ("Ember is larger than Tarn.", "Tarn is smaller than Ember."),
        ("Halvex sold the mill to Norbeam.", "Norbeam bought the mill from Halvex."),
    ],
)
def test_what_each_does_to_the_other_and_what_is_told_from_the_other_side_is_one(pair: Pair) -> None:
    assert barred(pair) not in ("roles_swapped", "opposite")


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ("nils okker", "okker", True),
        ("nils okker", "petra okker", False),
        ("joe zangaro", "joseph zangaro", True),
        ("united nations", "un", True),
        ("flight 214", "flight 412", False),
        ("south korea", "north korea", False),
    ],
)
def test_two_names_fit_where_they_may_name_one(one: str, other: str, fits: bool) -> None:
    assert compatible(one, other) is compatible(other, one) is fits


def test_two_statements_of_one_article_are_two_claims_unless_one_repeats_the_other() -> None:
    first = told("Hackers stole the data of 3 million customers of Velo Bank.", "a")
    second = told("Velo Bank has 5 million customers in four countries.", "a")
    again = told("The hackers stole data of 3 million Velo Bank customers.", "a")
    far = [replace(m, span=Span(1000 * n, 1000 * n + 50), sentence_span=Span(1000 * n, 1000 * n + 50))
           for n, m in enumerate((first, second, again))]  # fmt: skip
    assert group(far) == [(0, 2), (1,)]


@pytest.mark.parametrize(
    ("pair", "rule"),
    [
        (("Roger Brandt, an early investor.", "The investor Brandt sold early on."), "scrap"),
        (
            ("12 people were injured in the riots of Ember.", "18 people had been injured by glass in Tarn."),
            "too_little",
        ),
        (("It would fly in 2013.", "The launcher was ready in 2013."), "too_little"),
    ],
)
def test_scraps_and_numbers_and_outcomes_alone_do_not_join(pair: Pair, rule: str) -> None:
    one, other = both(pair)
    assert rule in {r.__name__ for r in CAUTIONS if r(prepared(one), prepared(other), context_of())}
    assert compare(one, other).log_odds < shipped().join


@pytest.mark.parametrize(
    "pair",
    [
        ("The barge sank off Ember.", "The pilot of the barge that sank off Ember was sober."),
        ("A gunman shot two bailiffs in Ember.", "The gunman who shot two bailiffs in Ember went to school there."),
        ("The mill in Ember burned down.", "The owner of the mill that burned down in Ember was insured."),
        ("The dam at Ember broke.", "Engineers had warned of the dam that broke at Ember."),
        ("A lorry hit the bridge at Ember.", "The lorry that hit the bridge at Ember was stolen."),
    ],
)
def test_what_one_only_recalls_is_not_what_it_states(pair: Pair) -> None:
    one, other = both(pair)
    assert "only_recalled" in {r.__name__ for r in CAUTIONS if r(prepared(one), prepared(other), context_of())}
    assert group([one, other]) == [(0,), (1,)]


@pytest.mark.parametrize(
    ("pair", "rule"),
    [
        (("The mill in Ember was flooded.", "A chapel in Ember was flooded."), "other_subject"),
        (("The pilot caused the collision off Ember.", "The trawler caused the collision off Ember."), "other_subject"),
        (("The tram jumped the lights in Ember.", "A cyclist jumped the lights in Ember."), "other_subject"),
        (("The mast was sound before the storm.", "The mast was rotten before the storm."), "other_complement"),
        (("The water in Ember is safe.", "The water in Ember is brown."), "other_complement"),
    ],
)
def test_one_thing_of_two_and_two_things_of_one_do_not_join(pair: Pair, rule: str) -> None:
    one, other = both(pair)
    assert rule in {r.__name__ for r in CAUTIONS if r(prepared(one), prepared(other), context_of())}
    assert group([one, other]) == [(0,), (1,)]


def test_a_caption_is_no_report_of_the_event_that_it_names() -> None:
    one = told("Two bailiffs were shot dead in the courthouse of Ember on Monday.", "a")
    under = replace(told("Police tape surrounds the courthouse of Ember on Monday.", "b"), place=Place.CAPTION)
    found = caution(prepared(one), prepared(under), context_of())
    assert found is not None
    assert found.name == "picture"


def test_no_claim_holds_a_mention_that_a_veto_keeps_from_one_of_its_mentions() -> None:
    rose, fell = both(OPPOSITE[0])
    claim = ClaimProfile("c", (rose, replace(rose, article="c"), replace(rose, article="d"), fell))
    assert assign(replace(rose, article="e"), [claim]).claim is None


def test_a_veto_is_a_line_of_the_score_with_its_reason() -> None:
    line = compare(*both(ROLES_SWAPPED[0])).comparisons[-1]
    assert line.name == "roles_swapped"
    assert line.log_odds < -shipped().join
    assert "tram" in line.reason


@pytest.mark.parametrize("denied", ["Nobody was hurt in Ember.", "Not a single diver was hurt in Ember."])
def test_what_is_said_not_to_be_is_denied_or_apart(denied: str) -> None:
    one, other = told("A diver was hurt in Ember.", "a"), told(denied, "b")
    read_as_asserted = replace(other, stance=Stance.ASSERTS)
    assert one.stance is not other.stance or compare(one, other).veto is not None
    assert "negated" in {r.__name__ for r in RULES if r(prepared(one), prepared(read_as_asserted), context_of())}


def test_a_denial_is_of_a_statement_with_its_verb() -> None:
    claim, denial = (
        told("The harbour master closed the lock.", "a"),
        told("The harbour master did not buy a boat.", "b"),
    )
    assert denial.stance is Stance.DENIES
    story = context_of(topic_of([claim, denial]))
    assert veto(prepared(claim), prepared(denial), story) is not None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The trust gained 6 percent in April.", "The trust lost 6 percent in April."),
        ("A jury cleared the former clerk of theft.", "A jury found the former clerk guilty of theft."),
        ("Pell Rovers beat Orr Town.", "Pell Rovers lost to Orr Town."),
        ("Ana Rios was elected treasurer.", "Ana Rios was removed as treasurer."),
        ("The walkout at the docks was cancelled.", "The walkout at the docks was prolonged."),
        ("Eighteen of the 60 boats were lost.", "All 60 boats were lost."),
    ],
)
def test_what_contradicts_in_everyday_words_is_apart(left: str, right: str) -> None:
    one, other = both((left, right))
    assert veto(prepared(one), prepared(other), context_of()) is not None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The barge sank near Orr because of a cracked hull.", "A cracked hull sank the barge near Orr."),
        ("Jon Reed admitted forging the letter.", "Jon Reed confessed to having forged the letter."),
    ],
)
def test_a_cause_is_no_party_and_one_pole_is_one_deed(left: str, right: str) -> None:
    one, other = both((left, right))
    assert veto(prepared(one), prepared(other), context_of()) is None
    assert caution(prepared(one), prepared(other), context_of()) is None
