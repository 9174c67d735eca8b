"""What a mention is worth as evidence, whatever its claim: whether it is full, whose announcement it is."""

from __future__ import annotations

import re

from claims.engine.lexicon.loading import words
from claims.engine.types import Mention, SpeakerKind
from claims.engine.worth import is_fragment

_OPINION = re.compile(
    r"^(?:I|we)(?:[’']ve)? (?:\w+ly )?"
    r"(?:think|thought|believed?|feel|felt|guess(?:ed)?|hoped?|supposed?|imagined?|assumed?|wish)\b"
    r"|^(?:maybe|perhaps)\b",
    re.IGNORECASE,
)
_CUT_OFF = re.compile(r"(?:\.\.\.|…)[\"”’']*$")
_END = ".…\"”’' "
_BODIES = frozenset({"ORG", "GPE", "NORP", "PERSON", "PRODUCT"})


def is_partial(mention: Mention) -> bool:
    """Return whether a mention gives no full statement: a fragment, a sentence that is cut off, a mere opinion.

    One of which no features were read is not known to be partial.
    """
    text = " ".join((mention.standalone or mention.quote).split())
    verb, speaker = mention.features.predicate, mention.speaker
    if _OPINION.match(mention.quote.lstrip("\"“‘' ")) or mention.cue.lower() in words("en/opinions"):
        return True
    if not mention.features.terms:
        return False
    newsroom = speaker.kind in (SpeakerKind.OUTLET, SpeakerKind.AGENCY)
    if verb in words("en/avowals") and not newsroom:
        return True
    if verb in words("en/announcing") and newsroom and not announcer(mention):
        return True
    return not verb or _is_cut_off(mention) or is_fragment(text, mention)


def _is_cut_off(mention: Mention) -> bool:
    whole = mention.sentence.strip()
    return _CUT_OFF.search(whole) is not None and whole.rstrip(_END).endswith(mention.quote.rstrip(_END))


def announcer(mention: Mention) -> str:
    """Return whose announcement, offer or plan a statement tells ("Corvane offers $9 a share"), or "".

    Who does something by saying it is where the news of it comes from, however many outlets tell it.
    """
    features, known = mention.features, words("en/announcing")
    if known.isdisjoint((features.predicate, features.subject, features.object)):
        return ""
    labels = {e.name: e.label for e in features.entities}
    named = [n for role in features.roles if role.relation == "agent" for n in role.names]
    owners = [n for role in features.roles if role.head in known for n in role.names]
    for name in (*named, *owners):
        if labels.get(name, "ORG") in _BODIES:
            return _without_form(name)
    return ""


def _without_form(name: str) -> str:
    parts = name.split()
    while len(parts) > 1 and parts[-1].rstrip(".") in words("en/company_forms"):
        parts.pop()
    return " ".join(parts)
