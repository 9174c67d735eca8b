"""People correct what the machine read: another reading, no claim, a mention by hand, a claim in other words.

Nothing is lost: the machine's reading stays beside the person's, and each correction can be taken back. These services
change facts only; who may do it, and what the history tells, is the business of ``reviews``. Locks are taken as
matching takes them: claims by id, then the mention.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.engine import names
from claims.engine.types import Span
from claims.errors import EditError, EditState
from claims.models import Article, Claim, Correction, Mention
from claims.services import judgements, mentions, places, readings, regrouping, spoken, steps
from claims.services.binding import Word
from claims.services.readings import Kind
from claims.services.spoken import NOTHING, Said

DESCRIBE = "claims.tasks.describe_mention"
TEXT_LENGTH = 2_000


@dataclass(frozen=True, slots=True)
class Addition:
    """A mention that a person saw: its words in the article, or their span; into which claim, or None for a new one."""

    article: int
    span: Span | None = None
    quote: str = ""
    near: int = 0
    claim: int | None = None
    said: Said = NOTHING


@transaction.atomic
def correct_mention(mention_id: int, said: Said, *, by: User | None, why: str, quote: str = "") -> Correction:
    """Put what a person says in place of what the machine read of a mention; what they leave out stays.

    Other words (``quote``) make a mention of their own, because a mention's place never changes; the old one retires.
    Raises ``Mention.DoesNotExist``, ``EditError`` naming the field, ``EditState`` for a mention that is none any more.
    """
    row = _locked(mention_id, why)
    if row.retired_at is not None:
        raise EditState("This is no mention any more: take that back first.")
    changed = spoken.columns(row, said)
    if quote.strip() and " ".join(quote.split()) != " ".join(row.quote.split()):
        return _reword(row, quote, changed, by, why)
    if not changed:
        raise EditError("Nothing would be changed.")
    return _reread(row, changed, by, why)


@transaction.atomic
def mark_no_claim(mention_id: int, *, by: User | None, why: str) -> Correction:
    """Say that a place of an article states no claim: neither reading nor matching brings it back.

    Raises as ``correct_mention`` does.
    """
    row = _locked(mention_id, why)
    if row.retired_at is not None:
        raise EditState("This is no mention any more.")
    claim_id = row.claim_id
    done = Correction.objects.create(kind=Kind.NO_CLAIM, mention=row, claim_id=claim_id, why=why.strip(), by=by)
    mentions.retire(row)
    mentions.changed(claim_id)
    return done


@transaction.atomic
def add_mention(new: Addition, *, by: User | None, why: str) -> Correction:
    """Add a mention that the machine did not see, to a claim or to a new one; ``mention`` and ``claim`` say which.

    It is bound to what the claim holds: a person put it to them. Raises ``Article.DoesNotExist``, ``EditError``,
    ``EditState``, ``MatchingError`` for a claim that is none or was merged, ``JudgementConflict``.
    """
    _explained(why)
    claim = regrouping.lock_claims(new.claim)[new.claim] if new.claim is not None else None
    if claim is not None and claim.merged_into_id is not None:
        raise EditState(f"Claim {claim.pk} was merged into claim {claim.merged_into_id}.")
    article = Article.objects.select_for_update(of=("self",)).select_related("source").get(pk=new.article)
    if article.withdrawn_at is not None or article.story_id is None:
        raise EditState("The article was withdrawn, or has not been read yet.")
    span = places.trimmed(article.text, new.span) if new.span else places.find(article.text, new.quote, new.near)
    _refuse_what_is_there(article, span)
    row = _row(article, span)
    readings.put(row, spoken.columns(row, new.said))
    joined = regrouping.mentions_of(claim) if claim else []
    claim = claim or Claim.objects.create(story_id=article.story_id, text=row.quote)
    row.claim, row.read = claim, {}
    row.save()
    said = judgements.say([(row, other, Word.SAME) for other in joined], by=by, why=why)
    done = Correction.objects.create(
        kind=Kind.ADDED,
        mention=row,
        claim=claim,
        corrected=readings.values_of(row),
        judgements=[one.pk for one in said],
        why=why.strip(),
        by=by,
    )
    mentions.changed(claim.pk)
    _describe_later(row)
    return done


@transaction.atomic
def set_text(claim_id: int, text: str, *, by: User | None, why: str) -> Correction:
    """Word a claim as a person does; the machine's text stays beside it.

    Raises ``MatchingError`` for a claim that is none, ``EditError``, ``EditState`` for a merged one.
    """
    _explained(why)
    claim = regrouping.lock_claims(claim_id)[claim_id]
    if claim.merged_into_id is not None:
        raise EditState(f"Claim {claim.pk} was merged into claim {claim.merged_into_id}.")
    text = names.clean(text)
    if not text or len(text) > TEXT_LENGTH:
        raise EditError(f"A claim is a sentence of at most {TEXT_LENGTH} characters.", field="text")
    if text == claim.text:
        raise EditError("This is its text already.", field="text")
    before = Correction.objects.filter(kind=Kind.TEXT, claim=claim, withdrawn_at__isnull=True)
    before.update(withdrawn_at=timezone.now(), withdrawn_by=by)
    machine = claim.read_text if claim.read_text is not None else claim.text
    claim.text, claim.read_text, claim.fragment = text, machine, False
    claim.save(update_fields=["text", "folded", "read_text", "fragment"])
    done = Correction.objects.create(
        kind=Kind.TEXT, claim=claim, read={"text": machine}, corrected={"text": text}, why=why.strip(), by=by
    )
    mentions.changed(claim.pk)
    return done


def _explained(why: str) -> None:
    if names.blank(why):
        raise EditError("Say why: the history will tell it.", field="why")


def _locked(mention_id: int, why: str) -> Mention:
    """Lock a mention and its claim, and return the mention with its article."""
    _explained(why)
    claim_id = Mention.objects.values_list("claim", flat=True).get(pk=mention_id)
    if claim_id is not None:
        regrouping.lock_claims(claim_id)
    rows = Mention.objects.select_for_update(of=("self",)).select_related("speaker", "article__source", "claim")
    row = rows.get(pk=mention_id)
    if row.claim_id != claim_id:
        raise EditState("The mention was moved to another claim meanwhile.")
    return row


def _reread(row: Mention, changed: dict[str, Any], by: User | None, why: str) -> Correction:
    """Lay ``changed`` over the mention, together with what was corrected of it before."""
    known = readings.in_force([row])[row.pk]
    before = known.pop(Kind.READING, None)
    row.read = machine = readings.machine_of(row)
    corrected = {**(before.corrected if before else {}), **changed}
    corrected = {name: value for name, value in corrected.items() if name not in machine or machine[name] != value}
    readings.keep([row])
    if before is not None:
        Correction.objects.filter(pk=before.pk).update(withdrawn_at=timezone.now(), withdrawn_by=by)
    if not corrected and before is not None:  # the machine's reading again: nothing but the old word is taken back
        readings.lay_over(row, known)
        mentions.save(row)
        return Correction.objects.get(pk=before.pk)
    done = Correction.objects.create(
        kind=Kind.READING, mention=row, claim_id=row.claim_id, read=machine, corrected=corrected, why=why.strip(), by=by
    )
    readings.lay_over(row, {**known, Kind.READING: done})
    mentions.save(row)
    return done


def _reword(row: Mention, quote: str, changed: dict[str, Any], by: User | None, why: str) -> Correction:
    """Retire a mention for one of other words, which says what it said but for ``changed``."""
    span = places.find(row.article.text, quote, row.start)
    _refuse_what_is_there(row.article, span)
    machine = readings.machine_of(row)
    new = _row(row.article, span)
    readings.put(new, {**readings.values_of(row), **changed})
    for name in ("hedge", "direct", "place", "checkable", "features"):
        setattr(new, name, getattr(row, name))
    new.claim, new.read = row.claim, machine
    claim_id = row.claim_id
    mentions.retire(row)
    new.save()
    done = Correction.objects.create(
        kind=Kind.ADDED,
        mention=new,
        claim_id=claim_id,
        replaces=row,
        read={**machine, "quote": row.quote},
        corrected={**readings.values_of(new), "quote": new.quote},
        why=why.strip(),
        by=by,
    )
    mentions.changed(claim_id)
    _describe_later(new)
    return done


def _row(article: Article, span: Span) -> Mention:
    around = places.sentence_around(article.text, span)
    return Mention(
        article=article,
        start=span.start,
        end=span.end,
        quote=article.text[span.start : span.end],
        sentence=article.text[around.start : around.end],
        sentence_start=around.start,
        sentence_end=around.end,
    )


def _refuse_what_is_there(article: Article, span: Span) -> None:
    """Refuse to add what stands at exactly this place already, or what somebody said is no claim."""
    here = Mention.objects.filter(article=article, start=span.start, end=span.end)
    if (standing_here := here.filter(retired_at__isnull=True).first()) is not None:
        raise EditState(f"Mention {standing_here.pk} stands at this place: correct or move that one.")
    said = Correction.objects.filter(withdrawn_at__isnull=True)
    if said.filter(kind=Kind.NO_CLAIM, mention__in=here).exists() or said.filter(replaces__in=here).exists():
        raise EditState("Somebody said that this is no claim, or corrected its words: take that back instead.")


def _describe_later(row: Mention) -> None:
    transaction.on_commit(lambda: steps.send(DESCRIBE, row.pk), robust=True)
