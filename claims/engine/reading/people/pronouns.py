"""Who is meant by "he" and "she" in an article: each pronoun weighed in its turn, and nobody where it is not sure.

A conditional logistic model (weights in ``weights/pronouns.json``) gives each candidate of ``salience`` a share; the
likeliest is the speaker where its share is large enough. A pronoun lets its person go on in what follows.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from claims.engine.reading.people.registry import Registry, registry_of
from claims.engine.reading.people.salience import PRONOUNS, Place, Scene, candidates, features, nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from claims.engine.reading.attribution.model import Attributed
    from claims.engine.reading.text.parsing import Parsed
    from claims.engine.types import KnownPerson

WEIGHTS = Path(__file__).parents[2] / "weights" / "pronouns.json"
CLEARLY = 8.0
"""How many times the share of the next one whoever is surely meant has."""
SURER = 0.8
"""The share that is asked of a name of which nothing but the pronoun tells that it is a person's."""
Voices = Mapping[int, str]
"""The number of a quotation -> the name of the person who says it."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted model: a weight a feature, and the share from which the likeliest is sure enough to be a speaker."""

    weights: Mapping[str, float]
    sure: float


@dataclass(frozen=True, slots=True)
class Meant:
    """Who is meant by one pronoun: the likeliest and its share ("" and 0 where nobody can be), and whether it is sure.

    ``who`` of somebody without a name is "noun:" and the noun.
    """

    who: str
    share: float
    sure: bool

    @property
    def likeliest(self) -> str:
        """The name of the likeliest, "" where that is nobody by name."""
        return "" if self.who.startswith("noun:") else self.who

    @property
    def name(self) -> str:
        """The name of whom a pronoun stands for beyond doubt, else ""."""
        return self.likeliest if self.sure else ""


@cache
def fitted() -> Weights:
    """Return the weights that come with the package."""
    raw = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Weights(raw["weights"], raw["sure"])


def pronouns(
    doc: Doc, registry: Registry, read: Attributed, voices: Voices, weights: Weights | None = None
) -> dict[int, Meant]:
    """Return who is meant by every "he", "she", "him", "her" and "his" of a text, by token."""
    weights = weights or fitted()
    found: dict[int, Meant] = {}
    for token, scene in scenes(doc, registry, read, voices):
        if token is None:
            continue
        meant = weigh(scene, token, weights)
        found[token.i] = meant
        remember(scene, token, meant.who)
    return found


def scenes(doc: Doc, registry: Registry, read: Attributed, voices: Voices) -> Iterator[tuple[Token, Scene]]:
    """Yield every pronoun with the scene before it; the caller says whom it stands for with ``remember``."""
    starts = [sentence.start for sentence in doc.sents]
    sentence_of = [0] * len(doc)
    for number, sentence in enumerate(doc.sents):
        sentence_of[sentence.start : sentence.end] = [number] * len(sentence)
    scene = Scene(doc, registry, sentence_of, starts, read.quoted, dict(voices))
    scene.speaking = frozenset(voices.values())
    scene.totals = dict(Counter(one.name for one in (*registry.named, *registry.doubtful)))
    named = [Place(one.at, one.start, one.end, one.name, "name") for one in registry.named]
    named += [Place(one.at, one.start, one.end, one.name, "doubtful") for one in registry.doubtful]
    waiting = sorted([*named, *nouns(doc, registry)], key=lambda place: -place.at)
    for token in doc:
        while waiting and waiting[-1].at < token.i:
            scene.enter(waiting.pop())
        if token.lower_ in PRONOUNS and token.pos_ == "PRON":
            yield token, scene


def remember(scene: Scene, token: Token, who: str) -> None:
    """Let a pronoun stand for somebody in what follows."""
    if who:
        scene.enter(Place(token.i, token.i, token.i + 1, who, "pronoun"))
        scene.last[PRONOUNS[token.lower_]] = (who, scene.sentence_of[token.i])


def compared(scene: Scene, token: Token) -> dict[str, dict[str, float]]:
    """Return the features of every candidate for a pronoun."""
    found = candidates(scene, token)
    order = sorted(found, key=lambda who: -found[who][-1].at)
    return {who: features(scene, token, who, found[who], rank) for rank, who in enumerate(order)}


def weigh(scene: Scene, token: Token, weights: Weights) -> Meant:
    """Return who is meant by one pronoun: the candidates' shares are the softmax of their weighted features."""
    worth = {
        who: sum(weights.weights.get(name, 0.0) * value for name, value in values.items())
        for who, values in compared(scene, token).items()
    }
    if not worth:
        return Meant("", 0.0, sure=False)
    best, *others = sorted(worth, key=lambda who: -worth[who])
    top = worth[best]
    share = 1 / (sum(math.exp(other - top) for other in worth.values()) + math.exp(-top))
    rival = max((math.exp(worth[who] - top) for who in others), default=0.0)
    doubtful = best not in scene.registry.by_name and not best.startswith("noun:")
    sure = share >= (SURER if doubtful else weights.sure) and rival * CLEARLY <= 1
    return Meant(best, share, sure)


def people_of(parsed: Parsed, attributed: Attributed, known: Mapping[str, KnownPerson] | None = None) -> Registry:
    """Return the people of an article, and whom its pronouns stand for."""
    registry = registry_of(parsed, known)
    for token, meant in pronouns(parsed.doc, registry, attributed, voices_of(attributed, registry)).items():
        if meant.likeliest:
            registry.likely[token] = meant.likeliest
        else:
            registry.nameless.add(token)
        if meant.name:
            registry.meant[token] = meant.name
    return registry


def voices_of(attributed: Attributed, registry: Registry) -> dict[int, str]:
    """Return who says each quotation, by its number, where the words that introduce it name a person."""
    found: dict[int, str] = {}
    for one in attributed.attributions:
        named = registry.around(one.head) if one.direct and one.head is not None else None
        if named is not None:
            found.update((attributed.quoted[start], named.name) for start, _ in one.content)
    return found
