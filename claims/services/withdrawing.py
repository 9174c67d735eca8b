"""Taking corrections back: the machine's reading counts again, at the same place and in the claim that it left."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.errors import EditState
from claims.models import Claim, Correction, Judgement, Mention
from claims.services import judgements, mentions, readings, regrouping
from claims.services.readings import Kind


@transaction.atomic
def take_back(correction_id: int, *, by: User | None) -> Correction:
    """Take a correction back: the machine's reading counts again, at the same place and in the claim that it left.

    Raises ``Correction.DoesNotExist``, ``EditState`` where it was taken back before.
    """
    known = Correction.objects.get(pk=correction_id)
    if known.mention_id is None:
        regrouping.lock_claims(known.claim_id or 0)
    else:
        homes = Mention.objects.filter(pk__in=[known.mention_id, known.replaces_id or 0]).values_list(
            "claim", flat=True
        )
        regrouping.lock_claims(*{pk for pk in (*homes, mentions.live(known.claim_id)) if pk})
    done = Correction.objects.select_for_update(of=("self",)).get(pk=correction_id)
    if done.withdrawn_at is not None:
        raise EditState("This was taken back before.")
    if done.kind == Kind.ADDED and Correction.objects.filter(replaces=done.mention_id, withdrawn_at=None).exists():
        raise EditState("Its words were corrected since: take that back first.")
    done.withdrawn_at, done.withdrawn_by = timezone.now(), by
    done.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _TAKING_BACK[Kind(done.kind)](done, by)
    return done


def _held(mention_id: int | None) -> Mention:
    return Mention.objects.select_for_update(of=("self",)).get(pk=mention_id or 0)


def _take_back_reading(done: Correction, by: User | None) -> None:
    row = _held(done.mention_id)
    readings.keep([row])
    readings.lay_over(row, readings.in_force([row])[row.pk])
    mentions.save(row)


def _take_back_no_claim(done: Correction, by: User | None) -> None:
    row = _held(done.mention_id)
    mentions.revive(row, done.claim_id)
    mentions.changed(row.claim_id)


def _take_back_addition(done: Correction, by: User | None) -> None:
    """Retire what was added, with all that was said of it; what it took the place of counts again where it stood."""
    row = _held(done.mention_id)
    home = row.claim_id or done.claim_id
    said = Correction.objects.filter(mention=row, withdrawn_at__isnull=True)
    said.update(withdrawn_at=done.withdrawn_at, withdrawn_by=by)
    judgements.withdraw_all(Judgement.objects.filter(pk__in=done.judgements), by=by)
    mentions.retire(row)
    if done.replaces_id is not None:
        mentions.revive(_held(done.replaces_id), home)
    mentions.changed(mentions.live(home))


def _take_back_text(done: Correction, by: User | None) -> None:
    claim = Claim.objects.get(pk=done.claim_id or 0)
    claim.text, claim.read_text = claim.read_text or claim.text, None
    claim.save(update_fields=["text", "folded", "read_text"])
    mentions.changed(claim.pk)


_TAKING_BACK = {
    Kind.READING: _take_back_reading,
    Kind.NO_CLAIM: _take_back_no_claim,
    Kind.ADDED: _take_back_addition,
    Kind.TEXT: _take_back_text,
}
