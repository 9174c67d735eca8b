"""What ties two pieces of evidence to one root, each tie with its reason and its strength."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from claims.engine.agreement.provenance.copies import FULL, Copy, copies
from claims.engine.agreement.provenance.names import REMEMBERED
from claims.engine.agreement.provenance.roots import Root, own_voice
from claims.engine.names import fold
from claims.engine.types import Comparator, Evidence, OriginKind, Quantity, Stance

SAME_WORDS = 0.8
"""Share of the shorter statement's runs of three words that stand in the other: then one was written from the other."""
REWORDED = 0.5
"""The same share, enough where the articles as a whole are copies."""
FEWEST_WORDS = 8
"""Words of a statement below which two outlets may well have chosen the same ones."""
LONG_RUN, PLAIN_WORDS = 8, 5
"""Words in a row, and how many of them are neither names nor figures, that no two newsrooms write by chance."""
SHORT_QUOTE, SHORT_SENTENCE = 4, 6
"""Words from which on two quotations, and two sentences, that are the same word for word are one."""
FOLDED = 0.9
SAME_DOCUMENT = 0.8

_WORD = re.compile(r"\w+")
_HYPHENED = re.compile(r"\w+(?:[-’']\w+)*")


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Evidence ``left`` and ``right`` (ids, in order) go back to one root; ``strength`` in (0, 1]."""

    left: str
    right: str
    kind: OriginKind
    strength: float
    reason: str


def links(evidence: Sequence[Evidence], roots: Mapping[str, Root]) -> Iterator[Link]:
    """Return all ties beyond an equal root. ``evidence`` is sorted by id; each tie is given once."""
    by_article: defaultdict[str, list[Evidence]] = defaultdict(list)
    for item in evidence:
        by_article[item.article].append(item)
    folded, names = told_twice(by_article, roots), _longest_names(roots.values())
    for own, told in folded.items():
        reason = f"the same article gives it to {names[roots[told.id].key]}"
        yield Link(min(own, told.id), max(own, told.id), roots[told.id].kind, FOLDED, reason)
    speakers = {i for i, root in roots.items() if root.named} | folded.keys()
    yield from _copied(by_article, speakers)
    yield from _same_words(evidence, speakers)
    yield from _same_document(evidence, roots)
    yield from _own_wire(evidence, roots)


def _longest_names(roots: Iterable[Root]) -> dict[tuple[OriginKind, str], str]:
    """One name for people to read for each root: of "Zelensky" and "Government of Ukraine" the longer."""
    names: dict[tuple[OriginKind, str], str] = {}
    for root in roots:
        names[root.key] = max(names.get(root.key, ""), root.label, key=lambda name: (len(name), name))
    return names


def attributed_in(article: Sequence[Evidence], roots: Mapping[str, Root], own: Evidence) -> Evidence | None:
    """Return the attributed statement of the same article that a statement in its own voice sums up, if there is one.

    Of several the one with the same figure, then with the same stance, then the most alike; of equals by name and
    words. Neither the ids nor what other articles say have a part in it: a relay changes nothing.
    """
    named = [e for e in article if roots[e.id].named and _sides(e, own)]

    def rank(e: Evidence) -> tuple[bool, bool, float, tuple[OriginKind, str], str, str]:
        return not same_figure(e, own), e.stance is not own.stance, -overlap(e, own), roots[e.id].key, e.quote, e.id

    return min(named, key=rank, default=None)


def _sides(left: Evidence, right: Evidence) -> bool:
    """Whether both take one stance: who is still checking has not said what the article states."""
    return left.stance is right.stance


def same_figure(left: Evidence, right: Evidence) -> bool:
    """Say whether both give one figure, or neither gives any."""
    a, b = left.quantity, right.quantity
    return (a is None and b is None) or (a is not None and b is not None and a.value == b.value)


def overlap(left: Evidence, right: Evidence) -> float:
    """Return the larger of the shares that quotes and sentences have in common."""
    return max(shared(left.quote, right.quote), shared(left.sentence, right.sentence))


def shared(left: str, right: str) -> float:
    """Return the share of the shorter text's runs of three words that stand in the other; 0 where it is too short."""
    a, b = runs(left), runs(right)
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller >= FEWEST_WORDS - 2 else 0.0


@lru_cache(maxsize=REMEMBERED)
def runs(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of three words of a text, without case and punctuation."""
    words = _WORD.findall(fold(text))
    return frozenset(zip(words, words[1:], words[2:], strict=False))


@lru_cache(maxsize=REMEMBERED)
def long_runs(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of ``LONG_RUN`` words of a text that are more than a name and a title."""
    found = _HYPHENED.findall(text)
    runs_of = zip(*(found[start:] for start in range(LONG_RUN)), strict=False)
    return frozenset(tuple(map(fold, run)) for run in runs_of if sum(w[0].islower() for w in run) >= PLAIN_WORDS)


def is_copy(left: Evidence, right: Evidence) -> bool:
    """Say whether two sentences are of one text: most of the shorter, or a long run of it, stands in the other."""
    words = [_WORD.findall(fold(e.sentence or e.quote)) for e in (left, right)]
    if words[0] == words[1] and len(words[0]) >= SHORT_SENTENCE:
        return True
    return overlap(left, right) >= SAME_WORDS or not long_runs(left.sentence).isdisjoint(long_runs(right.sentence))


def is_one_quotation(left: Evidence, right: Evidence) -> bool:
    """Say whether two quotations are one: most of the shorter stands in the other, or both are the same to the word."""
    if not (left.direct and right.direct):
        return False
    words = [_WORD.findall(fold(e.quote)) for e in (left, right)]
    return shared(left.quote, right.quote) >= SAME_WORDS or (words[0] == words[1] and len(words[0]) >= SHORT_QUOTE)


def told_twice(by_article: Mapping[str, Sequence[Evidence]], roots: Mapping[str, Root]) -> dict[str, Evidence]:
    """Return, by id, the statements in an article's own voice that have no witness of their own, with what they sum up.

    Such is a headline or a lead of which the body names the speaker.
    """
    found = {}
    for article in by_article.values():
        for own in article:
            told = None if roots[own.id].named else attributed_in(article, roots, own)
            if told is not None:
                found[own.id] = told
    return found


def _copied(by_article: Mapping[str, Sequence[Evidence]], speakers: Set[str]) -> Iterator[Link]:
    sketches = {article: items[0].signature for article, items in by_article.items() if items[0].signature}
    for copy in copies(sketches):
        for left in by_article[copy.left]:
            for right in by_article[copy.right]:
                if _carried(left, right, speakers):
                    yield _link(left, right, OriginKind.COPY, copy.containment, _reason(copy, left, right))


def _carried(left: Evidence, right: Evidence, speakers: Set[str]) -> bool:
    """Whether a statement of one copy is that of the other: both in the articles' own voice, or the same words.

    Two that each have a speaker of their own are not tied, or the copy would make one of two speakers.
    """
    if left.stance is not right.stance or (left.id in speakers and right.id in speakers):
        return False
    return (own_voice(left) and own_voice(right)) or overlap(left, right) >= REWORDED


def _reason(copy: Copy, left: Evidence, right: Evidence) -> str:
    share = f"{copy.containment:.0%}"
    return (
        f"copied text: {share} of the shorter of the articles of {left.source} and {right.source} stands in the other"
    )


def _same_words(evidence: Sequence[Evidence], speakers: Set[str]) -> Iterator[Link]:
    """One quotation, whoever it is given to, and one sentence, unless it is given to two."""
    for stance in Stance:
        for left, right in _sharing([item for item in evidence if item.stance is stance], speakers):
            if is_one_quotation(left, right):
                yield _link(left, right, OriginKind.QUOTATION, SAME_WORDS, "the same quotation")
            elif left.article == right.article or (left.id in speakers and right.id in speakers):
                continue
            elif is_copy(left, right):
                yield _link(left, right, OriginKind.COPY, SAME_WORDS, "the same sentence, word for word")


def _own_wire(evidence: Sequence[Evidence], roots: Mapping[str, Root]) -> Iterator[Link]:
    """What an outlet states in its own voice in one article, and an agency in another that it prints."""
    wired = {e.source: e for e in evidence if roots[e.id].kind is OriginKind.WIRE and own_voice(e)}
    for own in evidence:
        wire = wired.get(own.source)
        itself = roots[own.id].kind is OriginKind.OUTLET and own_voice(own)
        if wire is not None and itself and own.stance is wire.stance:
            reason = f"{own.source} prints the report of {roots[wire.id].label} as well"
            yield _link(own, wire, OriginKind.WIRE, FOLDED, reason)


def _sharing(evidence: Sequence[Evidence], speakers: Set[str]) -> Iterator[tuple[Evidence, Evidence]]:
    """Pairs with words in common that may be one statement, by an index over the runs of their sentences and quotes.

    Two that are given to two speakers may be one only where both are quotations.
    """
    given = all(item.id in speakers for item in evidence)
    known = {item.id: item for item in evidence if item.direct or not given}
    holders: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for item in known.values():
        for run in runs(item.quote) | runs(item.sentence):
            holders[run].append(item.id)
    pairs = {pair for ids in holders.values() for pair in near(ids)}
    for left, right in sorted(pairs):
        if not (left in speakers and right in speakers) or (known[left].direct and known[right].direct):
            yield known[left], known[right]


def near(ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Return the pairs of the ids that are compared: all of a few; of many the first, and each with the next.

    So a sentence that a hundred outlets print costs a hundred comparisons more, and still makes one chain.
    """
    yield from combinations(ids[:FULL], 2)
    if len(ids) > FULL:
        yield from pairwise(ids[FULL - 1 :])


def _same_document(evidence: Sequence[Evidence], roots: Mapping[str, Root]) -> Iterator[Link]:
    """Two documents under different names that give the same uneven number are one paper."""
    giving: defaultdict[float, dict[str, Evidence]] = defaultdict(dict)
    for item in evidence:
        if roots[item.id].kind is OriginKind.DOCUMENT and item.quantity is not None and _uneven(item.quantity):
            giving[item.quantity.value].setdefault(roots[item.id].name, item)
    for value, documents in sorted(giving.items()):
        for left, right in pairwise(documents.values()):
            yield _link(left, right, OriginKind.DOCUMENT, SAME_DOCUMENT, f"documents that both give {value:g}")


def _uneven(quantity: Quantity) -> bool:
    """An exact figure that two papers do not give by chance: three digits at least, and not round."""
    return quantity.comparator is Comparator.EQ and quantity.value >= 100 and quantity.value % 10 != 0


def _link(left: Evidence, right: Evidence, kind: OriginKind, strength: float, reason: str) -> Link:
    first, second = sorted((left.id, right.id))
    return Link(first, second, kind, strength, reason)
