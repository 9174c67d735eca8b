"""What this person may do to this review now, each with its form, and why the rest is closed."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User

from reviews.admin.forms import ActionForm, form_class
from reviews.models import Review
from reviews.services import answers
from reviews.workflow import TRANSITIONS, Action

LABELS = {
    Action.TAKE: ("Take", "You work on it until the lease runs out.", "t"),
    Action.RELEASE: ("Release", "Anybody may take it then.", "l"),
    Action.REASSIGN: ("Hand to a colleague", "", "h"),
    Action.PROPOSE: ("Propose a verdict", "Tick the mentions that it rests on; a second person decides.", "p"),
    Action.APPROVE: ("Approve", "The proposed verdict becomes the claim’s status.", "a"),
    Action.REJECT: ("Reject", "It goes back to the proposer with your note.", "r"),
    Action.RETRACT: ("Take the proposal back", "Nobody has decided it yet. You hold the claim again.", "b"),
    Action.DISMISS: ("Dismiss", "Not for this desk; it can be restored.", "d"),
    Action.RESTORE: ("Restore", "It becomes unverified again.", "s"),
    Action.REOPEN: ("Reopen", "The verdict is withdrawn and you take the claim.", "o"),
    Action.CONFIRM: ("The verdict stands", "You looked again; the mark goes.", "c"),
}
FOREMOST = (Action.TAKE, Action.PROPOSE, Action.APPROVE, Action.REJECT, Action.CONFIRM)


@dataclass(frozen=True, slots=True)
class Card:
    """An action that is open: its form, and whether it is shown unfolded."""

    action: Action
    label: str
    hint: str
    key: str
    form: ActionForm
    foremost: bool

    @property
    def at_once(self) -> bool:
        """Whether nothing has to be filled in for it."""
        return not any(transition.needs for transition in TRANSITIONS if transition.action is self.action)


@dataclass(frozen=True, slots=True)
class ClosedAction:
    """An action that is closed to this person now, and why."""

    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Panel:
    """The whole panel. ``unsaved`` is what was typed into a form that is closed now."""

    cards: tuple[Card, ...]
    closed: tuple[ClosedAction, ...]
    unsaved: str = ""
    may_regroup: bool = False


def panel_for(review: Review, user: User, bound: ActionForm | None = None) -> Panel:
    """The panel; ``bound`` is a form that came back with errors, or too late, and keeps what was typed."""
    cards, closed = [], []
    kept = False
    for answer in answers(review, user):
        label, hint, key = LABELS[answer.action]
        again = answer.action is Action.TAKE and review.assignee_id == user.pk
        if again:
            label, hint = "Keep it longer", "Your lease begins anew."
        if not answer.open:
            closed.append(ClosedAction(label, answer.why))
            continue
        mine = bound is not None and bound.action is answer.action
        kept = kept or mine
        form = bound if mine and bound is not None else form_class(answer.action)(review)
        cards.append(Card(answer.action, label, hint, key, form, mine or (answer.action in FOREMOST and not again)))
    unsaved = bound.typed() if bound is not None and not kept else ""
    may_regroup = user.has_perm("reviews.act_as_editor") and review.claim.merged_into_id is None
    return Panel(tuple(sorted(cards, key=lambda c: not c.foremost)), tuple(closed), unsaved, may_regroup)
