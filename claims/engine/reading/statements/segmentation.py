"""A stretch of words in its clauses: each that has something of its own to say is a piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.engine.lexicon.words import lexicon
from claims.engine.reading.syntax import Range, borrowed_subject, is_next, own_subject, root_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


PART = 4
"""Words of a clause that becomes a piece of its own."""
SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
BACKGROUND = frozenset({"after", "although", "though", "while", "whereas"})
_VERBS = frozenset({"VERB", "AUX"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_AUXILIARIES = frozenset({"aux", "auxpass"})
_COMMENTING = lexicon("show suggest indicate reveal confirm believe think say add note")
_LOOSE = lexicon(
    "that and but or which who whom whose after before when while as because although though since if with nor"
)


def pieces(doc: Doc, stretch: Range) -> list[Range]:
    """Clauses joined by "and" or set before or behind others, each of at least ``PART`` words, without loose ends."""
    stretch = _without_remnant(doc, stretch)
    start, end = stretch
    root = root_of(doc, stretch)
    cuts = {_cut(verb) for verb in _joined(root) if start < verb.i < end}
    cuts |= {_cut(verb) for verb in _and_that(doc, stretch)}
    cuts.update(_backgrounds(doc, stretch))
    cuts.update(_semicolons(doc, stretch))
    opening = _opening(doc, root, stretch)
    found: list[Range] = []
    for cut in sorted(cuts | ({opening} if opening else set())):
        if (cut == opening or _is_seam(doc, cut)) and cut - start >= PART and end - cut >= PART:
            found.append(_unmarked(doc, bare(doc, (start, cut))))
            start = cut
    return [*found, _unmarked(doc, bare(doc, (start, end)))]


def is_clause(doc: Doc, stretch: Range) -> bool:
    """Whether a stretch holds a verb with its subject, finite or as headlines have it ("soldiers fighting in ...")."""
    start, end = stretch
    return any(
        doc[i].dep_ in SUBJECTS and start <= doc[i].head.i < end and _states(doc[i].head, start, end)
        for i in range(start, end)
    )


def borrows(doc: Doc, stretch: Range) -> bool:
    """Whether the verb of a stretch has its subject outside of it: "who, Bell says, | were hurt", "and | fled"."""
    verb = root_of(doc, stretch)
    if verb.pos_ not in _VERBS or not (verb.tag_ in _FINITE or any(c.tag_ in _FINITE for c in verb.lefts)):
        return False
    by = own_subject(verb) or borrowed_subject(verb)
    return by is not None and by.i != verb.i and not stretch[0] <= by.i < stretch[1]


def _states(verb: Token, start: int, end: int) -> bool:
    if verb.tag_ in _FINITE or verb.dep_ == "ROOT":
        return True
    return any(child.tag_ in _FINITE and start <= child.i < end for child in verb.lefts)


def _is_seam(doc: Doc, cut: int) -> bool:
    """Whether a conjunction or a mark stands where a clause begins: not before "rather than 40, as we wrote"."""
    if doc[cut].lower_ in ("rather", "instead") and cut + 1 < len(doc) and doc[cut + 1].lower_ in ("than", "of"):
        return False
    return (
        doc[cut].lower_ in BACKGROUND
        or doc[cut].pos_ == "CCONJ"
        or doc[cut - 1].pos_ == "CCONJ"
        or doc[cut - 1].is_punct
    )


def _joined(root: Token) -> list[Token]:
    """The verbs joined to a verb that say something of their own.

    Not the second of "shot and killed two men" and "were shot and killed in the hall", and none that may belong to a
    clause in between ("a strike that closed schools, shut down ports").
    """
    found: list[Token] = []
    todo = [root]
    while todo and len(found) < 8:
        verb = todo.pop()
        idle = all(c.dep_ in ("cc", "conj", "punct") or (c.dep_ == "advmod" and not c.n_rights) for c in verb.rights)
        for child in verb.rights:
            if child.dep_ != "conj" or child.pos_ not in _VERBS or not child.n_lefts + child.n_rights:
                continue
            alone = any(c.dep_ in SUBJECTS for c in child.lefts)
            if _comments(child):
                continue
            if not (idle and _shares(child)) and (alone or is_next(verb, child)):
                found.append(child)
                todo.append(child)
    return found


def _comments(verb: Token) -> bool:
    """Whether a verb only says, between commas, what a sentence rests on: "..., court filings show, ..."."""
    doc, start = verb.doc, int(verb.left_edge.i)
    between = start > 0 and verb.i + 1 < len(doc) and doc[start - 1].text == "," and doc[verb.i + 1].text == ","
    return between and verb.lemma_.lower() in _COMMENTING


def _shares(verb: Token) -> bool:
    """Whether a joined verb stands on what is before the first one: its subject, and its auxiliary if it needs one."""
    return not any(child.dep_ in SUBJECTS or child.dep_ in _AUXILIARIES for child in verb.lefts)


def _and_that(doc: Doc, stretch: Range) -> list[Token]:
    """Verbs of clauses with a "that" of their own: "said that A after B, and that C", whatever C was hung on."""
    found = []
    for i in range(stretch[0] + 1, stretch[1]):
        verb = doc[i].head
        marks = doc[i].lower_ == "that" and doc[i].dep_ == "mark" and verb.dep_ == "conj" and verb.head.i < i
        if marks and any(doc[j].pos_ == "CCONJ" or doc[j].text == "," for j in range(max(stretch[0], i - 2), i)):
            found.append(verb)
    return found


def _cut(verb: Token) -> int:
    """Where the clause of a joined verb begins: at its conjunction, subject or auxiliary."""
    return int(min([verb.i, *(child.left_edge.i for child in verb.lefts)]))


def _without_remnant(doc: Doc, stretch: Range) -> Range:
    """The stretch without a clause behind a semicolon that is too short for a piece: "18 signed; Sark did not"."""
    start, end = stretch
    mark = next((i for i in range(end - 1, max(start, end - PART - 1), -1) if doc[i].text == ";"), start)
    return (start, mark) if mark - start >= PART and is_clause(doc, (start, mark)) else stretch


def _semicolons(doc: Doc, stretch: Range) -> list[int]:
    """Where a clause begins behind a semicolon that has a clause before it."""
    start, end = stretch
    marks = (i for i in range(start + 1, end - 1) if doc[i].text == ";")
    return [i + 1 for i in marks if is_clause(doc, (start, i)) and is_clause(doc, (i + 1, end))]


def _backgrounds(doc: Doc, stretch: Range) -> list[int]:
    """Where a finite clause with "after", "although" begins that follows what a sentence says."""
    return [
        i
        for i in range(stretch[0] + 1, stretch[1])
        if doc[i].lower_ in BACKGROUND
        and doc[i].head.dep_ == "advcl"
        and doc[i].head.left_edge.i == i
        and is_clause(doc, (i, min(stretch[1], doc[i].head.right_edge.i + 1)))
    ]


def _opening(doc: Doc, root: Token, stretch: Range) -> int:
    """Where the main clause begins behind a clause with "after" or "while" that opens the stretch, or 0."""
    mark = doc[stretch[0]]
    verb = mark.head
    if mark.lower_ not in BACKGROUND or mark.dep_ != "mark" or verb.dep_ != "advcl" or verb.head.i != root.i:
        return 0
    end = int(verb.right_edge.i + 1)
    if end >= stretch[1] or doc[end].text != "," or not is_clause(doc, (stretch[0], end)):
        return 0
    return end + 1


def _unmarked(doc: Doc, stretch: Range) -> Range:
    """The clause without the "after" that joins it to another."""
    start, end = stretch
    marks = doc[start].lower_ in BACKGROUND and doc[start].dep_ == "mark"
    return (
        (start + 1, end) if marks and end - start >= PART and root_of(doc, stretch).i == doc[start].head.i else stretch
    )


def bare(doc: Doc, stretch: Range) -> Range:
    """The stretch without marks, conjunctions and "that" at its edges."""
    start, end = stretch
    while end - start > 1 and _is_loose(doc[end - 1], last=True) and not _closes(doc, start, end):
        end -= 1
    while end - start > 1 and _is_loose(doc[start], last=False):
        start += 1
    return start, end


def _closes(doc: Doc, start: int, end: int) -> bool:
    """Whether a stretch ends with the mark of a quotation that it opens."""
    mark = doc[end - 1].text
    if mark not in "”’»'\"" or end - start < 3:
        return False
    opening = {"”": "“", "’": "‘", "»": "«"}.get(mark, mark)
    return any(doc[i].text == opening for i in range(max(start, end - 40), end - 1))


def _is_loose(token: Token, *, last: bool) -> bool:
    if token.is_alpha or token.like_num:
        if last:
            return (
                token.lower_ in _LOOSE or (token.pos_ in ("SCONJ", "DET") and token.dep_ != "pobj") or _cut_off(token)
            )
        if token.lower_ == "how":  # "tells how Russia recruits": that Russia recruits
            return token.dep_ == "advmod" and token.head.pos_ in _VERBS and token.head.i > token.i + 1
        joins = token.lower_ in ("that", "and", "but", "or") and (
            token.dep_ in ("mark", "cc", "ROOT", "dep") or token.tag_ == "IN"
        )
        return joins or (token.lower_ == "so" and token.dep_ in ("mark", "cc", "advmod") and token.head.pos_ in _VERBS)
    if last:
        return (token.is_punct and token.text not in ("%", ")")) or token.is_space or token.text == "|"
    return (token.is_punct or token.is_space or token.text == "|") and token.text != "("


def _cut_off(token: Token) -> bool:
    """A preposition whose object is not part of the stretch: "accounts in | which users claimed"."""
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    return token.pos_ == "ADP" and token.dep_ == "prep" and following is not None and following.tag_ in ("WDT", "WP")
