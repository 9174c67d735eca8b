"""What a mention says, as values beside its place: as the machine read it, as people corrected it, as it was before.

The columns of a mention hold what counts: the machine's reading with what people put in its place laid over it. Where
somebody corrected it, ``Mention.read`` holds the machine's reading; of a mention that a person added it is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from claims.models import Correction, Mention, MentionRevision, Speaker

Kind = Correction.Kind
Values = Mapping[str, Any]

COLUMNS = (
    "speaker_id", "speaker_text", "organisation", "cue", "stance", "factuality", "value", "upper", "comparator", "unit",
    "counted",
)  # fmt: skip
"""What of a reading people may correct."""

SCORED = (*COLUMNS, "hedge", "direct", "place", "sentence")
"""What of a reading the score looks at, beside the words themselves."""


def values_of(row: Mention, columns: Iterable[str] = COLUMNS) -> dict[str, Any]:
    """Return what these columns of a mention hold."""
    return {name: getattr(row, name) for name in columns}


def machine_of(row: Mention) -> dict[str, Any]:
    """Return what the machine read of a mention, with the speaker's name; {} of one that a person added.

    Reads ``row.speaker`` of one that nobody corrected.
    """
    if row.read is not None:
        return dict(row.read)
    return {**values_of(row), "speaker": row.speaker.canonical if row.speaker is not None else None}


def put(row: Mention, values: Values) -> None:
    """Set columns of a mention, without writing it."""
    for name, value in values.items():
        setattr(row, name, value)


def keep(rows: Iterable[Mention]) -> None:
    """Keep what these mentions, as the database holds them, have said until now: call it before they are changed."""
    found = Mention.objects.filter(pk__in=[row.pk for row in rows]).only(*SCORED)
    MentionRevision.objects.bulk_create(MentionRevision(mention=row, values=values_of(row, SCORED)) for row in found)


def in_force(rows: Iterable[Mention]) -> dict[int, dict[str, Correction]]:
    """Return the corrections in force on these mentions: the mention's id -> kind -> correction; one query."""
    found: dict[int, dict[str, Correction]] = {row.pk: {} for row in rows}
    for one in Correction.objects.filter(mention__in=found, withdrawn_at__isnull=True):
        found[one.mention_id or 0][one.kind] = one
    return found


def lay_over(row: Mention, corrections: Mapping[str, Correction]) -> None:
    """Bring a mention's columns to the machine's reading with what people put in its place."""
    machine = row.read if row.read is not None else values_of(row)
    words = [corrections[kind].corrected for kind in (Kind.ADDED, Kind.READING) if kind in corrections]
    row.read = machine if words else None
    for values in (machine, *words):
        put(row, {name: value for name, value in values.items() if name in COLUMNS})
    if words:
        row.speaker_id = _heir(row.speaker_id)


def _heir(speaker_id: int | None) -> int | None:
    """Return the speaker that a speaker is by now: another one, where the two were merged since."""
    while speaker_id is not None:
        merged = Speaker.objects.filter(pk=speaker_id, merged_into__isnull=False)
        heir = merged.values_list("merged_into", flat=True).first()
        if heir is None:
            break
        speaker_id = heir
    return speaker_id


def as_of(rows: Sequence[Mention], moment: datetime) -> Sequence[Mention]:
    """Bring mentions, in memory alone, to what they said at that moment; one query."""
    earliest: dict[int, Values] = {}
    revisions = MentionRevision.objects.filter(mention__in=[row.pk for row in rows], created_at__gt=moment)
    for revision in revisions.order_by("-pk"):
        earliest[revision.mention_id] = revision.values
    for row in rows:
        put(row, earliest.get(row.pk, {}))
    return rows
