"""What the lines that a page puts around an article look like, as patterns by reason.

Each pattern stands for a whole line and is matched without regard to case. They are phrases of page templates in
English, not of single sites; what cannot be told from a sentence of an article is left in.
"""

from __future__ import annotations

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
    TIMESTAMP = "timestamp"
    CORRECTION = "correction"
    BIOGRAPHY = "biography"
    CONTACT = "contact"
    COPYRIGHT = "copyright"
    POST = "post"
    FOREIGN = "foreign"
    SYMBOLS = "symbols"
    DUPLICATE = "duplicate"
    TAIL = "tail"


LINES: Final[dict[Reason, tuple[str, ...]]] = {
    Reason.SHARING: (
        r"share",
        r"print",
        r"e-?mail",
        r"tweet",
        r"pin( it)?",
        r"facebook",
        r"twitter",
        r"x",
        r"linked ?in",
        r"pinterest",
        r"reddit",
        r"whats ?app",
        r"telegram",
        r"tumblr",
        r"google ?(plus|\+)?",
        r"flipboard",
        r"messenger",
        r"copy link( copy)?",
        r"link",
        r"save( article| for later)?",
        r"bookmark",
        r"like( this)?:?( like loading.*)?",
        r"more",
        r"a a",
        r"share (this|on|via|to|with|article|story)\b.{0,60}",
        r"(click )?to share on .{0,60}",
        r"email (this|to a friend).{0,40}",
        r"print this.{0,30}",
        r"(read or )?share this (story|article).{0,200}",
        r"follow (us|me)( on .{0,60})?:?",
        r"follow @?[\w. ]{2,40}( on .{0,60}|:.{0,80})",
        r"like .{2,60} on facebook.{0,80}",
        r"(join|stay|find|follow|connect)\b.{0,80}\b(facebook|twitter|instagram)\b.{0,80}",
        r"@\w{2,30}",
        r"(twitter|facebook|instagram): ?@?\S+",
        r"(https?://|www\.|twitter\.com/)\S+",
        r"add .{2,40} on google",
        r"listen( to (this )?article)?",
    ),
    Reason.COMMENTS: (
        r"\d* ?(pending )?comments?( \(\d+\))?",
        r"(leave|post|add|write) a (reply|comment).{0,60}",
        r"(view|read|show|see) (all |the )?comments.{0,20}",
        r"notify of",
        r"guest",
        r"newest",
        r"oldest( most voted)?",
        r"most voted",
        r"inline feedbacks",
        r"subscribe( now)?",
        r"reply",
        r"report comment",
        r"please enable javascript to view the comments.*",
        r"join the (conversation|discussion).{0,60}",
        r"comments (are|have been) closed.*",
        r"your email address will not be published.*",
        r"required fields are marked.*",
        r"(log|sign) ?in",
        r"register",
        r"loading\.*",
    ),
    Reason.NAVIGATION: (
        r"home",
        r"menu",
        r"search",
        r"skip to .{0,40}",
        r"advert(isement|ising)?( continue reading.*)?",
        r"continue reading.{0,60}",
        r"sponsored( content)?",
        r"ad",
        r"scroll down for .{0,30}",
        r"(play|watch|pause)( (this )?(video|story|now|live))?",
        r"up next",
        r"now playing",
        r"just watched.{0,200}",
        r"(video|photos?|gallery|images?|slideshow|media|audio)s?",
        r"photo gallery.{0,60}",
        r"(show|hide) (transcript|caption|more|less).{0,30}",
        r"toggle caption.{0,60}",
        r"next",
        r"previous",
        r"prev",
        r"back to top",
        r"top",
        r"close",
        r"\d+ (of|/) \d+",
        r"posted in",
        r"tags?:?.{0,100}",
        r"topics?:?",
        r"filed under:?.{0,80}",
        r"source( link)?",
        r"(read|see|view|show|load|learn) more",
        r"view (full caption|gallery|photos).{0,40}",
        r"click here\b.{0,120}",
        r"[-–—_=*•·.#|~>< ]+",
        r"#\w{2,40}( #\w{2,40})*",
        r"table of contents",
        r"text size",
        r"from wikipedia, the free encyclopedia",
        r"message: \*.{0,160}",
        r"language:?",
        r"translate.{0,30}",
    ),
    Reason.BYLINE: (
        r"(by|written by|reported by|edited by|reporting by|compiled by):? (?-i:[A-Z][\w.'’-]*)"
        r"(,? (?-i:[A-Z][\w.'’|-]*|and|for|of|the|in|de|van|von|with|\|)){1,9}",
        r"(contributing|additional reporting( by)?|with assistance by|— with assistance by)[: ].{2,80}",
        r"(staff|news) (writer|reporter|reports?)",
        r"[^.!?]{0,40}\b(staff|newsroom|desk)",
        r"(date|published|posted|updated|last updated|first published|first posted|created|modified)( on| at)?"
        r":? ?.{0,12}\d.{0,50}",
        r"\d{1,2}:? ?\d\d ?(am|pm)\b.{0,40}\d{4}",
        r"(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?,? .{0,20}\d{4}.{0,20}",
        r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4}.{0,30}",
        r"\d{1,2} (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{4}.{0,20}",
        r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.{0,20}",
        r"\d+ (min(ute)?s?|hours?|days?) (ago|read)",
        r"(estimated )?reading time:?.{0,20}",
    ),
    Reason.COPYRIGHT: (
        r"\(?(copyright|©|\(c\)).*",
        r"(this material may not be published|all rights reserved|© ).*",
        r".{0,60}\ball rights reserved\b.{0,160}",
    ),
    Reason.CONTACT: (
        r"(contact|reach|email|e-mail|write to|call)\b.{0,80}(\S+@\S+|\(?\d{3}\)?[- .]\d{3}|\bat:).{0,100}",
        r"\S+@\S+\.\w{2,6}",
        r"\(?\d{3}\)?[- .]\d{3}[- .]\d{4}",
        r"get in touch with .{0,160}",
        r"(do you (have|know)|have you got) (a|any|more)? ?(story|tip|information|news)\b.{0,180}",
        r"(send|submit|got)\b.{0,30}\b(tips?|story|stories)\b.{0,120}",
        r"for more (stories|news|information|coverage|on this)\b.{0,160}",
        r"email the author.?",
        r"check (back|our news page)\b.{0,120}",
        r"report an error\b.{0,60}",
        r".{0,60}\bto reach .{2,60}(call|email|e-mail)\b.{0,140}",
    ),
    Reason.NOTICE: (
        r"(please )?enable javascript\b.{0,120}",
        r"this (slideshow|video|site|page) (requires|cannot|uses)\b.{0,120}",
        r".{0,60}\bcookies?\b.{0,40}(policy|settings|accept).{0,60}",
        r"sign up (for|to|here|today|now)\b.{0,160}",
        r"subscribe (to|now|today|for)\b.{0,160}",
        r"(get|receive) (the latest|breaking news|email|daily|our|news alerts)\b.{0,160}",
        r"download (the|our|now)\b.{0,120}\b(app|here|store)\b.{0,60}",
        r">> ?.{0,120}",
        r"(already have an account|thank you for (registering|subscribing|signing up)).{0,60}",
        r"(your notification has been saved|there was a problem saving).{0,60}",
        r"by (clicking|submitting|signing)\b.{0,160}\b(agree|terms|policy)\b.{0,100}",
        r"an? .{0,20}confirmation email\b.{0,160}",
        r"having trouble viewing\b.{0,140}",
        r"you (must enter|need the latest version)\b.{0,140}",
        r"newsletter( sign ?up)?\b.{0,140}",
        r"email newsletters\b.{0,120}",
        r"don.t miss (a thing|out)\b.{0,120}",
        r"trending( now| stories)?:?",
    ),
    Reason.RELATED: (
        r"(also|must|further) read\b.{0,200}",
        r"read(?: more| also| next)? ?[:|].{0,200}",
        r"(see|watch|related|more|listen)( also| more| story| stories| video)? ?[:|].{0,200}",
        r"recommended( for you| stories| reading)?",
        r"(you (may|might|could|will|ll) (also )?(like|love|enjoy|be interested in|want to read)|don.t miss"
        r"|in case you missed it|icymi|read next|what to read next|keep reading|up next|next up|more on this( story)?"
        r"|more from .{2,40}|also on .{2,40}|from the archives?|editor.?s.? picks?|recommended( \w+)?|must[- ]read"
        r"|our (top|best|latest) (picks?|stories|reads?)|popular( now)?|trending( now)?) ?[:|–—-].{0,200}",
        r"\[(video|graphic|photos?|gallery|watch|read|more|related|opinion|analysis|live)\b.{0,160}\]",
    ),
    Reason.BIOGRAPHY: (
        r"about the author.{0,60}",
        r"(the (writer|author)|.{2,60}) is an? .{0,80}"
        r"(reporter|correspondent|journalist|editor|columnist|writer|contributor)"
        r" (for|at|with|of|based in|covering|who covers)\b.{0,120}",
        r"today.s coverage from .{2,60}",
        r"information from: .{2,100}",
        r".{2,80}\bcontributed (to this|reporting|from)\b.{0,60}",
    ),
}

LONG_LINES: Final[dict[Reason, tuple[str, ...]]] = {
    Reason.BIOGRAPHY: (
        r"(?:I am|I'm|I’m) (?:an?|the) (?:\w+ ){0,3}"
        r"(?:editor|writer|journalist|reporter|blogger|author|contributor|correspondent)\b",
    ),
    Reason.COPYRIGHT: (r"\(?(?:©|copyright (?:©|\(c\)|\d{4}|the ))",),
    Reason.CONTACT: (
        r"we pay for your stories\b",
        r"get in touch with\b",
        r"to reach (?:the )?\w+\b",
    ),
    Reason.NOTICE: (
        r"newsletter sign ?up\b",
        r"(?:close )?get (?:alerted|email notifications)\b",
        r"whenever .{2,40} posts new content\b",
        r"email notifications are\b",
        r"you must enter the characters\b",
        r"by submitting your\b",
        r"we (?:have sent a|look forward to seeing you|use cookies)\b",
        r"sign up for\b",
        r"subscribe to\b",
        r"npr transcripts are\b",
    ),
    Reason.RELATED: (
        r"most read in\b",
        r"related stories\b",
        r"(?:also read|read also|read more) ?:",
        r"trending stories\b",
    ),
}
"""The same for the beginnings of lines of any length."""

LISTS: Final = (
    r"related (?:posts?|stories|articles|content|news|topics|links|coverage|videos?)",
    r"related .{2,60} (?:stories|articles|coverage|news|links|videos)(?=:)",
    r"read (?:also|more|next)",
    r"see also",
    r"also (?:read|on \w+|see)",
    r"more (?:stories|news|articles|local news|headlines|videos?|from .{2,50})",
    r"more (?:on|in) .{2,50}(?=:)",
    r"other (?:articles|stories|news)",
    r"you (?:may|might|could) (?:also )?(?:like|enjoy|be interested in)",
    r"recommended(?: for you| stories| articles| reading)?",
    r"trending(?: now| stories| news)?",
    r"most (?:read|popular|viewed|shared|recent)(?: .{2,20})?",
    r"popular(?: now| posts| stories| articles)?",
    r"top (?:stories|news|trending)",
    r"latest (?:news|stories|headlines|posts)",
    r"editor.?s.? picks?",
    r"what to read next",
    r"don.t miss",
    r"previous stories",
    r"similar (?:posts|articles|stories)",
    r"online",
    r"follow us",
    r"posted in",
    r"top news photos.{0,30}",
)
"""Headings of lists of links; a colon may follow."""

TAILS: Final = (
    r"(?:leave|post|add|write) a (?:reply|comment)",
    r"\d+ comments?",
    r"comments(?: \(\d+\))?",
    r"notify of",
    r"view all comments",
    r"about the author",
    r"your email address will not be published.*",
    r"please enable javascript to view the comments.*",
    r"related posts?",
    r"source link",
    r"(?:copyright|©).{0,20}\d{4}.{0,120}",
)
"""Lines behind which the article does not go on."""
