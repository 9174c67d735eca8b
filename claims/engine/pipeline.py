"""The whole flow over a set of articles, without a database: read, group into stories, match, score.

Articles are placed into stories in order of publication, as they would arrive; inside a story the mentions are grouped
all at once (``matching.grouping``), so the result does not depend on the order of the input.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from claims.engine.agreement.provenance.affiliations import affiliated, affiliations
from claims.engine.agreement.provenance.leaders import Leader, led
from claims.engine.agreement.scoring import assess
from claims.engine.evidence import announcer, is_partial
from claims.engine.matching.claims import told_by
from claims.engine.matching.nesting import group_all, standing
from claims.engine.matching.stories import Placed, Stories
from claims.engine.polarity import is_negative, towards
from claims.engine.reading.mentions import read
from claims.engine.reading.report import Record, report
from claims.engine.reading.text.parsing import DEFAULT_MODEL
from claims.engine.sureness import surely_same
from claims.engine.types import Assessment, Document, Evidence, Mention, Place, Reading
from claims.engine.worth import is_fragment, worth

UNDATED = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class AnalysedClaim:
    """A claim out of a set of articles: its mentions, the origin of each (by position), and its score."""

    id: str
    text: str
    story: str
    mentions: tuple[Mention, ...]
    origins: tuple[str, ...]
    assessment: Assessment
    worth: float = 0.0
    fragment: bool = False


def analyse(
    documents: Iterable[Document],
    *,
    model: str = DEFAULT_MODEL,
    processes: int = 1,
    leaders: Sequence[Leader] = (),
) -> list[AnalysedClaim]:
    """Return the claims of ``documents``, those of the most articles first, then those most worth checking.

    The ids of the documents must be unique; a document that cannot be read (another language) gives no claim.
    ``leaders`` says who speaks for a state where an article leaves the office out.
    """
    known = {document.id: document for document in documents}
    found_in = read(known.values(), model=model, processes=processes, nested=True)
    readings = {reading.article: reading for reading in found_in}
    stories = place_all(known, readings)
    members: dict[str, list[str]] = defaultdict(list)
    for article, story in stories.items():
        members[story].append(article)
    found = [
        claim
        for number, story in enumerate(sorted(members, key=lambda s: min(members[s])), 1)
        for claim in _claims_of_story(f"s{number}", sorted(members[story]), known, readings, leaders)
    ]
    found.sort(
        key=lambda c: (
            -_articles(c),
            c.fragment,
            -c.worth,
            -len(c.mentions),
            c.story,
            c.mentions[0].article,
            c.mentions[0].span.start,
        )
    )
    return [replace(c, id=f"c{number}") for number, c in enumerate(found, 1)]


def explain(documents: Iterable[Document], *, model: str = DEFAULT_MODEL, processes: int = 1) -> Iterator[Record]:
    """Yield for each article what was read of each sentence, what was not, and why (``reading.report``)."""
    return map(report, read(documents, model=model, processes=processes, nested=True))


def place_all(documents: Mapping[str, Document], readings: Mapping[str, Reading]) -> dict[str, str]:
    """Place the articles into stories in order of publication; return the story of each article by its id."""
    online = Stories()
    for document in sorted(documents.values(), key=lambda d: (d.published or UNDATED, d.id)):
        digest = readings[document.id].digest
        online.add(Placed(document.id, document.title, document.published, digest))
    return online.stories()


def _claims_of_story(
    story: str,
    articles: Sequence[str],
    documents: Mapping[str, Document],
    readings: Mapping[str, Reading],
    leaders: Sequence[Leader],
) -> Iterable[AnalysedClaim]:
    mentions = [mention for article in articles for mention in standing(readings[article])]
    known = affiliations(mention.speaker for mention in mentions)
    for indices in group_all(mentions):
        chosen = tuple(sorted((mentions[i] for i in indices), key=lambda m: (m.article, m.span.start, m.span.end)))
        evidence = [evidence_of(str(n), m, documents[m.article], readings[m.article]) for n, m in enumerate(chosen)]
        same = surely_same({str(n): m for n, m in enumerate(chosen)}.__getitem__)
        assessment = assess(led(affiliated(evidence, known), leaders), same=same)
        origin_of = {int(i): origin.key for origin in assessment.origins for i in origin.evidence}
        origins = tuple(origin_of[n] for n in range(len(chosen)))
        text, told = told_by(chosen)
        weight, scrap = worth(chosen), is_fragment(text, told)
        yield AnalysedClaim("", text, story, chosen, origins, assessment, weight, scrap)


def evidence_of(name: str, mention: Mention, document: Document, reading: Reading) -> Evidence:
    """Return a mention as evidence, with what its article says about where it comes from."""
    return Evidence(
        id=name,
        article=mention.article,
        source=document.source,
        quote=mention.quote,
        sentence=mention.sentence,
        speaker=mention.speaker,
        stance=mention.stance,
        hedge=mention.hedge,
        factuality=mention.factuality,
        quantity=mention.quantity,
        direct=mention.direct,
        published=document.published,
        wire=reading.wire,
        signature=reading.digest.signature,
        negative=is_negative(mention),
        caption=mention.place is Place.CAPTION,
        partial=is_partial(mention),
        announcer=announcer(mention),
    )


def _articles(claim: AnalysedClaim) -> int:
    return len({mention.article for mention in claim.mentions})


def as_record(claim: AnalysedClaim) -> dict[str, object]:
    """Return a claim as ``./run analyse`` writes it, one JSON object a line (docs/architecture.md)."""
    a = claim.assessment
    return {
        "id": claim.id,
        "text": claim.text,
        "story": claim.story,
        "worth": claim.worth,
        "fragment": claim.fragment,
        "suggested": a.suggested.value,
        "probability": a.probability,
        "independent_origins": a.independent_origins,
        "contributions": [{"origin": c.origin, "label": c.label, "log_odds": c.log_odds} for c in a.contributions],
        "figure": _finite(asdict(a.figure)) if a.figure else None,
        "mentions": [_mention(m, origin, a.negative) for m, origin in zip(claim.mentions, claim.origins, strict=True)],
    }


def _mention(mention: Mention, origin: str, negative: bool) -> dict[str, object]:
    q = mention.quantity
    return {
        "article": mention.article,
        "start": mention.span.start,
        "end": mention.span.end,
        "quote": mention.quote,
        "sentence": mention.sentence,
        "speaker": mention.speaker.text,
        "speaker_canonical": mention.speaker.canonical,
        "cue": mention.cue,
        "stance": towards(mention.stance, negative).value,
        "factuality": mention.factuality.value,
        "hedged": bool(mention.hedge),
        "part_of": None if mention.part_of is None else [mention.part_of.start, mention.part_of.end],
        "origin": origin,
        "quantity": None
        if q is None
        else {
            "value": q.value,
            "upper": q.upper,
            "comparator": q.comparator.value,
            "unit": q.unit,
            "counted": q.counted,
        },
    }


def _finite(figure: dict[str, object]) -> dict[str, object]:
    """JSON has no infinity: an open end is null."""
    return {k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in figure.items()}
