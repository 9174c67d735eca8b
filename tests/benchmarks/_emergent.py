"""Rumours with the stance of each article's headline, and what was found out in the end.

Ferreira and Vlachos, "Emergent: a novel data-set for stance classification", NAACL 2016.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from claims.engine.agreement.learning.calibration import Report, report
from claims.engine.agreement.learning.fitting import fit
from claims.engine.agreement.learning.items import learn
from claims.engine.agreement.learning.reliability import Reliability
from claims.engine.agreement.parameters import DEFAULT, Parameters
from claims.engine.agreement.scoring import assess, case
from claims.engine.agreement.testimony import Verdict, items_of
from claims.engine.types import Evidence, Speaker, SpeakerKind, Stance

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


def report_of(probability: Sequence[float], sets: Sequence[Rumour]) -> Report:
    """Return how the probabilities of "true" compare with what was found out."""
    return report([(p, holds) for p, (_, holds) in zip(probability, sets, strict=True)])


def unsupervised(sets: Sequence[Rumour]) -> Report:
    """Return the scores of the shipped parameters."""
    return report_of([assess(evidence).probability for evidence, _ in sets], sets)


def supervised(sets: Sequence[Rumour], folds: int = FOLDS, start: Parameters = DEFAULT) -> Report:
    """Return the scores where each fold of the rumours is judged with what the verdicts on the others teach.

    As on the desk they teach two things: what a denial and a further assertion are worth (``fitting``, around
    ``start``), and how often each source was right (``testimony``).
    """
    cases = [case(evidence, holds, parameters=start) for evidence, holds in sets]
    probability = [0.0] * len(sets)
    for fold in range(folds):
        others = [i for i in range(len(sets)) if i % folds != fold]
        learned = fit([cases[i] for i in others], start)
        known = reliabilities([sets[i] for i in others], start)
        for i in range(fold, len(sets), folds):
            probability[i] = assess(sets[i][0], parameters=learned, reliability=known).probability
    return report_of(probability, sets)


def reliabilities(sets: Sequence[Rumour], parameters: Parameters) -> dict[str, Reliability]:
    """Return what the verdicts say of the sources, learned as the desk learns it."""
    items = [
        item
        for place, (evidence, holds) in enumerate(sets)
        for item in items_of(str(place), evidence, Verdict(holds), parameters)
    ]
    return learn(items, parameters=parameters).reliability()


def any_denial(sets: Sequence[Rumour]) -> float:
    """Return the accuracy of the rule "a rumour that any article denies is false"."""
    right = [all(e.stance is not Stance.DENIES for e in evidence) == holds for evidence, holds in sets]
    return float(np.mean(right))
