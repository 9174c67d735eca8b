"""What a person says of a mention, in the columns of a mention: checked field by field."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from claims.engine import names, types
from claims.engine.types import Comparator, Factuality, Stance
from claims.errors import EditError
from claims.models import Mention
from claims.services.extraction import speaker_rows


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a person gives it. ``upper`` is the other end of a range."""

    value: float
    upper: float | None = None
    comparator: str = "="
    unit: str = ""
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a mention; None: nothing. A ``speaker`` of no name is the outlet itself.

    ``stance`` is the one towards the claim as it reads. ``no_figure``: there is none.
    """

    speaker: str | None = None
    speaker_kind: str = ""
    stance: str | None = None
    factuality: str | None = None
    figure: Figure | None = None
    no_figure: bool = False


NOTHING = Said()


def columns(row: Mention, said: Said) -> dict[str, Any]:
    """Return the columns of a mention that would change, with their new values. Raises ``EditError`` by field.

    Stance and factuality go together where only one of them is said: what is denied is not asserted.
    """
    wanted = {**_speaker(row, said), **_stand(row, said), **_figure(said)}
    return {name: value for name, value in wanted.items() if getattr(row, name) != value}


def _speaker(row: Mention, said: Said) -> dict[str, Any]:
    if said.speaker is None:
        return {}
    name = names.clean(said.speaker)[:200].strip()
    if not name:
        return {"speaker_id": None, "speaker_text": "", "organisation": "", "cue": ""}
    if row.speaker is not None and names.key(name) == names.key(row.speaker.canonical):
        return {}
    kinds = {kind.value for kind in types.SpeakerKind}
    if said.speaker_kind and said.speaker_kind not in kinds:
        raise EditError(f"Choose one of: {', '.join(sorted(kinds))}.", field="speaker_kind")
    kind = types.SpeakerKind(said.speaker_kind or types.SpeakerKind.UNKNOWN)
    (found,) = speaker_rows([types.Speaker(name, name, kind)]).values()
    return {"speaker_id": found.pk, "speaker_text": name, "organisation": ""}


def _stand(row: Mention, said: Said) -> dict[str, Any]:
    stance = _one_of(Stance, said.stance, "stance")
    factuality = _one_of(Factuality, said.factuality, "factuality")
    if stance is not None and row.claim is not None and row.claim.assessment is not None:
        stance = _as_worded(stance, row.claim.assessment.negative)
    if stance is not None and factuality is None and row.factuality in (Factuality.ASSERTED, Factuality.DENIED):
        factuality = {Stance.DENIES: Factuality.DENIED, Stance.ASSERTS: Factuality.ASSERTED}.get(stance)
    if factuality is not None and stance is None and row.stance != Stance.OPEN:
        stance = {Factuality.DENIED: Stance.DENIES, Factuality.ASSERTED: Stance.ASSERTS}.get(factuality)
    given = {"stance": stance, "factuality": factuality}
    return {name: value.value for name, value in given.items() if value is not None}


def _as_worded(stance: Stance, negative: bool) -> Stance:
    """Return how the words stand to a claim towards which they take this stance: ``Mention.towards`` turned round."""
    turned = {Stance.ASSERTS: Stance.DENIES, Stance.DENIES: Stance.ASSERTS}
    return turned.get(stance, stance) if negative else stance


def _one_of(kind: type[Any], value: str | None, field: str) -> Any:
    if value is None:
        return None
    try:
        return kind(value)
    except ValueError:
        raise EditError(f"Choose one of: {', '.join(one.value for one in kind)}.", field=field) from None


def _figure(said: Said) -> dict[str, Any]:
    if said.no_figure:
        return {"value": None, "upper": None, "comparator": "", "unit": "", "counted": ""}
    if said.figure is None:
        return {}
    figure = said.figure
    if not math.isfinite(figure.value) or (figure.upper is not None and not math.isfinite(figure.upper)):
        raise EditError("A figure is a finite number.", field="value")
    if figure.upper is not None and figure.upper < figure.value:
        raise EditError("The upper end of a range is not below the lower one.", field="upper")
    comparator = _one_of(Comparator, figure.comparator, "comparator")
    return {
        "value": float(figure.value),
        "upper": None if figure.upper is None else float(figure.upper),
        "comparator": comparator.value,
        "unit": names.clean(figure.unit)[:50],
        "counted": names.clean(figure.counted)[:200],
    }
