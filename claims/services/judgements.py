"""People's word on sameness, kept so that it binds the matcher for ever."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from claims.errors import JudgementConflict, MatchingError
from claims.models import Judgement, Mention, Regrouping
from claims.services import binding, ledger, notes
from claims.services.binding import Bindings, Word, key_of

Said = tuple[Mention, Mention, Word]
_LOCK = 0x6A756467  # "judg"


def same(left_id: int, right_id: int, *, by: User | None, why: str = "") -> Judgement:
    """Record that two mentions state the same claim. Saying it again changes nothing.

    Raises ``JudgementConflict`` where what was said before makes them different, directly or through others.
    """
    return _say_one(left_id, right_id, Word.SAME, by, why)


def different(left_id: int, right_id: int, *, by: User | None, why: str = "") -> Judgement:
    """Record that two mentions do not state the same claim. Raises as ``same`` does, the other way round."""
    return _say_one(left_id, right_id, Word.DIFFERENT, by, why)


@transaction.atomic
def withdraw(judgement_id: int, *, by: User | None) -> Judgement:
    """Take a judgement back. It is kept, with the time; taking it back again changes nothing."""
    judgement = Judgement.objects.select_for_update().get(pk=judgement_id)
    if judgement.withdrawn_at is None:
        judgement.withdrawn_at = timezone.now()
        judgement.withdrawn_by = by
        judgement.save(update_fields=["withdrawn_at", "withdrawn_by"])
        _tell_withdrawn([judgement.pk], judgement.withdrawn_at, by)
    return judgement


@transaction.atomic
def withdraw_all(found: QuerySet[Judgement], *, by: User | None) -> None:
    """Take several judgements back at once."""
    ids, now = list(found.filter(withdrawn_at__isnull=True).order_by("pk").values_list("pk", flat=True)), timezone.now()
    locked = Judgement.objects.select_for_update().filter(pk__in=ids, withdrawn_at__isnull=True).order_by("pk")
    taken = list(locked.values_list("pk", flat=True))
    Judgement.objects.filter(pk__in=taken).update(withdrawn_at=now, withdrawn_by=by)
    _tell_withdrawn(taken, now, by)


def _tell_withdrawn(ids: Sequence[int], at: datetime, by: User | None) -> None:
    notes.close_refusals(ids)
    contents = {pk: ledger.withdrawal_content(pk, at, by.pk if by else None) for pk in ids}
    ledger.append(ledger.Kind.WITHDRAWAL, contents)


def _tell_given(rows: Iterable[Judgement]) -> None:
    ledger.append(ledger.Kind.JUDGEMENT, {row.pk: ledger.judgement_content(row) for row in rows})


@transaction.atomic
def retract(ones: Sequence[Mention], others: Sequence[Mention], word: Word, *, by: User | None) -> list[Judgement]:
    """Take back the ``word`` that a person gave, by regrouping, on pairs of one of ``ones`` and one of ``others``.

    A person may change their mind: a newer regrouping goes before their older one. What somebody else said stands, and
    so does what was said as a judgement of its own. Returns what was taken back; the mentions need their ``article``.
    """
    _one_at_a_time()
    hashes = {mention.article.content_hash for mention in (*ones, *others)}
    rows = [row for row in binding.in_force_for(hashes) if row.word == word and row.by_id == (by and by.pk)]
    keys = {key for row in rows for key in (row.left, row.right)}
    here, there = (set(binding.judged(keys, mentions).values()) for mentions in (ones, others))
    across = [row.pk for row in rows if {row.left, row.right} & here and {row.left, row.right} & there]
    found = Judgement.objects.filter(pk__in=across, regroupings__undone_at__isnull=True, regroupings__isnull=False)
    given = list(found.distinct().order_by("pk"))
    withdraw_all(Judgement.objects.filter(pk__in=[row.pk for row in given]), by=by)
    return given


@transaction.atomic
def renew(rows: Sequence[Judgement], *, without: Regrouping) -> list[Judgement]:
    """Say again, for those who said it, what a regrouping that is now undone had taken back.

    Where a person has said something about the same two since, that stands.
    """
    _one_at_a_time()
    said = []
    for old in rows:
        bindings = Bindings.of(
            binding.in_force_for({old.left[: binding.HASH_LENGTH], old.right[: binding.HASH_LENGTH]})
        )
        if bindings.same(old.left, old.right) or bindings.different(old.left, old.right) is not None:
            continue
        new = Judgement.objects.create(left=old.left, right=old.right, word=old.word, by_id=old.by_id, why=old.why)
        new.regroupings.set(old.regroupings.exclude(pk=without.pk))
        said.append(new)
    _tell_given(said)
    return said


@transaction.atomic
def keep_apart(mentions: Sequence[Mention], before: Bindings, *, by: User | None, why: str = "") -> list[Judgement]:
    """Say of each of these themselves what kept them apart until now only through another that they were bound to.

    ``before`` is what bound them. Whoever takes one out of a group that people had split off does not mean that it is
    the same again as what the group was split from.
    """
    _one_at_a_time()
    names = binding.judged(before.keys(), mentions)
    keys = sorted({names.get(mention.pk, key_of(mention)) for mention in mentions})
    rows = binding.in_force_for({key[: binding.HASH_LENGTH] for key in keys})
    now, said = Bindings.of(rows), []
    for one, other in [(key, other) for key in keys for other in before.kept_apart_from(key)]:
        if now.same(one, other) or now.different(one, other) is not None:
            continue
        first, second = sorted((one, other))
        row = Judgement.objects.create(left=first, right=second, word=Word.DIFFERENT, by=by, why=why)
        said.append(row)
        now = Bindings.of([*rows, *said])
    _tell_given(said)
    return said


def _say_one(left_id: int, right_id: int, word: Word, by: User | None, why: str) -> Judgement:
    found = Mention.objects.select_related("article").defer("article__text").in_bulk([left_id, right_id])
    if len(found) < 2:
        raise MatchingError("A judgement needs two mentions that exist and are not one.")
    return say([(found[left_id], found[right_id], word)], by=by, why=why)[0]


@transaction.atomic
def say(words: Iterable[Said], *, by: User | None, why: str = "") -> list[Judgement]:
    """Record several judgements, all or none, in order; those that stand already are returned as they stand.

    The mentions need their ``article`` loaded. Raises ``JudgementConflict`` naming the two statements.
    """
    _one_at_a_time()
    wanted = list(words)
    rows = binding.in_force_for({m.article.content_hash for left, right, _ in wanted for m in (left, right)})
    bindings = Bindings.of(rows)
    standing = {(row.left, row.right): row for row in rows}
    said, given = [], []
    for left, right, word in wanted:
        first, second = sorted((key_of(left), key_of(right)))
        _refuse_contradiction(bindings, left, right, word)
        row = standing.get((first, second))
        if row is None:
            row = Judgement.objects.create(left=first, right=second, word=word, by=by, why=why)
            standing[first, second] = row
            given.append(row)
            rows.append(row)
            bindings = Bindings.of(rows)
        said.append(row)
    _tell_given(given)
    return said


def _refuse_contradiction(bindings: Bindings, left: Mention, right: Mention, word: Word) -> None:
    one, two = key_of(left), key_of(right)
    if one == two:
        raise MatchingError("A judgement needs two mentions that exist and are not one.")
    shown = f"“{left.quote[:80]}” and “{right.quote[:80]}”"
    if word == Word.SAME and (standing := bindings.different(one, two)) is not None:
        raise JudgementConflict(
            f"Judgement {standing} says that these are not the same claim: {shown}. Withdraw it first."
        )
    if word == Word.DIFFERENT and bindings.same(one, two):
        raise JudgementConflict(f"Judgements in force make these the same claim: {shown}. Withdraw one of them first.")


def _one_at_a_time() -> None:
    """Let nobody else judge until this transaction ends: two words that contradict each other must see each other.

    SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
