"""What a page puts around an article: each kind of line, as a rule over one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final


class Reason(StrEnum):
    """Why a stretch of text is not the article's own."""

    CODE = "code"
    NOTICE = "notice"
    NAVIGATION = "navigation"
    SHARING = "sharing"
    COMMENTS = "comments"
    RELATED = "related"
    CREDIT = "credit"
    BYLINE = "byline"
    BIOGRAPHY = "biography"
    CONTACT = "contact"
    COPYRIGHT = "copyright"
    POST = "post"
    FOREIGN = "foreign"
    SYMBOLS = "symbols"
    DUPLICATE = "duplicate"
    TAIL = "tail"


SHORT: Final = 220
"""Furniture comes in short lines; a longer one is judged by its first words only."""

_I: Final = re.IGNORECASE
_Q: Final = "[\"'“”‘’″`]"

_CODE: Final = re.compile(
    rf"^[\[{{]+\s*{_Q}@?[\w:$-]+{_Q}\s*:|^{_Q}@?[\w:$-]+{_Q}\s*:\s*(?:[\[{{]|{_Q}.*{_Q},?$|[\d.]+,?$|true|false|null)"
    r"|^(?:var|let|const)\s+[\w$]+\s*=|^(?:async\s+)?function\b\s*[\w$]*\s*\(|^return\b[^.]{0,80};$|^(?:if|for|while|switch)\s?\(.*[{;)]\s*$"
    r"|^\}?\s*(?:else|catch|finally)\b.{0,60}\{|^(?:try|do)\s*\{|^(?:window|document|jQuery|googletag|dataLayer|console)\s*[.(\[]"
    r"|^\$\(|^\(?function\s*\(|^\(\s*\(?\w*\)?\s*=>|^[\w$]+(?:\.[\w$]+)+\s*(?:\(.*|=\s?[^=].*;?)$|^[\w$]+\([^)]*\)\s*;$"
    r"|^(?:@media|@import|@font-face|<!--|<!\[CDATA|//\s?<)|^[.#]?[\w-]+(?:[ ,>.#][\w.#-]+){0,6}\s*\{|^[\w-]+\s*:\s*[^;.]{1,80};$"
    r"|^[\]\[(){}<>;,:/*\s]+$|^(?:<[^<>]{1,400}>\s*)+$",
)
_PROSE_END: Final = re.compile(r"[.!?…][\"'”’)\]]*$|[\"”][.!?]?$")

_WHOLE: Final[tuple[tuple[Reason, str], ...]] = (
    (
        Reason.SHARING,
        r"share|print|e-?mail|tweet|pin( it)?|facebook|twitter|x|linked ?in|pinterest|reddit|whats ?app|telegram|tumblr|google ?(plus|\+)?|"
        r"flipboard|messenger|copy link( copy)?|link|save( article| for later)?|bookmark|like( this)?:?( like loading.*)?|more|a a|"
        r"share (this|on|via|to|with|article|story)\b.{0,60}|(click )?to share on .{0,60}|email (this|to a friend).{0,40}|print this.{0,30}|"
        r"(read or )?share this (story|article).{0,80}|follow (us|me)( on .{0,60})?:?|follow @?[\w. ]{2,40}( on .{0,60}|:.{0,80})|"
        r"like .{2,60} on facebook.{0,80}|(join|stay|find|follow|connect)\b.{0,80}\b(facebook|twitter|instagram)\b.{0,80}|@\w{2,30}|"
        r"(twitter|facebook|instagram): ?@?\S+|(https?://|www\.|twitter\.com/)\S+|add .{2,40} on google|listen( to (this )?article)?",
    ),
    (
        Reason.COMMENTS,
        r"\d* ?(pending )?comments?( \(\d+\))?|(leave|post|add|write) a (reply|comment).{0,60}|(view|read|show|see) (all |the )?comments.{0,20}|"
        r"notify of|guest|newest|oldest( most voted)?|most voted|inline feedbacks|subscribe( now)?|reply|report comment|"
        r"please enable javascript to view the comments.*|join the (conversation|discussion).{0,60}|comments (are|have been) closed.*|"
        r"your email address will not be published.*|required fields are marked.*|(log|sign) ?in|register|loading\.*",
    ),
    (
        Reason.NAVIGATION,
        r"home|menu|search|skip to .{0,40}|advert(isement|ising)?( continue reading.*)?|continue reading.{0,60}|sponsored( content)?|ad|"
        r"scroll down for .{0,30}|(play|watch|pause)( (this )?(video|story|now|live))?|up next|now playing|just watched.{0,200}|"
        r"(video|photos?|gallery|images?|slideshow|media|audio)s?|photo gallery.{0,60}|(show|hide) (transcript|caption|more|less).{0,30}|"
        r"toggle caption.{0,60}|next|previous|prev|back to top|top|close|\d+ (of|/) \d+|posted in|tags?:?.{0,100}|topics?:?|filed under:?.{0,80}|"
        r"source( link)?|(read|see|view|show|load|learn) more|view (full caption|gallery|photos).{0,40}|click here\b.{0,120}|"
        r"[-–—_=*•·.#|~>< ]+|#\w{2,40}( #\w{2,40})*|table of contents|language:?|translate.{0,30}",
    ),
    (
        Reason.BYLINE,
        r"(by|written by|reported by|edited by|reporting by|compiled by) [A-Z].{1,80}|(staff|news) (writer|reporter|reports?)|"
        r"[^.!?]{0,40}\b(staff|newsroom|desk)|(date|published|posted|updated|last updated|first published|first posted|created|modified)"
        r"( on| at)?:? ?.{0,12}\d.{0,50}|\d{1,2}:? ?\d\d ?(am|pm)\b.{0,40}\d{4}|(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?,? .{0,20}\d{4}.{0,20}|"
        r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4}.{0,30}|\d{1,2} (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{4}.{0,20}|"
        r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.{0,20}|\d+ (min(ute)?s?|hours?|days?) (ago|read)|(estimated )?reading time:?.{0,20}",
    ),
    (
        Reason.COPYRIGHT,
        r"\(?(copyright|©|\(c\)).*|(this material may not be published|all rights reserved|© ).*|.{0,60}\ball rights reserved\b.{0,160}",
    ),
    (
        Reason.CONTACT,
        r"(contact|reach|email|e-mail|write to|call)\b.{0,80}(\S+@\S+|\(?\d{3}\)?[- .]\d{3}|\bat:).{0,100}|\S+@\S+\.\w{2,6}|"
        r"\(?\d{3}\)?[- .]\d{3}[- .]\d{4}|get in touch with .{0,160}|(do you (have|know)|have you got) (a|any|more)? ?(story|tip|information|news)\b.{0,180}|"
        r"(send|submit|got)\b.{0,30}\b(tips?|story|stories)\b.{0,120}|for more (stories|news|information|coverage|on this)\b.{0,160}|email the author.?|"
        r"check (back|our news page)\b.{0,120}|report an error\b.{0,60}|.{0,60}\bto reach .{2,60}(call|email|e-mail)\b.{0,140}",
    ),
    (
        Reason.NOTICE,
        r"(please )?enable javascript\b.{0,120}|this (slideshow|video|site|page) (requires|cannot|uses)\b.{0,120}|.{0,60}\bcookies?\b.{0,40}(policy|settings|accept).{0,60}|"
        r"sign up (for|to|here|today|now)\b.{0,160}|subscribe (to|now|today|for)\b.{0,160}|(get|receive) (the latest|breaking news|email|daily|our|news alerts)\b.{0,160}|"
        r"download (the|our|now)\b.{0,120}\b(app|here|store)\b.{0,60}|>> ?.{0,120}|(already have an account|thank you for (registering|subscribing|signing up)).{0,60}|"
        r"(your notification has been saved|there was a problem saving).{0,60}|by (clicking|submitting|signing)\b.{0,160}\b(agree|terms|policy)\b.{0,100}|"
        r"an? .{0,20}confirmation email\b.{0,160}|having trouble viewing\b.{0,140}|you (must enter|need the latest version)\b.{0,140}|newsletter( sign ?up)?\b.{0,140}|"
        r"email newsletters\b.{0,120}|don.t miss (a thing|out)\b.{0,120}|trending( now| stories)?:?",
    ),
    (
        Reason.RELATED,
        r"(also|must|further) read\b.{0,200}|read(?: more| also| next)? ?[:|].{0,200}|(see|watch|related|more|listen)( also| more| story| stories| video)? ?[:|].{0,200}|"
        r"recommended( for you| stories| reading)?|\[(video|graphic|photos?|gallery|watch|read|more|related|opinion|analysis|live)\b.{0,160}\]",
    ),
    (
        Reason.BIOGRAPHY,
        r"about the author.{0,60}|(the (writer|author)|.{2,60}) (is|was) an? .{0,80}(reporter|correspondent|journalist|editor|columnist|writer|contributor)"
        r" (for|at|with|of|based in|covering|who covers)\b.{0,120}|.{2,80}\bcontributed (to this|reporting|from)\b.{0,60}",
    ),
)
_RULES: Final = tuple((reason, re.compile(rf"(?:{pattern})", _I)) for reason, pattern in _WHOLE)

_LONG: Final = (
    (
        Reason.BIOGRAPHY,
        re.compile(
            r"^(?:I am|I'm|I’m) (?:an?|the) (?:\w+ ){0,3}(?:editor|writer|journalist|reporter|blogger|author|contributor|correspondent)\b",
            _I,
        ),
    ),
    (Reason.COPYRIGHT, re.compile(r"^\(?(?:©|copyright (?:©|\(c\)|\d{4}|the ))", _I)),
    (Reason.CONTACT, re.compile(r"^(?:we pay for your stories|get in touch with|to reach (?:the )?\w+)\b", _I)),
    (
        Reason.NOTICE,
        re.compile(
            r"^(?:newsletter sign ?up|get (?:alerted|email notifications)|whenever .{2,40} posts new content|email notifications are|"
            r"close get email|you must enter the characters|by submitting your|we (?:have sent|look forward to seeing you|use cookies)|"
            r"sign up for|subscribe to|message: ?\*|npr transcripts are)\b",
            _I,
        ),
    ),
    (
        Reason.RELATED,
        re.compile(r"^(?:most read in|related stories|also read ?:|read also ?:|read more ?:|trending stories)\b", _I),
    ),
)

_LIST: Final = re.compile(
    r"(?:related (?:posts?|stories|articles|content|news|topics|links|coverage|video)|read (?:also|more|next)|see also|also (?:read|on \w+|see)|more (?:stories|news|articles|"
    r"local news|headlines|videos?|(?:from|on|in) .{2,50})|other (?:articles|stories|news)|you (?:may|might|could) (?:also )?(?:like|enjoy|be interested in)|"
    r"recommended(?: for you| stories| articles| reading)?|trending(?: now| stories| news)?|most (?:read|popular|viewed|shared|recent)(?: .{2,20})?|popular(?: now| posts| stories| articles)?|"
    r"top (?:stories|news|trending)|latest (?:news|stories|headlines|posts)|editor.?s.? picks?|what to read next|don.t miss|previous stories|similar (?:posts|articles|stories)|"
    r"online|follow us|top news photos.{0,30})\s*:?",
    _I,
)
_TAIL: Final = re.compile(
    r"(?:leave a (?:reply|comment)|post a comment|add a comment|write a comment|\d+ comments?|comments(?: \(\d+\))?|notify of|view all comments|about the author|"
    r"your email address will not be published.*|please enable javascript to view the comments.*|related posts?|source link|(?:copyright|©).{0,20}\d{4}.{0,120})\s*:?",
    _I,
)
_POST: Final = re.compile(
    r"(?:pic\.twitter\.com/\w+|https?://t\.co/\w+|[—–-] ?[^—–]{1,80}\(@\w{1,30}\))\s.{0,90}\d{4}\b|\bA post shared by .{1,80}\(@",
    re.DOTALL,
)
_NOTICE: Final = re.compile(
    r"To\s+view\s+this\s+video\s+please\s+enable\s+JavaScript,?(?:\s+and\s+consider\s+upgrading\s+to\s+a\s+web\s+browser\s+that\s+supports\s+HTML5\s+video)?\.?",
    _I,
)
_PREFIX: Final = re.compile(
    r"(?:(?:date|published|posted)[: ]+\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d\S*)?|close|skip in(?: skip)?|skip|x|embed|share|tweet|video|advertisement|continue reading the main story"
    r"|enlarge this image|toggle caption|story highlights|media caption)(?=\s)\s+",
    _I,
)
_STRONG_PREFIX: Final = re.compile(r"date|published|posted|close|advertisement|continue|enlarge|toggle|story|media", _I)
_SUFFIX: Final = re.compile(
    r"\s(?:read more|view full caption(?: .{1,40})?|advertisement continue reading the main story|share this (?:story|article)\S*)$",
    _I,
)
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ]")


def trim(line: str) -> tuple[int, int]:
    """Return the range of ``line`` without furniture glued to its ends ("date 2025-04-10 ...", "... Read more")."""
    start = 0
    strong = False
    while match := _PREFIX.match(line, start):
        strong = strong or bool(_STRONG_PREFIX.match(match.group()))
        start = match.end()
    if not strong:
        start = 0
    tail = _SUFFIX.search(line, max(start, len(line) - 80))
    return start, tail.start() if tail else len(line)


def notices(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of fixed notices that may run over several lines."""
    for match in _NOTICE.finditer(text):
        yield match.span()


def is_code(line: str) -> bool:
    """Return whether ``line`` is script, style, JSON or bare markup (with straight or curly quotation marks)."""
    return bool(_CODE.match(line if len(line) <= SHORT else line[:SHORT]))


def is_post(line: str) -> bool:
    """Return whether ``line`` is an embedded post of a social network, told by its signature or its picture link."""
    return bool(_POST.search(line[-220:]))


def is_prose(line: str) -> bool:
    """Return whether ``line`` looks like a sentence or more: long enough, and closed by a mark."""
    words = line.count(" ") + 1
    return words >= 6 and bool(_PROSE_END.search(line[-12:]))


def opens_list(line: str) -> bool:
    """Return whether ``line`` announces links to other pages on the lines below."""
    return len(line) <= 80 and bool(_LIST.fullmatch(line))


def opens_tail(line: str) -> bool:
    """Return whether ``line`` begins the comments or whatever else follows an article."""
    return len(line) <= SHORT and bool(_TAIL.fullmatch(line))


def is_foreign(line: str) -> bool:
    """Return whether a short ``line`` has letters but none of the Latin script (an image's label, a tag)."""
    return len(line) <= 60 and not _LATIN.search(line) and any(c.isalpha() for c in line)


def line_reason(line: str) -> Reason | None:
    """Return why ``line`` is furniture by its own words, or None."""
    if not any(c.isalnum() for c in line[:400]):
        return Reason.SYMBOLS
    head = line[:SHORT]
    for reason, rule in _LONG:
        if rule.match(head):
            return reason
    if len(line) > SHORT:
        return None
    for reason, rule in _RULES:
        if rule.fullmatch(line):
            return reason
    return None
