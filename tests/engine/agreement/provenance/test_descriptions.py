"""Who is no further witness: initials, descriptions, papers, headings, agencies, announcements, copied words."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from claims.engine.agreement.provenance.origins import RESTATED, trace
from claims.engine.agreement.scoring import assess
from claims.engine.types import Evidence, Hedge, Origin, Speaker, SpeakerKind, Stance, Suggestion

_ids = itertools.count()
QUOTE = "the dam at Pell will be repaired in May"
OWN = Speaker("", "", SpeakerKind.OUTLET)


def said(article: str, speaker: Speaker = OWN, quote: str = QUOTE, **other: object) -> Evidence:
    source = f"outlet-{article}.example"
    who = Speaker("", source, SpeakerKind.OUTLET) if speaker is OWN else speaker
    return replace(Evidence(f"{next(_ids):04}", article, source, quote, who, sentence=quote), **other)  # type: ignore[arg-type]


def body(name: str, text: str = "") -> Speaker:
    return Speaker(text or name, name, SpeakerKind.BODY, name)


def full(*evidence: Evidence) -> int:
    return sum(origin.strength == 1.0 for origin in trace(evidence))


def only(*evidence: Evidence) -> Origin:
    [origin] = trace(evidence)
    return origin


def test_a_body_and_its_initials_are_one() -> None:
    assert full(said("a", body("NUOM")), said("b", body("National Union of Orr Miners"))) == 1
    assert full(said("a", body("NUOM")), said("b", body("Orr Council"))) == 2


@pytest.mark.parametrize("described", ["company", "mining company", "rebel group", "agency"])
def test_a_body_without_a_name_may_be_a_named_one(described: str) -> None:
    assert full(said("a", body(described)), said("b", body("Tamber"))) == 1


def test_a_company_without_a_name_is_not_the_police() -> None:
    assert full(said("a", body("company")), said("b", body("Orr Police"))) == 2


def test_an_office_is_the_person_whom_an_article_calls_by_it() -> None:
    reed = Speaker("Pell Sheriff Jon Reed", "Jon Reed", SpeakerKind.PERSON, "Pell County")
    assert full(said("a", reed), said("b", Speaker("the sheriff", "sheriff", SpeakerKind.UNKNOWN))) == 1
    assert full(said("a", reed), said("b", Speaker("the mayor", "mayor", SpeakerKind.UNKNOWN))) == 2


@pytest.mark.parametrize(
    ("text", "noun"), [("research by Tamber Trust", "research"), ("Tamber Trust’s own survey", "survey")]
)
def test_a_paper_speaks_for_whoever_made_it(text: str, noun: str) -> None:
    paper = Speaker(text, noun, SpeakerKind.DOCUMENT)
    assert full(said("a", paper), said("b", body("Tamber Trust"))) == 1


def test_a_statement_that_nobody_is_named_with_may_be_anybodys() -> None:
    assert full(said("a", Speaker("a statement", "statement", SpeakerKind.DOCUMENT)), said("b", body("Tamber"))) == 1


def test_a_heading_is_nobody() -> None:
    heading = Speaker("THE COSTS", "THE COSTS", SpeakerKind.BODY, "THE COSTS")
    assert only(said("a", heading)).label == "outlet-a.example"


def test_one_outlet_and_the_agency_that_it_prints_are_one() -> None:
    one, other = said("a", wire="AP"), said("b", source="outlet-a.example", quote="repairs begin at Pell dam in May")
    assert full(one, replace(other, speaker=Speaker("", "outlet-a.example", SpeakerKind.OUTLET))) == 1


def test_an_agency_that_names_no_source_restates_what_others_give_to_one() -> None:
    wire = said("a", wire="AP", quote="repairs begin at Pell in May")
    origins = trace([wire, said("b", body("Tamber"))])
    assert [o.strength for o in origins if o.key == "wire:ap"] == [RESTATED]


def test_an_outlet_restates_what_another_gives_to_a_newsroom() -> None:
    times = Speaker("the Orr Times", "Orr Times", SpeakerKind.OUTLET)
    assert full(said("a", times), said("b", quote="repairs begin at Pell in May")) == 1


def test_an_announcement_is_one_origin_however_many_outlets_tell_it() -> None:
    told = [said(name, quote=f"words of {name} only", announcer="corvane") for name in "abc"]
    assert only(*told).key == "speaker:corvane"


def test_a_long_run_of_the_same_words_is_one_text() -> None:
    one = "Masked men threw bottles at shops and buses in the old town of Orr, police said"
    two = "On Monday masked men threw bottles at shops and buses in the capital and set cars on fire near the port"
    assert full(said("a", quote=one), said("b", quote=two)) == 1


def test_a_long_name_in_common_is_no_copy() -> None:
    name = "Chief Justice Robert Young Reed of the Orr Supreme Court"
    one = f"{name} resigned on Tuesday after months of quiet talks with the king"
    two = f"A letter by {name} came late on Friday to the small town hall of Pell"
    assert full(said("a", quote=one), said("b", quote=two)) == 2


def test_the_same_short_quotation_is_one_whoever_it_is_given_to() -> None:
    quote, mayor = "Our town is broken", Speaker("the mayor", "mayor", SpeakerKind.BODY)
    reed = Speaker("Reed", "Jon Reed", SpeakerKind.PERSON)
    assert full(said("a", reed, quote, direct=True), said("b", mayor, quote, direct=True)) == 1


def test_what_a_newsroom_only_heard_is_no_full_witness() -> None:
    heard = said("a", hedge=Hedge.REPORTED, quote="repairs begin at Pell in May")
    assert [o.strength for o in trace([heard])] == [RESTATED]


def test_what_gives_no_full_statement_is_no_full_witness() -> None:
    assert full(said("a", body("Tamber"), partial=True), said("b", body("Orr Police"))) == 1


@pytest.mark.parametrize("hedge", [Hedge.ALLEGED, Hedge.POSSIBLE])
def test_only_what_is_said_without_a_hedge_corroborates(hedge: Hedge) -> None:
    plain = [said("a", body("Tamber")), said("b", body("Orr Police"))]
    assert assess(plain).suggested is Suggestion.CORROBORATED
    assert assess([plain[0], replace(plain[1], hedge=hedge)]).suggested is Suggestion.UNVERIFIED


def test_statements_that_are_not_surely_the_same_do_not_corroborate() -> None:
    plain = [said("a", body("Tamber")), said("b", body("Orr Police"))]
    assert assess(plain, same=lambda one, other: False).suggested is Suggestion.UNVERIFIED


def test_the_first_algorithm_scores_as_it_did() -> None:
    hedged = [said("a", body("Tamber")), said("b", body("Orr Police"), hedge=Hedge.REPORTED, stance=Stance.ASSERTS)]
    assert assess(hedged, algorithm="accu-stance/1").algorithm == "accu-stance/1"
