"""What keeps a statement inside another from joining: it says little, so that all of it has to agree."""

from __future__ import annotations

from claims.engine.matching.comparing import ComparisonContext
from claims.engine.matching.prepared import Prepared
from claims.engine.matching.vetoes.parties import compatible, joined
from claims.engine.matching.words import concept
from claims.engine.types import Mention


def other_core(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """A statement inside another says little besides who does what: neither may be missing in the other."""
    left, right = a.mention, b.mention
    if (left.part_of is None and right.part_of is None) or a.in_order == b.in_order:
        return ""
    said, by = (_deed(left), _deed(right)), (left.features.subject, right.features.subject)
    if not all((*said, *by)):
        return "what is done, or who does it, is not told"
    mine, theirs = a.concepts | a.senses, b.concepts | b.senses
    if concept(said[0]) not in theirs or concept(said[1]) not in mine:
        return f"{said[0]} / {said[1]}"
    named = [role[0].names if (role := joined(v)) else () for v in (a, b)]
    strangers = all(named) and not any(compatible(x, y) for x in named[0] for y in named[1])
    same = not strangers and (concept(by[0]) in theirs or concept(by[1]) in mine)
    return "" if same else " / ".join(" ".join(names) or who for names, who in zip(named, by, strict=True))


def _deed(mention: Mention) -> str:
    """Return the word for what a statement says of its subject: its verb, of "is a maker" the maker."""
    told = mention.features
    return told.object if told.predicate == "be" else told.predicate
