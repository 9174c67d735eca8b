"""``python -m tests.benchmarks.fitting.stories --data DIR [--cache DIR]``: write weights/stories.json.

Fits the logistic of ``comparisons`` on pairs of articles: each article with those before it that share its keys.
Both sets have one split only, so beside the shipped weights (fitted on both whole sets) it measures twice-crossed ones:
each article is placed, in the whole stream, by weights fitted without the events of its own half.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from claims.engine.matching.stories import Placed, Stories, general, member, story_keys, terms_of
from claims.engine.matching.stories.comparisons import COMPARISONS, WEIGHTS, Curve, Weights, values
from tests.benchmarks._digests import Article, gva, news_clusters
from tests.benchmarks.stories import b_cubed_f1, pair_f1

NEIGHBOURS = 30
LATEST = 150
BALANCE = {"gva": 1.0, "news_clusters": 5.0}
"""Weight of a pair of each set: the sets differ in size, and both kinds of news matter."""
KNOTS = (0.0, 0.05, 0.1, 0.2, 0.35, 0.6, 1.0)
FALLING = frozenset(("gap", "other_days"))
SHRINKAGE = 3.0
JOIN = (-0.5, -0.25, 0.0, 0.25)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Comparisons of pairs of one set, whether they are of one event, and in which half the newer article is."""

    values: NDArray[np.float64]
    same: NDArray[np.bool_]
    half: NDArray[np.int64]


def half(event: str) -> int:
    """Return the half of the events to which one belongs."""
    return crc32(event.encode()) % 2


def pairs(articles: Sequence[Article]) -> Pairs:
    """Compare each article with earlier ones that share its keys."""
    background, counts = general(), Counter[str]()
    holders: defaultdict[str, list[int]] = defaultdict(list)
    members, rows, same, halves = [], [], [], []
    for number, article in enumerate(articles):
        terms = set(terms_of(article.digest))
        counts.update(terms)
        known = background.plus(number + 1, {term: counts[term] for term in terms})
        new = member(article.key, article.digest, article.published, known)
        shared: Counter[int] = Counter()
        keys = story_keys(article.digest, known)
        for key in keys:
            shared.update(dict.fromkeys(holders[key][-LATEST:], round(1000 * known.idf(key) ** 2)))
        for old, _ in shared.most_common(NEIGHBOURS):
            rows.append(list(values(new, members[old]).values()))
            same.append(articles[old].event == article.event)
            halves.append(half(article.event))
        for key in keys:
            holders[key].append(number)
        members.append(new)
    return Pairs(np.array(rows), np.array(same), np.array(halves))


def fit(sets: dict[str, Pairs], without: int | None = None) -> Weights:
    """Fit the logistic on all pairs, or without those of one half; thresholds are set afterwards."""
    kept = {name: np.ones(len(p.same), bool) if without is None else p.half != without for name, p in sets.items()}
    x = np.vstack([p.values[kept[name]] for name, p in sets.items()])
    y = np.concatenate([p.same[kept[name]] for name, p in sets.items()])
    weight = np.concatenate([np.full(kept[name].sum(), BALANCE[name]) for name in sets])
    bias, increments = fitted_logistic(ramps(x), y, weight)
    return Weights(bias, curves(increments), 0.0, 99.0)


def ramps(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each comparison has come from each knot to the next: a logistic of these is piecewise linear in each."""
    return np.hstack([np.clip((x - low) / (high - low), 0.0, 1.0) for low, high in pairwise(KNOTS)])


def fitted_logistic(
    x: NDArray[np.float64], y: NDArray[np.bool_], weight: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """Fit a logistic whose curves only rise, or only fall for the comparisons of what sets two articles apart."""
    low = [None if name in FALLING else 0.0 for name in COMPARISONS] * (len(KNOTS) - 1)
    high = [0.0 if name in FALLING else None for name in COMPARISONS] * (len(KNOTS) - 1)
    sign = np.where(y, 1.0, -1.0)

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (x @ parameters[1:] + parameters[0])
        slope = -sign * weight * expit(-margin)
        value = weight @ np.logaddexp(0.0, -margin) + SHRINKAGE * parameters[1:] @ parameters[1:] / 2
        return value, np.concatenate([[slope.sum()], slope @ x + SHRINKAGE * parameters[1:]])

    start = np.zeros(x.shape[1] + 1)
    bounds = [(None, None), *zip(low, high, strict=True)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 3000})
    return float(found.x[0]), found.x[1:]


def curves(increments: NDArray[np.float64]) -> dict[str, Curve]:
    """The log-odds of each comparison at each knot."""
    steps = increments.reshape(len(KNOTS) - 1, len(COMPARISONS))
    rise = np.vstack([np.zeros(len(COMPARISONS)), np.cumsum(steps, axis=0)])
    return {
        name: tuple((x, round(float(y), 4)) for x, y in zip(KNOTS, rise[:, number], strict=True))
        for number, name in enumerate(COMPARISONS)
    }


def placed(articles: Sequence[Article], choose: Callable[[Article], Weights]) -> dict[str, str]:
    """Run the stream of articles through the product, each placed by the weights chosen for it."""
    stories = Stories(weights=choose(articles[0]))
    for article in articles:
        stories.weights = choose(article)
        stories.add(Placed(article.key, article.title, article.published, article.digest))
    return stories.stories()


def measure(articles: Sequence[Article], choose: Callable[[Article], Weights]) -> tuple[float, float]:
    """Return pair F1 and B-cubed F1."""
    found = placed(articles, choose)
    predicted, gold = [found[a.key] for a in articles], [a.event for a in articles]
    return pair_f1(predicted, gold), b_cubed_f1(predicted, gold)


def with_thresholds(weights: Weights, join: float, unite: float) -> Weights:
    """Return the weights with other thresholds."""
    return Weights(weights.bias, weights.curves, join, unite)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--dry", action="store_true", help="measure only")
    parser.add_argument("--unite", type=float, default=0.0)
    args = parser.parse_args()
    sets = {"gva": gva(args.data, "dev", args.cache), "news_clusters": news_clusters(args.data, "dev", args.cache)}
    compared = {name: pairs(articles) for name, articles in sets.items()}
    crossed = [fit(compared, without=number) for number in (0, 1)]
    best, best_score, figures = 0.0, 0.0, {}
    for join in JOIN:
        models = [with_thresholds(w, join, args.unite) for w in crossed]
        result = {n: measure(a, lambda one, m=models: m[half(one.event)]) for n, a in sets.items()}
        score = sum(sum(f) for f in result.values())
        print(join, {n: [round(f, 4) for f in r] for n, r in result.items()}, round(score, 4), flush=True)
        if score > best_score:
            best, best_score, figures = join, score, result
    other = {"gva": "news_clusters", "news_clusters": "gva"}
    across = {n: with_thresholds(fit({other[n]: compared[other[n]]}), best, args.unite) for n in sets}
    strange = {n: measure(a, lambda _, m=across[n]: m) for n, a in sets.items()}
    final = with_thresholds(fit(compared), best, args.unite)
    print("crossed", best, figures, "\nfitted on the other set", strange, "\n", final)
    if args.dry:
        return
    write(final, figures, strange, {n: len(p.same) for n, p in compared.items()})


def write(weights: Weights, crossed: object, strange: object, sizes: dict[str, int]) -> None:
    """Write the weights with their provenance."""
    provenance = {
        "fitted_on": "gva dev and news_clusters dev, pairs: " + ", ".join(f"{n} {s}" for n, s in sizes.items()),
        "fitted_at": date.today().isoformat(),  # noqa: DTZ011
        "script": "tests/benchmarks/fitting/stories.py",
        "pair_f1_and_b3_f1": {"crossed_by_event": crossed, "fitted_on_the_other_set_only": strange},
    }
    body = {
        "provenance": provenance,
        "bias": round(weights.bias, 4),
        "join": weights.join,
        "unite": weights.unite,
        "curves": {name: [list(point) for point in curve] for name, curve in weights.curves.items()},
    }
    WEIGHTS.write_text(one_curve_a_line(json.dumps(body, indent=1)) + "\n", encoding="utf-8")


def _joined(found: re.Match[str]) -> str:
    return "[" + re.sub(r",\s+", ", ", found[1]) + "]"


def one_curve_a_line(text: str) -> str:
    """Write the points of a curve on one line, so that a change of weights can be read."""
    flat = re.sub(r"\[\s+(-?[\d.e-]+),\s+(-?[\d.e-]+)\s+\]", r"[\1, \2]", text)
    return re.sub(r"\[\s+(\[[^\n]*\](?:,\s+\[[^\n]*\])*)\s+\]", _joined, flat)


if __name__ == "__main__":
    main()
