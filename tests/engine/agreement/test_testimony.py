"""What a claim teaches about those who state it."""

from __future__ import annotations

from claims.engine.agreement.testimony import Verdict, items_of
from claims.engine.types import Evidence, Stance
from tests.engine.agreement.cast import figure, said


def stated(evidence: list[Evidence], verdict: Verdict | None = None) -> dict[str, dict[str, str | float]]:
    """Return who states what in each item of the claim."""
    return {item.key: dict(item.stated) for item in items_of("9", evidence, verdict)}


def test_two_outlets_with_figures_teach_who_is_exact() -> None:
    told = [said("a", quantity=figure(12)), said("b", quantity=figure(15))]
    assert stated(told) == {"9": {"outlet-a.example": 12.0, "outlet-b.example": 15.0}}


def test_a_bound_names_no_value() -> None:
    told = [said("a", quantity=figure(12)), said("b", quantity=figure(10, ">")), said("c", quantity=figure(8, "=", 20))]
    assert stated(told) == {}


def test_what_nobody_denies_teaches_nothing() -> None:
    assert stated([said("a"), said("b"), said("c", by="Ana Petrova")]) == {}


def test_a_contradiction_is_a_question_of_yes_and_no() -> None:
    told = [said("a"), said("b", stance=Stance.DENIES), said("c", by="Ana Petrova", quote="the pit was not closed")]
    (answers,) = stated(told).values()
    assert answers["outlet-a.example"] == "yes"
    assert answers["outlet-b.example"] == "no"


def test_the_accused_party_would_deny_it_either_way() -> None:
    told = [
        said("a", quote="Tomas Vale closed the mine"),
        said("b", by="Tomas Vale", stance=Stance.DENIES, quote="Tomas Vale closed the mine"),
    ]
    assert stated(told) == {}
    assert len(stated(told, Verdict(holds=True))) == 1


def test_a_verdict_teaches_of_one_outlet_alone() -> None:
    (item,) = items_of("9", [said("a")], Verdict(holds=False))
    assert (item.key, item.stated, dict(item.known)) == (
        "9 holds",
        (("outlet-a.example", "yes"),),
        {"yes": 0.0, "no": 1.0},
    )


def test_a_known_figure_judges_those_who_name_one_and_the_verdict_the_others() -> None:
    told = [said("a", quantity=figure(12)), said("b", quantity=figure(15)), said("c")]
    figures, holding = items_of("9", told, Verdict(holds=True, value=15.0))
    assert dict(figures.known) == {12.0: 0.0, 15.0: 1.0}
    assert holding.stated == (("outlet-c.example", "yes"),)


def test_figures_of_a_refuted_claim_are_not_weighed() -> None:
    told = [said("a", quantity=figure(12)), said("b", quantity=figure(15))]
    assert list(stated(told, Verdict(holds=False))) == ["9 holds"]


def test_an_early_count_is_compatible_with_the_later_and_a_late_one_is_not() -> None:
    told = [said("a", quantity=figure(12), on=1), said("b", quantity=figure(15), on=2)]
    assert items_of("9", told)[0].compatible == ((12.0, 15.0),)
    told = [said("a", quantity=figure(12), on=2), said("b", quantity=figure(15), on=1)]
    assert items_of("9", told)[0].compatible == ()


def test_a_round_figure_is_compatible_with_the_exact() -> None:
    told = [said("a", quantity=figure(12_300), on=1), said("b", quantity=figure(12_000), on=2)]
    assert items_of("9", told)[0].compatible == ((12_000.0, 12_300.0),)


def test_five_relays_are_one_testimony() -> None:
    relays = [said(f"r{i}", by="Ana Petrova", quantity=figure(12)) for i in range(5)]
    (answers,) = stated([*relays, said("a", quantity=figure(15), quote="our reporter saw fifteen")]).values()
    assert len(answers) == 2
