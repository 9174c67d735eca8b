"""A made-up story for the desk: one figure given in five articles by few witnesses, and a denial. In our own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.utils import timezone

from claims.models import Article, ArticleStep, Assessment, Claim, Mention, Origin, Source, Speaker, StepName, Story


@dataclass(frozen=True)
class Said:
    """One mention: outlet, sentence, speaker, origin, stance, comparator and value."""

    outlet: str
    sentence: str
    speaker: str
    origin: str
    stance: str = "asserts"
    comparator: str = ""
    value: float | None = None
    hedge: str = ""


SAID = (
    Said(
        "Harbour Post",
        "The mayor said more than 100 divers were hired abroad.",
        "Ines Marrow",
        "mayor",
        comparator=">",
        value=100,
    ),
    Said(
        "Coast Daily",
        "Mayor Marrow put the number of foreign divers at 155.",
        "Ines Marrow",
        "mayor",
        comparator="=",
        value=155,
    ),
    Said(
        "The Lantern",
        "At least 163 divers came from abroad, according to a harbour ledger.",
        "harbour ledger",
        "ledger",
        comparator=">=",
        value=163,
    ),
    Said(
        "Quay Radio",
        "A ledger seen by The Lantern lists at least 163 foreign divers.",
        "harbour ledger",
        "ledger",
        comparator=">=",
        value=163,
    ),
    Said(
        "Northern Wire",
        "The port’s spokesman called the claim of foreign divers groundless.",
        "Tobias Fenn",
        "port",
        stance="denies",
    ),
    Said(
        "Quay Radio",
        "The union is checking reports that 168 divers were hired abroad.",
        "divers’ union",
        "union",
        stance="open",
        comparator="=",
        value=168,
        hedge="reported",
    ),
)
ORIGINS = {
    "mayor": ("speaker", "Ines Marrow", "Both articles quote the mayor."),
    "ledger": ("document", "harbour ledger", "Both articles name the same ledger."),
    "port": ("speaker", "Tobias Fenn", "One article quotes him."),
    "union": ("speaker", "divers’ union", "One article quotes the union."),
}
START = datetime(2025, 4, 8, 9, 0, tzinfo=UTC)


def article(outlet: str, text: str, *, story: Story | None = None, title: str = "", days: int = 0) -> Article:
    """An article that was read and matched."""
    source, _ = Source.objects.get_or_create(key=outlet.lower(), defaults={"name": outlet})
    made = Article.objects.create(
        source=source,
        story=story,
        title=title or f"{outlet}: {text[:40]}",
        text=text,
        language="en",
        published_at=START + timedelta(days=days),
        content_hash=sha256(f"{outlet}|{text}|{title}".encode()).hexdigest(),
    )
    for name in StepName:
        ArticleStep.objects.create(article=made, name=name, attempts=1, done_at=timezone.now())
    return made


def claim(
    text: str = "155 divers were hired from abroad.", said: tuple[Said, ...] = SAID, title: str = "The foreign divers"
) -> Claim:
    """A claim with its story, articles, mentions, origins and one assessment."""
    story = Story.objects.create(title=title, first_published_at=START, last_published_at=START + timedelta(days=3))
    made = Claim.objects.create(story=story, text=text, evidence_version=1)
    origins = {
        key: Origin.objects.create(claim=made, key=key, kind=kind, label=label, reason=reason)
        for key, (kind, label, reason) in ORIGINS.items()
        if any(s.origin == key for s in said)
    }
    articles: dict[str, Article] = {}
    for day, outlet in enumerate(dict.fromkeys(s.outlet for s in said)):
        own = [s.sentence for s in said if s.outlet == outlet]
        body = f"News from {outlet} for {text[:20]}.\n\n" + "\n\n".join(own) + "\n\nMore to follow."
        articles[outlet] = article(outlet, body, story=story, days=day)
    for s in said:
        mention(made, articles[s.outlet], s, origins.get(s.origin))
    assess(made)
    return made


def mention(of: Claim, where: Article, said: Said, origin: Origin | None = None) -> Mention:
    """A mention at its true offsets; the statement is the whole sentence without its full stop."""
    start = where.text.index(said.sentence)
    speaker, _ = Speaker.objects.get_or_create(canonical=said.speaker, defaults={"kind": "person"})
    return Mention.objects.create(
        article=where,
        claim=of,
        origin=origin,
        start=start,
        end=start + len(said.sentence) - 1,
        quote=said.sentence[:-1],
        sentence=said.sentence,
        sentence_start=start,
        sentence_end=start + len(said.sentence),
        speaker=speaker,
        speaker_text=said.speaker,
        cue="said",
        stance=said.stance,
        hedge=said.hedge,
        comparator=said.comparator,
        value=said.value,
        counted="foreign diver" if said.value else "",
    )


def assess(of: Claim, *, origins: int = 3, suggested: str = "disputed") -> Assessment:
    """A new current assessment."""
    version = (of.assessments.order_by("-version").values_list("version", flat=True).first() or 0) + 1
    lines = [
        {"origin": "", "label": "Before any evidence", "log_odds": -0.4},
        {"origin": "mayor", "label": "Ines Marrow", "log_odds": 1.1},
        {"origin": "ledger", "label": "harbour ledger", "log_odds": 0.9},
        {"origin": "port", "label": "Tobias Fenn", "log_odds": -1.3},
    ]
    made = Assessment.objects.create(
        claim=of,
        version=version,
        evidence_version=of.evidence_version,
        algorithm="test-1",
        probability=0.57,
        log_odds=0.3,
        independent_origins=origins,
        mention_count=of.mentions.count(),
        article_count=of.mentions.values("article").distinct().count(),
        suggested=suggested,
        contributions=lines,
        figure={"value": 163.0, "low": 155.0, "high": 168.0, "unit": "", "counted": "foreign diver"},
        explanation="Two independent origins assert it, one denies it; the figures do not agree.",
    )
    of.assessment = made
    of.save(update_fields=["assessment"])
    return made
