"""What passes between the organs of the engine: frozen records, no behaviour, no Django.

Offsets are Python string indices into the article's text as given, half open: ``text[start:end]`` is the span.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Stance(StrEnum):
    """What the speaker does with the proposition."""

    ASSERTS = "asserts"
    DENIES = "denies"
    OPEN = "open"


class Factuality(StrEnum):
    """Whether the text commits to a statement; only what is asserted or denied is evidence.

    Hypothetical: it stands under a condition, a "would", a hope or a fear. Planned: somebody intends, promises,
    threatens or foresees it. Asked: it is asked, demanded, being checked or left open.
    """

    ASSERTED = "asserted"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"
    PLANNED = "planned"
    ASKED = "asked"

    @property
    def committed(self) -> bool:
        """Return whether the text says that it is so, or that it is not: only then it is evidence."""
        return self in (Factuality.ASSERTED, Factuality.DENIED)


class Hedge(StrEnum):
    """How firmly it is said; a hedge is a flag and never changes the stance."""

    NONE = ""
    ALLEGED = "alleged"
    REPORTED = "reported"
    POSSIBLE = "possible"


class Comparator(StrEnum):
    """How a figure bounds the true value."""

    EQ = "="
    GT = ">"
    GE = ">="
    LT = "<"
    LE = "<="
    APPROX = "~"


class SpeakerKind(StrEnum):
    """What a mention is attributed to."""

    PERSON = "person"
    BODY = "body"
    DOCUMENT = "document"
    AGENCY = "agency"
    OUTLET = "outlet"
    UNKNOWN = "unknown"


class Place(StrEnum):
    """Where in the article a mention stands."""

    BODY = "body"
    HEADLINE = "headline"
    CAPTION = "caption"


class OriginKind(StrEnum):
    """Why the mentions of an origin count once."""

    SPEAKER = "speaker"
    DOCUMENT = "document"
    WIRE = "wire"
    COPY = "copy"
    QUOTATION = "quotation"
    OUTLET = "outlet"


class Suggestion(StrEnum):
    """What the machine suggests; never a verdict, and it moves nothing by itself."""

    UNVERIFIED = "unverified"
    CORROBORATED = "corroborated"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters of an article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it enters the engine. ``html`` wins over ``text`` only where ``text`` is empty."""

    id: str
    source: str
    text: str = ""
    title: str = ""
    url: str = ""
    published: datetime | None = None
    language: str = ""
    html: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: ``value`` (lower end of a range, with ``upper`` the other), its unit, and what is counted.

    ``unit`` is a normalised name ("" for a bare count, "percent", "USD", "kilometre"); ``counted`` the lemmatised
    noun phrase that the figure counts ("chinese citizen"), without articles.
    """

    value: float
    comparator: Comparator = Comparator.EQ
    unit: str = ""
    counted: str = ""
    upper: float | None = None
    span: Span = Span(0, 0)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is given as the origin of a statement: as written, and under one name for all articles.

    ``organisation`` is the body for which a person speaks ("Tamber Bank", "Government of Peru"), "" where the article
    does not say.
    """

    text: str
    canonical: str
    kind: SpeakerKind
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What an editor has said of a person: the name for all articles, "f", "m" or "" for the gender, other names."""

    name: str
    gender: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: the name as compared (normalised), and its type (PERSON, ORG, GPE, NORP, ...)."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Role:
    """Who or what takes part in what a statement tells, active or passive alike.

    ``relation`` is "agent", "patient" or the preposition ("into"); ``head`` the lemma of the noun; ``words`` the lemmas
    of the whole phrase, ``names`` its named entities as compared.
    """

    relation: str
    head: str
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Features:
    """What matching compares, taken from the parse once so that nobody has to parse again.

    ``terms`` are content lemmas in order of appearance; ``subject``, ``predicate`` and ``object`` are lemmas of the
    proposition's main clause ("" where there is none), ``roles`` its participants; ``dates`` are ISO dates resolved
    against the publication date, or years ("2016"). ``recalled`` are the predicates of its relative clauses: of "the
    ferry that sank was insured" that is "sink", which the statement takes as known and does not state.
    """

    terms: tuple[str, ...] = ()
    entities: tuple[Entity, ...] = ()
    places: tuple[str, ...] = ()
    subject: str = ""
    predicate: str = ""
    object: str = ""
    dates: tuple[str, ...] = ()
    negated: bool = False
    roles: tuple[Role, ...] = ()
    recalled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in one article that states a proposition.

    ``standalone`` is the statement as it can be read without the article: the quote where it needs nothing, else
    with what it leaves out in brackets; "" where that is not known. ``answers`` is the span of the mention of the
    same article that a denial answers. ``part_of`` is the span of the mention that a nested statement stands inside
    of; None for one that stands in none.
    """

    article: str
    span: Span
    quote: str
    sentence: str
    sentence_span: Span
    speaker: Speaker
    cue: str = ""
    stance: Stance = Stance.ASSERTS
    hedge: Hedge = Hedge.NONE
    quantity: Quantity | None = None
    place: Place = Place.BODY
    direct: bool = False
    features: Features = Features()
    checkable: float = 1.0
    standalone: str = ""
    factuality: Factuality = Factuality.ASSERTED
    answers: Span | None = None
    part_of: Span | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """An article in short, for grouping and for finding copies: counts of content lemmas and entity names,
    places, the title's lemmas, the sketch of the text's 4-word shingles (``engine.shingles``; empty for short texts),
    the lemmas of its lead, the figures and the dates as written ("monday", "-12-27"). Mappings and
    names: the most used first; dates: in order."""

    terms: Mapping[str, int] = field(default_factory=dict)
    entities: Mapping[str, int] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    title_terms: tuple[str, ...] = ()
    signature: tuple[int, ...] = ()
    lead: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unstated:
    """A sentence that gives no statement, and why."""

    span: Span
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read of an article. ``unread`` says why nothing was ("language: de"), ``partly`` why not all.

    ``nested`` holds the statements inside the mentions, where they were asked for.
    """

    article: str
    language: str
    mentions: tuple[Mention, ...]
    digest: Digest
    wire: str = ""
    unread: str = ""
    partly: str = ""
    nested: tuple[Mention, ...] = ()
    unstated: tuple[Unstated, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """One line of a pair score: what was compared, its value in [0, 1], its share of the log-odds, and why."""

    name: str
    score: float
    log_odds: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A mention as the agreement organ sees it: the statement, its outlet, and what may tie it to others.

    ``source`` is the outlet's key, ``outlet`` its name for people (may be empty). ``negative``: its quote
    holds the denial itself ("nobody was hurt"; ``polarity.is_negative``). ``caption``: it stands under a picture.
    ``partial``: it gives no full statement (``evidence.is_partial``). ``announcer``: whose own announcement or offer
    it tells, "" where it tells none. ``leads``: the state that its speaker leads when the article appears
    (``provenance.leaders``), "" where none is known.
    """

    id: str
    article: str
    source: str
    quote: str
    speaker: Speaker
    stance: Stance = Stance.ASSERTS
    hedge: Hedge = Hedge.NONE
    quantity: Quantity | None = None
    direct: bool = False
    published: datetime | None = None
    wire: str = ""
    signature: tuple[int, ...] = ()
    sentence: str = ""
    outlet: str = ""
    negative: bool = False
    caption: bool = False
    factuality: Factuality = Factuality.ASSERTED
    partial: bool = False
    announcer: str = ""
    leads: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Evidence that traces back to one root and counts once; ``reason`` is for an editor to read."""

    key: str
    kind: OriginKind
    label: str
    evidence: tuple[str, ...]
    reason: str
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Contribution:
    """One line of the score, in log-odds (natural logarithm): an origin's, with its stance and figure, or the prior's.

    ``accused`` marks a denial by the party that the claim is about.
    """

    origin: str
    label: str
    log_odds: float
    stance: Stance | None = None
    value: float | None = None
    accused: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """The value that the evidence agrees on, with the interval that it leaves open (None: unbounded)."""

    value: float
    low: float | None
    high: float | None
    unit: str = ""
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The machine's pre-score of one claim. ``log_odds`` is the sum of the contributions' lines.

    ``negative``: only negative statements make the claim, and assert it (``polarity``).
    """

    algorithm: str
    parameters: Mapping[str, float]
    probability: float
    log_odds: float
    independent_origins: int
    suggested: Suggestion
    contributions: tuple[Contribution, ...]
    origins: tuple[Origin, ...]
    explanation: str
    figure: Figure | None = None
    outlook: str = ""
    negative: bool = False
