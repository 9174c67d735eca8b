"""Who is one origin: one person under several descriptions, one organisation, one article."""

from __future__ import annotations

import itertools
from dataclasses import replace

from claims.engine.agreement.provenance.origins import RESTATED, trace
from claims.engine.agreement.scoring import assess
from claims.engine.types import Evidence, Origin, Quantity, Speaker, SpeakerKind, Stance, Suggestion

_ids = itertools.count()
QUOTE = "the dam at Pell will be repaired in May"
BRANDT = Speaker("Brandt", "Ida Brandt", SpeakerKind.PERSON, "Tamber Bank")
REED = Speaker("Tom Reed", "Tom Reed", SpeakerKind.PERSON)
RIOS = Speaker("Ana Rios", "Ana Rios", SpeakerKind.PERSON)
POLICE = Speaker("police", "Police", SpeakerKind.BODY, "Police")
HOSPITAL = Speaker("the hospital", "Hospital", SpeakerKind.BODY, "Hospital")
WITNESS = Speaker("a witness", "witness", SpeakerKind.UNKNOWN)
BILLIONAIRE = Speaker("the billionaire", "billionaire", SpeakerKind.UNKNOWN)


def said(article: str, speaker: Speaker, stance: Stance = Stance.ASSERTS, value: float | None = None) -> Evidence:
    quantity = None if value is None else Quantity(value, counted="people")
    name = f"{next(_ids):04}"
    return Evidence(name, article, f"outlet-{article}", QUOTE, speaker, stance=stance, quantity=quantity)


def full(origins: tuple[Origin, ...]) -> int:
    return sum(origin.strength == 1.0 for origin in origins)


def test_a_company_its_chief_and_its_spokesman_are_one_origin() -> None:
    evidence = [
        said("a", BRANDT),
        said("b", Speaker("the Tamber Bank chief", "Tamber Bank chief", SpeakerKind.BODY, "Tamber Bank")),
        said("c", Speaker("a spokesman", "tamber bank spokesman", SpeakerKind.UNKNOWN, "Tamber Bank")),
        said("d", Speaker("Tamber Bank", "Tamber Bank", SpeakerKind.BODY, "Tamber Bank")),
    ]
    [origin] = trace(evidence)
    assert origin.key == "speaker:tamber bank"
    assert origin.label.startswith("Tamber Bank")


def test_a_name_whose_organisation_one_article_gives_has_it_in_all() -> None:
    bare = Speaker("Brandt", "Ida Brandt", SpeakerKind.PERSON)
    assert len(trace([said("a", bare), said("b", BRANDT)])) == 1


def test_the_first_word_of_an_organisation_is_that_organisation_where_only_one_begins_so() -> None:
    short = Speaker("Tamber", "Tamber", SpeakerKind.BODY, "Tamber")
    other = Speaker("Tamber Steel", "Tamber Steel", SpeakerKind.BODY, "Tamber Steel")
    assert len(trace([said("a", short), said("b", BRANDT)])) == 1
    assert len(trace([said("a", short), said("b", BRANDT), said("c", other)])) == 3


def test_the_denial_of_an_organisation_stays_apart_from_what_it_asserts() -> None:
    assert len(trace([said("a", BRANDT), said("b", BRANDT, Stance.DENIES)])) == 2


def test_one_article_that_names_two_bodies_is_one_origin() -> None:
    [origin] = trace([said("a", POLICE), said("a", HOSPITAL)])
    assert "one article gives these speakers together" in origin.reason


def test_two_bodies_that_other_articles_give_alone_are_two() -> None:
    assert len(trace([said("a", POLICE), said("a", HOSPITAL), said("b", HOSPITAL)])) == 2


def test_one_article_that_names_two_people_has_two_origins() -> None:
    assert len(trace([said("a", REED), said("a", RIOS)])) == 2


def test_a_person_and_a_description_in_one_article_are_one() -> None:
    [origin] = trace([said("a", REED), said("a", BILLIONAIRE)])
    assert origin.key == "speaker:tom reed"


def test_two_figures_of_one_article_stay_apart_so_that_the_conflict_is_seen() -> None:
    assert len(trace([said("a", POLICE, value=3), said("a", HOSPITAL, value=5)])) == 2


def test_an_unnamed_source_is_no_further_witness_beside_a_named_one() -> None:
    origins = trace([said("a", REED), said("b", BILLIONAIRE)])
    assert [o.strength for o in origins if o.label == "billionaire"] == [RESTATED]
    assert full(origins) == 1


def test_officials_without_a_name_are_no_further_witness_beside_a_named_body() -> None:
    officials = Speaker("local officials", "local officials", SpeakerKind.BODY, "local officials")
    assert full(trace([said("a", officials), said("b", POLICE)])) == 1


def test_two_offices_without_a_name_are_two_witnesses() -> None:
    master = Speaker("the harbour master", "harbour master", SpeakerKind.UNKNOWN)
    mayor = Speaker("the mayor", "mayor", SpeakerKind.UNKNOWN)
    assert full(trace([said("a", master), said("b", mayor)])) == 2
    assert full(trace([said("a", master), said("b", POLICE)])) == 2


def test_an_office_without_a_name_may_be_a_person_of_whom_no_office_is_known() -> None:
    mayor = Speaker("the mayor", "mayor", SpeakerKind.UNKNOWN)
    assert full(trace([said("a", mayor), said("b", REED)])) == 1
    assert full(trace([said("a", mayor), said("b", BRANDT)])) == 2


def test_of_several_unnamed_sources_one_counts_in_full() -> None:
    assert full(trace([said("a", WITNESS), said("b", BILLIONAIRE)])) == 1


def test_no_claim_is_corroborated_out_of_one_article_without_two_names() -> None:
    evidence = [said("a", speaker) for speaker in (REED, BILLIONAIRE, POLICE, WITNESS, HOSPITAL)]
    assert assess(evidence).suggested is not Suggestion.CORROBORATED


def test_a_further_article_never_lowers_the_number_of_origins() -> None:
    speakers = (POLICE, HOSPITAL, REED, BRANDT)
    evidence = [said("a", POLICE), said("a", HOSPITAL), said("b", HOSPITAL)]
    known = assess(evidence).independent_origins
    for article, speaker in itertools.product("abc", speakers):
        assert assess([*evidence, said(article, speaker)]).independent_origins >= known


def test_what_stands_only_under_a_picture_is_no_full_witness() -> None:
    under = replace(said("b", POLICE), caption=True)
    assert full(trace([said("a", REED), under])) == 1
    assert full(trace([said("a", REED), under, said("c", POLICE)])) == 2


def test_a_chain_of_articles_longer_than_the_stack_is_deep_is_counted() -> None:
    bodies = [Speaker(f"Works {n:04}", f"Works {n:04}", SpeakerKind.BODY, f"Works {n:04}") for n in range(1500)]
    chain = [said(f"{n + step:04}", body) for n, body in enumerate(bodies) for step in (0, 1)]
    last = said("0000", Speaker("Works zz", "Works zz", SpeakerKind.BODY, "Works zz"))
    assert len(trace([*chain, last])) == 1501


def test_offices_of_a_state_that_no_article_names_are_those_of_one_state() -> None:
    ministry = Speaker("the interior ministry", "interior ministry", SpeakerKind.BODY, "interior ministry")
    cabinet = Speaker("the government", "government", SpeakerKind.BODY, "government")
    minister = Speaker("interior minister Ana Rios", "Ana Rios", SpeakerKind.PERSON, "interior ministry")
    spokesman = Speaker("Koll", "Arben Koll", SpeakerKind.PERSON, "interior ministry")
    assert len(trace([said("a", ministry), said("b", cabinet), said("c", minister), said("d", spokesman)])) == 1
    assert len(trace([said("a", ministry), said("b", cabinet, Stance.DENIES)])) == 2
    assert len(trace([said("a", ministry), said("b", POLICE), said("c", REED)])) == 3


def test_he_of_whom_nobody_knows_who_it_is_is_no_further_witness() -> None:
    he = Speaker("he", "", SpeakerKind.UNKNOWN)
    assert full(trace([said("a", REED), said("b", he)])) == 1
    assert full(trace([said("a", he), said("b", he)])) == 1
