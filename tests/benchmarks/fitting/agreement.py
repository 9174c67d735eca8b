"""Fit the stance channel to the decided rumours of ``emergent`` and print the parameters, to be rounded by hand.

    python -m tests.benchmarks.fitting.agreement --data DIR [--split dev]

What was shipped: the fit on dev, with the prior drawn towards even odds (rumours on a rumour tracker are more often
false than what a news desk checks) and every number rounded. The copying parameters were chosen on flight dev and
generated data among copy rates of .6 to .9, log-priors of -5 to -10 and coverages of 0 to .55.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

from claims.engine.agreement.learning.calibration import Report
from claims.engine.agreement.learning.fitting import fit
from claims.engine.agreement.parameters import DEFAULT
from claims.engine.agreement.scoring import case
from tests.benchmarks._emergent import rumours, supervised, unsupervised

NEUTRAL = replace(DEFAULT, prior_log_odds=0.0, true_asserted=4.0, true_denied=0.5, false_asserted=2.0, false_denied=2.0)
"""A start that has seen no rumour: even odds; true claims are mostly asserted, false ones half of the time."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    args = parser.parse_args()
    sets = rumours(args.data, args.split)
    fitted = fit([case(evidence, holds) for evidence, holds in sets])
    print(json.dumps(fitted.as_mapping(), indent=2))
    print("as shipped", told(unsupervised(sets)))
    for start, parameters in (("shipped values", DEFAULT), ("values that have seen nothing", NEUTRAL)):
        for folds in (10, len(sets)):
            print(f"{folds} folds, fitted around {start}:", told(supervised(sets, folds, parameters)))


def told(report: Report) -> str:
    """Return a report in one line."""
    return (
        f"accuracy {report.accuracy:.4f}, Brier {report.brier:.4f}, calibration error {report.ece:.4f} "
        f"({report.ece_by_chance:.4f} by chance), z {report.z:+.2f}"
    )


if __name__ == "__main__":
    main()
