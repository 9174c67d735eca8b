"""Who speaks for a state when the article leaves the office out: the caller's table decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from claims.engine.agreement.provenance.leaders import Leader, led
from claims.engine.agreement.provenance.origins import trace
from claims.engine.types import Speaker, SpeakerKind
from tests.engine.agreement.cast import said


def test_a_leader_speaks_for_the_state_while_in_office() -> None:
    table = [
        Leader("Ines Marrow", "Norway", 2010, 2020),
        Leader("Ines Marrow", "Sweden", 2018),
        Leader("Jun Mori", "Japan", 2001),
    ]

    def state(name: str, year: int | None) -> str:
        published = datetime(year, 5, 1, tzinfo=UTC) if year else None
        speaker = Speaker(name, name, SpeakerKind.PERSON)
        (item,) = led([replace(said("a"), speaker=speaker, published=published)], table)
        return item.leads

    assert state("Jun Mori", 2024) == "Japan"
    assert state("Jun Mori", 1999) == ""
    assert state("Jun Mori", None) == "Japan"
    assert state("Ines Marrow", 2012) == "Norway"
    assert state("Ines Marrow", 2019) == ""
    assert state("Ana Petrova", 2024) == ""


def test_what_a_leader_says_by_name_and_what_the_government_says_is_one_origin() -> None:
    leader = Speaker("Marrow", "Ines Marrow", SpeakerKind.PERSON)
    body = Speaker("the Norwegian government", "Government of Norway", SpeakerKind.BODY)
    told = [replace(said("a"), speaker=leader), replace(said("b"), speaker=body)]
    assert len(trace(told)) == 2
    assert len(trace(led(told, [Leader("Ines Marrow", "Norway", 2010)]))) == 1
