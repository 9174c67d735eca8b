"""Block quotations of a page: their marks and their author, which the page shows by its layout alone.

What stands in a ``blockquote`` is put between quotation marks, and who is named in its ``cite`` or ``footer``, or
behind a dash, signs it in a paragraph of its own. So the text says what a reader sees.
"""

from __future__ import annotations

import re
from typing import Final

from lxml.html import HtmlElement, fromstring

_DASH: Final = re.compile(r"^\s*(?:[—–―‒]|--?)\s*")
_MARKS: Final = '“”"«»„‘'
SHORTEST: Final = 20
"""Characters of a block quotation that is given marks."""


def mark(tree: HtmlElement) -> None:
    """Put marks around the block quotations of a page, and their authors behind a dash."""
    for block in list(tree.iter("blockquote")):
        if block.getparent() is None or any(block.iterancestors("blockquote")):
            continue
        _rewrite(block)


def _rewrite(block: HtmlElement) -> None:
    signature = _signature(block)
    paragraphs = [_words(one) for one in block.iter("p")] or [_words(block)]
    paragraphs = [one for one in paragraphs if one]
    if not paragraphs or sum(map(len, paragraphs)) < SHORTEST:
        return
    if not any(c in _MARKS for c in (paragraphs[0][:1], paragraphs[-1][-1:])):
        paragraphs = [f"“{one}" for one in paragraphs]
        paragraphs[-1] += "”"
    tail = block.tail
    for child in list(block):
        block.remove(child)
    block.tag, block.text, block.tail = "div", None, tail
    block.attrib.clear()
    for words in [*paragraphs, *([f"— {signature}"] if signature else [])]:
        element = fromstring("<p></p>")
        element.text = words
        block.append(element)


def _signature(block: HtmlElement) -> str:
    """The author that a block quotation names, taken out of it; "" where it names nobody."""
    for element in [*block.iter("cite"), *block.iter("footer"), *block.iter("figcaption")]:
        words = _DASH.sub("", _words(element))
        if words and element.getparent() is not None:
            element.drop_tree()
            return words
    last = next((one for one in reversed(list(block)) if one.tag == "p" or (one.tail or "").strip()), None)
    if last is None:
        return ""
    behind = _behind(block)
    if _DASH.match(behind):
        return _DASH.sub("", behind)
    if last.tag == "p" and _DASH.match(_words(last)) and len(_words(last).split()) < SHORTEST:
        words = _DASH.sub("", _words(last))
        last.drop_tree()
        return words
    return ""


def _behind(block: HtmlElement) -> str:
    """The words behind the last paragraph of a block: "— Tomas Rehn (@example) May 10, 2025", with its link."""
    paragraphs = block.findall("p")
    if not paragraphs:
        return ""
    found, element = paragraphs[-1].tail or "", paragraphs[-1].getnext()
    while element is not None:
        found += f" {_words(element)} {element.tail or ''}"
        element = element.getnext()
    return " ".join(found.split())


def _words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())
