"""Statements inside statements: what people would state of a sentence by itself, each inside the statement around it.

"The army freed 21 girls, who had been held since 2014, in a raid on Monday" is one statement of its article. Inside it
stand "the army freed 21 girls" and "21 girls had been held since 2014". A nested statement has the speaker of the one
around it, and is taken out only where its sentence commits to it: nothing out of a condition, a wish or a doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.engine.lexicon.words import CLAIM_NOUNS, lexicon
from claims.engine.reading.statements.choice import stated
from claims.engine.reading.statements.clauses import Statement
from claims.engine.reading.statements.listing import Candidate
from claims.engine.reading.statements.propositions import CONDITIONS, candidates
from claims.engine.reading.statements.segmentation import bare
from claims.engine.reading.syntax import Range
from claims.engine.reading.tree import Tree

if TYPE_CHECKING:
    from spacy.tokens import Doc

FEWEST = 3
"""Words of a nested statement."""
_GAP = 4
"""Words between two parts of a statement over which its quote still reaches."""
_COMMITTING = lexicon(
    "say announce know show confirm reveal learn find see realize realise note discover remember mean"
)
_APART = frozenset({"relcl", "acl", "appos", "amod"})
_DOWN = frozenset(
    {
        "conj",
        "relcl",
        "acl",
        "appos",
        "nsubj",
        "nsubjpass",
        "dobj",
        "pobj",
        "prep",
        "attr",
        "agent",
        "dative",
        "oprd",
        "advcl",
        "compound",
        "poss",
        "amod",
        "nmod",
        "pcomp",
        "parataxis",
        "npadvmod",
        "csubj",
    }
)


@dataclass(frozen=True, slots=True)
class Nested:
    """A statement inside another: its words, the quote that shows it, and what it stands in (by its position).

    ``presupposed``: who denies or doubts the outer statement leaves this one as it is ("the bank, which employs 300").
    """

    words: tuple[int, ...]
    quote: Range
    head: int
    inside: int
    subject: int | None
    presupposed: bool


def nested(doc: Doc, tree: Tree, sentence: Range, around: Sequence[Statement]) -> Iterator[Nested]:
    """Yield the statements nested in those of a sentence, in the order of their quotes; no two with one quote."""
    taken = {one.quote for one in around}
    found = []
    for one in stated(candidates(tree, sentence)):
        quote = bare(doc, _quote(one))
        inside = _inside(quote, around)
        if inside is None or quote in taken or len(one.words) < FEWEST:
            continue
        way = _way(tree, one.head, around[inside])
        if way is not None:
            taken.add(quote)
            words, apart = tuple(sorted(one.words)), not _APART.isdisjoint(way)
            found.append(Nested(words, quote, one.head, inside, one.subject, apart))
    return iter(sorted(found, key=lambda n: n.quote))


def _quote(one: Candidate) -> Range:
    """The longest run of a statement's words, small gaps among them: what it shares with others stands elsewhere."""
    words = sorted(one.words)
    runs = [[words[0], words[0] + 1, 1]]
    for i in words[1:]:
        if i - runs[-1][1] < _GAP:
            runs[-1][1:] = [i + 1, runs[-1][2] + 1]
        else:
            runs.append([i, i + 1, 1])
    start, end, _ = max(runs, key=lambda run: (run[2], run[0]))
    return start, end


def _inside(quote: Range, around: Sequence[Statement]) -> int | None:
    """The narrowest of some statements that holds a quote."""
    holding = [n for n, one in enumerate(around) if _holds(one, quote)]
    return min(holding, key=lambda n: around[n].quote[1] - around[n].quote[0], default=None)


def _holds(one: Statement, quote: Range) -> bool:
    """Whether a statement may hold another: not "denied any involvement", which is whole only with its cue."""
    return one.quote == one.stretch and one.quote[0] <= quote[0] and quote[1] <= one.quote[1]


def _way(tree: Tree, head: int, around: Statement) -> list[str] | None:
    """The relations from a clause up to the statement around it; None where that does not state the clause as well.

    Not what stands under a condition ("if"), a plan or a wish ("to leave"), a verb that leaves it open ("hopes that"),
    or a noun that does ("the claim that").
    """
    start, end = around.stretch
    at, way = head, list[str]()
    for _ in range(30):
        up = tree.head[at]
        if up == at or not start <= up < end:
            return way
        if not _states(tree, at, up):
            return None
        way.append(tree.dep[at])
        at = up
    return None


def _states(tree: Tree, at: int, up: int) -> bool:
    """Whether what a word heads is stated along with the word above it."""
    dep, children = tree.dep[at], tree.children[at]
    if any(tree.lower[c] in CONDITIONS for c in children if tree.dep[c] in ("mark", "advmod")):
        return False
    if tree.tag[at] == "VB" and any(tree.lower[c] == "to" for c in children):
        return False
    if dep == "ccomp":
        denied = any(tree.dep[c] == "neg" or tree.tag[c] == "MD" for c in tree.children[up])
        return tree.lemma(up) in _COMMITTING and not denied
    if dep in ("acl", "relcl", "ccomp", "appos") and tree.pos[up] in ("NOUN", "PROPN") and _is_content(tree, at, up):
        return False
    return dep in _DOWN or dep in ("xcomp", "ROOT", "dep")


def _is_content(tree: Tree, at: int, up: int) -> bool:
    """Whether a clause is what a noun says: "the claim that the mayor took money", not "the fact that"."""
    opened = [c for c in tree.children[at] if tree.lower[c] in ("that", "as") and c < at]
    content = any(tree.dep[c] == "mark" for c in opened) or (bool(opened) and tree.lemma(up) in CLAIM_NOUNS)
    return content and tree.lemma(up) != "fact"
