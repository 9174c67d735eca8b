"""What an article says about itself to its reader: clock stamps, corrections, requests for consent."""

from __future__ import annotations

import re
from typing import Final

from claims.engine.lexicon.loading import words

_I: Final = re.IGNORECASE
_CONSENT: Final = re.compile(
    r"\b(?:(?P<sure>cookies?|consent|legitimate interests?|personal data|your (?:personal )?(?:data|information|device)"
    r"|your (?:privacy|cookie) (?:choices?|settings?|preferences?)|do not sell|opt[- ]out)"
    r"|(?P<other>our (?:\d+ )?partners?|(?:\d+ )?(?:partners|vendors)|advertis(?:ing|ements?)|ads|tracking|privacy"
    r"|polic(?:y|ies)|preferences|device|browser|object|withdraw|purposes?|store|process|third[- ]part(?:y|ies)))\b",
    _I,
)
_TO_A_READER: Final = re.compile(r"\b(?:we|our|us|you|your)\b", _I)
_CONSENT_WORDS: Final = 3
_CORRECTION_LABEL: Final = re.compile(
    r"[(\[*]*(?:editor.s note|corrections?|clarifications?|corrections? (?:and|&) clarifications?)(?: note)?"
    r"(?:,? \(?[\w ,]{3,20}\)?)?\s*(?:[:–—-]\s*|$)",
    _I,
)
_PIECE: Final = r"(?:article|story|report|post|piece|headline|caption)"
_GAVE: Final = r"(?:said|gave|stated|reported|put|named|wrote|claimed|had)"
_MISGAVE: Final = (
    r"misstated|misreported|misidentified|misquoted|misattributed|misspell?ed|misspelt|miscalculated|mistakenly \w+"
    r"|(?:wrongly|incorrectly|erroneously) \w+"
)
_CORRECTED: Final = re.compile(
    r"\b(?<!\bas )(?<!\bthan )"
    r"(?:(?:an?|the) (?:earlier|previous|prior|original|first|former) (?:version|edition|draft)s? of this\b"
    rf"|(?:an?|the) (?:earlier|previous|original) {_PIECE} (?:\w+ )?(?:misstated|{_GAVE})\b"
    rf"|(?:we|this {_PIECE}) (?:had )?(?:previously|originally|earlier|initially|first|wrongly|incorrectly|mistakenly"
    rf"|erroneously) (?:misstated|{_GAVE})\b"
    rf"|(?:the|this|our) {_PIECE} (?:{_MISGAVE})\b"
    rf"|this {_PIECE} (?:was|has been) (?:amended|corrected|updated|changed|edited|revised)\b"
    r"|\bregrets? the error|apologi[sz]es? for the error)",
    _I,
)
_PUTS_RIGHT: Final = re.compile(
    r"\bto (?:say|state|note|show|reflect|clarify|specify|indicate|make (?:it )?clear|reflect the fact) that\s+", _I
)
_GOES_ON: Final = re.compile(
    r"(?:and |but )?(?:it|we|that|this|which)\s(?:(?:also|had|has|wrongly|incorrectly|mistakenly)\s)*"
    rf"(?:{_GAVE}|{_MISGAVE}|given)\b",
    _I,
)
"""What goes on with the withdrawn text: "it also gave ..."."""
_SENTENCE: Final = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z“\"‘'])|;\s+")
_ZONES: Final = "|".join(sorted(words("en/time_zones"), key=len, reverse=True))
_STAMP: Final = re.compile(
    rf"[\[(]?(?:[01]?\d|2[0-3])(?:[.:h][0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\b\.?)?|\s?[ap]\.?m\b\.?)"
    rf"(?:\s?(?:{_ZONES}|local\stime|hrs)\b)?[\])]?\s*[-–—:|•,]?\s*(?=[A-Z“\"‘'])"
)


def stamp(line: str) -> int:
    """Return where the text behind the clock stamp of a live blog begins ("13.55 BST Police ..."), or 0 without one."""
    found = _STAMP.match(line)
    return found.end() if found is not None and found.end() < len(line) else 0


def is_consent(line: str) -> bool:
    """Return whether ``line`` asks a reader for consent to cookies and the like, in whatever words.

    Such text speaks to the reader, and three words of the matter stand in it, one of them sure. An article on privacy
    law has the words, but does not say "you" and "we" outside of quotations.
    """
    if any(mark in line for mark in '“”"') or not _TO_A_READER.search(line):
        return False
    found = list(_CONSENT.finditer(line[:800]))
    return any(one["sure"] for one in found) and len({one.group().lower() for one in found}) >= _CONSENT_WORDS


def is_correction(line: str) -> bool:
    """Return whether ``line`` tells what the article said before and takes it back: that is nobody's word any more."""
    return bool(_CORRECTED.search(line[:400]))


def corrected_parts(line: str) -> list[tuple[int, int, bool]]:
    """Return the sentences of a correction: where each begins and ends, and whether it is withdrawn or about the text.

    What puts the matter right stays a statement: "to say that | the fire destroyed 14 vehicles".
    """
    found: list[tuple[int, int, bool]] = []
    start = 0
    for end, following in [*(m.span() for m in _SENTENCE.finditer(line)), (len(line), len(line))]:
        sentence = line[start:end]
        goes_on = bool(found) and found[-1][2] and _GOES_ON.match(sentence) is not None
        withdrawn = is_correction(sentence) or goes_on
        right = _PUTS_RIGHT.search(sentence) if withdrawn else None
        if right is not None:
            found.append((start, start + right.end(), True))
            found.append((start + right.end(), end, False))
        elif end > start:
            found.append((start, end, withdrawn))
        start = following
    return found


def correction_label(line: str) -> int:
    """Return where the text behind "Correction:" begins, or 0; "300, not 3,000 as we first said" is a statement."""
    found = _CORRECTION_LABEL.match(line)
    return found.end() if found is not None else 0
