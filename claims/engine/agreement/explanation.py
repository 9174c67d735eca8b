"""The score in words: one sentence for an editor, and what would change the suggestion."""

from __future__ import annotations

import math
from collections.abc import Sequence

from claims.engine.agreement.parameters import Parameters
from claims.engine.agreement.stance import evidence
from claims.engine.agreement.voices import Voice
from claims.engine.types import OriginKind, Stance, Suggestion

WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]

MOST_FURTHER = 20
FULL_STRENGTH = 0.999


def number(count: int) -> str:
    """Return a small number as a word."""
    return WORDS[count] if count < len(WORDS) else f"{count:,}"


def plural(count: int, noun: str) -> str:
    """Return "one article", "six articles"."""
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"


def explain(speaking: Sequence[Voice], clash: Sequence[Voice], articles: int) -> str:
    """Return one sentence for an editor: how many articles, how many origins, who denies, whose figure differs."""
    every = [v for v in speaking if v.stance is Stance.ASSERTS]
    asserting = [v for v in every if v.origin.strength >= FULL_STRENGTH] or every[:1]
    denying = [v for v in speaking if v.stance is Stance.DENIES]
    parts = [_behind(asserting, denying)]
    restating = len(every) - len(asserting)
    if restating:
        parts.append(
            f"{number(restating)} more without sign of reporting of {'its' if restating == 1 else 'their'} own"
        )
    if asserting and denying:
        parts.append(_denials(denying))
    if clash:
        parts.append(f"{plural(len(clash), 'origin')} with another figure")
    undecided = len(speaking) - len(every) - len(denying)
    if undecided:
        parts.append(f"{number(undecided)} neither {'confirms' if undecided == 1 else 'confirm'} nor denies")
    text = f"{plural(articles, 'article')}, {'; '.join(parts)}."
    return text[0].upper() + text[1:]


def _behind(asserting: Sequence[Voice], denying: Sequence[Voice]) -> str:
    if not asserting:
        return f"asserted by nobody, {_denials(denying)}" if denying else "asserted by nobody"
    if len(asserting) > 1:
        named = [v.origin.label for v in asserting][:3]
        more = len(asserting) - len(named)
        names = ", ".join(named) + (f" and {number(more)} more" if more else "")
        return f"{plural(len(asserting), 'independent origin')} ({names})"
    only = asserting[0]
    if denying:
        return f"one origin: {_relayed(only)}"
    return f"single origin: {_relayed(only)}"


def _relayed(voice: Voice) -> str:
    if voice.origin.kind is OriginKind.OUTLET:
        return f"only {voice.origin.label} reports it"
    return f"{'all relay' if voice.articles > 1 else 'it relays'} {voice.origin.label}"


def _denials(denying: Sequence[Voice]) -> str:
    accused = sum(v.accused for v in denying)
    text = f"{number(len(denying))} independent denial{'' if len(denying) == 1 else 's'}"
    return f"{text}, {number(accused)} of them by the party concerned" if accused else text


def outlook(
    speaking: Sequence[Voice],
    clash: Sequence[Voice],
    log_odds: float,
    suggested: Suggestion,
    parameters: Parameters,
) -> str:
    """Return what further evidence would change the suggestion."""
    denying = any(v.stance is Stance.DENIES for v in speaking)
    asserting = sum(v.stance is Stance.ASSERTS and v.origin.strength >= FULL_STRENGTH for v in speaking)
    if suggested is Suggestion.CORROBORATED:
        return "An independent denial, or an independent figure that contradicts this one, would make it disputed."
    if suggested is Suggestion.DISPUTED:
        what = " and ".join(w for w in ("the denial" if denying else "", "the other figure" if clash else "") if w)
        return f"It stays disputed until {what} is withdrawn, or turns out not to be independent."
    if not asserting:
        return "Two independent origins that assert it would be needed for a suggestion."
    weight = math.fsum(v.weight for v in speaking if v.stance is Stance.ASSERTS)
    needed = max(2 - asserting, 1, further(weight, log_odds, parameters))
    return (
        f"{plural(needed, 'more independent origin').capitalize()} that {'asserts' if needed == 1 else 'assert'} it "
        "would make it corroborated; an independent denial would make it disputed."
    )


def further(weight: float, log_odds: float, parameters: Parameters) -> int:
    """Return how many plain witnesses more lift the score of a claim that nobody denies over the threshold."""
    threshold = math.log(parameters.corroborated_from / (1.0 - parameters.corroborated_from)) * parameters.temperature
    base = log_odds * parameters.temperature - evidence(weight, 0.0, parameters)
    count = 0
    while count < MOST_FURTHER and base + evidence(weight + count, 0.0, parameters) < threshold:
        count += 1
    return count
