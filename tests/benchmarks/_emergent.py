"""Rumours with the stance of each article's headline, and what was found out in the end.

Ferreira and Vlachos, "Emergent: a novel data-set for stance classification", NAACL 2016.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from claims.engine.agreement.fitting import fit
from claims.engine.agreement.parameters import DEFAULT
from claims.engine.agreement.scoring import assess, case
from claims.engine.types import Evidence, Speaker, SpeakerKind, Stance
from tests.benchmarks._scores import Scores, judged

STANCES = {"for": Stance.ASSERTS, "against": Stance.DENIES, "observing": Stance.OPEN}
FOLDS = 10
Rumour = tuple[list[Evidence], bool]


def rumours(data: Path, split: str) -> list[Rumour]:
    """Return the rumours that were found true or false: their articles as evidence, and whether they hold."""
    evidence: dict[str, list[Evidence]] = {}
    holds: dict[str, bool] = {}
    with (data / "emergent" / f"{split}.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["claimTruth"] not in ("true", "false"):
                continue
            holds[row["claimId"]] = row["claimTruth"] == "true"
            evidence.setdefault(row["claimId"], []).append(
                Evidence(
                    id=f"{row['articleId']} {len(evidence.get(row['claimId'], ()))}",
                    article=row["articleId"],
                    source=row["source"],
                    quote=row["articleHeadline"],
                    speaker=Speaker(row["source"], row["source"], SpeakerKind.OUTLET),
                    stance=STANCES[row["articleHeadlineStance"]],
                )
            )
    return [(evidence[k], holds[k]) for k in sorted(evidence)]


def _scores(probability: Sequence[float], sets: Sequence[Rumour]) -> Scores:
    p, true = np.array(probability), np.array([holds for _, holds in sets], dtype=float)
    # The probability is that of "true"; accuracy is that of the more probable answer.
    answered = judged(p, true)
    accuracy = float(np.where(p == 0.5, 0.5, (p > 0.5) == (true > 0.5)).mean())
    return Scores(accuracy, answered.brier, answered.ece)


def unsupervised(sets: Sequence[Rumour]) -> Scores:
    """Return the scores of the shipped parameters."""
    return _scores([assess(evidence).probability for evidence, _ in sets], sets)


def supervised(sets: Sequence[Rumour]) -> Scores:
    """Return the scores where each tenth of the rumours is judged with what the verdicts on the others teach."""
    cases = [case(evidence, holds) for evidence, holds in sets]
    probability = [0.0] * len(sets)
    for fold in range(FOLDS):
        learned = fit([c for i, c in enumerate(cases) if i % FOLDS != fold], DEFAULT)
        for i in range(fold, len(sets), FOLDS):
            probability[i] = assess(sets[i][0], parameters=learned).probability
    return _scores(probability, sets)


def any_denial(sets: Sequence[Rumour]) -> float:
    """Return the accuracy of the rule "a rumour that any article denies is false"."""
    right = [all(e.stance is not Stance.DENIES for e in evidence) == holds for evidence, holds in sets]
    return float(np.mean(right))
