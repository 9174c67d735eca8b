"""What people keep apart: which claims they said are not the same as one, and how that is taken back.

A split and a move keep claims apart too; they are taken back by their own undo, so that all of them goes at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from claims.errors import MatchingError
from claims.models import Claim, Judgement, Mention, Regrouping
from claims.services import binding, judgements, pairs, regrouping
from claims.services.binding import Bindings, Word


@dataclass(frozen=True, slots=True)
class Apart:
    """A claim that people keep apart from another one, by these judgements in force, the newest first.

    ``regrouped``: a split or a move gave one of them, so that only its undo takes it back.
    """

    claim: Claim
    judgements: tuple[Judgement, ...]
    regrouped: bool


def apart_from(claim_id: int) -> tuple[Apart, ...]:
    """Return what people said is not the same as this claim, the newest word first; a fixed number of queries."""
    said = _said_of(claim_id)
    homes = binding.homes({key for _, key in said})
    found: dict[int, set[int]] = defaultdict(set)
    for row, key in said:
        if key in homes and homes[key] != claim_id:
            found[homes[key]].add(row.pk)
    claims = Claim.objects.filter(merged_into__isnull=True).in_bulk(list(found))
    regrouped = _by_regrouping([pk for rows in found.values() for pk in rows])
    named = Judgement.objects.select_related("by").in_bulk([pk for rows in found.values() for pk in rows])
    kept = [
        Apart(claims[home], tuple(named[pk] for pk in sorted(rows, reverse=True)), not regrouped.isdisjoint(rows))
        for home, rows in found.items()
        if home in claims
    ]
    return tuple(sorted(kept, key=lambda apart: -apart.judgements[0].pk))


@transaction.atomic
def take_back(claim_id: int, other_id: int, *, by: User | None) -> list[Judgement]:
    """Withdraw what people said keeps two claims apart, and return it: they may be offered and merged again.

    Each judgement is kept, with the time and who withdrew it. Raises ``MatchingError`` where nobody keeps the two
    apart, and where a split or a move does.
    """
    regrouping.lock_claims(claim_id, other_id)
    apart = next((one for one in apart_from(claim_id) if one.claim.pk == other_id), None)
    if apart is None:
        raise MatchingError("Nobody said that these two claims are not the same.", field="claim")
    if apart.regrouped:
        raise MatchingError("A split or a move keeps these two claims apart: undo that.", field="claim")
    judgements.withdraw_all(Judgement.objects.filter(pk__in=[row.pk for row in apart.judgements]), by=by)
    pairs.seek_again([claim_id, other_id])
    return list(apart.judgements)


def _said_of(claim_id: int) -> list[tuple[Judgement, str]]:
    """Return each judgement that keeps something from a mention of the claim, with the keys that it is kept from."""
    placed = Mention.objects.filter(claim=claim_id).select_related("article")
    mentions = list(placed.only("start", "end", "claim_id", "article__content_hash"))
    rows = binding.in_force_for({mention.article.content_hash for mention in mentions})
    bindings = Bindings.of(rows)
    mine = {bindings.root(name) for name in binding.judged(bindings.keys(), mentions).values()}
    bound: dict[str, list[str]] = defaultdict(list)
    for key in sorted(bindings.keys()):
        bound[bindings.root(key)].append(key)
    return [
        (row, key)
        for row in rows
        if row.word == Word.DIFFERENT
        for one, other in ((row.left, row.right), (row.right, row.left))
        if bindings.root(one) in mine
        for key in bound[bindings.root(other)]
    ]


def _by_regrouping(judgement_ids: Collection[int]) -> frozenset[int]:
    """Return those of the judgements that a merge, a split or a move gave that was not undone."""
    standing = Regrouping.objects.filter(undone_at__isnull=True)
    given = Judgement.objects.filter(pk__in=judgement_ids, regroupings__in=standing)
    return frozenset(given.values_list("pk", flat=True))
