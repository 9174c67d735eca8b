"""The table of transitions itself: pure, complete, and as the documentation shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviews.drawing import redraw
from reviews.people import GROUPS
from reviews.workflow import (
    DECIDED,
    TRANSITIONS,
    Action,
    Closed,
    Person,
    Role,
    State,
    Status,
    Verdict,
    allowed,
    answer,
    explain,
    next_status,
)

DOCUMENT = Path(__file__).parents[2] / "docs" / "reviewing.md"
REX = Person(1, frozenset({Role.REVIEWER}))
ALL = Person(2, frozenset(Role))


def test_the_documentation_shows_the_table() -> None:
    """If this fails: ``./run manage draw_workflow docs/reviewing.md``."""
    document = DOCUMENT.read_text(encoding="utf-8")
    assert redraw(document, GROUPS) == document


def test_a_document_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="no marks for the diagram"):
        redraw("# Reviewing", GROUPS)


def test_a_status_and_an_action_stand_in_one_line_at_most() -> None:
    assert len({(t.status, t.action) for t in TRANSITIONS}) == len(TRANSITIONS)


def test_every_status_can_be_reached_and_left() -> None:
    reached = {t.to for t in TRANSITIONS if t.to} | {Status(v.value) for v in Verdict}
    assert reached == set(Status)
    assert {t.status for t in TRANSITIONS} == set(Status)


def test_every_action_is_explained_in_every_status() -> None:
    for status in Status:
        lines = explain(State(status), ALL)
        assert [line.action for line in lines] == list(Action)
        assert all(line.why for line in lines if not line.open)


@pytest.mark.parametrize(
    ("status", "action", "to"),
    [
        (Status.UNVERIFIED, Action.TAKE, Status.IN_REVIEW),
        (Status.IN_REVIEW, Action.RELEASE, Status.UNVERIFIED),
        (Status.IN_REVIEW, Action.PROPOSE, Status.PROPOSED),
        (Status.UNVERIFIED, Action.DISMISS, Status.DISMISSED),
        (Status.IN_REVIEW, Action.DISMISS, Status.DISMISSED),
        (Status.PROPOSED, Action.REJECT, Status.IN_REVIEW),
        *((status, Action.REOPEN, Status.IN_REVIEW) for status in DECIDED),
        (Status.DISMISSED, Action.RESTORE, Status.UNVERIFIED),
        (Status.UNVERIFIED, Action.APPROVE, None),
        (Status.PROPOSED, Action.APPROVE, None),
    ],
)
def test_where_an_action_leads(status: Status, action: Action, to: Status | None) -> None:
    assert next_status(status, action) == to


@pytest.mark.parametrize("verdict", Verdict)
def test_an_approval_leads_to_the_verdict(verdict: Verdict) -> None:
    assert next_status(Status.PROPOSED, Action.APPROVE, verdict) == Status(verdict.value)


def test_a_machine_may_do_nothing_whatever_its_roles() -> None:
    machine = Person(3, frozenset(Role), machine=True)
    assert not any(allowed(State(status, assignee=3, proposer=9), machine) for status in Status)


def test_the_proposer_is_not_the_second_pair_of_eyes_unless_that_is_switched_off() -> None:
    state = State(Status.PROPOSED, proposer=ALL.id)
    assert answer(Action.APPROVE, state, ALL).closed is Closed.OWN_PROPOSAL
    assert answer(Action.APPROVE, state, ALL, four_eyes=False).open


def test_the_role_is_asked_before_the_state() -> None:
    assert answer(Action.APPROVE, State(Status.UNVERIFIED), REX).closed is Closed.ROLE
    assert answer(Action.RESTORE, State(Status.UNVERIFIED), REX).closed is Closed.STATUS


def test_a_merged_claim_is_closed_to_everything() -> None:
    assert allowed(State(Status.UNVERIFIED, merged=True), ALL) == ()
