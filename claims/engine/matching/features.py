"""The comparisons of claim matching, one function each: two mentions in, a score in [0, 1] and its reason out.

``None`` means that there is nothing to compare. What a score is worth in log-odds stands in
``weights/matching.json``; ``docs/matching.md`` tells an editor what each one means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from claims.engine.matching.company import NO_COMPANY, Company
from claims.engine.matching.views import NO_TOPIC, Topic, View
from claims.engine.matching.words import concept, tokens
from claims.engine.types import Place, Stance


@dataclass(frozen=True, slots=True)
class Measure:
    """What one comparison found: a score in [0, 1], or None where there is nothing to compare, and why."""

    score: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Background:
    """How rare words are in news at large (``idf`` in natural logarithms; ``unseen`` for all others)."""

    idf: Mapping[str, float]
    unseen: float


@dataclass(frozen=True, slots=True, eq=False)
class Lens:
    """Through what two mentions are compared: how rare words are in news at large and in the story, and its articles.

    Keeps what it worked out, so use one for all comparisons of a story.
    """

    background: Background
    topic: Topic = NO_TOPIC
    company: Company = NO_COMPANY
    weights: dict[str, float] = field(default_factory=dict)
    sums: dict[frozenset[str], tuple[float, float]] = field(default_factory=dict)

    def weight(self, word: str) -> float:
        """Return how much sharing ``word`` says, in natural logarithms."""
        known = self.weights.get(word)
        if known is None:
            known = self.background.idf.get(word, self.background.unseen) * self.topic.factor(word)
            self.weights[word] = known
        return known

    def size(self, bag: frozenset[str]) -> tuple[float, float]:
        """Return the sum of the weights of ``bag`` and the root of the sum of their squares."""
        known = self.sums.get(bag)
        if known is None:
            found = [self.weight(word) for word in bag]
            known = (sum(found), sum(w * w for w in found) ** 0.5)
            self.sums[bag] = known
        return known


NOTHING = Measure(None)
_EMPTY_VERBS = {concept(verb) for verb in ("be", "have", "do", "say", "make", "get", "go", "take", "come")}
Comparing = Callable[[View, View, Lens], Measure]


def _cosine(a: frozenset[str], b: frozenset[str], lens: Lens) -> Measure:
    scale = lens.size(a)[1] * lens.size(b)[1]
    if not scale:
        return NOTHING
    shared = sorted(((lens.weight(w), w) for w in a & b), key=lambda pair: (-pair[0], pair[1]))
    score = sum(weight * weight for weight, _ in shared) / scale
    return Measure(min(score, 1.0), ", ".join(w.lstrip("=") for _, w in shared[:4]))


def words(a: View, b: View, lens: Lens) -> Measure:
    """Shared words, rare ones counting more (cosine of tf-idf over stems)."""
    return _cosine(a.stems, b.stems, lens)


def meanings(a: View, b: View, lens: Lens) -> Measure:
    """The same over groups of words that news uses for one thing ("killed" and "died")."""
    return _cosine(a.concepts, b.concepts, lens)


def coverage(a: View, b: View, lens: Lens) -> Measure:
    """How much of the shorter statement the longer one holds, by the weight of its words."""
    shared = sum(lens.weight(w) for w in a.concepts & b.concepts)
    least = min(lens.size(a.concepts)[0], lens.size(b.concepts)[0])
    return Measure(min(shared / least, 1.0)) if least else NOTHING


def rarest(a: View, b: View, lens: Lens) -> Measure:
    """How rare the two rarest shared words are, names left out: one ship may be in many claims."""
    shared = sorted(((lens.weight(w), w) for w in (a.concepts & b.concepts) - (a.named & b.named)), reverse=True)[:2]
    score = sum(weight for weight, _ in shared) / (2 * lens.background.unseen)
    return Measure(min(score, 1.0), ", ".join(w.lstrip("=") for _, w in shared))


def spelling(a: View, b: View, lens: Lens) -> Measure:
    """Shared runs of three letters: names spelt two ways, words of one family."""
    if not a.gram_norm or not b.gram_norm:
        return NOTHING
    small, large = (a.grams, b.grams) if len(a.grams) < len(b.grams) else (b.grams, a.grams)
    return Measure(sum(n * large.get(g, 0) for g, n in small.items()) / (a.gram_norm * b.gram_norm))


def names(a: View, b: View, lens: Lens) -> Measure:
    """The names that both hold, of those that the one with fewer holds; a surname meets the full name.

    A name that all the story holds counts for little.
    """
    if not a.names or not b.names:
        return NOTHING
    few, many = sorted((a.names, b.names), key=lambda n: (len(n), sorted(n)))
    met = sorted(n for n in few if any(_same_name(n, m) for m in many))
    return Measure(sum(_telling(n, lens) for n in met) / len(few), ", ".join(met))


def _telling(name: str, lens: Lens) -> float:
    """How far a name tells anything in a story, by its least common word: a name that all articles hold does not."""
    return max((lens.topic.factor(concept(word)) for word in tokens(name)), default=1.0)


def _same_name(a: str, b: str) -> bool:
    if a == b:
        return True
    one, other = set(a.split()), set(b.split())
    return one <= other or other <= one


def stray_names(a: View, b: View, lens: Lens) -> Measure:
    """Whether each side names somebody whom the other does not."""
    if not a.names or not b.names:
        return NOTHING
    strays = [
        [n for n in one.names if not any(_same_name(n, m) for m in other.names)] for one, other in ((a, b), (b, a))
    ]
    share = min(len(s) / len(v.names) for s, v in zip(strays, (a, b), strict=True))
    return Measure(share, " / ".join(", ".join(sorted(s)) for s in strays) if share else "")


def deed(a: View, b: View, lens: Lens) -> Measure:
    """What is done: whether the verb of each stands in the other, in any form."""
    verbs = [concept(v.mention.features.predicate) for v in (a, b)]
    if not all(verbs) or set(verbs) & _EMPTY_VERBS:
        return NOTHING
    if verbs[0] == verbs[1]:
        return Measure(1.0, verbs[0].lstrip("="))
    found = (verbs[0] in b.concepts) + (verbs[1] in a.concepts)
    return Measure(found / 4)


def actors(a: View, b: View, lens: Lens) -> Measure:
    """Who does it and to whom: whether subject and object of each stand in the other, best in the same role."""
    roles = [(concept(v.mention.features.subject), concept(v.mention.features.object)) for v in (a, b)]
    if not any(roles[0]) or not any(roles[1]):
        return NOTHING
    points = possible = 0.0
    for own, other, view in ((roles[0], roles[1], b), (roles[1], roles[0], a)):
        for role, word in enumerate(own):
            if word:
                possible += 1
                points += 1.0 if word == other[role] else 0.5 if word in view.concepts else 0.0
    return Measure(points / possible)


def numbers(a: View, b: View, lens: Lens) -> Measure:
    """Whether they share a figure. Different figures are not against: 155 and 168 may be one claim."""
    if not a.numbers or not b.numbers:
        return NOTHING
    shared = sorted(a.numbers & b.numbers)
    return Measure(1.0 if shared else 0.0, ", ".join(shared))


def dates(a: View, b: View, lens: Lens) -> Measure:
    """Whether the dates that they name meet, to the precision of the coarser."""
    left, right = a.mention.features.dates, b.mention.features.dates
    if not left or not right:
        return NOTHING
    met = any(x.startswith(y) or y.startswith(x) for x in left for y in right)
    return Measure(1.0 if met else 0.0)


def places(a: View, b: View, lens: Lens) -> Measure:
    """Whether the places that they name meet."""
    left, right = set(a.mention.features.places), set(b.mention.features.places)
    if not left or not right:
        return NOTHING
    return Measure(len(left & right) / min(len(left), len(right)), ", ".join(sorted(left & right)))


def speaker(a: View, b: View, lens: Lens) -> Measure:
    """Whether the same speaker says it. Another speaker does not make another claim."""
    left, right = a.mention.speaker.canonical, b.mention.speaker.canonical
    if not left or not right:
        return NOTHING
    return Measure(1.0 if left == right else 0.0, left if left == right else "")


def headline(a: View, b: View, lens: Lens) -> Measure:
    """Whether one of the two is a headline: it says in short what the body says at length."""
    return Measure(1.0 if Place.HEADLINE in (a.mention.place, b.mention.place) else 0.0)


def negation(a: View, b: View, lens: Lens) -> Measure:
    """Whether both affirm or both negate. A denial is compared by what it denies, so it is left out here."""
    if a.mention.stance != Stance.ASSERTS or b.mention.stance != Stance.ASSERTS:
        return NOTHING
    return Measure(1.0 if a.mention.features.negated == b.mention.features.negated else 0.0)


def company(a: View, b: View, lens: Lens) -> Measure:
    """How alike their two articles are, each read together with the articles most like it."""
    return Measure(lens.company.likeness(a.mention.article, b.mention.article))
