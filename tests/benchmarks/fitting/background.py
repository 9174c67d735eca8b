"""``python -m tests.benchmarks.fitting.background --data DIR``: write weights/background.json.

Counts in how many articles of general political news (``polnear`` train) each term stands. It only tells common words
from rare ones before a desk has read any articles, so it holds counts of terms met in ``FEWEST`` articles or more.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from claims.engine.matching.stories.profile import BACKGROUND, terms_of
from tests.benchmarks._digests import lines, read

FEWEST = 4
WEIGHT = 3
"""Each article counts as three: a desk's own counts outweigh them after some thousands of articles."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    rows = list(lines(parser.parse_args().data / "polnear" / "train.jsonl"))
    counts = Counter(term for found in read(rows) for term in set(terms_of(found)))
    kept = {term: WEIGHT * count for term, count in sorted(counts.items()) if count >= FEWEST}
    provenance = {
        "fitted_on": f"polnear train, {len(rows)} articles, each counted {WEIGHT} times",
        "script": "tests/benchmarks/fitting/background.py",
    }
    result = {"provenance": provenance, "documents": WEIGHT * len(rows), "counts": kept}
    BACKGROUND.write_text(json.dumps(result, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(kept)} terms of {len(rows)} articles")


if __name__ == "__main__":
    main()
