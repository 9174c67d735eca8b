"""What editors do to speakers: merge two that are one, rename one, say what they are and for whom; each can be undone.

A merged speaker stays, without mentions, and points to the other; its name and spellings lead there. What its mentions
state is scored again, because two origins may be one now.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from claims.engine import names, types
from claims.errors import EditError, EditState
from claims.models import Mention, Speaker, SpeakerAlias, SpeakerChange
from claims.numbers import whole
from claims.services import readings, standing

Kind = SpeakerChange.Kind
FIELDS = ("canonical", "kind", "party")
LENGTH = 200


class SpeakerConflict(EditError):
    """The name is another speaker's."""

    code = "speaker_conflict"

    def __init__(self, other: Speaker) -> None:
        super().__init__(
            f"That is {other.canonical} (speaker {other.pk}): merge the two if they are one.", field="canonical"
        )
        self.other = other


def found(asked: str) -> Speaker | None:
    """Return the speaker of this number, name or spelling, or None."""
    number = whole(asked.strip())
    standing_alone = Speaker.objects.filter(merged_into=None)
    if number is not None and (speaker := standing_alone.filter(pk=number).first()) is not None:
        return speaker
    key = names.key(asked)
    alias = SpeakerAlias.objects.filter(key=key).select_related("speaker").first() if key else None
    return alias.speaker if alias else standing_alone.filter(key=key).first()


def alike(speaker: Speaker) -> QuerySet[Speaker]:
    """Return the speakers whose names look like this one's."""
    rows = Speaker.objects.filter(skeleton=speaker.skeleton, merged_into=None).exclude(pk=speaker.pk)
    return rows if speaker.skeleton else rows.none()


@transaction.atomic
def describe(speaker_id: int, given: Mapping[str, str], *, by: User | None, why: str) -> SpeakerChange:
    """Change what is known of a speaker, of ``FIELDS``: the name, the kind, for whom they speak.

    The old name still leads here. Raises ``Speaker.DoesNotExist``, ``EditError`` naming the field, ``SpeakerConflict``.
    """
    _explained(why)
    speaker = Speaker.objects.select_for_update(of=("self",)).get(pk=speaker_id)
    wanted = {name: names.clean(value)[:LENGTH].strip() for name, value in given.items() if name in FIELDS}
    changed = {name: value for name, value in wanted.items() if getattr(speaker, name) != value}
    if not changed:
        raise EditError("Nothing would be changed.")
    if changed.get("kind", "person") not in {kind.value for kind in types.SpeakerKind}:
        raise EditError(f"Choose one of: {', '.join(types.SpeakerKind)}.", field="kind")
    before = {name: getattr(speaker, name) for name in changed}
    _set(speaker, changed)
    details = {"read": before, "corrected": changed}
    return SpeakerChange.objects.create(kind=Kind.DESCRIBED, speaker=speaker, details=details, why=why.strip(), by=by)


@transaction.atomic
def merge(speaker_id: int, target_id: int, *, by: User | None, why: str) -> SpeakerChange:
    """Give the mentions and spellings of one speaker to another. Raises ``EditError``, ``EditState``."""
    _explained(why)
    speaker, target = _locked(speaker_id, target_id)
    for one in (speaker, target):
        if one.merged_into_id is not None:
            raise EditState(f"{one.canonical} was merged into another speaker before.")
    moved = list(Mention.objects.filter(speaker=speaker).order_by("pk").values_list("pk", flat=True))
    aliases = list(speaker.aliases.order_by("pk").values_list("pk", flat=True))
    made, _ = SpeakerAlias.objects.get_or_create(
        key=names.key(speaker.canonical), defaults={"name": speaker.canonical, "speaker": target}
    )
    details = {"mentions": moved, "aliases": aliases, "alias": None if made.pk in aliases else made.pk}
    done = SpeakerChange.objects.create(
        kind=Kind.MERGED, speaker=speaker, target=target, details=details, why=why.strip(), by=by
    )
    _move(details, speaker, target)
    Speaker.objects.filter(pk=speaker.pk).update(merged_into=target)
    return done


@transaction.atomic
def undo(change_id: int, *, by: User | None) -> SpeakerChange:
    """Take a merge or a description back, as far as it still stands. Raises ``EditState``."""
    done = SpeakerChange.objects.select_for_update(of=("self",)).get(pk=change_id)
    if done.undone_at is not None:
        raise EditState("This was undone before.")
    if done.target_id is not None:
        _undo_merge(done)
    else:
        speaker = Speaker.objects.select_for_update(of=("self",)).get(pk=done.speaker_id)
        read, given = done.details["read"], done.details["corrected"]
        left = {name: value for name, value in read.items() if getattr(speaker, name) == given[name]}
        if not left:
            raise EditState("Nothing of this is left to be undone.")
        _set(speaker, left)
    done.undone_at, done.undone_by = timezone.now(), by
    done.save(update_fields=["undone_at", "undone_by"])
    return done


def _undo_merge(done: SpeakerChange) -> None:
    speaker, target = _locked(done.speaker_id, done.target_id or 0)
    if target.merged_into_id is not None:
        raise EditState(f"{target.canonical} was itself merged since: undo that first.")
    _move(done.details, target, speaker)
    SpeakerAlias.objects.filter(pk=done.details["alias"] or 0, speaker=target).delete()
    Speaker.objects.filter(pk=speaker.pk).update(merged_into=None)


def _set(speaker: Speaker, values: Mapping[str, Any]) -> None:
    """Write what is known of a speaker; a name that it had still leads to it."""
    name = values.get("canonical")
    if name is not None and names.key(name) != names.key(speaker.canonical):
        if not names.key(name):
            raise EditError("A speaker has a name.", field="canonical")
        other = found(name)
        if other is not None and other.pk != speaker.pk:
            raise SpeakerConflict(other)
        SpeakerAlias.objects.get_or_create(
            key=names.key(speaker.canonical), defaults={"name": speaker.canonical, "speaker": speaker}
        )
    for field, value in values.items():
        setattr(speaker, field, value)
    extra = ["key", "skeleton"] if name is not None else []
    speaker.save(update_fields=[*values, *extra])
    _score_again(Mention.objects.filter(speaker=speaker))


def _move(details: Mapping[str, Any], leaving: Speaker, to: Speaker) -> None:
    """Give the mentions and spellings that a merge names to another speaker, and have what they state scored again."""
    rows = Mention.objects.filter(pk__in=details["mentions"], speaker=leaving)
    moved = list(rows.only("pk"))
    readings.keep(moved)
    SpeakerAlias.objects.filter(pk__in=details["aliases"], speaker=leaving).update(speaker=to)
    rows.update(speaker=to)
    _score_again(Mention.objects.filter(pk__in=[row.pk for row in moved]))


def _score_again(rows: QuerySet[Mention]) -> None:
    claims = rows.filter(claim__isnull=False).values_list("claim", flat=True)
    standing.outdate(sorted({claim for claim in claims if claim is not None}))


def _locked(speaker_id: int, target_id: int) -> tuple[Speaker, Speaker]:
    if speaker_id == target_id:
        raise EditError("A speaker cannot be merged with themselves.")
    rows = Speaker.objects.select_for_update(of=("self",)).filter(pk__in=(speaker_id, target_id)).order_by("pk")
    both = {row.pk: row for row in rows}
    if len(both) < 2:
        raise EditError("There is no such speaker.", field="target")
    return both[speaker_id], both[target_id]


def _explained(why: str) -> None:
    if not why.strip():
        raise EditError("Say why: what they say is scored anew.", field="why")
