"""The words of a nested statement, as a sentence that can be read without the one around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.engine.reading.statements.nesting import Nested
from claims.engine.reading.tree import Tree

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PLURAL = frozenset({"NNS", "NNPS"})
_EDGES = " ,;:—–-"


def told_alone(doc: Doc, tree: Tree, one: Nested) -> str:
    """Return the text of a nested statement, its borrowed subject in brackets; "" where it has no subject or no verb.

    A participle is given the verb that it leaves out: "the girls [were] seized in 2014".
    """
    if one.subject is None or tree.pos[one.subject] == "PRON":
        return ""
    start, end = one.quote
    outside = [i for i in one.words if i < start]
    inside = [i for i in one.words if start <= i < end]
    behind = _words(doc, [i for i in one.words if i >= end])
    finite = any(tree.tag[i] in _FINITE for i in one.words if i == one.head or tree.head[i] == one.head)
    helper = ""
    if not finite:
        if tree.tag[one.head] != "VBN" or tree.dep[one.head] != "acl":
            return ""
        helper = "[were]" if tree.tag[one.subject] in _PLURAL else "[was]"
    before = f"[{_raised(_words(doc, outside))}]" if outside else ""
    if helper:
        split = [i for i in inside if i < one.head], [i for i in inside if i >= one.head]
        if not split[0] and not outside:
            return ""
        text = " ".join(part for part in (_words(doc, split[0]), helper, _words(doc, split[1])) if part)
    else:
        text = _words(doc, inside)
    return _raised(f"{before} {text}{f' [{behind}]' if behind else ''}".strip(_EDGES))


def _words(doc: Doc, words: Sequence[int]) -> str:
    text = ""
    for at, i in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else None
        gap = doc[i].whitespace_ if following == i + 1 else " "
        text += doc[i].text + gap
    return " ".join(text.split()).strip(_EDGES)


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]
