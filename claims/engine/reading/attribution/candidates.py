"""Every place where a sentence may attribute a statement: cue, the stretch that may be its content, its source.

The grammar only proposes; ``attribution`` decides with fitted weights. Stretches are half-open ranges of token
indices; a token's subtree is its ``left_edge`` to its ``right_edge``, so that the work is linear in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.engine.lexicon.loading import words
from claims.engine.lexicon.words import lexicon
from claims.engine.reading.syntax import Range, span_of, subject_of, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence


SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl", "parataxis"})
RARE = 0.02
UNKNOWN = 0.05
"""How often a word never met is taken to be a cue."""
LIKELY = 0.3
"""How often a verb must be a cue to be taken for the one that introduces a quotation."""
SHORTEST_QUOTE = 3
NO_SPEAKERS = lexicon("law plan rule principle need schedule standard custom tradition preference age size")
"""What one acts according to, without its saying anything."""
_OPEN = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ"})
_OBJECTS = frozenset({"dobj", "oprd", "attr", "acomp"})
_SAYING = frozenset({"ccomp", "xcomp", "dobj", "dative", "acomp", "attr", "prt", "oprd"})
"""What a verb has where it is not only there to say who says something."""
_TENSED = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_NAMING = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP"})
_COMMAS = frozenset({",", '"', "'", "”", "’"})
_RAISING = frozenset({"seem", "appear", "expect", "likely"})
_PREPOSITIONS = frozenset(
    {"about", "of", "for", "as", "on", "against", "that", "with", "to", "over", "in", "at", "from"}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible attribution. ``kind`` names the construction; ``source`` is None where none is given."""

    cue: int
    kind: str
    content: tuple[Range, ...]
    source: Range | None
    head: int | None = None
    """The token that heads the source."""


def candidates(sentence: Sentence, cues: Mapping[str, float] | None = None) -> Iterator[Candidate]:
    """All that the grammar of one sentence proposes; ``cues`` leaves out lemmas that are hardly ever a cue."""
    for token in sentence:
        part = token.pos_
        if part in _OPEN:
            if cues is not None and cues.get(token.lemma_.lower(), UNKNOWN) < RARE:
                continue
            if token.lower_ == "according":
                yield from _according(token, sentence)
            elif part == "VERB" or part == "AUX":
                yield from _verb(token, sentence)
            elif part == "ADJ":
                yield from _adjective(token)
            else:
                yield from _noun(token)
        elif part == "PUNCT" and token.text == ":":
            yield from _colon(token, sentence)
        elif part == "ADP" and token.lower_ == "according":
            yield from _according(token, sentence)


def _make(
    cue: Token, kind: str, pieces: list[Range], source: Token | None, sentence: Sentence | None = None
) -> Iterator[Candidate]:
    ranges = tuple(trimmed(cue, a, b) for a, b in pieces if b > a)
    if not ranges or (source is not None and len(ranges) == 1 and ranges[0] == span_of(source)):
        return
    yield Candidate(
        cue.i, kind, ranges, span_of(source) if source is not None else None, source.i if source is not None else None
    )


def _verb(verb: Token, sentence: Sentence) -> Iterator[Candidate]:
    by = subject_of(verb)
    clauses = [child for child in verb.rights if child.dep_ == "ccomp"]
    if len(clauses) > 1:
        yield from _make(verb, "ccomp", [(clauses[0].left_edge.i, clauses[-1].right_edge.i + 1)], by)
    for child in verb.children:
        yield from _complement(verb, child, by, sentence)
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            yield from _object(verb, child, by)
        elif child.dep_ == "nsubjpass":
            yield from _passive(verb, child, by)
    if by is None or by.head.i != verb.i:
        return
    if by.dep_ == "nsubj" and verb.lemma_ in _RAISING:
        pieces = [(by.left_edge.i, by.right_edge.i + 1), (verb.i + 1, verb.right_edge.i + 1)]
        yield from _make(verb, "raising", pieces, None)
    if verb.dep_ in ("parataxis", "advcl", "ccomp", "conj", "relcl"):
        yield from _aside(verb, by, sentence)
    elif trails(verb, by, sentence) and not any(child.dep_ in ("ccomp", "parataxis") for child in verb.lefts):
        yield from _make(verb, "inverted", [(sentence.start, by.left_edge.i)], by)


def _complement(verb: Token, child: Token, by: Token | None, sentence: Sentence) -> Iterator[Candidate]:
    dep = child.dep_
    if dep in ("ccomp", "xcomp", "advcl", "parataxis"):
        if child.i > verb.i:
            yield from _make(verb, dep, [(child.left_edge.i, child.right_edge.i + 1)], by)
        elif dep in ("ccomp", "parataxis"):
            yield from _make(verb, "inverted", _around(verb, by, sentence), by)
    elif dep == "prep" and child.i > verb.i and child.lower_ in _PREPOSITIONS:
        yield from _make(verb, f"prep:{child.lower_}", [(child.left_edge.i, child.right_edge.i + 1)], by)


def _object(verb: Token, child: Token, by: Token | None) -> Iterator[Candidate]:
    yield from _make(verb, child.dep_, [(child.left_edge.i, child.right_edge.i + 1)], by)
    if verb.right_edge.i > child.right_edge.i and child.i > verb.i:
        yield from _make(verb, child.dep_ + "+", [(child.left_edge.i, verb.right_edge.i + 1)], by)


def _passive(verb: Token, child: Token, by: Token | None) -> Iterator[Candidate]:
    rest = [(verb.i + 1, verb.right_edge.i + 1)] if verb.right_edge.i > verb.i else []
    agent = by if by is not None and by.i != child.i else None
    yield from _make(verb, "passive", [(child.left_edge.i, child.right_edge.i + 1), *rest], agent)


def _around(verb: Token, by: Token | None, sentence: Sentence) -> list[Range]:
    """The sentence without the words that say who said it: "A, he said, B" leaves A and B."""
    first = min([verb.i, *(child.left_edge.i for child in verb.children if child.dep_ in ("aux", "auxpass", "neg"))])
    last = verb.i
    if by is not None:
        first = min(first, by.left_edge.i) if by.i < verb.i else first
        last = max(last, by.right_edge.i) if by.i > verb.i else last
    for child in verb.rights:
        if child.dep_ in ("dobj", "dative", "prep", "npadvmod", "advmod", "prt", "punct", "agent") or (
            by is not None and child.i == by.i
        ):
            last = max(last, child.right_edge.i if child.dep_ != "punct" else last)
    clause = [child for child in verb.children if child.dep_ in ("ccomp", "parataxis")]
    before = [child for child in clause if child.i < verb.i]
    after = [child for child in clause if child.i > last]
    pieces: list[Range] = []
    if before:
        pieces.append((min(sentence.start, before[0].left_edge.i), first))
    pieces.extend((child.left_edge.i, child.right_edge.i + 1) for child in after)
    return pieces


def _aside(verb: Token, by: Token, sentence: Sentence) -> Iterator[Candidate]:
    """ "A, he said, B" where the parser took A and B for the main clause; "as he said"."""
    left, right = verb.left_edge.i, verb.right_edge.i + 1
    head = verb.head
    start, end = head.left_edge.i, head.right_edge.i + 1
    if head.dep_ == "ROOT":
        start, end = sentence.start, sentence.end
    has_clause = any(child.dep_ == "ccomp" for child in verb.children)
    if not has_clause:
        kind = "as" if sentence.doc[left].lower_ == "as" else "aside"
        yield from _make(verb, kind, [(start, left), (right, end)], by)


def trails(verb: Token, by: Token, sentence: Sentence) -> bool:
    """ "..., Bell posted on Monday": a subject and a verb with nothing to say, behind the comma of a clause."""
    start = by.left_edge.i
    if not (by.dep_ == "nsubj" and by.i < verb.i and verb.tag_ in _TENSED and start - sentence.start >= SHORTEST_QUOTE):
        return False
    if by.tag_ not in _NAMING or by.lower_ in ("you", "i", "we") or verb.doc[start - 1].text not in _COMMAS:
        return False
    if any(child.dep_ in ("aux", "auxpass", "neg") for child in verb.lefts):
        return False
    return not any(child.dep_ in _SAYING for child in verb.rights)


def comments(doc: Doc, cue: int, subject: int | None) -> bool:
    """Return whether a verb and its subject only comment on the clause before: "..., a tribunal heard last week"."""
    verb, by = doc[cue], doc[subject] if subject is not None else None
    if by is None or by.head.i != cue or by.i > cue or verb.lemma_.lower() not in words("en/comment_verbs"):
        return False
    start = by.left_edge.i
    fronted = any(child.dep_ == "ccomp" and child.right_edge.i < start for child in verb.lefts)
    behind = any(child.dep_ in _SAYING and child.dep_ != "prt" for child in verb.rights)
    return fronted and not behind and doc[start - 1].text in _COMMAS


def _noun(noun: Token) -> Iterator[Candidate]:
    by = None
    clauses: list[tuple[str, Token]] = []
    for child in noun.children:
        if child.dep_ == "poss":
            by = child
        elif child.dep_ in ("acl", "ccomp", "relcl") and child.i > noun.i:
            clauses.append((child.dep_, child))
        elif child.dep_ == "prep" and child.lower_ in ("of", "about", "for", "on", "against", "that"):
            clauses.append((f"prep:{child.lower_}", child))
        elif child.dep_ == "prep" and child.lower_ in ("from", "by") and by is None:
            by = next((g for g in child.children if g.dep_ == "pobj"), None)
    if not clauses:
        return
    if by is None and noun.dep_ in ("dobj", "pobj"):
        verb = noun.head if noun.dep_ == "dobj" else noun.head.head
        by = subject_of(verb) if verb.pos_ in ("VERB", "AUX") else None
    for kind, child in clauses:
        if kind != "relcl":
            yield from _make(noun, "n:" + kind, [(child.left_edge.i, child.right_edge.i + 1)], by)


def _adjective(adjective: Token) -> Iterator[Candidate]:
    by = subject_of(adjective.head) if adjective.dep_ == "acomp" else None
    for child in adjective.children:
        if child.dep_ in ("ccomp", "xcomp", "prep") and child.i > adjective.i:
            kind = child.dep_ if child.dep_ != "prep" else f"prep:{child.lower_}"
            yield from _make(adjective, "a:" + kind, [(child.left_edge.i, child.right_edge.i + 1)], by)


def _according(token: Token, sentence: Sentence) -> Iterator[Candidate]:
    to = next((child for child in token.children if child.lower_ == "to"), None)
    if to is None and token.i + 1 < sentence.end and token.nbor().lower_ == "to":
        to = token.nbor()
    by = next((child for child in to.children if child.dep_ in ("pobj", "pcomp")), None) if to is not None else None
    left, right = token.left_edge.i, token.right_edge.i + 1
    if by is not None:
        if by.lemma_.lower() in NO_SPEAKERS:
            return
        right = max(right if right < sentence.end else 0, span_of(by)[1])
        if right < sentence.end and sentence.doc[right].text == ":":
            return
    yield from _make(token, "according", [(sentence.start, left), (right, sentence.end)], by)


def quoting(sentence: Sentence, quoted: Sequence[int], cues: Mapping[str, float]) -> Iterator[Candidate]:
    """Every verb outside the quotation marks of a sentence may introduce what is inside them, however it was parsed."""
    runs = [run for run in _runs(sentence, quoted) if run[1] - run[0] >= SHORTEST_QUOTE]
    if not runs:
        return
    for token in sentence:
        if token.pos_ == "VERB" and quoted[token.i] < 0 and cues.get(token.lemma_.lower(), 0.0) >= LIKELY:
            yield from _make(token, "quote", runs, subject_of(token))


def _runs(sentence: Sentence, quoted: Sequence[int]) -> Iterator[Range]:
    start = None
    for i in range(sentence.start, sentence.end):
        if quoted[i] >= 0 and start is None:
            start = i
        elif quoted[i] < 0 and start is not None:
            yield start, i
            start = None
    if start is not None:
        yield start, sentence.end


def _colon(token: Token, sentence: Sentence) -> Iterator[Candidate]:
    """ "Who: what", as headlines and transcripts have it, and "He said: what"."""
    doc = token.doc
    if token.i == sentence.start or token.i + 1 >= len(doc):
        return
    end = sentence.end
    if token.i + 1 >= end:
        following = doc[token.i + 1].sent
        end = following.end
    verbs = (t for t in doc[sentence.start : token.i] if t.pos_ in ("VERB", "AUX") and t.lower_ != "according")
    before = [t for t in verbs if t.dep_ not in ("amod", "acl", "compound")]
    if before:
        yield from _make(before[-1], "colon-verb", [(token.i + 1, end)], subject_of(before[-1]))
    elif token.i - sentence.start <= 24:
        by = _first_phrase(doc[sentence.start : token.i])
        source = trimmed(token, by.left_edge.i, max(by.i + 1, min(by.right_edge.i + 1, token.i)))
        yield Candidate(token.i, "colon", (trimmed(token, token.i + 1, end),), source, by.i)


def _first_phrase(words: Sentence) -> Token:
    """The head of the first noun phrase: "Captured soldier, according to the paper: ..." quotes the soldier."""
    for word in words:
        if word.pos_ in ("NOUN", "PROPN", "PRON") and word.dep_ not in ("compound", "poss", "nmod", "amod"):
            return word
    return words[-1]
