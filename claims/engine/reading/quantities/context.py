"""What stands around a number: the words that bound it, and what it counts."""

from __future__ import annotations

import re
from typing import Final

import spacy.tokens

from claims.engine.lexicon.loading import words
from claims.engine.types import Comparator

_BEFORE: Final = re.compile(
    r"(?:(?P<ge>\b(?:at\s(?:the\s(?:very\s)?)?least|no\s(?:fewer|less)\sthan|not\s(?:fewer|less)\sthan"
    r"|(?:a\s)?minimum\s(?:of|is)|minimum|from\sat\sleast))"
    r"|(?P<le>\b(?:up\sto|at\s(?:the\s)?most|at\s(?:the\s)?maximum|no\smore\sthan|not\smore\sthan"
    r"|(?:a\s)?maximum(?:\sof)?|as\s(?:many|much|high|low|long)\sas|within|capped\sat|limited\sto"
    r"|not\sexceed(?:ing)?))"
    r"|(?P<gt>\b(?:several|(?:a\s)?few|(?:more|greater|higher|larger|bigger|longer|older|heavier|taller|better"
    r"|wider|later|faster|farther|further)\sthan|(?:well|just|slightly|far|a\slittle|a\sbit)?\s?(?:over|above"
    r"|beyond)|exceed(?:s|ed|ing)?|"
    r"in\sexcess\sof|upwards?\sof|surpass(?:es|ed|ing)?|topp(?:ed|ing)|north\sof|out\s?number(?:ed|ing)?)|>)"
    r"|(?P<lt>\b(?:(?:less|fewer|lower|smaller|shorter|younger|lighter|worse)\sthan|(?:just|well|slightly"
    r"|a\slittle|far)?\s?(?:under|below)|shy\sof|(?:just|a\slittle|slightly|well|far|falls?|fell|fallen|stopped)\sshort\sof|south\sof|barely)|<)"
    r"|(?P<approx>\b(?:about|around|approximately|approx\.?|roughly|nearly|almost|some|circa|close\sto"
    r"|(?:an?\s)?estimated(?:\sat)?|in\sthe\s(?:region|range|order|neighborhood|neighbourhood)\sof"
    r"|on\sthe\sorder\sof|"
    r"virtually|or\sso|perhaps|maybe|probably|practically|near)|[~≈∼±]|\bc\.|\bca\.))"
    r"(?:\s(?:an?\sadditional|(?P<determiner>an?|the)|another|additional|all|only|just|about|around|half))?"
    r"\s{0,2}[-–]?$",
    re.IGNORECASE,
)
_PREPOSITION: Final = re.compile(
    r"\b(?:over|above|beyond|under|below|about|around|within|near)\s(?:an?|the)\b", re.IGNORECASE
)
"""With an article between it and the number, such a word is a preposition: "over a 2 km stretch", "about the 80"."""
_AFTER: Final = re.compile(
    r"(?:\s[\w-]+){0,2}?\s?(?:(?P<ge>\+|\bor\s(?:more|above|over|older|higher|greater|longer|upwards?)\b"
    r"|\band\s(?:over|above|older|up)\b|[-‐]?\splus\b|[-‐]plus\b)"
    r"|(?P<le>\bor\s(?:less|fewer|under|below|lower|younger)\b|\b(?:at|a)\s(?:the\s)?(?:most|maximum)\b|\bmax\b)"
    r"|(?P<approx>\bor\sso\b|[-‐]?\s?odd\b|[-‐]ish\b|\bmore\sor\sless\b|\bgive\sor\stake\b))",
    re.IGNORECASE,
)
_COMPARATORS: Final = {
    "ge": Comparator.GE,
    "le": Comparator.LE,
    "gt": Comparator.GT,
    "lt": Comparator.LT,
    "approx": Comparator.APPROX,
}
_MULTIPLE: Final = (
    r"\b(?:twice|thrice|half|doubled?|tripled?|trebled?|quadrupled?|[\w.]+\stimes)"
    r"\s(?:as\b|more\b|less\b|fewer\b|the\b|that\b|those\b|its\b|their\b|\w+er\b|(?=\d))"
)
_THAN: Final = r"\b(?:more|fewer|less|worse|better|\w+er)\b(?:\s\S+){0,5}?\sthan\s(?P<than>)"
_AGAINST: Final = (
    r"\b(?:compared\s(?:with|to)|as\s(?:against|opposed\sto)|rather\sthan|instead\sof|(?:up|down)\sfrom|versus"
    r"|in\scontrast\sto)\b"
)
_STANDARD: Final = re.compile(f"{_MULTIPLE}|{_THAN}|{_AGAINST}", re.IGNORECASE)
_NEW_CLAUSE: Final = re.compile(r"[;:]|,?\s(?:and|but|while|whereas)\s", re.IGNORECASE)
_STANDARD_REACH: Final = 160
_BEFORE_LENGTH: Final = 42
_DURING: Final = re.compile(r"\bover\s(?:the\s)?$", re.IGNORECASE)

_MODIFIERS: Final = frozenset({"ADJ", "NOUN", "PROPN"})
_NOUNS: Final = frozenset({"NOUN", "PROPN"})
_PREMODIFIERS: Final = frozenset(("VBN", "VBG", "JJ", "JJR", "JJS", "CC", "RB", "POS", "``", "''", "RBS", "RBR"))
_PARTICIPLES: Final = frozenset(
    re.split(
        r"\s+",
        "killed dead injured wounded hurt missing arrested detained captured hospitalized hospitalised displaced "
        "infected sick ill homeless evacuated rescued shot charged sentenced convicted",
    )
)
"""States of people that stand for the people: "58 killed"."""
_TOLLS: Final = {
    "killed": "killed",
    "killing": "killed",
    "injured": "injured",
    "injuring": "injured",
    "wounded": "wounded",
    "wounding": "wounded",
    "arrested": "arrested",
    "arresting": "arrested",
    "hurting": "hurt",
}
_BOUNDS: Final = frozenset(
    ("more", "than", "over", "about", "nearly", "almost", "around", "roughly", "some", "at", "least", "fewer", "only")
)
_ARTICLES: Final = frozenset(("a", "an", "the", "all", "$", "£", "€"))
_EMPTY: Final = frozenset(
    ("more", "fewer", "less", "other", "additional", "further", "such", "same", "different", "own", "many")
)
REACH: Final = 6
"""How many words behind a number its noun may stand."""


def is_bounded(text: str, start: int) -> bool:
    """Return whether a word like "over" or "nearly" stands right before ``start``."""
    return _BEFORE.search(text[max(0, start - _BEFORE_LENGTH) : start]) is not None


def comparator(text: str, start: int, end: int, *, duration: bool) -> Comparator:
    """Return how the words around ``text[start:end]`` bound it; "over" before a ``duration`` may just mean "during"."""
    before = text[max(0, start - _BEFORE_LENGTH) : start]
    found = _BEFORE.search(before)
    preposition = found is not None and found["determiner"] and _PREPOSITION.search(found.group())
    if found is not None and not preposition and not (duration and _DURING.search(before)):
        return next(bound for name, bound in _COMPARATORS.items() if found[name])
    after = _AFTER.match(text, end, min(len(text), end + 40))
    if after is not None and after.lastgroup is not None:
        return _COMPARATORS[after.lastgroup]
    return Comparator.EQ


def is_standard(before: str) -> bool:
    """Return whether the number behind the words ``before`` is what another is compared with.

    In "twice as many died as in 2011, when 40 died" the 40 is the standard of the comparison, and no figure of the
    statement. "More than 40" is a bound: there the number itself follows "than".
    """
    before = before[-_STANDARD_REACH:]
    for found in _STANDARD.finditer(before):
        rest = before[found.end() :]
        bound = found["than"] is not None and all(word in _BOUNDS or word in _ARTICLES for word in rest.lower().split())
        if not bound and not _NEW_CLAUSE.search(rest):
            return True
    return False


def counted(number: spacy.tokens.Span, start: int, limit: int) -> tuple[str, int]:
    """Return the lemmatised noun phrase that ``number`` counts, and the index behind its last token ("" and -1: none).

    That is the noun behind it ("168 Chinese citizens", "5% of voters", "a $5 million fine"), a state of people ("58
    killed", "killing 58"), or the noun that it is a figure of ("a salary of $2,400"). ``start`` and ``limit`` are the
    sentence's first token and the one behind its last.
    """
    doc = number.doc
    at = number.end
    if at < limit and doc[at].lower_ == "of":
        at = _past_bounds(doc, _past_owner(doc, _past_determiners(doc, at + 1, limit), limit), limit)
    head = _head(doc, at, limit)
    if head < 0:
        if number.end < limit and doc[number.end].lower_ in _PARTICIPLES:
            return doc[number.end].lower_, number.end + 1
        if number.start > start and (toll := _TOLLS.get(doc[number.start - 1].lower_)) is not None:
            return toll, number.end
        whole = number.root.head
        if number.root.dep_ == "pobj" and whole.lower_ == "of" and whole.head.pos_ == "NOUN" and whole.i > start:
            return str(whole.head.lemma_.lower()), number.end
        return "", -1
    phrase = [
        _lemma(token)
        for token in doc[at : head + 1]
        if token.pos_ in _MODIFIERS and token.lower_ not in _EMPTY and token.text[0].isalnum()
    ]
    return " ".join(phrase), head + 1


def _past_determiners(doc: spacy.tokens.Doc, at: int, limit: int) -> int:
    while at < limit and (doc[at].pos_ in ("DET", "PRON") and doc[at].tag_ in ("DT", "PRP$", "PDT", "WDT")):
        at += 1
    return at


def _past_owner(doc: spacy.tokens.Doc, at: int, limit: int) -> int:
    """Over whose the whole is, where it is counted: "60 of the | district's | 410 lifts"."""
    end = next((i + 1 for i in range(at, min(limit, at + REACH)) if doc[i].tag_ == "POS"), at)
    return end if end < limit and doc[end].like_num else at


def _past_bounds(doc: spacy.tokens.Doc, at: int, limit: int) -> int:
    """Over the whole that a part is taken of: "21 of the | over 200 | girls", "six of the | last seven | games"."""
    end, passed = at, _BOUNDS | words("en/span_words")
    while end < limit and end - at < REACH and (doc[end].like_num or doc[end].lower_ in passed):
        end += 1
    return end if any(doc[i].like_num for i in range(at, end)) else at


def _head(doc: spacy.tokens.Doc, at: int, limit: int) -> int:
    """Return the index of the noun that ends the run of modifiers and nouns at ``at``, or -1."""
    head = -1
    for index in range(at, min(at + REACH, limit)):
        token = doc[index]
        if token.pos_ in _NOUNS:
            if head >= 0 and token.dep_ == "npadvmod":
                break
            if head >= 0 and doc[head].tag_ == "NNS" and token.pos_ == "PROPN":
                break
            head = index
        elif token.tag_ == "POS" and head >= 0:
            head = -1
        elif not _continues(token, doc[index + 1] if index + 1 < limit else None, begun=head >= 0):
            break
    return head


def _continues(token: spacy.tokens.Token, follower: spacy.tokens.Token | None, *, begun: bool) -> bool:
    """Whether the noun phrase goes on over ``token``, which is no noun; ``begun``: a noun came before it."""
    if token.text in ("-", "‐"):
        return True
    if begun:
        inside = token.tag_ in ("JJ", "HYPH") or (token.tag_ == "CD" and token.nbor(-1).pos_ == "PROPN")
        return inside and follower is not None and follower.pos_ in _NOUNS
    if token.text == ",":
        return follower is not None and follower.pos_ == "ADJ"
    return token.tag_ in _PREMODIFIERS


def _lemma(token: spacy.tokens.Token) -> str:
    if token.tag_ == "NNPS" and token.lower_.endswith("s") and not token.lower_.endswith("ss"):
        return str(token.lower_[:-1])
    return str(token.lower_ if token.pos_ == "PROPN" else token.lemma_.lower())
