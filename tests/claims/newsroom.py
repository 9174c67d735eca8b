"""A newsroom for the matching tests: articles of one made-up story, their mentions read by the real engine."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256

from claims.engine import types
from claims.engine.reading.mentions import describe
from claims.models import Article, Claim, Mention, Source, Speaker, Story
from claims.services.matching import match
from claims.services.records import mention_row

# Seven claims, each told in several ways and with several figures.
TELLINGS: dict[str, tuple[str, ...]] = {
    "divers": (
        "At least 155 Norlandic divers work for the harbour of Port Ember.",
        "168 Norlandic divers are working for the harbour of Port Ember.",
        "More than 100 Norlandic divers now work for the harbour of Port Ember.",
    ),
    "dead": (
        "Seven people were killed when the lighthouse stairs collapsed.",
        "The collapse of the lighthouse stairs killed nine people.",
        "At least seven people were killed in the collapse of the lighthouse stairs.",
    ),
    "hurt": (
        "Forty people were injured when the lighthouse stairs collapsed.",
        "The collapse of the lighthouse stairs injured 43 people.",
    ),
    "ferry": (
        "The ferry Albatross ran aground on the Kestrel reef in thick fog.",
        "In thick fog the ferry Albatross ran aground on the Kestrel reef.",
    ),
    "tariff": (
        "Parliament raised the import tariff on smoked herring to 12 percent.",
        "The import tariff on smoked herring was raised to 11 percent by parliament.",
    ),
    "vaccine": (
        "The university of Tarn withdrew its vaccine against seal flu.",
        "The vaccine against seal flu was withdrawn by the university of Tarn.",
    ),
    "prize": (
        "Violinist Odile Brandt won the Meridian prize for her quartet.",
        "Odile Brandt, the violinist, won the Meridian prize for her quartet.",
    ),
}


@lru_cache(maxsize=256)
def read(sentence: str) -> types.Mention:
    return describe([sentence])[0]


def story(title: str = "Port Ember") -> Story:
    return Story.objects.create(title=title)


def publish(home: Story, outlet: str, sentences: Sequence[str], *, stance: str = "asserts") -> Article:
    """Return an article of these sentences, with one mention a sentence, read but not matched."""
    text = "\n".join(sentences)
    source, _ = Source.objects.get_or_create(key=outlet, defaults={"name": outlet})
    article = Article.objects.create(
        source=source, story=home, title=sentences[0][:200], text=text, language="en",
        content_hash=sha256(f"{outlet}\n{text}".encode()).hexdigest(),
    )  # fmt: skip
    speaker, _ = Speaker.objects.get_or_create(canonical=outlet, defaults={"kind": "outlet"})
    Mention.objects.bulk_create(mention_row(article, one, speaker) for one in _placed(article, sentences, stance))
    return article


def _placed(article: Article, sentences: Sequence[str], stance: str) -> Iterable[types.Mention]:
    start = 0
    for sentence in sentences:
        span = types.Span(start, start + len(sentence))
        yield replace(
            read(sentence), article=str(article.pk), span=span, sentence_span=span, stance=types.Stance(stance)
        )
        start = span.end + 1


def edition(home: Story, number: int, chance: random.Random) -> Article:
    """Return an article of one outlet that tells three of the claims in its own way."""
    topics = chance.sample(sorted(TELLINGS), 3)
    return publish(home, f"paper-{number}", [chance.choice(TELLINGS[topic]) for topic in topics])


def topic_of(sentence: str) -> str:
    return next(topic for topic, tellings in TELLINGS.items() if sentence in tellings)


def grouping() -> dict[str, set[int]]:
    """Return in which claims the mentions of each topic stand."""
    found: dict[str, set[int]] = {}
    for sentence, claim_id in Mention.objects.values_list("sentence", "claim_id"):
        found.setdefault(topic_of(sentence), set()).add(claim_id)
    return found


def live() -> list[Claim]:
    return list(Claim.objects.filter(merged_into__isnull=True).order_by("pk"))


def told(home: Story, outlet: str, sentence: str) -> Claim:
    """Publish one sentence and have it matched; return the claim that it came into."""
    match(publish(home, outlet, [sentence]).pk)
    return Claim.objects.get(mentions__sentence=sentence, mentions__article__source__key=outlet)
