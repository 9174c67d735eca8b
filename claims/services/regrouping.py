"""People move mentions between claims: merge, split, move one; each is a judgement, and each can be undone.

These services change facts only. Where a claim stands with the reviewers is the business of ``reviews``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.errors import MatchingError
from claims.models import Claim, Judgement, Mention, Regrouping
from claims.services import binding, judgements, notes, standing, steps
from claims.services.binding import Word
from claims.services.judgements import Said

Kind = Regrouping.Kind


@dataclass(frozen=True, slots=True)
class Move:
    """What a regrouping does: mentions leave ``source``, where others stay, for ``target``.

    ``words`` are what that says of sameness; ``joined`` are the mentions of the target, where it is no new claim.
    """

    kind: Kind
    source: Claim
    target: Claim
    mentions: Sequence[Mention]
    staying: Sequence[Mention]
    joined: Sequence[Mention]
    words: Sequence[Said]
    why: str = ""


def lock_claims(*claim_ids: int) -> dict[int, Claim]:
    """Lock these claims in order of id and return them by id. Raises ``MatchingError`` where one does not exist."""
    rows = Claim.objects.select_for_update(of=("self",)).filter(pk__in=claim_ids).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) < len(set(claim_ids)):
        raise MatchingError("There is no such claim.")
    return found


def mentions_of(claim: Claim) -> list[Mention]:
    """Return the claim's mentions as matching needs them, in the order of their articles and text."""
    rows = Mention.objects.filter(claim=claim).select_related("speaker", "article__source").defer("article__text")
    return list(rows.order_by("article_id", "start", "end", "pk"))


@transaction.atomic
def merge_claims(source_id: int, target_id: int, *, by: User | None, why: str = "") -> Regrouping:
    """Put all mentions of ``source`` into ``target``; ``source`` stays, empty, and points to ``target``.

    What the same person said of these mentions with an earlier split or move is withdrawn: their newer word counts.
    Raises ``MatchingError`` for a claim merged before or with itself, ``JudgementConflict`` where another judgement in
    force keeps two of their mentions apart.
    """
    if source_id == target_id:
        raise MatchingError("A claim cannot be merged with itself.")
    claims = lock_claims(source_id, target_id)
    source, target = _live(claims[source_id]), _live(claims[target_id])
    leaving, joined = mentions_of(source), mentions_of(target)
    words = [(mention, other, Word.SAME) for mention in leaving for other in joined[:1]]
    words += [(leaving[0], other, Word.SAME) for other in joined[1:] if leaving]
    return _carry_out(Move(Kind.MERGE, source, target, leaving, (), joined, words, why), by)


@transaction.atomic
def split_claim(claim_id: int, mention_ids: Collection[int], *, by: User | None, why: str = "") -> Regrouping:
    """Take some mentions out of a claim into a new one, the ``target`` of what is returned.

    Raises ``MatchingError`` unless they are some, and not all, of the claim's mentions.
    """
    claim = _live(lock_claims(claim_id)[claim_id])
    rows, chosen = mentions_of(claim), set(mention_ids)
    leaving = [row for row in rows if row.pk in chosen]
    staying = [row for row in rows if row.pk not in chosen]
    if not leaving or not staying or len(leaving) < len(chosen):
        raise MatchingError("A split takes some, and not all, of the claim's own mentions.")
    target = Claim.objects.create(story_id=claim.story_id, text=leaving[0].sentence)
    words = [(leaving[0], other, Word.SAME) for other in leaving[1:]]
    words += [(leaving[0], other, Word.DIFFERENT) for other in staying]
    return _carry_out(Move(Kind.SPLIT, claim, target, leaving, staying, (), words, why), by)


@transaction.atomic
def move_mention(mention_id: int, target_id: int, *, by: User | None, why: str = "") -> Regrouping:
    """Take one mention out of its claim into another. Raises as ``merge_claims`` does.

    It is bound to all that the other claim holds: a person put it to them as they saw them together. Bound to one
    alone it would follow that one, or draw it away from the others.
    """
    source_id = Mention.objects.values_list("claim_id", flat=True).filter(pk=mention_id).first()
    if source_id is None or source_id == target_id:
        raise MatchingError("The mention has to stand in another claim.")
    claims = lock_claims(source_id, target_id)
    source, target = _live(claims[source_id]), _live(claims[target_id])
    rows = mentions_of(source)
    leaving = [row for row in rows if row.pk == mention_id]
    if not leaving:
        raise MatchingError("The mention was moved meanwhile.")
    staying, joined = [row for row in rows if row.pk != mention_id], mentions_of(target)
    words = [(leaving[0], other, Word.SAME) for other in joined]
    words += [(leaving[0], other, Word.DIFFERENT) for other in staying]
    return _carry_out(Move(Kind.MOVE, source, target, leaving, staying, joined, words, why), by)


@transaction.atomic
def undo(regrouping_id: int, *, by: User | None) -> Regrouping:
    """Bring the mentions back and withdraw the judgements; what these had withdrawn is in force again.

    A judgement that another regrouping had given as well stands with that one. Mentions that were moved on since stay
    where they are.

    Raises ``MatchingError`` where it was undone before.
    """
    record = Regrouping.objects.select_for_update().get(pk=regrouping_id)
    if record.undone_at is not None:
        raise MatchingError("This was undone before.")
    claims = lock_claims(record.source_id, record.target_id)
    source, target = claims[record.source_id], claims[record.target_id]
    Mention.objects.filter(pk__in=record.moved, claim=target).update(claim=source)
    taken_back = list(record.judgements.filter(withdrawn_at__lte=record.created_at).order_by("pk"))
    others = Regrouping.objects.filter(undone_at__isnull=True).exclude(pk=record.pk)
    theirs = Judgement.objects.filter(regroupings__in=others)
    judgements.withdraw_all(record.judgements.exclude(pk__in=theirs.values("pk")), by=by)
    judgements.renew(taken_back, without=record)
    if source.merged_into_id == target.pk:
        source.merged_into = None
    if record.kind == Kind.SPLIT and not Mention.objects.filter(claim=target).exists():
        target.merged_into = source
    _changed(source, target)
    record.undone_at = timezone.now()
    record.save(update_fields=["undone_at"])
    return record


def _live(claim: Claim) -> Claim:
    if claim.merged_into_id is not None:
        raise MatchingError(f"Claim {claim.pk} was merged into claim {claim.merged_into_id}.")
    return claim


def _carry_out(move: Move, by: User | None) -> Regrouping:
    before = binding.Bindings.of(
        binding.in_force_for({m.article.content_hash for m in (*move.mentions, *move.staying)})
    )
    parted = judgements.retract(move.mentions, move.joined, Word.DIFFERENT, by=by)
    bound = judgements.retract(move.mentions, move.staying, Word.SAME, by=by)
    words = [*move.words, *_still_bound(move, bound)]
    alone = _given_by_themselves(words)
    said = judgements.say(words, by=by, why=move.why)
    said += judgements.keep_apart((*move.mentions, *move.staying), before, by=by, why=move.why)
    Mention.objects.filter(pk__in=[m.pk for m in move.mentions]).update(claim=move.target)
    if not Mention.objects.filter(claim=move.source).exists():
        move.source.merged_into = move.target
    _changed(move.source, move.target)
    record = Regrouping.objects.create(
        kind=move.kind,
        source=move.source,
        target=move.target,
        moved=[m.pk for m in move.mentions],
        why=move.why,
        by=by,
    )
    of_this = [row for row in (*said, *parted, *bound) if row.pk not in alone]
    record.judgements.set(of_this)  # undo tells them apart: the latter two kinds were withdrawn before
    return record


def _given_by_themselves(words: Sequence[Said]) -> set[int]:
    """The judgements in force that somebody gave on these mentions apart from any regrouping: undoing this one leaves
    them."""
    rows = binding.in_force_for({m.article.content_hash for left, right, _ in words for m in (left, right)})
    given = Judgement.objects.filter(pk__in=[row.pk for row in rows], regroupings__isnull=True)
    return set(given.values_list("pk", flat=True))


def _still_bound(move: Move, taken_back: Sequence[Judgement]) -> list[Said]:
    """Keep those together that stay, and that were together only through one that leaves."""
    keys = {key for row in taken_back for key in (row.left, row.right)}
    held = [row for row in move.staying if binding.key_of(row) in keys]
    return [(held[0], other, Word.SAME) for other in held[1:]]


def _changed(*claims: Claim) -> None:
    """Write the claims' links, texts, profiles and keys, count up their evidence, and have them scored."""
    for claim in claims:
        claim.save(update_fields=["merged_into"])
    standing.refresh([claim.pk for claim in claims])
    notes.close_regrouped([claim.pk for claim in claims])
    steps.score_later(claim.pk for claim in claims if claim.merged_into_id is None)
