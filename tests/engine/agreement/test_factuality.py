"""What a text only plans, asks or supposes is shown beside a claim, and is no witness of it."""

from __future__ import annotations

import pytest

from claims.engine.agreement.scoring import assess
from claims.engine.types import Evidence, Factuality, Speaker, SpeakerKind, Stance, Suggestion


def said(name: str, factuality: Factuality) -> Evidence:
    stance = {"asserted": Stance.ASSERTS, "denied": Stance.DENIES}.get(factuality, Stance.OPEN)
    speaker = Speaker(name, name, SpeakerKind.PERSON)
    return Evidence(name, name, f"{name} post", "the mill was sold", speaker, stance=stance, factuality=factuality)


UNCOMMITTED = (Factuality.HYPOTHETICAL, Factuality.PLANNED, Factuality.ASKED)


@pytest.mark.parametrize("factuality", UNCOMMITTED)
def test_what_is_not_committed_to_leaves_the_score_as_it_is(factuality: Factuality) -> None:
    alone = assess([said("Anna Bell", Factuality.ASSERTED)])
    both = assess([said("Anna Bell", Factuality.ASSERTED), said("Tom Reed", factuality)])
    assert both.log_odds == pytest.approx(alone.log_odds)
    assert both.independent_origins == alone.independent_origins == 1
    assert both.suggested is Suggestion.UNVERIFIED


@pytest.mark.parametrize("factuality", UNCOMMITTED)
def test_two_who_do_not_commit_corroborate_nothing(factuality: Factuality) -> None:
    found = assess([said("Anna Bell", factuality), said("Tom Reed", factuality)])
    assert (found.independent_origins, found.suggested) == (0, Suggestion.UNVERIFIED)
    assert "two only plan, ask or suppose it" in found.explanation


def test_a_denial_disputes_an_assertion_as_before() -> None:
    found = assess([said("Anna Bell", Factuality.ASSERTED), said("Tom Reed", Factuality.DENIED)])
    assert found.suggested is Suggestion.DISPUTED
