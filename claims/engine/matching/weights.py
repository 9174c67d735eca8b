"""The fitted numbers of claim matching, read once: base, thresholds, and how rare words are in news at large."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claims.engine.matching.comparing import Background

FILE = Path(__file__).parents[1] / "weights" / "matching.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """``base`` and the policy's curves give a pair's log-odds; ``same_event`` and ``join`` are its two thresholds.

    At ``same_event`` two sentences more likely than not report one event; at ``join`` a mention joins a claim.
    """

    algorithm: str
    base: float
    same_event: float
    join: float
    background: Background


@cache
def shipped() -> Weights:
    """Return the weights of ``weights/matching.json``."""
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    return Weights(
        algorithm=stored["algorithm"],
        base=stored["base"],
        same_event=stored["thresholds"]["same_event"],
        join=stored["thresholds"]["join"],
        background=Background(stored["background"]["idf"], stored["background"]["unseen"]),
    )
