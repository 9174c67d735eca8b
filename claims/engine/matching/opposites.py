"""Opposites: on which axes a statement takes a pole ("rose": rise, not fall), from ``lexicon/en/opposites``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise

from claims.engine.lexicon.loading import phrases
from claims.engine.matching.words import stem

_Table = Mapping[str, tuple[tuple[str, str], ...]]


@cache
def _table() -> tuple[_Table, _Table, _Table]:
    """Return (axis, pole) by the stem of a word, of two words and of three; both named by their first word."""
    found: tuple[dict[str, list[tuple[str, str]]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
    for line in phrases("en/opposites"):
        poles = [part.split() for part in line.split("|")]
        axis = "/".join(pole[0] for pole in poles[:2])
        for pole in poles:
            for term in pole:
                parts = [stem(word) for word in term.split("_")]
                found[len(parts) - 1][" ".join(parts)].append((axis, pole[0]))
    one, two, three = ({key: tuple(value) for key, value in table.items()} for table in found)
    return one, two, three


@cache
def _bounds() -> frozenset[str]:
    return frozenset(" ".join(stem(word) for word in line.split()) for line in phrases("en/figure_bounds"))


def poles_of(sequence: Sequence[str], lemmas: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Return the poles that words take, by axis; a phrase ("vote down") counts before its words.

    ``sequence`` holds the stems of a statement in order, ``lemmas`` the stems of the lemmas of its words.
    """
    one, two, three = _table()
    found: defaultdict[str, set[str]] = defaultdict(set)
    used: set[str] = set()
    for at in range(len(sequence) - 2):
        used |= _note(three, sequence[at : at + 3], found)
    for pair in pairwise(sequence):
        used |= set(pair) if " ".join(pair) in _bounds() else _note(two, pair, found)
    for word in {*sequence, *lemmas} - used:
        _note(one, (word,), found)
    return {axis: frozenset(poles) for axis, poles in found.items()}


def _note(table: _Table, words: Sequence[str], found: Mapping[str, set[str]]) -> set[str]:
    entries = table.get(" ".join(words), ())
    for axis, pole in entries:
        found[axis].add(pole)
    return set(words) if entries else set()
