"""One proposition as a set of words, and one for each member of the lists that it holds.

"She founded a school and a clinic" states that she founded a school, and that she founded a clinic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from claims.engine.reading.syntax import Range
from claims.engine.reading.tree import Tree

_NOUNS = frozenset({"NOUN", "PROPN"})
_MARKS = frozenset({"PUNCT", "SPACE"})
_VERBAL = frozenset({"VERB", "AUX"})
_MOST_VARIANTS = 12
Words = frozenset[int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposition that may be stated: its words, the word that heads it, and what speaks for or against it."""

    words: Words
    head: int
    features: tuple[str, ...]
    subject: int | None = None


def each(
    tree: Tree, words: set[int], head: int, features: tuple[str, ...], sentence: Range, subject: int | None = None
) -> Iterator[Candidate]:
    """A proposition as it stands, and, where it holds a list, one for each member."""
    words = _inked(tree, _without_asides(tree, words, head))
    lists = _lists(tree, words)
    listed = f"list:{min(len(lists), 2)}"
    first = features[:6]
    yield Candidate(
        frozenset(words),
        head,
        (*features, *(f"{one}&{listed}" for one in first), *_length(tree, words, sentence)),
        subject,
    )
    if not lists:
        return
    variants = [(words, "")]
    for members in lists:
        variants = [
            (left, f"{told}+{place}") for base, told in variants for left, place in _members(tree, base, members)
        ][:_MOST_VARIANTS]
    for left, _told in variants:
        left = _inked(tree, left)
        yield Candidate(
            frozenset(left),
            head,
            (*features, *(f"{one}&member" for one in first), *_length(tree, left, sentence)),
            subject,
        )


def _without_asides(tree: Tree, words: set[int], head: int) -> set[int]:
    """Some words without what stands in brackets in their middle, unless their head stands there."""
    first, last = min(words), max(words)
    opened, inside = -1, set[int]()
    for i in range(first, last + 1):
        if tree.lower[i] in ("(", "[") and opened < 0:
            opened = i
        elif tree.lower[i] in (")", "]") and opened >= 0:
            if not opened < head < i:
                inside.update(range(opened, i + 1))
            opened = -1
    return (words - inside) or words


def _inked(tree: Tree, words: Iterable[int]) -> set[int]:
    """Some words with the marks between two of them, and no others."""
    found = {i for i in words if tree.pos[i] not in _MARKS}
    for i in sorted(found):
        at = i + 1
        while at < len(tree.pos) and at not in found and tree.pos[at] in _MARKS and at - i < 4:
            at += 1
        if at in found:
            found.update(range(i + 1, at))
    return found


def _length(tree: Tree, words: set[int], sentence: Range) -> Iterator[str]:
    size = len(words)
    yield f"size:{min(size, 24) // 3}"
    share = size / max(sentence[1] - sentence[0], 1)
    yield f"share:{min(int(share * 5), 5)}"


def _lists(tree: Tree, words: set[int]) -> list[list[int]]:
    """The lists of nouns or adjectives among some words, each with its members in order."""
    found = []
    for i in sorted(words):
        if tree.pos[i] in _VERBAL or (tree.dep[i] == "conj" and tree.pos[tree.head[i]] not in _VERBAL):
            continue
        members, at = [i], i
        while True:
            following = [
                c for c in tree.children[at] if tree.dep[c] == "conj" and c in words and tree.pos[c] not in _VERBAL
            ]
            if not following:
                break
            members += following
            at = following[-1]
        if len(members) > 1:
            found.append(members)
        elif tree.pos[i] in _NOUNS and len(before := _adjectives(tree, i, words)) > 1:
            found.append(before)
    return found[:3]


def _adjectives(tree: Tree, noun: int, words: set[int]) -> list[int]:
    """The adjectives before a noun that commas set apart: "clear, logical code"."""
    before = [c for c in tree.children[noun] if c < noun and tree.dep[c] in ("amod", "compound") and c in words]
    return before if any(tree.lower[c + 1] in (",", "and") for c in before[:-1]) else []


def _members(tree: Tree, words: set[int], members: Sequence[int]) -> Iterator[tuple[set[int], str]]:
    """The words with one member of a list at a time."""
    own = [tree.subtree(m, frozenset({"conj", "cc"})) for m in members]
    if not any(m in words for m in members):
        yield words, "gone"
        return
    joints = {c for m in members for c in tree.children[m] if tree.dep[c] in ("cc", "punct", "preconj")}
    for number, part in enumerate(own):
        others = set().union(*(p for n, p in enumerate(own) if n != number))
        left = (words - others - joints) | (part & words)
        if number and not any(tree.dep[c] in ("det", "poss") for c in tree.children[members[number]]):
            left |= {c for c in tree.children[members[0]] if tree.dep[c] in ("det", "poss") and c in words}
        yield left, "first" if number == 0 else "later"
