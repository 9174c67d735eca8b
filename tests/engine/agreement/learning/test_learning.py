"""What verdicts teach of the score, how probabilities are judged, and how copiers are linked."""

from __future__ import annotations

import numpy as np
import pytest

from claims.engine.agreement.learning.calibration import report
from claims.engine.agreement.learning.copying import complete_linkage
from claims.engine.agreement.learning.fitting import Case, fit
from claims.engine.agreement.parameters import DEFAULT, Parameters
from claims.engine.agreement.stance_channel import evidence


def test_sources_that_each_resemble_a_third_are_not_chained_through_it() -> None:
    """Complete linkage: b is like a and like c, but a is not like c, so the surer pair is one and c stands alone."""
    pairs = np.array([[0, 1], [1, 2]])
    assert complete_linkage(3, pairs, np.array([9.0, 4.0])).tolist() == [0, 0, 2]
    assert complete_linkage(3, np.array([[0, 1], [1, 2], [0, 2]]), np.array([9.0, 4.0, 1.0])).tolist() == [0, 0, 0]


def test_few_verdicts_change_nothing() -> None:
    assert fit([Case(1.0, (), holds=True)] * 5) == DEFAULT


def test_verdicts_teach_what_a_denial_is_worth() -> None:
    idle = [Case(3.0, ((1.0, 1.0),), holds) for holds in (True, False)] * 40
    plain = [Case(3.0, (), holds) for holds in (True, True, False)] * 20
    taught = fit(idle + plain)
    before = evidence(3.0, 1.0, DEFAULT) - evidence(3.0, 0.0, DEFAULT)
    assert before < evidence(3.0, 1.0, taught) - evidence(3.0, 0.0, taught) < 0


def test_what_was_fitted_still_never_lets_an_assertion_lower_the_score() -> None:
    contrary = [Case(float(n), ((float(m), 1.0),), n < m) for n in range(1, 6) for m in range(1, 6)]
    taught = fit(contrary * 4)
    assert taught.true_asserted >= taught.false_asserted
    assert taught.false_denied >= taught.true_denied


def test_stored_parameters_come_back() -> None:
    assert Parameters.from_mapping(DEFAULT.as_mapping()) == DEFAULT
    assert Parameters.from_mapping({"temperature": 2.0, "unheard of": 1.0}).temperature == 2.0


def test_a_calibrated_score_has_no_calibration_error() -> None:
    result = report([(0.25, True), (0.25, False), (0.25, False), (0.25, False)])
    assert (result.ece, result.count, result.bins[0].observed) == (0.0, 4, 0.25)


def test_few_outcomes_never_fall_as_stated() -> None:
    """Two claims stated at one half: both hold, or neither, half of the time, and then the error is one half."""
    result = report([(0.5, True), (0.5, False)])
    assert result.ece_by_chance == pytest.approx(0.25)
    assert report([(0.0, False), (1.0, True)]).ece_by_chance == 0.0
    many = [(0.3, i % 10 < 3) for i in range(1_000)]
    assert report(many).ece_by_chance == pytest.approx(report(many[:500]).ece_by_chance / 2**0.5, rel=0.01)


def test_probabilities_that_are_too_sure_are_told_from_those_that_are_not() -> None:
    sure = [(0.95, i % 10 < 7) for i in range(100)]
    right = [(0.7, i % 10 < 7) for i in range(100)]
    assert report(sure).z > 2
    assert abs(report(right).z) < 0.5
