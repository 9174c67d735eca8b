"""Relays are not witnesses: what counts as one origin, and what as another."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.engine.agreement.provenance.names import agency, outlet, plain
from claims.engine.agreement.provenance.origins import RESTATED, trace
from claims.engine.governments import government
from claims.engine.shingles import sketch
from claims.engine.types import Evidence, Origin, OriginKind, Quantity, Speaker, SpeakerKind, Stance

DAY = datetime(2025, 4, 9, tzinfo=UTC)
NOBODY = Speaker("", "", SpeakerKind.UNKNOWN)
QUILL = Speaker("harbour master Ada Quill", "Ada Quill", SpeakerKind.PERSON)
BRANDT = Speaker("shipowner Otto Brandt", "Otto Brandt", SpeakerKind.PERSON)
REPORT = (
    "The ferry left the harbour at dawn with more people on board than its papers allow, and turned over within sight "
    "of the lighthouse when a squall came up from the south. Fishing boats reached the place first and took many from "
    "the water before the lifeboat arrived. The owner could not be reached; the harbour master has called an inquiry."
)
OTHER = (
    "Nobody on the quay had expected the wind to turn so soon, and by noon the families of those who sailed had filled "
    "the small church above the port. A list of names was read aloud twice. Divers will go down again tomorrow if the "
    "sea allows it, while the coastguard says that the wreck lies deeper than was thought at first."
)


def evidence(
    name: str,
    speaker: Speaker = NOBODY,
    *,
    source: str = "",
    article: str = "",
    quote: str = "At least forty people drowned",
    stance: Stance = Stance.ASSERTS,
    text: str = "",
    **more: object,
) -> Evidence:
    return Evidence(
        id=name,
        article=article or f"article-{name}",
        source=source or f"{name}.example",
        quote=quote,
        sentence=quote,
        speaker=speaker,
        stance=stance,
        published=DAY,
        signature=sketch(text),
        **more,  # type: ignore[arg-type]
    )


def groups(origins: tuple[Origin, ...]) -> list[list[str]]:
    return sorted(sorted(origin.evidence) for origin in origins)


def only(origins: tuple[Origin, ...]) -> Origin:
    assert len(origins) == 1
    return origins[0]


def test_five_relays_of_one_speaker_are_one_origin() -> None:
    found = only(trace([evidence(f"e{i}", QUILL) for i in range(5)]))
    assert (found.kind, found.key, found.label) == (OriginKind.SPEAKER, "speaker:ada quill", "Ada Quill")
    assert found.reason == "said by Ada Quill, relayed by 5 outlets"


def test_a_denial_by_another_party_is_another_origin() -> None:
    relays = [evidence(f"e{i}", QUILL) for i in range(5)]
    assert groups(trace([*relays, evidence("d", BRANDT, stance=Stance.DENIES)])) == [
        ["d"],
        ["e0", "e1", "e2", "e3", "e4"],
    ]


def test_no_evidence_has_no_origins() -> None:
    assert trace([]) == ()


def test_a_surname_alone_is_the_person_met_with_it() -> None:
    found = only(trace([evidence("a", QUILL), evidence("b", Speaker("Quill", "Quill", SpeakerKind.PERSON))]))
    assert found.label == "Ada Quill"


def test_a_surname_that_two_people_share_is_nobody_of_them() -> None:
    cousin = Speaker("Bo Quill", "Bo Quill", SpeakerKind.PERSON)
    short = Speaker("Quill", "Quill", SpeakerKind.PERSON)
    assert len(trace([evidence("a", QUILL), evidence("b", cousin), evidence("c", short)])) == 3


def test_spellings_of_one_name_are_one_speaker() -> None:
    forms = ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy")
    found = trace([evidence(f"e{i}", Speaker(form, form, SpeakerKind.PERSON)) for i, form in enumerate(forms)])
    assert len(found) == 1


def test_those_who_speak_for_one_government_are_one_origin() -> None:
    president = Speaker("Ukrainian President Volodymyr Zelensky", "Volodymyr Zelensky", SpeakerKind.PERSON)
    capital = Speaker("Kyiv", "Government of Ukraine", SpeakerKind.BODY)
    service = Speaker("the Security Service of Ukraine", "Security Service of Ukraine", SpeakerKind.BODY)
    found = only(trace([evidence("a", president), evidence("b", capital), evidence("c", service)]))
    assert found.label == "Government of Ukraine: Security Service of Ukraine, Volodymyr Zelensky"
    assert found.key == "speaker:government of ukraine"


def test_a_government_that_denies_what_it_said_is_heard_both_ways() -> None:
    army = Speaker("the Ukrainian army", "Army of Ukraine", SpeakerKind.BODY)
    capital = Speaker("Kyiv", "Government of Ukraine", SpeakerKind.BODY)
    assert len(trace([evidence("a", army), evidence("b", capital, stance=Stance.DENIES)])) == 2


def test_two_governments_are_two_origins() -> None:
    kyiv = Speaker("Kyiv", "Government of Ukraine", SpeakerKind.BODY)
    beijing = Speaker("Beijing", "Government of China", SpeakerKind.BODY)
    assert len(trace([evidence("a", kyiv), evidence("b", beijing, stance=Stance.DENIES)])) == 2


BEIJING = Speaker("Beijing", "Government of China", SpeakerKind.BODY)
SPOKESMAN = Speaker("Foreign Ministry spokesperson Lin Jian", "Lin Jian", SpeakerKind.PERSON)
MINISTRY = Speaker("the ministry", "ministry", SpeakerKind.BODY)
STATEMENT = Speaker("A statement", "statement", SpeakerKind.DOCUMENT)


def test_offices_and_statements_of_no_named_state_join_the_one_government_that_says_the_same() -> None:
    said = (BEIJING, SPOKESMAN, MINISTRY, STATEMENT)
    found = only(trace([evidence(f"e{i}", speaker) for i, speaker in enumerate(said)]))
    assert found.key == "speaker:government of china"


def test_an_office_of_no_named_state_stays_apart_where_two_governments_speak() -> None:
    kyiv = Speaker("Kyiv", "Government of Ukraine", SpeakerKind.BODY)
    assert len(trace([evidence("a", BEIJING), evidence("b", kyiv), evidence("c", MINISTRY)])) == 3


def test_an_office_that_denies_what_the_one_government_says_is_another_origin() -> None:
    assert len(trace([evidence("a", BEIJING), evidence("b", MINISTRY, stance=Stance.DENIES)])) == 2


def test_a_private_person_and_a_named_document_stay_witnesses_beside_a_government() -> None:
    ledger = Speaker("a customs ledger", "customs ledger", SpeakerKind.DOCUMENT)
    assert len(trace([evidence("a", BEIJING), evidence("b", QUILL), evidence("c", ledger)])) == 3


def test_a_headline_in_the_articles_own_voice_adds_no_witness_to_the_speaker_in_its_body() -> None:
    headline = evidence("h", source="coast.example", article="one")
    body = evidence("b", QUILL, source="coast.example", article="one")
    found = only(trace([headline, body]))
    assert found.label == "Ada Quill"
    assert "the same article gives it to Ada Quill" in found.reason


def test_an_assertion_is_not_folded_into_a_denial_in_the_same_article() -> None:
    own = evidence("o", source="coast.example", article="one")
    denial = evidence("d", BRANDT, source="coast.example", article="one", stance=Stance.DENIES)
    assert len(trace([own, denial])) == 2


def test_what_an_article_states_is_not_folded_into_one_who_is_still_checking() -> None:
    own = evidence("o", source="coast.example", article="one")
    checking = evidence("c", BRANDT, source="coast.example", article="one", stance=Stance.OPEN)
    assert groups(trace([own, checking])) == [["c"], ["o"]]


def test_an_outlets_own_report_stays_its_own_origin() -> None:
    seen = "Our reporter counted forty bodies on the quay that morning"
    report = evidence("o", quote=seen)
    found = {o.evidence: o for o in trace([report, evidence("q", QUILL)])}
    assert found["o",].strength == 1.0
    assert found["o",].kind is OriginKind.OUTLET


def test_an_outlet_that_restates_without_a_source_counts_for_little() -> None:
    found = {o.evidence: o for o in trace([evidence("o"), evidence("q", QUILL)])}
    assert found["o",].strength == RESTATED
    assert "names no source for what others give to Ada Quill" in found["o",].reason


def test_outlets_that_all_report_for_themselves_count_in_full() -> None:
    assert [o.strength for o in trace([evidence("a", quote="Forty drowned"), evidence("b", quote="Dozens died")])] == [
        1.0,
        1.0,
    ]


def test_a_wire_credit_makes_one_origin_of_the_outlets_that_print_it() -> None:
    found = only(trace([evidence("a", wire="AFP"), evidence("b", wire="AFP"), evidence("c", source="afp.com")]))
    assert (found.kind, found.key) == (OriginKind.WIRE, "wire:afp")


def test_copied_text_is_one_origin_under_the_first_outlet() -> None:
    late = evidence("late", text="Read more. " + REPORT, quote="Forty people drowned")
    found = only(trace([evidence("first", text=REPORT), late]))
    assert found.kind is OriginKind.COPY
    assert "of the shorter of the articles of first.example and late.example stands in the other" in found.reason


def test_articles_with_words_of_their_own_are_not_copies() -> None:
    assert len(trace([evidence("a", text=REPORT), evidence("b", text=OTHER, quote="Dozens lost their lives")])) == 2


def test_copied_text_does_not_make_one_of_two_speakers() -> None:
    pair = [evidence("a", QUILL, text=REPORT), evidence("b", BRANDT, text=REPORT, stance=Stance.DENIES)]
    assert len(trace(pair)) == 2


def test_headlines_of_copies_do_not_make_one_of_the_two_speakers_they_sum_up() -> None:
    said = [
        evidence("lead-a", article="a", source="a.example", text=REPORT),
        evidence("body-a", QUILL, article="a", source="a.example", text=REPORT),
        evidence("lead-b", article="b", source="b.example", text=REPORT),
        evidence("body-b", BRANDT, article="b", source="b.example", text=REPORT),
    ]
    assert groups(trace(said)) == [["body-a", "lead-a"], ["body-b", "lead-b"]]


def test_the_same_quotation_is_one_origin_whoever_it_is_given_to() -> None:
    words = "we warned them twice that the weather would turn before noon"
    vague = Speaker("an official", "official", SpeakerKind.UNKNOWN)
    found = only(
        trace([evidence("a", QUILL, quote=words, direct=True), evidence("b", vague, quote=words, direct=True)])
    )
    assert "the same quotation" in found.reason


def test_a_document_seen_by_several_outlets_is_one_origin() -> None:
    paper = Speaker("the passenger list", "passenger list", SpeakerKind.DOCUMENT)
    assert only(trace([evidence("a", paper), evidence("b", paper)])).kind is OriginKind.DOCUMENT


def test_documents_with_one_uneven_number_are_one_paper() -> None:
    names = ("passenger list", "port register")
    papers = [
        evidence(n, Speaker(n, n, SpeakerKind.DOCUMENT), quantity=Quantity(163), source=f"{i}.example")
        for i, n in enumerate(names)
    ]
    assert len(trace(papers)) == 1
    assert (
        len(trace([papers[0], evidence("x", Speaker("log", "log", SpeakerKind.DOCUMENT), quantity=Quantity(200))])) == 2
    )


def test_a_sentence_that_a_hundred_outlets_print_is_one_origin() -> None:
    quote = "At least forty people drowned when the ferry turned over within sight of the lighthouse"
    assert len(trace([evidence(f"{i:03}", quote=quote) for i in range(100)])) == 1


def test_names_that_differ_in_capitals_alone_are_one_name() -> None:
    club = [Speaker("", name, SpeakerKind.BODY) for name in ("Harbour Club", "harbour club", "harbour club")]
    found = only(trace([evidence(str(i), speaker) for i, speaker in enumerate(club)]))
    assert found.label == "harbour club"
    assert only(trace([evidence("w", wire="REUTERS"), evidence("v", wire="Reuters")])).label in ("REUTERS", "Reuters")


MANY = 2_000
SHAPES = {
    "people": lambda i: evidence(str(i), Speaker(f"N{i} Lund", f"N{i} Lund", SpeakerKind.PERSON)),
    "officials": lambda i: evidence(str(i), Speaker("", f"Ukrainian official {i}", SpeakerKind.PERSON)),
    "papers": lambda i: evidence(str(i), Speaker("", f"list {i}", SpeakerKind.DOCUMENT), quantity=Quantity(163)),
    "copies": lambda i: evidence(str(i), quote=f"line {i}", text=REPORT),
    "outlets": lambda i: evidence(str(i), quote=f"line {i} of our own"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_thousands_of_articles_on_one_claim_are_traced_in_seconds(shape: str) -> None:
    items = [SHAPES[shape](i) for i in range(MANY)]
    begin = time.process_time()
    found = trace(items)
    assert time.process_time() - begin < 10
    assert len(found) == (MANY if shape in ("people", "outlets") else 1)


def test_another_article_of_an_outlet_is_not_drawn_along_by_its_relay() -> None:
    relay = [
        evidence("h", source="coast.example", article="one"),
        evidence("b", QUILL, source="coast.example", article="one"),
    ]
    own = evidence("own", source="coast.example", article="two", quote="Our reporter counted forty bodies on the quay")
    assert ["own"] in groups(trace([*relay, own]))


def test_an_article_that_names_its_own_outlet_speaks_for_itself() -> None:
    own = Speaker("", "o.example", SpeakerKind.OUTLET)
    found = {o.evidence: o for o in trace([evidence("o", own, outlet="The Outlook"), evidence("q", QUILL)])}
    assert (found["o",].label, found["o",].strength) == ("The Outlook", RESTATED)
    assert trace([evidence("o", own, wire="AFP")])[0].key == "wire:afp"


def test_an_outlet_is_known_by_its_name_and_by_its_domain() -> None:
    spoken = Speaker("The Harbour Post", "The Harbour Post", SpeakerKind.OUTLET)
    assert len(trace([evidence("a", source="harbourpost.com"), evidence("b", spoken)])) == 1


SPEAKERS = st.sampled_from([NOBODY, QUILL, BRANDT, Speaker("Quill", "Quill", SpeakerKind.PERSON)])


@st.composite
def bodies_of_evidence(draw: st.DrawFn) -> list[Evidence]:
    return [
        evidence(
            f"e{number}",
            draw(SPEAKERS),
            source=draw(st.sampled_from(["a.example", "b.example", "c.example"])),
            article=draw(st.sampled_from(["one", "two", "three", "four"])),
            stance=draw(st.sampled_from(list(Stance))),
            text=draw(st.sampled_from(["", REPORT, OTHER, REPORT + OTHER])),
            wire=draw(st.sampled_from(["", "", "AP"])),
            direct=draw(st.booleans()),
            quote=draw(st.sampled_from(["Forty drowned", "we warned them twice that the weather would turn at noon"])),
        )
        for number in range(draw(st.integers(0, 8)))
    ]


@settings(deadline=None, max_examples=60)
@given(bodies_of_evidence(), st.randoms(use_true_random=False))
def test_the_order_of_the_evidence_does_not_matter(items: list[Evidence], chance: object) -> None:
    shuffled = list(items)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert trace(shuffled) == trace(items)


@settings(deadline=None, max_examples=60)
@given(bodies_of_evidence())
def test_every_piece_of_evidence_is_in_exactly_one_origin(items: list[Evidence]) -> None:
    found = trace(items)
    assert sorted(i for origin in found for i in origin.evidence) == sorted(e.id for e in items)
    assert len({origin.key for origin in found}) == len(found)


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("Kyiv", "Ukraine"),
        ("the Kremlin", "Russia"),
        ("Ukrainian President", "Ukraine"),
        ("Foreign Ministry of China", "China"),
        ("North Korean officials", "North Korea"),
        ("the Ukrainian ambassador to China", ""),
        ("Chinese opposition leader", ""),
        ("Ukrainian farmers", ""),
        ("a man who told us", ""),
    ],
)
def test_who_speaks_for_a_state(written: str, state: str) -> None:
    assert government(written) == state


def test_agencies_and_outlets_are_known_by_credit_name_and_domain() -> None:
    assert {agency("Associated Press"), agency("apnews.com"), agency("AP")} == {"ap"}
    assert outlet("www.kyivindependent.com") == outlet("The Kyiv Independent")
    assert outlet("metro.co.uk") == "metro"
    assert plain("Zelenskyy") == plain("Zelensky")


SPELT = ["Zoë Łukasz", "Zoe\u0308 Łukasz", "Zo\u200bë  Łukasz", "Ｚｏë\u00a0ŁUKASZ", "Zoe Lukasz"]


@pytest.mark.parametrize("kind", [SpeakerKind.PERSON, SpeakerKind.BODY])
def test_one_speaker_is_one_origin_however_the_name_is_spelt(kind: SpeakerKind) -> None:
    heard = [evidence(f"{n}", Speaker(name, name, kind), text=f"{REPORT} {n}") for n, name in enumerate(SPELT)]
    assert len(groups(trace(heard))) == 1


def test_one_outlet_is_one_origin_however_its_key_is_spelt() -> None:
    keys = ["l'écho d'orsée", "l’e\u0301cho d’orse\u0301e", "L'Écho\u00a0d'Orsée", "Ｌ'écho d'or\u200bsée"]
    assert len(groups(trace([evidence(f"{n}", source=key) for n, key in enumerate(keys)]))) == 1


def test_a_copy_is_found_under_characters_that_nobody_sees() -> None:
    hidden = REPORT.replace("e", "e\u200b").replace(" ", "\u00a0 ").upper()
    assert sketch(hidden) == sketch(REPORT)
