"""The score in words: one sentence for an editor, and what would change the suggestion."""

from __future__ import annotations

import math
from collections.abc import Sequence

from claims.engine.agreement.parameters import Parameters
from claims.engine.agreement.stance_channel import stances
from claims.engine.agreement.voices import Voice
from claims.engine.agreement.weighing import Tally, asserting_side, clashing, denying
from claims.engine.types import OriginKind, Stance, Suggestion

WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]

MOST_FURTHER = 20


def number(count: int) -> str:
    """Return a small number as a word."""
    return WORDS[count] if count < len(WORDS) else f"{count:,}"


def plural(count: int, noun: str) -> str:
    """Return "one article", "six articles"."""
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"


def explain(speaking: Sequence[Voice], clash: Sequence[Voice], articles: int) -> str:
    """Return one sentence for an editor: how many articles, how many origins, who denies, whose figure differs."""
    every = [v for v in speaking if v.stance is Stance.ASSERTS]
    holding = [v for v in every if v.full] or every[:1]
    against = [v for v in speaking if v.stance is Stance.DENIES]
    parts = [_behind(holding, against)]
    restating = len(every) - len(holding)
    if restating:
        parts.append(
            f"{number(restating)} more without sign of reporting of {'its' if restating == 1 else 'their'} own"
        )
    if holding and against:
        parts.append(_denials(against))
    if clash:
        parts.append(f"{plural(len(clash), 'origin')} with another figure")
    supposing = sum(not v.committed for v in speaking)
    if supposing:
        does = "plans, asks or supposes" if supposing == 1 else "plan, ask or suppose"
        parts.append(f"{number(supposing)} only {does} it")
    undecided = len(speaking) - len(every) - len(against) - supposing
    if undecided:
        parts.append(f"{number(undecided)} neither {'confirms' if undecided == 1 else 'confirm'} nor denies")
    text = f"{plural(articles, 'article')}, {'; '.join(parts)}."
    return text[0].upper() + text[1:]


def _behind(holding: Sequence[Voice], against: Sequence[Voice]) -> str:
    if not holding:
        return f"asserted by nobody, {_denials(against)}" if against else "asserted by nobody"
    if len(holding) > 1:
        named = [v.origin.label for v in holding][:3]
        more = len(holding) - len(named)
        names = ", ".join(named) + (f" and {number(more)} more" if more else "")
        return f"{plural(len(holding), 'independent origin')} ({names})"
    only = holding[0]
    if against:
        return f"one origin: {_relayed(only)}"
    return f"single origin: {_relayed(only)}"


def _relayed(voice: Voice) -> str:
    if voice.origin.kind is OriginKind.OUTLET:
        return f"only {voice.origin.label} reports it"
    return f"{'all relay' if voice.articles > 1 else 'it relays'} {voice.origin.label}"


def _denials(against: Sequence[Voice]) -> str:
    accused = sum(v.accused for v in against)
    text = f"{number(len(against))} independent denial{'' if len(against) == 1 else 's'}"
    return f"{text}, {number(accused)} of them by the party concerned" if accused else text


def outlook(speaking: Sequence[Voice], tally: Tally, suggested: Suggestion, parameters: Parameters) -> str:
    """Return what further evidence would change the suggestion."""
    denied = any(v.stance is Stance.DENIES for v in speaking)
    holding = sum(v.stance is Stance.ASSERTS and v.firm for v in speaking)
    if suggested is Suggestion.CORROBORATED:
        return "An independent denial, or an independent figure that contradicts this one, would make it disputed."
    if suggested is Suggestion.DISPUTED:
        clash = clashing(speaking, tally)
        what = " and ".join(w for w in ("the denial" if denied else "", "the other figure" if clash else "") if w)
        return f"It stays disputed until {what} is withdrawn, or turns out not to be independent."
    if denied:
        return "An independent origin that asserts it would make it disputed."
    needed = max(2 - holding, 1, further(speaking, tally, parameters))
    more = plural(needed, "more independent origin" if holding else "independent origin").capitalize()
    end = "; an independent denial would make it disputed." if holding else "."
    return f"{more} that {'asserts' if needed == 1 else 'assert'} it would make it corroborated{end}"


def further(speaking: Sequence[Voice], tally: Tally, parameters: Parameters) -> int:
    """Return how many plain witnesses more lift the score of a claim that nobody denies over the threshold."""
    threshold = math.log(parameters.corroborated_from / (1.0 - parameters.corroborated_from)) * parameters.temperature
    side, against = asserting_side(speaking, tally), denying(speaking, tally, parameters)
    missing = threshold - parameters.prior_log_odds
    counts = (k for k in range(MOST_FURTHER) if stances(side.with_named(k).total, against, parameters) >= missing)
    return next(counts, MOST_FURTHER)
