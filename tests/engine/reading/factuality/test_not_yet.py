"""What was close, and did not happen; what is foretold, and is no fact yet; what somebody only weighs."""

from __future__ import annotations

import pytest

from claims.engine.types import Factuality, Mention, Stance
from tests.engine.reading.told import mentions


def standing(text: str) -> set[Factuality]:
    """How the statements of a text stand."""
    return {mention.factuality for mention in mentions(text)}


def only(text: str) -> Mention:
    """The one mention of a text."""
    (mention,) = mentions(text)
    return mention


@pytest.mark.parametrize(
    "text",
    [
        "The lorry almost plunged into the river Teign on Monday.",
        "A goods train nearly hit a school bus at Marlow on Friday.",
        "The town of Ossel was nearly wiped out by the flood of 1953.",
        "The mill in Rook had almost gone bankrupt in 2011.",
        "Two hikers nearly died of cold on Mount Erd on Sunday.",
        "A plan to build 300 homes was almost rejected by the council.",
        "Two suspects very nearly escaped from the prison on Friday.",
        "The coach of Arden all but admitted the theft on Monday.",
    ],
)
def test_what_almost_happened_did_not_happen(text: str) -> None:
    assert standing(text) == {Factuality.DENIED}


@pytest.mark.parametrize(
    "text",
    [
        "The club nearly doubled its revenue last year.",
        "Food prices in Norland have almost tripled since 2009.",
        "Temperatures nearly reached 40 degrees in Seville on Sunday.",
        "The strike nearly cost the firm $3 million last year.",
        "Oil prices almost hit $100 a barrel in June.",
        "Nearly 1,400 households are on the waiting list in Ossel.",
        "The bridge almost certainly collapsed because of rust.",
        "The theatre was almost full on Friday, the manager said.",
        "Almost all ferries to Aldham sailed on Monday, the harbour office said.",
    ],
)
def test_almost_on_a_scale_says_how_far_it_went(text: str) -> None:
    assert standing(text) == {Factuality.ASSERTED}


@pytest.mark.parametrize(
    "text",
    [
        "The council came close to selling the library in May.",
        "The pilot came within seconds of losing control on Monday.",
        "The tanker came within 20 metres of striking the pier on Monday.",
        "The driver narrowly avoided hitting two cyclists.",
        "A cargo plane narrowly missed a school on Monday.",
        "The two sides averted a strike at the last minute.",
        "The minister stopped short of apologising for the error.",
        "The regulator held back from fining the bank.",
        "The party shied away from naming a candidate for mayor.",
        "The army backed away from shelling the town of Ossel.",
        "The harvest in Norland fell short of expectations.",
    ],
)
def test_what_somebody_came_close_to_or_held_back_from_did_not_happen(text: str) -> None:
    assert standing(text) == {Factuality.DENIED}


def test_what_is_joined_to_a_near_event_is_told_for_itself() -> None:
    found = {
        m.quote: m.factuality for m in mentions("The council stopped short of a ban but raised the fee to 40 euros.")
    }
    assert found == {
        "The council stopped short of a ban": Factuality.DENIED,
        "raised the fee to 40 euros": Factuality.ASSERTED,
    }


@pytest.mark.parametrize(
    "text",
    [
        "The clinic in Ossel will open in May with 30 beds.",
        "The minister said the tax will rise to 4 percent in May.",
        "Dealers will replace the part free of charge, the carmaker said.",
        "“We’ll close both mines in June,” manager Ada Holm said.",
        "The company is going to close two mines in Norland.",
        "The bank is about to open 12 branches in Norland.",
        "The team from Arden is on course to win its third title.",
    ],
)
def test_what_will_be_is_planned(text: str) -> None:
    assert standing(text) == {Factuality.PLANNED}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The Merton Bank will close 40 branches in Wales.", Stance.ASSERTS),
        ("The Merton Bank will not close 40 branches in Wales.", Stance.DENIES),
        ("The Merton Bank plans to close 40 branches in Wales.", Stance.OPEN),
    ],
)
def test_a_prediction_takes_a_side_though_it_is_no_fact_yet(text: str, stance: Stance) -> None:
    found = only(text)
    assert (found.stance, found.factuality.committed) == (stance, False)


@pytest.mark.parametrize(
    "text",
    [
        "The board is considering whether to sell the port of Aldham.",
        "Ministers are weighing whether to reopen the mine in Rook.",
        "Norland is weighing sanctions against Sark.",
        "The firm is mulling a bid for its rival, Arden Mills.",
        "The government is considering building two reservoirs.",
        "The town council has been contemplating a sale of the theatre.",
        "The airline was on the verge of cancelling 40 flights.",
        "The vote brought Norland to the brink of leaving the pact.",
        "The club is close to signing a new keeper, its chairman said.",
    ],
)
def test_what_somebody_weighs_or_is_near_to_is_left_open(text: str) -> None:
    assert {mention.stance for mention in mentions(text)} == {Stance.OPEN}


@pytest.mark.parametrize(
    "text",
    [
        "The panel considered 40 applications on Monday.",
        "The bridge in Ossel weighs 300 tonnes, the council said.",
    ],
)
def test_what_was_considered_or_is_weighed_is_told_as_it_is(text: str) -> None:
    assert standing(text) == {Factuality.ASSERTED}


@pytest.mark.parametrize(
    "text",
    [
        "The engineer pleaded not guilty to fraud in Ossel on Monday.",
        "The driver was found not guilty of manslaughter by a jury in Ossel.",
        "The company no longer owns the mine in Rook.",
        "Detectives no longer believe that the fire was started deliberately.",
    ],
)
def test_a_negation_on_the_predicate_or_in_no_longer_counts(text: str) -> None:
    assert standing(text) == {Factuality.DENIED}


@pytest.mark.parametrize(
    "text",
    [
        "Aegean Lines denied that the steering had been serviced late.",
        "The club denied that the fund had benefited its chairman.",
        "The firm denied that the mine in Rook had been licensed in secret.",
        "Sark denied that its planes had visited the island.",
        "The bank denied that the shares had been promoted by its staff.",
    ],
)
def test_a_clause_that_is_denied_is_no_benefit_refused(text: str) -> None:
    assert standing(text) == {Factuality.DENIED}
