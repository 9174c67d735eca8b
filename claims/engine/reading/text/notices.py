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
_CORRECTED: Final = re.compile(
    r"\b(?<!\bas )(?<!\bthan )"
    r"(?:(?:an?|the) (?:earlier|previous|prior|original|first|former) (?:version|edition|draft)s? of this\b"
    rf"|(?:an?|the) (?:earlier|previous|original) {_PIECE} (?:\w+ )?(?:misstated|{_GAVE})\b"
    rf"|(?:we|this {_PIECE}) (?:had )?(?:previously|originally|earlier|initially|first|wrongly|incorrectly|mistakenly"
    rf"|erroneously) (?:misstated|{_GAVE})\b"
    rf"|this {_PIECE} (?:was|has been) (?:amended|corrected|updated|changed|edited)\b"
    r"|\bregrets? the error|apologi[sz]es? for the error)",
    _I,
)
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


def correction_label(line: str) -> int:
    """Return where the text behind "Correction:" begins, or 0; "300, not 3,000 as we first said" is a statement."""
    found = _CORRECTION_LABEL.match(line)
    return found.end() if found is not None else 0
