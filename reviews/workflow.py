"""The state machine of a review: one table that the admin, the API, bulk actions and jobs all read. No queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a claim stands with the people."""

    UNVERIFIED = "unverified"
    IN_REVIEW = "in_review"
    PROPOSED = "proposed"
    CORROBORATED = "corroborated"
    DISPUTED = "disputed"
    REFUTED = "refuted"
    DISMISSED = "dismissed"


class Verdict(StrEnum):
    """What a reviewer may propose; an approval turns it into the status of the same name."""

    CORROBORATED = "corroborated"
    DISPUTED = "disputed"
    REFUTED = "refuted"


class Action(StrEnum):
    """What a person may do to a review."""

    TAKE = "take"
    RELEASE = "release"
    REASSIGN = "reassign"
    PROPOSE = "propose"
    APPROVE = "approve"
    REJECT = "reject"
    RETRACT = "retract"
    DISMISS = "dismiss"
    RESTORE = "restore"
    REOPEN = "reopen"
    CONFIRM = "confirm"


class Dismissal(StrEnum):
    """Why a claim is set aside."""

    NOT_CHECKABLE = "not_checkable"
    OPINION = "opinion"
    NOT_A_CLAIM = "not_a_claim"
    TOO_VAGUE = "too_vague"
    NOT_RELEVANT = "not_relevant"
    DUPLICATE = "duplicate"


class Role(StrEnum):
    """What a person may be on the desk; each is a permission, and the group of the same name holds it."""

    REVIEWER = "reviewer"
    APPROVER = "approver"
    EDITOR = "editor"


class Who(StrEnum):
    """Who may walk along a line of the table."""

    REVIEWER = "reviewer"
    ASSIGNEE = "assignee"
    EDITOR = "editor"
    PROPOSER = "the proposer"
    APPROVER = "approver, not the proposer"
    CONFIRMER = "reviewer, neither the proposer nor who changed its evidence"


class Need(StrEnum):
    """What has to come with an action; the name is that of the field."""

    VERDICT = "verdict"
    RATIONALE = "rationale"
    EVIDENCE = "evidence"
    REASON = "reason"
    NOTE = "note"
    ASSIGNEE = "assignee"


class When(StrEnum):
    """A condition beyond the status."""

    ALWAYS = ""
    LAPSED = "the lease has run out, or is one's own"
    MARKED = "marked for re-check, and nobody else holds it"
    HELD = "somebody holds it"
    PERSONAL = "a person proposed it"


class Closed(StrEnum):
    """Why an action is closed to this person now; stable for machines."""

    MACHINE = "machine_account"
    ROLE = "not_permitted"
    STATUS = "wrong_status"
    MERGED = "merged"
    HELD = "held_by_another"
    NOT_HELD = "nobody_holds_it"
    NOT_MARKED = "not_marked"
    ASSIGNEE = "not_the_assignee"
    PROPOSER = "not_the_proposer"
    OWN_PROPOSAL = "own_proposal"
    MACHINE_PROPOSAL = "machine_proposal"
    OWN_CHANGE = "own_change"
    SAME_HANDS = "same_hands"

    @property
    def forbids(self) -> bool:
        """Whether the person is the obstacle (403) rather than the state of the review (409)."""
        return self in _FORBIDDING


_FORBIDDING = frozenset(
    {
        Closed.MACHINE,
        Closed.ROLE,
        Closed.ASSIGNEE,
        Closed.PROPOSER,
        Closed.OWN_PROPOSAL,
        Closed.OWN_CHANGE,
        Closed.SAME_HANDS,
    }
)


@dataclass(frozen=True, slots=True)
class Transition:
    """One line of the table. ``to`` is None where the verdict says where it leads."""

    status: Status
    action: Action
    to: Status | None
    who: tuple[Who, ...]
    needs: tuple[Need, ...] = ()
    when: When = When.ALWAYS


MUST_MATCH = frozenset({Action.APPROVE, Action.REJECT})
"""Who decides on what somebody else wrote has to say which version of it they read."""

DECIDED = (Status.CORROBORATED, Status.DISPUTED, Status.REFUTED)

_REVIEWER, _APPROVER = (Who.REVIEWER,), (Who.APPROVER,)
_HOLDER, _EDITOR = (Who.ASSIGNEE, Who.EDITOR), (Who.EDITOR,)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Status.UNVERIFIED, Action.TAKE, Status.IN_REVIEW, _REVIEWER),
    Transition(Status.UNVERIFIED, Action.REASSIGN, Status.IN_REVIEW, _EDITOR, (Need.ASSIGNEE,)),
    Transition(Status.UNVERIFIED, Action.DISMISS, Status.DISMISSED, _REVIEWER, (Need.REASON,)),
    Transition(Status.IN_REVIEW, Action.TAKE, Status.IN_REVIEW, _REVIEWER, when=When.LAPSED),
    Transition(Status.IN_REVIEW, Action.RELEASE, Status.UNVERIFIED, _HOLDER),
    Transition(Status.IN_REVIEW, Action.REASSIGN, Status.IN_REVIEW, _EDITOR, (Need.ASSIGNEE,)),
    Transition(
        Status.IN_REVIEW,
        Action.PROPOSE,
        Status.PROPOSED,
        (Who.ASSIGNEE,),
        (Need.VERDICT, Need.RATIONALE, Need.EVIDENCE),
    ),
    Transition(Status.IN_REVIEW, Action.DISMISS, Status.DISMISSED, _REVIEWER, (Need.REASON,)),
    Transition(Status.PROPOSED, Action.APPROVE, None, _APPROVER, when=When.PERSONAL),
    Transition(Status.PROPOSED, Action.REJECT, Status.IN_REVIEW, _APPROVER, (Need.NOTE,)),
    Transition(Status.PROPOSED, Action.RETRACT, Status.IN_REVIEW, (Who.PROPOSER,)),
    Transition(Status.DISMISSED, Action.RESTORE, Status.UNVERIFIED, _REVIEWER, (Need.NOTE,)),
    *(
        transition
        for status in DECIDED
        for transition in (
            Transition(status, Action.TAKE, status, _REVIEWER, when=When.MARKED),
            Transition(status, Action.RELEASE, status, _HOLDER, when=When.HELD),
            Transition(status, Action.CONFIRM, status, (Who.CONFIRMER,), (Need.NOTE,), When.MARKED),
            Transition(status, Action.REOPEN, Status.IN_REVIEW, _REVIEWER, (Need.REASON,)),
        )
    ),
)

_TABLE: Mapping[tuple[Status, Action], Transition] = {(t.status, t.action): t for t in TRANSITIONS}

ROLE_OF: Mapping[Who, Role] = {
    Who.REVIEWER: Role.REVIEWER,
    Who.ASSIGNEE: Role.REVIEWER,
    Who.PROPOSER: Role.REVIEWER,
    Who.EDITOR: Role.EDITOR,
    Who.APPROVER: Role.APPROVER,
    Who.CONFIRMER: Role.REVIEWER,
}


class Duty(StrEnum):
    """What a person may do beside the table of statuses."""

    VIEW = "view"
    NOTE = "note"
    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move"
    UNDO = "undo"
    CORRECT = "correct"
    PUBLISH = "publish"


DUTIES: Mapping[Duty, frozenset[Role]] = {
    Duty.NOTE: frozenset(Role),
    Duty.MERGE: frozenset({Role.EDITOR}),
    Duty.SPLIT: frozenset({Role.EDITOR}),
    Duty.MOVE: frozenset({Role.EDITOR}),
    Duty.UNDO: frozenset({Role.EDITOR}),
    Duty.CORRECT: frozenset({Role.EDITOR, Role.REVIEWER}),
    Duty.PUBLISH: frozenset({Role.EDITOR}),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. ``machine`` accounts are never one of the two pairs of eyes, and decide nothing."""

    id: int
    roles: frozenset[Role]
    machine: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """A review as the rules see it, at one moment. ``holder`` is the assignee whose lease still runs.

    ``by_machine``: whoever proposed is a machine account now, whatever it was then. ``changed_by``: who has changed its
    evidence since it was decided: merged, split or moved mentions, or corrected, withdrawn or restored an article.
    ``one_hand``: the accounts that the proposer, or one of those, may sign in as, or who may sign in as them.
    """

    status: Status
    assignee: int | None = None
    holder: int | None = None
    proposer: int | None = None
    by_machine: bool = False
    marked: bool = False
    merged: bool = False
    changed_by: frozenset[int] = frozenset()
    one_hand: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether this person may do this now; if not, ``closed`` and ``why`` say what is in the way."""

    action: Action
    transition: Transition | None
    closed: Closed | None = None
    why: str = ""

    @property
    def open(self) -> bool:
        """True if nothing but the action's needs is missing."""
        return self.closed is None


_WHY: Mapping[Closed, str] = {
    Closed.MACHINE: "A machine account decides nothing about a claim.",
    Closed.MERGED: "The claim was merged into another one: act on that one.",
    Closed.HELD: "Somebody else holds this claim, and their lease still runs.",
    Closed.NOT_HELD: "Nobody holds this claim.",
    Closed.NOT_MARKED: "The claim is decided and not marked for re-check; reopen it with a reason.",
    Closed.ASSIGNEE: "Only the person who holds this claim may do this.",
    Closed.PROPOSER: "Only the person who proposed this may take it back.",
    Closed.OWN_PROPOSAL: "A second person has to decide: this is your own proposal.",
    Closed.OWN_CHANGE: "A second person has to look: you changed what the verdict rests on.",
    Closed.SAME_HANDS: "A second person has to decide: one of you two gave the other their password, or somebody "
    "gave it to both. Change the password that you were given; your account is your own then.",
    Closed.MACHINE_PROPOSAL: "A machine account proposed this: reject it, so that a person may propose.",
}


def holds_a_role_for(action: Action, person: Person) -> bool:
    """Whether any line of the table would let this person do ``action`` in some status."""
    return any(ROLE_OF[who] in person.roles for t in TRANSITIONS if t.action is action for who in t.who)


def may(duty: Duty, person: Person) -> bool:
    """Whether this person may do what lies beside the table. Viewing is a permission of the claim, not a role."""
    return not person.machine and bool(DUTIES.get(duty, frozenset()) & person.roles)


def may_correct(person: Person, assignee: int | None) -> bool:
    """Whether this person may correct what the machine read of a claim: an editor, or the reviewer who holds it."""
    if not may(Duty.CORRECT, person):
        return False
    return Role.EDITOR in person.roles or person.id == assignee


def answer(action: Action, state: State, person: Person, *, four_eyes: bool = True) -> Answer:
    """Whether ``person`` may do ``action`` in ``state``: first the role is asked, then the state, then both."""
    transition = _TABLE.get((state.status, action))
    closed = (
        _closed_to(action, person)
        or _closed_in(transition, state, person)
        or _closed_between(transition, state, person, four_eyes)
    )
    if closed is None:
        return Answer(action, transition)
    return Answer(action, transition, closed, _why(closed, action, state))


def allowed(state: State, person: Person, *, four_eyes: bool = True) -> tuple[Action, ...]:
    """The actions that this person may do now, in the order of the table."""
    return tuple(a.action for a in explain(state, person, four_eyes=four_eyes) if a.open)


def explain(state: State, person: Person, *, four_eyes: bool = True) -> tuple[Answer, ...]:
    """Every action with whether this person may do it now, and why the rest is closed."""
    return tuple(answer(action, state, person, four_eyes=four_eyes) for action in Action)


def next_status(status: Status, action: Action, verdict: Verdict | None = None) -> Status | None:
    """Where the action leads from this status; None if the table has no such line."""
    transition = _TABLE.get((status, action))
    if transition is None:
        return None
    if transition.to is None:
        return Status(verdict.value) if verdict else None
    return transition.to


def _closed_to(action: Action, person: Person) -> Closed | None:
    if person.machine:
        return Closed.MACHINE
    return None if holds_a_role_for(action, person) else Closed.ROLE


def _closed_in(transition: Transition | None, state: State, person: Person) -> Closed | None:
    if state.merged:
        return Closed.MERGED
    if transition is None:
        return Closed.STATUS
    if transition.when is When.HELD and state.assignee is None:
        return Closed.NOT_HELD
    if transition.when is When.MARKED and not state.marked:
        return Closed.NOT_MARKED
    if transition.when is When.PERSONAL and state.by_machine:
        return Closed.MACHINE_PROPOSAL
    if transition.when in {When.LAPSED, When.MARKED} and state.holder not in {None, person.id}:
        return Closed.HELD
    return None


def _closed_between(transition: Transition | None, state: State, person: Person, four_eyes: bool) -> Closed | None:
    if transition is None:
        return Closed.STATUS
    obstacles = [_obstacle(who, state, person, four_eyes) for who in transition.who]
    if None in obstacles:
        return None
    return next((o for o in obstacles if o is not Closed.ROLE), Closed.ROLE)


def _obstacle(who: Who, state: State, person: Person, four_eyes: bool) -> Closed | None:
    if ROLE_OF[who] not in person.roles:
        return Closed.ROLE
    if who is Who.ASSIGNEE and person.id != state.assignee:
        return Closed.ASSIGNEE
    if who is Who.PROPOSER and person.id != state.proposer:
        return Closed.PROPOSER
    return _same_eyes(who, state, person) if four_eyes else None


def _same_eyes(who: Who, state: State, person: Person) -> Closed | None:
    """Why this person is no second person."""
    if who not in {Who.APPROVER, Who.CONFIRMER}:
        return None
    if who is Who.CONFIRMER and person.id in state.changed_by:
        return Closed.OWN_CHANGE
    if person.id == state.proposer:
        return Closed.OWN_PROPOSAL
    return Closed.SAME_HANDS if person.id in state.one_hand else None


def _why(closed: Closed, action: Action, state: State) -> str:
    if closed is Closed.STATUS:
        places = ", ".join(t.status.value for t in TRANSITIONS if t.action is action)
        return f"The claim is {state.status.value}; {action.value} is possible from: {places}."
    if closed is Closed.ROLE:
        who = sorted({ROLE_OF[w].value for t in TRANSITIONS if t.action is action for w in t.who})
        return f"{action.value} is for: {', '.join(who)}."
    return _WHY[closed]
