"""What stands around a number: what bounds it, what makes it no quantity at all, and what it counts."""

from __future__ import annotations

import re
from typing import Final

import spacy.tokens

from claims.engine.types import Comparator

_MONTH: Final = r"(?:Jan(?:uary)?|Feb(?:ruary)?|March|Mar|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
_LABELS: Final = (
    r"No|Nos|Number|Article|Chapter|Section|Sec|Route|Highway|Hwy|Interstate|Exit|Flight|Channel|Type|Phase|Level|Page|Pages|Room|Apartment|Apt|Suite|"
    r"Unit|Figure|Fig|Table|Grade|Group|Formula|War|Platform|Gate|Pier|Runway|District|Ward|Precinct|Region|Division|Amendment|Proposition|Prop|"
    r"Resolution|Rule|Title|Act|Scene|Episode|Season|Version|Lap|Day|Week|Round|Stage|Game|Area|Zone|Tier|Road|Category|Class|Psalm|Verse|Catch|Top"
)
_STREETS: Final = r"Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Way|Place|Pl|Court|Ct|Parkway|Pkwy|Highway|Hwy|Square|Terrace|Circle|Trail|Loop"
_NOT: Final = re.compile(
    rf"(?P<day>\b{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?\b(?![.,]\d)(?:\s?[-–]\s?(?:{_MONTH}\s)?\d{{1,2}}\b)?(?:,?\s(?:19|20)\d\d\b)?|\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?\s(?:of\s)?{_MONTH}(?![a-z])"
    rf"(?:,?\s(?:19|20)\d\d\b)?|\b{_MONTH},?\s(?:of\s)?(?:1[5-9]|20)\d\d\b)"
    r"|(?P<numeric>\b\d{4}-\d{1,2}-\d{1,2}(?:T[\d:.]+Z?)?|\b\d{1,2}\s?/\s?\d{1,2}\s?/\s?\d{2,4}\b|\b\d{1,2}\.\d{1,2}\.(?:19|20)?\d\d\b)"
    r"|(?P<clock>\b\d{1,2}\s?[:.]\s?\d\d(?::\s?\d\d)?(?:\s?[ap]\.?\s?m\b\.?)|\b\d{1,2}:\s?\d\d(?::\s?\d\d)?\b|\b\d{1,2}\s?(?:a\.\s?m\.|p\.\s?m\.|am\b|pm\b)|\b\d{1,2}\so['’]\s?clock)"
    r"|(?P<year>\b(?:19|20)\d\d\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)\b|['’]\d\ds?\b|\b\d{1,4}0s\b|\b(?:19|20)\d\d(?:['’′]\s?s)\b)"
    r"|(?P<ordinal>\b\d+(?:,\d{3})*\s?(?:st|nd|rd|th)\b)"
    r"|(?P<code>\b(?!(?i:to|minus|over|under|than|around|about|nearly|a|of|and|or|the|up|by)\b)[A-Za-z][A-Za-z]*[-‐–]\d[\w-]*|\b(?!(?i:rm|rs|euro|usd|eur|gbp|cad|aud|nzd|mxn|inr|cny|rmb|chf|hkd)\d)[A-Za-z]+\d\w*|\b\d+[-‐]?[A-Z]\d\w*|\b\d{3,}[A-Z]\w+\b(?<![A-Z]{3})(?<!k[Ww]h))"
    r"|(?P<phone>\(?\b\d{3}\)?[-. ]+\d{3}[-. ]\d{4}\b|\b\d{3}-\d{4}\b|\b\d{4,}-\d{4,}(?:-\d+)*|\b0\d{2,4}[ /]\d{3,4}(?: \d{3,4})*|\b1?-?8\d\d-\d{3}-\w+)"
    r"|(?P<link>\S*(?:://|www\.|@\w)\S*|\b\w+\.(?:com|org|net|co\.uk)\b\S*|\B#\w+)"
    rf"|(?P<label>\b(?:{_LABELS})\.?\s(?:\d[\w.,-]*\d|\d)(?!\s?%)|\b(?i:highway|route|exit|interstate|flight|page|chapter|section|channel)\s\d+\b|\b(?i:9/11|(?:call(?:ed|ing)?|dial(?:ed|ing)?|to|a)\s911)\b|\b911(?=\s(?:call|dispatch|operator))|(?i:\bno\.\s?\d+|\bnumber\s(?:one|two|three|\d+)\b)|\B[#§]\s?\d+)"
    rf"|(?P<address>\b\d{{1,5}}[\s-](?:block\b|(?:[NSEW]\.?\s|North\s|South\s|East\s|West\s)?(?:[A-Z][\w.'’]*\s){{1,3}}(?:{_STREETS})\b)|\b[A-Z]{{2}}\s\d{{5}}\b)",
)
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d$")
_YEAR_BEFORE: Final = re.compile(
    r"(?:\b(?:in|since|by|from|until|till|of|during|before|after|through|early|late|mid|year|and|to|between|for|the|this|last)|[(,'’])\s?-?$",
    re.IGNORECASE,
)

_BEFORE: Final = re.compile(
    r"(?:(?P<ge>\b(?:at\s(?:the\s(?:very\s)?)?least|no\s(?:fewer|less)\sthan|not\s(?:fewer|less)\sthan|(?:a\s)?minimum\s(?:of|is)|minimum|from\sat\sleast))"
    r"|(?P<le>\b(?:up\sto|at\s(?:the\s)?most|at\s(?:the\s)?maximum|no\smore\sthan|not\smore\sthan|(?:a\s)?maximum(?:\sof)?|as\s(?:many|much|high|low|long)\sas|within|capped\sat|limited\sto|not\sexceed(?:ing)?))"
    r"|(?P<gt>\b(?:several|(?:a\s)?few|(?:more|greater|higher|larger|bigger|longer|older|heavier|taller|better|wider|later|faster|farther|further)\sthan|(?:well|just|slightly|far|a\slittle|a\sbit)?\s?(?:over|above|beyond)|exceed(?:s|ed|ing)?|"
    r"in\sexcess\sof|upwards?\sof|surpass(?:es|ed|ing)?|topp(?:ed|ing)|north\sof|out\s?number(?:ed|ing)?)|>)"
    r"|(?P<lt>\b(?:(?:less|fewer|lower|smaller|shorter|younger|lighter|worse)\sthan|(?:just|well|slightly|a\slittle|far)?\s?(?:under|below)|shy\sof|short\sof|south\sof|barely)|<)"
    r"|(?P<approx>\b(?:about|around|approximately|approx\.?|roughly|nearly|almost|some|circa|close\sto|(?:an?\s)?estimated(?:\sat)?|in\sthe\s(?:region|range|order|neighborhood|neighbourhood)\sof|on\sthe\sorder\sof|"
    r"virtually|or\sso|perhaps|maybe|probably|practically|near)|[~≈∼±]|\bc\.|\bca\.))"
    r"(?:\s(?:an?\sadditional|an?(?:other)?|the|another|additional|all|only|just|about|around|half))?\s{0,2}[-–]?$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"(?:\s[\w-]+){0,2}?\s?(?:(?P<ge>\+|\bor\s(?:more|above|over|older|higher|greater|longer|upwards?)\b|\band\s(?:over|above|older|up)\b|[-‐]?\splus\b|[-‐]plus\b)"
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
_BEFORE_LENGTH: Final = 42
_SOME_VERB: Final = re.compile(r"\b(?:over)\s(?:the\s)?$", re.IGNORECASE)

_MODIFIERS: Final = frozenset({"ADJ", "NOUN", "PROPN"})
_NOUNS: Final = frozenset({"NOUN", "PROPN"})
_PARTICIPLES: Final = frozenset(
    "killed dead injured wounded hurt missing arrested detained captured hospitalized hospitalised displaced infected sick ill homeless evacuated "
    "rescued shot charged sentenced convicted".split()
)
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
_EMPTY: Final = frozenset("more fewer less other additional further such same different own many".split())
REACH: Final = 6
"""How many words behind a number its noun may stand."""


def excluded(text: str) -> list[tuple[int, int]]:
    """Return the ranges of ``text`` whose numbers are no quantities: dates, times, ordinals, names, codes, addresses."""
    return [match.span() for match in _NOT.finditer(text)]


def is_year(text: str, start: int, end: int) -> bool:
    """Return whether the bare number ``text[start:end]`` is a year."""
    if not _YEAR.match(text[start:end]):
        return False
    before = text[max(0, start - 12) : start]
    return (
        _YEAR_BEFORE.search(before) is not None or _BEFORE.search(text[max(0, start - _BEFORE_LENGTH) : start]) is None
    )


def comparator(text: str, start: int, end: int, *, duration: bool) -> Comparator:
    """Return how the words around ``text[start:end]`` bound it; "over" before a ``duration`` may just mean "during"."""
    before = text[max(0, start - _BEFORE_LENGTH) : start]
    found = _BEFORE.search(before)
    if found is not None and found.lastgroup is not None:
        if not (duration and _SOME_VERB.search(before)):
            return _COMPARATORS[found.lastgroup]
    after = _AFTER.match(text, end, min(len(text), end + 40))
    if after is not None and after.lastgroup is not None:
        return _COMPARATORS[after.lastgroup]
    return Comparator.EQ


def counted(number: spacy.tokens.Span, start: int, limit: int) -> tuple[str, int]:
    """Return the lemmatised noun phrase that ``number`` counts, and the index behind its last token ("" and -1: none).

    That is the noun behind it ("168 Chinese citizens", "5% of voters", "a $5 million fine"), a state of people ("58
    killed", "killing 58"), or the noun that it is a figure of ("a salary of $2,400"). ``start`` and ``limit`` are the
    sentence's first token and the one behind its last.
    """
    doc = number.doc
    at = number.end
    if at < limit and doc[at].lower_ == "of":
        at = _past_determiners(doc, at + 1, limit)
        if at < limit and doc[at].like_num:
            at += 1
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
    words = [_lemma(token) for token in doc[at : head + 1] if token.pos_ in _MODIFIERS and token.lower_ not in _EMPTY and token.text[0].isalnum()]
    return " ".join(words), head + 1


def _past_determiners(doc: spacy.tokens.Doc, at: int, limit: int) -> int:
    while at < limit and (doc[at].pos_ in ("DET", "PRON") and doc[at].tag_ in ("DT", "PRP$", "PDT", "WDT")):
        at += 1
    return at


def _head(doc: spacy.tokens.Doc, at: int, limit: int) -> int:
    """Return the index of the noun that ends the run of modifiers and nouns at ``at``, or -1."""
    head = -1
    for index in range(at, min(at + REACH, limit)):
        token = doc[index]
        if token.pos_ in _NOUNS:
            if head >= 0 and doc[head].pos_ == "NOUN" and doc[head].tag_ == "NNS" and token.pos_ == "PROPN":
                break
            head = index
        elif token.text in ("-", "‐") or (
            head < 0 and token.tag_ in ("VBN", "VBG", "JJ", "JJR", "JJS", "CC", "RB", "POS", "``", "''", "RBS", "RBR")
        ):
            continue
        elif head >= 0 and (token.tag_ in ("JJ", "HYPH") and index + 1 < limit and doc[index + 1].pos_ in _NOUNS):
            continue
        elif token.text == "," and head < 0 and index > at and index + 1 < limit and doc[index + 1].pos_ == "ADJ":
            continue
        elif token.tag_ == "POS":
            head = -1
        else:
            break
    return head


def _lemma(token: spacy.tokens.Token) -> str:
    if token.tag_ == "NNPS" and token.lower_.endswith("s") and not token.lower_.endswith("ss"):
        return str(token.lower_[:-1])
    return str(token.lower_ if token.pos_ == "PROPN" else token.lemma_.lower())
