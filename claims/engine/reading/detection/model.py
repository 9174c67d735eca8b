"""Which sentences state a fact that somebody could check.

Two logistic models over the same features (``features``), both fitted outside (``weights/detection.json``
says on what, and how well they do):

- ``worth``: does a fact-checker pick the sentence? Fitted on the sentences of election debates.
- ``checkable``: does it state a verifiable fact at all? Fitted on speeches, with the score of ``worth`` as one feature.

Questions and remarks about the reporting itself ("X did not respond to a request for comment") are held down by a rule,
because speeches hold too few of them to learn from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, sqrt
from pathlib import Path
from typing import Final

from spacy.tokens import Span

from claims.engine.reading.detection.features import form, places, words

WEIGHTS: Final = Path(__file__).parents[2] / "weights" / "detection.json"
_LIMIT: Final = 30.0

ASIDE: Final = 0.2
"""The most that a question or a remark of the newsroom about its own work can reach."""

_ASIDE: Final = re.compile(
    r"\?[\s\"'”’)\]]*$"
    r"|\b(?:contacted|approached|reached out to|asked)\b[^.]{0,120}\bfor (?:a |further "
    r"|additional )?(?:comment|response|reaction)"
    r"|\b(?:declined|refused) (?:to comment|comment)\b|\b(?:request|requests) for (?:a )?(?:comment|response)\b"
    r"|^\W*(?:It (?:was|is|remains|remained) (?:not (?:immediately |yet |entirely )?clear|un(?:clear|known))"
    r"|It's (?:not clear|unclear))\b"
    r"|\bthis (?:is a (?:developing|breaking)|(?:story|article|page|post) (?:will be|has been|was) (?:updated"
    r"|corrected|amended))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model: ``bias`` + features of form + words, each word by one over the root of their number."""

    bias: float
    form: Mapping[str, float]
    words: Mapping[str, float]
    scale: float
    threshold: float

    def log_odds(self, forms: Mapping[str, float], found: Sequence[str]) -> float:
        """Return the log-odds of a sentence with these features."""
        known = [self.words[word] for word in found if word in self.words]
        total = sum(self.form.get(name, 0.0) * value for name, value in forms.items())
        return self.bias + total + self.scale * sum(known) / sqrt(len(found) or 1)


@cache
def models() -> tuple[Model, Model]:
    """Return the fitted models ``worth`` and ``checkable``."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return _model(stored["worth"]), _model(stored["checkable"])


def _model(stored: Mapping[str, object]) -> Model:
    fields = {name: stored[name] for name in ("bias", "form", "words", "scale", "threshold")}
    return Model(**fields)  # type: ignore[arg-type]


def probability(log_odds: float) -> float:
    """Return the logistic function of ``log_odds``."""
    return 1.0 / (1.0 + exp(-max(-_LIMIT, min(_LIMIT, log_odds))))


def worth(sent: Span) -> float:
    """Return how likely it is, in [0, 1], that a fact-checker would pick ``sent`` out of a debate."""
    return probability(models()[0].log_odds(form(sent), words(sent)))


def checkable(sent: Span) -> float:
    """Return how likely it is, in [0, 1], that ``sent`` states a verifiable fact; 0 for a sentence without words."""
    found = words(sent)
    if not any(word[:1].isalnum() for word in found):
        return 0.0
    forms = form(sent)
    picked, stated = models()
    forms["worth"] = picked.log_odds(forms, found)
    score = probability(stated.log_odds(forms, found + places(sent)))
    return min(score, ASIDE) if _ASIDE.search(sent.text) else score
