"""The engine's records as rows, and rows as the engine's records. No queries beyond what the rows carry.

An outlet's own voice has no speaker row, no cue and no words of a source; an unnamed source has its words.
What has no column of its own travels in ``Mention.features``: the place of the figure in the text, the statement as
it stands alone, where that is not the quote, the span of the mention that a denial answers,
and that of the mention in which a nested statement stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from claims import models
from claims.engine import types
from claims.engine.evidence import announcer, is_partial
from claims.engine.polarity import is_negative

FIGURE = "figure"
STANDALONE = "standalone"
ANSWERS = "answers"
PART_OF = "part_of"


def mention_row(article: models.Article, mention: types.Mention, speaker: models.Speaker | None) -> models.Mention:
    """Return an unsaved row for a mention of ``article``; ``speaker`` is its speaker's row, None for the outlet."""
    quantity = mention.quantity
    return models.Mention(
        article=article,
        start=mention.span.start,
        end=mention.span.end,
        quote=mention.quote,
        sentence=mention.sentence,
        sentence_start=mention.sentence_span.start,
        sentence_end=mention.sentence_span.end,
        place=mention.place.value,
        direct=mention.direct,
        speaker=speaker,
        speaker_text=mention.speaker.text[:500],
        organisation=mention.speaker.organisation[:200],
        cue=mention.cue[:200],
        stance=mention.stance.value,
        factuality=mention.factuality.value,
        hedge=mention.hedge.value,
        checkable=mention.checkable,
        value=quantity.value if quantity else None,
        upper=quantity.upper if quantity else None,
        comparator=quantity.comparator.value if quantity else "",
        unit=quantity.unit[:50] if quantity else "",
        counted=quantity.counted[:200] if quantity else "",
        features=features_json(mention),
    )


def features_json(mention: types.Mention) -> dict[str, Any]:
    """Return features and the figure's place, as JSON; empty parts are left out."""
    stored = {name: value for name, value in asdict(mention.features).items() if value}
    if mention.standalone != mention.quote:
        stored[STANDALONE] = mention.standalone
    if mention.answers is not None:
        stored[ANSWERS] = [mention.answers.start, mention.answers.end]
    if mention.part_of is not None:
        stored[PART_OF] = [mention.part_of.start, mention.part_of.end]
    if mention.quantity is not None:
        span = mention.quantity.span
        stored[FIGURE] = {"start": span.start, "end": span.end, "text": mention.quantity.text}
    return stored


def features_of(stored: Mapping[str, Any]) -> types.Features:
    """Return the features that JSON holds."""
    return types.Features(
        terms=tuple(stored.get("terms", ())),
        entities=tuple(types.Entity(e["name"], e["label"]) for e in stored.get("entities", ())),
        places=tuple(stored.get("places", ())),
        subject=stored.get("subject", ""),
        predicate=stored.get("predicate", ""),
        object=stored.get("object", ""),
        dates=tuple(stored.get("dates", ())),
        negated=bool(stored.get("negated", False)),
        recalled=tuple(stored.get("recalled", ())),
        roles=tuple(
            types.Role(r["relation"], r["head"], tuple(r["words"]), tuple(r["names"])) for r in stored.get("roles", ())
        ),
    )


def quantity_of(row: models.Mention, stored: Mapping[str, Any] | None = None) -> types.Quantity | None:
    """Return the figure of a mention; without ``stored`` features its place in the text is left at 0."""
    if row.value is None:
        return None
    place = (stored or {}).get(FIGURE, {"start": 0, "end": 0, "text": ""})
    return types.Quantity(
        value=row.value,
        comparator=types.Comparator(row.comparator or "="),
        unit=row.unit,
        counted=row.counted,
        upper=row.upper,
        span=types.Span(place["start"], place["end"]),
        text=place["text"],
    )


def speaker_of(row: models.Mention) -> types.Speaker:
    """Return who says it; reads ``row.speaker`` and, for the outlet's own voice, ``row.article.source``."""
    if row.speaker is not None:
        kind = types.SpeakerKind(row.speaker.kind)
        return types.Speaker(row.speaker_text, row.speaker.canonical, kind, row.organisation or row.speaker.party)
    if row.cue or row.speaker_text:
        return types.Speaker(row.speaker_text, "", types.SpeakerKind.UNKNOWN)
    return types.Speaker("", row.article.source.key, types.SpeakerKind.OUTLET)


def mention_of(row: models.Mention) -> types.Mention:
    """Return the engine's mention out of a row, with the article's id; reads ``article.source`` and ``speaker``."""
    return types.Mention(
        article=str(row.article_id),
        span=types.Span(row.start, row.end),
        quote=row.quote,
        sentence=row.sentence,
        sentence_span=types.Span(row.sentence_start, row.sentence_end),
        speaker=speaker_of(row),
        cue=row.cue,
        stance=types.Stance(row.stance),
        factuality=types.Factuality(row.factuality),
        hedge=types.Hedge(row.hedge),
        quantity=quantity_of(row, row.features),
        place=types.Place(row.place),
        direct=row.direct,
        features=features_of(row.features),
        checkable=row.checkable,
        standalone=row.features.get(STANDALONE, row.quote),
        answers=types.Span(*row.features[ANSWERS]) if ANSWERS in row.features else None,
        part_of=types.Span(*row.features[PART_OF]) if PART_OF in row.features else None,
    )


def evidence_of(row: models.Mention) -> types.Evidence:
    """Return a mention as the agreement organ sees it; reads ``article.source``, ``article.digest`` and ``speaker``."""
    digest, mention = row.article.digest or {}, mention_of(row)
    return types.Evidence(
        id=str(row.pk),
        article=str(row.article_id),
        source=row.article.source.key,
        quote=row.quote,
        speaker=speaker_of(row),
        stance=types.Stance(row.stance),
        hedge=types.Hedge(row.hedge),
        quantity=quantity_of(row),
        direct=row.direct,
        published=row.article.published_at,
        wire=row.article.wire,
        signature=tuple(digest.get("signature", ())),
        sentence=row.sentence,
        outlet=row.article.source.name,
        negative=is_negative(row),
        caption=row.place == types.Place.CAPTION.value,
        partial=is_partial(mention),
        announcer=announcer(mention),
        factuality=types.Factuality(row.factuality),
    )


def document_of(article: models.Article) -> types.Document:
    """Return an article as the reading organ takes it; reads ``article.source``."""
    return types.Document(
        id=str(article.pk),
        source=article.source.key,
        text=article.text,
        title=article.title,
        url=article.url,
        published=article.published_at,
        language=article.language,
    )


def digest_json(digest: types.Digest) -> dict[str, Any]:
    """Return a digest as JSON."""
    return asdict(digest)


def digest_of(stored: Mapping[str, Any] | None) -> types.Digest:
    """Return the digest that JSON holds; an empty one where none is stored."""
    stored = stored or {}
    names = ("places", "title_terms", "signature", "lead", "numbers", "dates")
    parts = {name: tuple(stored.get(name, ())) for name in names}
    return types.Digest(terms=stored.get("terms", {}), entities=stored.get("entities", {}), **parts)
