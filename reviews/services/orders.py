"""What a person asks for."""

from __future__ import annotations

from dataclasses import dataclass

from reviews.workflow import Action


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asks for. ``expected_version``: the version of the review that they saw (None: any).

    ``mentions`` are ids, ``links`` addresses: what a proposal rests on. ``reason`` is one of ``workflow.Dismissal``
    for a dismissal, and free text for reopening. ``assignee`` is a username. ``assessment`` is the id of the one on the
    screen (None: the current one).
    """

    action: Action
    expected_version: int | None = None
    note: str = ""
    verdict: str = ""
    rationale: str = ""
    mentions: tuple[int, ...] = ()
    links: tuple[str, ...] = ()
    reason: str = ""
    assignee: str = ""
    assessment: int | None = None
