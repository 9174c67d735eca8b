"""Which claim of its article a denial answers: "China denies it", "rejected any involvement", "called it groundless".

A denial answers an assertion that somebody else makes: the one whose words it repeats; or, where it has no words of its
own, the one reported last before it that is about the party that denies, rather what the article keeps coming back to
than an aside. Where nothing fits, nothing is answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from claims.engine.countries import country_of
from claims.engine.lexicon.loading import words
from claims.engine.lexicon.words import BODIES, CLAIM_NOUNS, DENIALS, FALSE, lexicon
from claims.engine.polarity import denying
from claims.engine.types import Mention, Place, SpeakerKind, Stance

REACH = 30
"""So many mentions before a denial are looked at."""
NEAR = 3
"""So many before one that names nobody's party."""
_LEAST = 0.5
"""The share of a denial's own words that the claim it answers has to hold."""
_MOST = 0.75
"""The same for a plain negation ("it had not sent any soldiers"), which may as well be news of its own,"""
_FEW = 3
"""and so many words of its own it needs."""
_STEM, _BEGINNING = 5, 3
_WORD = re.compile(r"\w+")
_EMPTY = lexicon(
    "any all such that this it be have do call brand label describe make say earlier later day monday tuesday "
    "wednesday thursday friday saturday sunday statement strongly flatly firmly absolutely totally completely "
    "entirely the of in and a to for on by with from not no never news media medium press official latest recent "
    "situation account kind sort mention exist accord fact affair matter scandal incident"
)
_TRUTH = lexicon(
    "true truth correct accurate right basis foundation substance merit case guilty innocent innocence guilt plead "
    "pleaded pleads protest protested maintain maintained"
)
"""What is denied of a claim as such: "that was not true", "no truth in the report", "pleaded not guilty"."""
_ANAPHORS = lexicon("situation account kind sort affair matter scandal incident")
"""Nouns that stand for what was said before: "the situation you mention does not exist"."""
_ACCUSING = re.compile(r"\b(?:accus|alleg|blam|charg)", re.IGNORECASE)
_NEXT, _ACCUSED = 2, 0.4
"""An accusation at most so many mentions before is what its party denies in other words, and how well that fits."""
_TITLES = lexicon(
    "mr mrs ms dr sir president minister foreign spokesman spokeswoman spokesperson chief of the for and former prime"
)


@dataclass(frozen=True, slots=True)
class _Denial:
    """A denial with its place among the mentions, the party that denies, and what it says in words of its own."""

    at: int
    mention: Mention
    party: frozenset[str]
    own: frozenset[str]


def with_answers(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions of one article, in order, each denial with the span of the mention that it answers."""
    found = list(mentions)
    for denial in _denials(mentions):
        answered = _answered(denial, mentions)
        if answered is not None:
            found[denial.at] = replace(denial.mention, answers=answered.span)
    return found


def _denials(mentions: Sequence[Mention]) -> Iterator[_Denial]:
    for at, mention in enumerate(mentions):
        if mention.stance is Stance.DENIES:
            party = _party(mention)
            yield _Denial(at, mention, party, _own_words(mention, party))


def _own_words(mention: Mention, party: frozenset[str]) -> frozenset[str]:
    """What a denial says in words of its own, by their stems: nothing, where most of its terms are not in its quote."""
    said = {word[:_BEGINNING] for word in _WORD.findall(mention.quote.lower())}
    empty = _EMPTY | _TRUTH | CLAIM_NOUNS | DENIALS | FALSE | words("en/accusations") | party
    if mention.cue.lower().startswith("ple"):  # "pleaded not guilty at Ossel Crown Court"
        return frozenset()
    other = _stems(empty) | _stems(mention.features.recalled) | _stems(_WORD.findall(mention.speaker.text.lower()))
    own = [term for term in mention.features.terms if term.lower()[:_STEM] not in other]
    inside = [term for term in own if term.lower()[:_BEGINNING] in said]
    return _stems(own if 2 * len(inside) >= len(own) else inside)


def _stems(terms: Iterable[str]) -> frozenset[str]:
    return frozenset(term.lower()[:_STEM] for term in terms)


def _party(mention: Mention) -> frozenset[str]:
    """The names by which the denying party is known: its country, else the words of its name."""
    named = _WORD.findall(f"{mention.speaker.canonical} {mention.speaker.text} {mention.speaker.organisation}")
    countries = {country_of(word) for word in named} - {""}
    if countries:
        return frozenset(name.lower() for name in countries)
    return frozenset(w.lower() for w in named if w.lower() not in _TITLES | BODIES and len(w) > 1)


def _names(mention: Mention, party: frozenset[str]) -> bool:
    """Whether a statement is about a party: by its name, or that of its country, capital or people."""
    said = _WORD.findall(f"{mention.quote} {mention.standalone}")
    return any(word.lower() in party or (country_of(word) or "-").lower() in party for word in said)


def _answered(denial: _Denial, mentions: Sequence[Mention]) -> Mention | None:
    """The mention that a denial answers, or None."""
    best, most = None, 0.0
    for at, other in _candidates(denial, mentions):
        fit = _fit(denial, at, other, mentions)
        if fit > most:
            best, most = other, fit
    return best


def _candidates(denial: _Denial, mentions: Sequence[Mention]) -> Iterator[tuple[int, Mention]]:
    """What stands before a denial, or with it in one sentence, and is asserted by somebody else."""
    for at in range(max(0, denial.at - REACH), len(mentions)):
        other = mentions[at]
        if at > denial.at and other.sentence_span != denial.mention.sentence_span:
            return
        own_words = other.speaker.canonical and other.speaker.canonical == denial.mention.speaker.canonical
        inside = denial.mention.span.start <= other.span.start and other.span.end <= denial.mention.span.end
        told = at != denial.at and not inside and other.stance is Stance.ASSERTS and other.place is not Place.CAPTION
        if told and not (own_words and other.speaker.text) and not _same_party(denial, other):
            yield at, other


def _same_party(denial: _Denial, other: Mention) -> bool:
    return bool(other.speaker.text) and bool(denial.party) and _party(other) == denial.party


def _fit(denial: _Denial, at: int, other: Mention, mentions: Sequence[Mention]) -> float:
    """How well a mention fits as what is denied; 0 where it does not."""
    attributed = other.speaker.kind is not SpeakerKind.OUTLET
    about = bool(denial.party) and _names(other, denial.party)
    steps = abs(denial.at - at)
    if denial.own:
        held = _stems(other.features.terms)
        shared = len(denial.own & held) / len(denial.own)
        plain = not _bare(denial.mention)
        predicate = denial.mention.features.predicate[:_STEM]
        accused = about and 0 < denial.at - at <= _NEXT and _ACCUSING.search(other.sentence) is not None
        if predicate in denial.own and predicate not in held:
            return _ACCUSED if accused and not plain else 0.0
        if plain and (len(denial.own) < _FEW or not (attributed or denial.mention.speaker.text)):
            return 0.0
        fits = shared >= (_MOST if plain else _LEAST) and (attributed or about or plain)
        if fits:
            return shared + 0.1 * attributed + 0.1 * about - 0.005 * steps
        return _ACCUSED if accused and not plain else 0.0
    if not _bare(denial.mention) or not (about or (attributed and steps <= NEAR)):
        return 0.0
    return 1.0 * about + 0.6 * attributed + 0.6 * _central(other, mentions) - 0.02 * steps


def _bare(mention: Mention) -> bool:
    """Whether a denial is one of a claim as such: "denied", "called it false", "the charges are against the facts"."""
    said = {form for word in _WORD.findall(mention.quote.lower()) for form in (word, word.removesuffix("s"))}
    return denying(mention.cue) or not said.isdisjoint(FALSE | _TRUTH | CLAIM_NOUNS | _ANAPHORS)


def _central(mention: Mention, mentions: Sequence[Mention]) -> float:
    """How far an article comes back to a statement: the share of its others that hold two of its words or more."""
    terms = _stems(mention.features.terms)
    others = [other for other in mentions if other.span != mention.span]
    near = sum(len(terms & _stems(other.features.terms)) > 1 for other in others)
    return near / len(others) if others else 0.0
