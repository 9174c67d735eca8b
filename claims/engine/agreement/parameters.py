"""The numbers of the score: one configuration for every kind of claim and every data set."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

WEIGHTS = Path(__file__).parents[1] / "weights" / "agreement.json"
ALGORITHM, FIRST_ALGORITHM = "accu-stance/2", "accu-stance/1"
ALGORITHMS = (ALGORITHM, FIRST_ALGORITHM)


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the score is made with; stored with every assessment. Weights are factors, log-odds are natural.

    ``true_asserted`` to ``false_denied`` are the Beta priors of the stance channel (``stance``), ``denial_weight`` and
    its neighbours the factors of kinds of statements in it. ``prior_agree`` and ``prior_disagree`` are the Beta prior
    of a source's reliability, ``kind_weight`` the pseudo-votes that draw its accuracy on one kind of item to its
    accuracy overall, ``false_values`` the effective number n of wrong values that a source might give (ACCU) before
    anything is known, ``temperature`` divides the log-odds.
    """

    prior_log_odds: float
    true_asserted: float
    true_denied: float
    false_asserted: float
    false_denied: float
    prior_agree: float
    prior_disagree: float
    kind_weight: float
    false_values: float
    denial_weight: float
    accused_denial_weight: float
    open_weight: float
    rival_weight: float
    hedge_alleged: float
    hedge_reported: float
    hedge_possible: float
    bound_support: float
    overtaken_support: float
    rounding_support: float
    approximate_width: float
    temperature: float
    corroborated_from: float
    reconciled_support: float
    copy_rate: float
    copy_prior: float
    copy_coverage: float
    iterations: float

    def as_mapping(self) -> dict[str, float]:
        """Return the parameters by name, as an assessment stores them."""
        return {name: getattr(self, name) for name in NAMES}

    @classmethod
    def from_mapping(cls, values: Mapping[str, float]) -> Parameters:
        """Return the parameters that a stored assessment names.

        What it does not name is as it is today, but for what came later and changes what is read (``LATER``).
        """
        known = DEFAULT.as_mapping() | LATER | {k: float(v) for k, v in values.items()}
        return cls(**{name: known[name] for name in NAMES})


LATER = {"reconciled_support": 0.0}
"""What an assessment that does not name these was made with."""

NAMES = tuple(f.name for f in fields(Parameters))


def load(path: Path = WEIGHTS) -> Parameters:
    """Return the fitted parameters."""
    return Parameters(**json.loads(path.read_text())["parameters"])


DEFAULT = load()
