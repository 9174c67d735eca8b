"""Image credits and captions, as they look once the image is gone."""

from __future__ import annotations

import re
from typing import Final

_AGENCY: Final = (
    r"(?:Getty(?: Images)?|AFP|AP|Associated Press|Reuters|REUTERS|EPA(?:-EFE)?|EFE|Shutterstock"
    r"|Anadolu(?: Agency)?|Alamy"
    r"|Bloomberg|PA(?: Wire| Images| Media)?|Xinhua|TASS|Sputnik|NurPhoto|Zuma(?: Press)?|ZUMA|iStock|Unsplash"
    r"|Pixabay|Flickr"
    r"|Wikimedia(?: Commons)?|UPI|USA TODAY Sports|Rex(?: Features)?|Agencies|Handout|HANDOUT|dpa|DPA|Landov"
    r"|AAP|Yonhap|Kyodo)"
)
_CREDIT_END: Final = re.compile(r"(?:^|/|\bvia |\bby |: ?|\| ?|© ?|, )" + _AGENCY + r"[)\]]?$")
_CREDIT_START: Final = re.compile(
    r"^[(\[]?(?:AP Photo|Photo(?:graph|s|graphs|grapher)?(?: by|:| courtesy)|Photo credit|Image(?: credit| via"
    r"| by|:)|Picture(?:s)?:|"
    r"Credit(?:s)?:|Courtesy(?: of| photo|:)|Getty Images|Screengrab|Screenshot:|Illustration(?: by|:)|Source:|©)",
    re.IGNORECASE,
)
_INLINE_CREDIT: Final = re.compile(
    r"[(\[][^()\[\]]{0,120}?(?:\b(?:Photo|Picture|Photograph|Image|Credit|Courtesy|Source|Screengrab"
    r"|Screenshot|Handout|Pictured|"
    r"file photo|file image)\b|/\s?"
    + _AGENCY
    + r"|\bvia "
    + _AGENCY
    + r"|\b"
    + _AGENCY
    + r"\b)[^()\[\]]{0,120}[)\]]\.?$",
)
_TAIL_CREDIT: Final = re.compile(
    r"(?:Photograph(?:er|s)?|Photo(?: by| credit)?|Picture|Image(?: credit)?|Credit)s?: [^.]{2,80}$|"
    r"\b[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}/" + _AGENCY + r"(?:/[\w ]{2,20})?$"
)
_CAPTION_START: Final = re.compile(
    r"^[(\[]?(?:FILE\s?(?:PHOTO|IMAGE|-|–|—|\()|File (?:photo|image|picture)|Illustrat(?:ive"
    r"|ion)\b.{0,20}(?:image|photo|picture)|"
    r"Image c(?:opyright|aption)\b|Enlarge this image|toggle caption|Caption:|"
    r"(?:(?:This|In this|An?|Am)\b.{0,60}\b(?:photo|photograph|image|picture|screen ?grab|screenshot"
    r"|frame grab|still)\b.{0,60}\b"
    r"(?:shows?|released|provided|made available|taken|posted|obtained|from))|"
    r"(?:Screen ?grab|Screenshot|Frame grab|Grab|Video still|Still image)\b)",
    re.IGNORECASE,
)
_DATED_PLACE: Final = re.compile(r"^[A-Z][A-Z .'’-]+, [A-Z][A-Z .,'’-]+ ?[-–—] ?[A-Z]{3,9}\.? \d{1,2}\b")
_HANDOUT: Final = re.compile(r"EDITORIAL USE ONLY|MANDATORY CREDIT|NO MARKETING")
_SEEN: Final = re.compile(
    r"\b(?:shows?|is (?:seen|pictured|shown)|are (?:seen|pictured|shown)|pictured|seen (?:here|in|on|at)"
    r"|looks? on|poses?|stands?|walks?|"
    r"speaks?|gestures?|arrives?|attends?|holds?|waves?|addresses)\b"
)
_PICTURE_WORD: Final = re.compile(
    r"\b(?:photo|picture|image|screenshot|screen ?grab|footage|video|still|graphic|map|chart)s?\b.{0,40}?\b"
    r"(?:posted|released|taken|provided|obtained|shared|published|circulating|showing|shows?|captured"
    r"|shot) (?:on|by|in|at|from|during|of|the|a)\b",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    r"\b(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\b"
    r"|\b(?:19|20)\d\d\b"
)

CREDIT_LENGTH: Final = 120
CAPTION_LENGTH: Final = 1500
CAPTION_WORDS: Final = 4
"""So many words before a credit in brackets are a caption; fewer are the name of somebody."""


def is_credit(line: str) -> bool:
    """Return whether ``line`` is nothing but the credit of an image ("Jane Doe/Reuters", "Photo: Jane Doe")."""
    if len(line) > CREDIT_LENGTH or line.endswith((".", "?", "!", '"', "”")) or len(line.split()) > 12:
        return False
    inline = _INLINE_CREDIT.search(line)
    if ". (" in line or (inline is not None and len(line[: inline.start()].split()) >= CAPTION_WORDS):
        return False
    if _CREDIT_END.search(line):
        return not _SEEN.search(line) and not line.startswith(('"', "“"))
    return bool(_CREDIT_START.match(line)) and not _CAPTION_START.match(line)


def is_caption(line: str, *, credited: bool) -> bool:
    """Return whether ``line`` reads like a caption; ``credited`` says that an image credit follows it."""
    if len(line) > CAPTION_LENGTH or line.startswith(('"', "“", "‘", "'")):
        return False
    tail = line[-260:]
    if _HANDOUT.search(line) or _DATED_PLACE.match(line) or _CAPTION_START.match(line[:200]):
        return True
    if _INLINE_CREDIT.search(tail) or _TAIL_CREDIT.search(tail):
        return True
    if credited and _SEEN.search(line):
        return bool(_DATE.search(line) or not line.endswith("."))
    bare = not line.endswith((".", "!", "?", ":", "”", '"', "’", "'"))
    return bare and 4 <= len(line.split()) <= 18 and bool(_PICTURE_WORD.search(line))
