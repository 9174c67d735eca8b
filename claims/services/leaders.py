"""Who leads which state: the desk's table, handed to the engine with the evidence."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from claims.data import starter
from claims.engine.agreement.provenance import leaders as engine
from claims.engine.agreement.provenance.names import plain
from claims.engine.types import Evidence, SpeakerKind
from claims.models import Claim, Leader, Speaker
from claims.services.standing import outdate


def ensure_leaders(leader_model: type[Leader] = Leader) -> None:
    """Write down the leaders that every desk starts with, but for those that are there."""
    leader_model.objects.bulk_create(
        [leader_model(name=x.name, state=x.state, first_year=x.first, last_year=x.last) for x in starter.leaders()],
        ignore_conflicts=True,
    )


def led(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence with the state that each speaker leads, by the desk's table; one query where people speak."""
    if all(item.speaker.kind is not SpeakerKind.PERSON for item in evidence):
        return list(evidence)
    rows = Leader.objects.values_list("name", "state", "first_year", "last_year")
    return engine.led(evidence, [engine.Leader(*row) for row in rows])


@transaction.atomic
def changed(*names: str) -> None:
    """Have the claims scored again in which these people speak, whatever way their names are spelt."""
    wanted = {plain(name) for name in names}
    initials = {name[:1] for name in wanted} | {name[:1].upper() for name in wanted}
    speakers = [
        pk
        for pk, canonical in Speaker.objects.filter(kind=SpeakerKind.PERSON.value).values_list("pk", "canonical")
        if canonical[:1] in initials and plain(canonical) in wanted
    ]
    outdate(list(Claim.objects.filter(mentions__speaker__in=speakers).values_list("pk", flat=True).distinct()))
