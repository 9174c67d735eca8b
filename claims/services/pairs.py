"""Possible duplicates, kept: looked for in the background, so that the best pair over all stories is found at once.

What is kept follows the claims: a claim is due again when its evidence has changed, and when people took back that it
is not the same as another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from claims.engine.matching.candidates import MOST, score_pair
from claims.engine.matching.claims import context_of
from claims.engine.matching.comparing import ComparisonContext
from claims.models import CandidatePair, CandidateSearch, Claim, Mention, Story
from claims.services import candidates, standing
from claims.services.candidates import Offer
from claims.services.records import mention_of

TASK = "claims.tasks.seek_candidates"
A_RUN = 1_000
"""So many claims at most are looked up in one run."""
_UNREAD = ("profile", "story__words", "story__profile")
WORTH_ASKING = 0.0
"""Log-odds under which a pair is no question for people. Of the judged pairs of the nine events that stood from 0 to 1
and were not merged, one in four was one claim; from -1 to 0 one in eight, from -2 to -1 one in twenty."""


def due() -> QuerySet[Claim]:
    """Return the claims whose possible duplicates have to be looked for: never done, or of older evidence.

    The newest come first: people are at work on them.
    """
    known = CandidateSearch.objects.filter(claim=OuterRef("pk"), evidence_version=OuterRef("evidence_version"))
    live = Claim.objects.filter(merged_into__isnull=True, story__isnull=False, evidence_version__gt=0)
    return live.filter(~Exists(known)).order_by("-pk")


def run(*, go_on: Callable[[], bool] = lambda: True) -> bool:
    """Look for the possible duplicates of claims that are due, ``A_RUN`` at most; ``go_on()`` is asked before each.

    Return whether it came to the end of them.
    """
    for claim_id in due().values_list("pk", flat=True)[:A_RUN]:
        if not go_on():
            return False
        seek(claim_id)
    return not due().exists()


def seek(claim_id: int) -> int:
    """Look for the possible duplicates of a claim and keep them in place of the old ones; return how many.

    They are computed without a lock: where the evidence changes meanwhile, the claim is due again.
    """
    version = Claim.objects.values_list("evidence_version", flat=True).get(pk=claim_id)
    never = [int(other) for other in candidates.said_not_same(claim_id)]
    offers = candidates.candidates_of(claim_id)
    with transaction.atomic():
        CandidatePair.objects.filter(Q(claim=claim_id) | Q(claim__in=never, other=claim_id)).delete()
        CandidatePair.objects.bulk_create(_rows(claim_id, offers), ignore_conflicts=True)
        CandidateSearch.objects.update_or_create(claim_id=claim_id, defaults={"evidence_version": version})
    return len(offers)


def offers_of(claim_id: int) -> tuple[Offer, ...]:
    """Return the possible duplicates of a claim, the nearest first, at most ten: what is kept where that is current.

    Raises ``Claim.DoesNotExist``.
    """
    claim = Claim.objects.defer("profile").get(pk=claim_id)
    current = CandidateSearch.objects.filter(claim=claim, evidence_version=claim.evidence_version)
    if claim.merged_into_id is not None or claim.story_id is None or not current.exists():
        return candidates.candidates_of(claim_id)
    best: dict[int, CandidatePair] = {}
    for pair in _shown(CandidatePair.objects.filter(Q(claim=claim) | Q(other=claim))).order_by("-score", "pk"):
        best.setdefault(pair.claim_id if pair.other_id == claim_id else pair.other_id, pair)
    context = context_for(claim)
    return tuple(offer_of(pair, claim_id, context) for pair in list(best.values())[:MOST])


def context_for(claim: Claim) -> ComparisonContext:
    """Return what the mentions of a claim are compared in: the words of its story. One query."""
    words = Story.objects.filter(claims=claim).values_list("words", flat=True).first()
    return context_of(standing.topic_of_story(words or {}))


def offer_of(pair: CandidatePair, claim_id: int, context: ComparisonContext) -> Offer:
    """Return a kept pair, of which ``claim_id`` is one side, as an offer of the other side, with its lines.

    The pair comes from ``questions`` or the like, with its mentions: nothing is asked of the database.
    """
    mine, theirs = mention_of(pair.mention), mention_of(pair.other_mention)
    if pair.claim_id == claim_id:
        return Offer(pair.other, score_pair(str(pair.other_id), (mine, theirs), context))
    return Offer(pair.claim, score_pair(str(pair.claim_id), (theirs, mine), context))


def questions() -> QuerySet[CandidatePair]:
    """Return the pairs that people may be asked about, over all stories, each once, the nearest first.

    Fragments are left out: what cannot be understood by itself cannot be compared either. So are two statements of one
    article, which bear each other no witness.
    """
    reverse = CandidatePair.objects.filter(claim=OuterRef("other"), other=OuterRef("claim"), pk__lt=OuterRef("pk"))
    found = CandidatePair.objects.filter(
        ~Exists(reverse), score__gte=WORTH_ASKING, claim__fragment=False, other__fragment=False
    ).exclude(mention__article=F("other_mention__article"))
    return _shown(found).order_by("-score", "pk")


def seek_again(claim_ids: Iterable[int]) -> None:
    """Let the possible duplicates of these claims be looked for anew."""
    CandidateSearch.objects.filter(claim__in=claim_ids).delete()


def _shown(pairs: QuerySet[CandidatePair]) -> QuerySet[CandidatePair]:
    """Return the pairs of claims that stand, with all that their lines need."""
    live = pairs.filter(claim__merged_into__isnull=True, other__merged_into__isnull=True)
    found = live.filter(mention__claim=F("claim"), other_mention__claim=F("other"))
    sides = ("mention", "other_mention")
    joined = [f"{side}__{path}" for side in sides for path in ("speaker", "article__source")]
    unread = [f"{side}__article__{name}" for side in sides for name in ("text", "digest")]
    unread += [f"{claim}__{name}" for claim in ("claim", "other") for name in _UNREAD]
    return found.select_related("claim__story", "other__story", *joined).defer(*unread)


def _rows(claim_id: int, offers: Sequence[Offer]) -> list[CandidatePair]:
    ids = [claim_id, *(offer.claim.pk for offer in offers)]
    places = Mention.objects.filter(claim__in=ids).values_list("pk", "claim_id", "article_id", "start", "end")
    at = {(claim, str(article), start, end): pk for pk, claim, article, start, end in places}
    rows = []
    for offer in offers:
        one, two = offer.candidate.nearest
        mine = at.get((claim_id, one.article, one.span.start, one.span.end))
        theirs = at.get((offer.claim.pk, two.article, two.span.start, two.span.end))
        if mine is not None and theirs is not None:
            score = offer.candidate.score
            pair = CandidatePair(claim_id=claim_id, other=offer.claim, score=score)
            pair.mention_id, pair.other_mention_id = mine, theirs
            rows.append(pair)
    return rows
