"""Possible duplicates as the desk shows them: each side with outlets and figures, what speaks for it and against."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from django.db.models import QuerySet

from claims.admin.claim_page import figure_of
from claims.engine import types
from claims.engine.matching.candidates import in_words
from claims.engine.types import Comparison
from claims.models import CandidatePair, Claim, Mention
from claims.services import apart, pairs
from claims.services.apart import Apart
from claims.services.candidates import Offer
from reviews.models import Review
from reviews.people import person_of
from reviews.services import duplicates
from reviews.services.duplicates import MergePlan
from reviews.workflow import Duty, may

MOST_OUTLETS = 5
MOST_FIGURES = 4
MOST_FOR = 3
_SHORTEST = 4
_WORTH_SAYING = 0.5
_MOST_MENTIONS = 2_000
FOR = {
    "meanings": "words of one meaning",
    "words": "rare words shared",
    "order": "told in the same order",
    "nothing_alone": "neither says much beyond the other",
    "residual_overlap": "shared beside names and figures",
    "predicate": "the same happens",
    "participants": "the same who and whom",
    "same_figure": "the same figure",
    "counted": "the same is counted",
    "outcomes": "the same outcome",
}
AGAINST = {"counted": "another thing is counted", "outcomes": "another outcome"}
_STEMS = frozenset({"meanings", "words", "residual_overlap"})
CHANCES = ((3.0, "4 of 5"), (1.0, "1 of 2"), (0.0, "1 of 4"), (-1.0, "1 of 8"))
"""From which rank score on how many judged pairs were one claim (docs/matching.md); below, hardly any."""
AT_ONCE = 3
"""So many offers are shown at once; of the rest, those that are likelier than hardly ever one claim."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two claims: who carries it, with which figures, and where it stands (no review: unverified).

    ``quote`` is the statement by which it is near the other one, where that is not the claim's text; "" else.
    """

    claim: Claim
    review: Review
    outlets: tuple[str, ...]
    more_outlets: int
    figures: tuple[str, ...]
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What speaks for or against, in few words, with what was found."""

    label: str
    found: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A possible duplicate: both sides, the reasons, how often such a pair is one claim, and what "the same" does.

    ``pair``: its id where it is kept, else 0. ``plan`` is None for whoever may not merge.
    """

    mine: Side
    other: Side
    chance: str
    speaks_for: tuple[Line, ...]
    against: tuple[Line, ...]
    lines: tuple[tuple[float, str], ...]
    plan: MergePlan | None
    pair: int = 0

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both, as a form names them."""
        return self.mine, self.other

    @property
    def other_story(self) -> bool:
        """Whether the two are claims of two stories: then their articles report two events."""
        return self.mine.claim.story_id != self.other.claim.story_id


@dataclass(frozen=True, slots=True)
class Duplicates:
    """The panel of a claim's page: what may be the same, the ``rest`` that is hardly alike, what people said is not."""

    offers: tuple[Shown, ...]
    rest: tuple[Shown, ...]
    apart: tuple[Apart, ...]
    may_answer: bool


def duplicates_of(claim: Claim, user: User) -> Duplicates:
    """Return the panel of a claim; a fixed number of queries where its candidates are kept."""
    offers = pairs.offers_of(claim.pk)
    sides = sides_of([claim, *(offer.claim for offer in offers)]) if offers else {}
    shown = tuple(show(offer, sides[claim.pk], sides[offer.claim.pk], user) for offer in offers)
    first = max(AT_ONCE, sum(bool(offer.chance) for offer in shown))
    return Duplicates(shown[:first], shown[first:], apart.apart_from(claim.pk), may(Duty.MERGE, person_of(user)))


def question_of(pair: CandidatePair, user: User) -> Shown:
    """Return a pair of the queue as it is shown; the older claim stands left."""
    left, right = sorted((pair.claim, pair.other), key=lambda claim: claim.pk)
    offer = pairs.offer_of(pair, left.pk, pairs.context_for(left))
    sides = sides_of([left, right])
    return show(offer, sides[left.pk], sides[right.pk], user, pair.pk)


def show(offer: Offer, mine: Side, other: Side, user: User, pair: int = 0) -> Shown:
    """Return an offer in words."""
    lines = [line for line in offer.candidate.comparisons if line.name != "base"]
    texts = f"{mine.claim.text} {other.claim.text} " + " ".join(m.sentence for m in offer.candidate.nearest)
    speak = sorted((line for line in lines if line.log_odds >= _WORTH_SAYING), key=lambda line: -line.log_odds)
    if any(line.name == "meanings" for line in speak):
        speak = [line for line in speak if line.name != "words"]  # it says the same in other words
    one, two = offer.candidate.nearest
    plan = duplicates.plan(mine.review, other.review, user) if may(Duty.MERGE, person_of(user)) else None
    return Shown(
        _near(mine, one),
        _near(other, two),
        next((chance for least, chance in CHANCES if offer.candidate.score >= least), ""),
        tuple(Line(FOR.get(line.name, line.name), _found(line, texts)) for line in speak[:MOST_FOR]),
        tuple(Line(_objection(line), _found(line, texts)) for line in lines if line.log_odds < 0),
        tuple((line.log_odds, in_words(line)) for line in lines if line.log_odds),
        plan,
        pair,
    )


def _near(side: Side, mention: types.Mention) -> Side:
    said = {text.strip(" .").lower() for text in (mention.quote, mention.standalone)}
    return side if side.claim.text.strip(" .").lower() in said else replace(side, quote=mention.quote)


def sides_of(claims: Sequence[Claim]) -> Mapping[int, Side]:
    """Return the sides of claims by id, in two queries."""
    rows = Review.objects.filter(claim__in=claims).select_related("assignee")
    reviews = {review.claim_id: review for review in rows}
    told: dict[int, list[Mention]] = defaultdict(list)
    for mention in _told([claim.pk for claim in claims]):
        told[mention.claim_id or 0].append(mention)
    found = {}
    for claim in claims:
        outlets = tuple(dict.fromkeys(m.article.source.name for m in told[claim.pk]))
        figures = tuple(dict.fromkeys(filter(None, map(figure_of, told[claim.pk]))))[:MOST_FIGURES]
        review = reviews.get(claim.pk) or Review(claim=claim)
        more = max(len(outlets) - MOST_OUTLETS, 0)
        found[claim.pk] = Side(claim, review, outlets[:MOST_OUTLETS], more, figures)
    return found


def _told(claim_ids: Collection[int]) -> QuerySet[Mention]:
    rows = Mention.objects.filter(claim__in=claim_ids, article__withdrawn_at__isnull=True)
    rows = rows.select_related("article__source").order_by("article__published_at", "pk")
    return rows.only("claim_id", "value", "upper", "comparator", "unit", "article__source__name")[:_MOST_MENTIONS]


def _objection(line: Comparison) -> str:
    """What speaks against: of a rule, the first clause of what it says."""
    said = AGAINST.get(line.name) or in_words(line).partition(" Found:")[0]
    return re.split(r"[:.]", said)[0]


def _found(line: Comparison, texts: str) -> str:
    """What a line found; stems are shown as the words that they stand for in the two claims."""
    if line.name not in _STEMS:
        return line.reason
    words = re.findall(r"[\w’'-]+", texts)
    stems = [stem for stem in line.reason.split(", ") if len(stem) >= _SHORTEST or stem.isdecimal()]
    return ", ".join(next((w for w in words if w.lower().startswith(stem.lower())), stem) for stem in stems)
