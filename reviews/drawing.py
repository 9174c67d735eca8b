"""The table of transitions as the documentation shows it: a diagram, the lines, and the matrix of groups. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reviews.workflow import DUTIES, ROLE_OF, TRANSITIONS, Action, Duty, Role, Transition, Verdict

PARTS = ("diagram", "table", "matrix")
"""The parts of a document that are drawn from the table, each between two marks."""

BESIDE: Mapping[str, str] = {
    "post articles": "claims.add_article",
    "correct and withdraw articles": "claims.change_article",
    "manage accounts": "auth.change_user",
}
"""What people do beside reviewing, and the permission that it takes."""


def redraw(document: str, groups: Mapping[str, Sequence[str]]) -> str:
    """The document with every part that is drawn from the table drawn anew. ``groups``: name -> permissions."""
    drawn = {"diagram": diagram(), "table": table(), "matrix": matrix(groups)}
    for name in PARTS:
        start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        head, mark, rest = document.partition(start)
        _, closing, tail = rest.partition(end)
        if not mark or not closing:
            raise ValueError(f"The document has no marks for the {name}.")
        document = f"{head}{start}{drawn[name]}\n{end}{tail}"
    return document


def diagram() -> str:
    """The states and what leads from one to the next, as Mermaid draws it."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> unverified : open (system)"]
    arrows = ((line, to) for line in TRANSITIONS for to in _leads_to(line) if to != line.status)
    lines += [f"    {line.status} --> {to} : {line.action}" for line, to in arrows]
    return "\n".join([*lines, "```"])


def table() -> str:
    """The lines of the table: from, action, to, who, needs, and the condition beyond the status."""
    rows = [["from", "action", "to", "who", "needs", "only if"]]
    for line in TRANSITIONS:
        to = "the verdict" if line.to is None else line.to.value
        who, needs = ", ".join(line.who), ", ".join(line.needs)
        rows.append([line.status.value, line.action.value, to, who, needs, line.when.value])
    return _markdown(rows)


def matrix(groups: Mapping[str, Sequence[str]]) -> str:
    """Which group may do what, in some status at least."""
    rows = [["action", *groups]]
    deeds: list[Action | Duty] = [*Action, *(duty for duty in Duty if duty is not Duty.VIEW)]
    rows.append(["see claims and reviews", *(_tick("claims.view_claim" in held) for held in groups.values())])
    rows += [[deed.value, *(_tick(_does(deed, held)) for held in groups.values())] for deed in deeds]
    rows += [[deed, *(_tick(permission in held) for held in groups.values())] for deed, permission in BESIDE.items()]
    return _markdown(rows)


def roles_for(deed: Action | Duty) -> frozenset[Role]:
    """The roles that may do this in some status."""
    if isinstance(deed, Duty):
        return DUTIES.get(deed, frozenset())
    return frozenset(ROLE_OF[who] for line in TRANSITIONS if line.action is deed for who in line.who)


def _does(deed: Action | Duty, held: Sequence[str]) -> bool:
    return any(f"reviews.act_as_{role.value}" in held for role in roles_for(deed))


def _leads_to(line: Transition) -> Sequence[str]:
    return [verdict.value for verdict in Verdict] if line.to is None else [line.to.value]


def _tick(yes: bool) -> str:
    return "yes" if yes else ""


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    head, *body = rows
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
