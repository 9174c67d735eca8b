"""A denial finds the claim of its article that it answers: who denies what; nothing where no claim fits."""

from __future__ import annotations

import pytest

from claims.engine.pipeline import analyse
from claims.engine.types import Document, Mention, Stance
from tests.engine.reading.told import mentions

CHARGE = "Prosecutors said that Arden Mills dumped 40 tonnes of lead in the river Osse."
RAID = "Norland sent 300 soldiers to the island of Sark, President Petra Vuk of Estland said on Monday."


def denial(text: str, words: str) -> Mention:
    found = [m for m in mentions(text) if words in m.quote and m.stance is Stance.DENIES]
    assert found, [(m.quote, m.stance.value) for m in mentions(text)]
    return min(found, key=lambda m: len(m.quote))


def answered(text: str, words: str) -> str:
    """The words of the claim that the denial with these words answers, "" for none."""
    span = denial(text, words).answers
    return text[span.start : span.end] if span is not None else ""


@pytest.mark.parametrize(
    ("text", "words", "claim"),
    [
        (f"{CHARGE} Arden Mills denied it.", "denied it", "dumped 40 tonnes"),
        (f"{CHARGE} Arden Mills denies the allegation.", "denies the allegation", "dumped 40 tonnes"),
        (f"{CHARGE} Arden Mills rejected any involvement.", "any involvement", "dumped 40 tonnes"),
        (f"{CHARGE} Arden Mills denied any wrongdoing on Tuesday.", "wrongdoing", "dumped 40 tonnes"),
        (f"{CHARGE} Arden Mills called the claim groundless.", "groundless", "dumped 40 tonnes"),
        (f"{CHARGE} Arden Mills dismissed the accusation as nonsense.", "accusation", "dumped 40 tonnes"),
        (f"{CHARGE} Arden Mills denied dumping lead in the river.", "dumping lead", "dumped 40 tonnes"),
        (f"{CHARGE} Arden Mills said it had dumped no lead in the river.", "dumped no lead", "dumped 40 tonnes"),
        (f"{RAID} Norland denies it.", "denies it", "300 soldiers"),
        (
            f"{RAID} The charges do not accord with facts, Norland's government said.",
            "accord with facts",
            "300 soldiers",
        ),
        (f"{RAID} The situation you describe does not exist, Norland's army said.", "does not exist", "300 soldiers"),
        (f"{RAID} Norland disputed the news media reports.", "disputed", "300 soldiers"),
        (f"{RAID} Norland rejected the report.", "rejected the report", "300 soldiers"),
        (f"{RAID} Norland denied that it had sent soldiers to the island.", "sent soldiers", "300 soldiers"),
        (f"{RAID} Norland said that it had not sent any soldiers to Sark.", "not sent any soldiers", "300 soldiers"),
    ],
)
def test_a_denial_answers_the_claim_reported_before_it(text: str, words: str, claim: str) -> None:
    assert claim in answered(text, words)


def test_a_bare_denial_passes_over_what_is_not_about_the_one_who_denies() -> None:
    text = f"{RAID} Estland raised its taxes by 3 percent in May, the finance ministry said. Norland denies it."
    assert "300 soldiers" in answered(text, "denies it")


def test_a_government_denies_what_is_said_of_its_people_and_its_capital() -> None:
    text = "Kyiv said that 155 Chinese citizens fight for Moscow. China's foreign ministry rejected any involvement."
    assert "155 Chinese citizens" in answered(text, "any involvement")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The town hall opened at nine on Monday. Arden Mills denied any wrongdoing on Tuesday.", "wrongdoing"),
        (f"{CHARGE} Estland denied that its navy had fired on a trawler.", "fired on a trawler"),
        (f"{CHARGE} Nobody was hurt in the storm over Estland on Sunday.", "Nobody was hurt"),
        (f"{CHARGE} No ship has left the port of Riverton since Monday.", "No ship"),
        ("Arden Mills said it made a profit of 2 million euros. Arden Mills denied the allegation.", "the allegation"),
    ],
)
def test_a_denial_of_something_else_answers_nothing(text: str, words: str) -> None:
    assert answered(text, words) == ""


@pytest.mark.parametrize(
    "text",
    [
        "The board of Arden Mills rejected the offer of $70 a share.",
        "Norland rejected the request for asylum on Tuesday.",
        "The judge denied him bail on Monday.",
        "The club rejected a bid of 40 million euros for the striker.",
        "The mayor dismissed the head of the police on Friday.",
        "Voters rejected the proposal in a referendum on Sunday.",
        "The company turned down a loan of 2 million euros.",
    ],
)
def test_to_refuse_an_offer_or_a_request_denies_nothing(text: str) -> None:
    assert {m.stance for m in mentions(text)} == {Stance.ASSERTS}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("There is no evidence that Arden Mills paid the judge.", "paid the judge"),
        ("There is no truth to the claim that Arden Mills paid the judge.", "paid the judge"),
        ("The claim that Arden Mills paid the judge is far from true.", "paid the judge"),
        ("Nothing of the kind happened in Ossel on Monday, the police said.", "Nothing of the kind"),
        ("Neither the firm nor its owner paid the judge, the lawyer said.", "paid the judge"),
        ("The report that 40 soldiers died is untrue, the army said.", "40 soldiers"),
        ("It is false that 40 soldiers died in Ossel, the army said.", "40 soldiers"),
        ("The army ruled out that 40 soldiers had died in Ossel.", "40 soldiers"),
        ("The suggestion that 40 soldiers died is a lie, the general said.", "40 soldiers"),
        ("Norland's army never entered Sark, its president said.", "entered Sark"),
    ],
)
def test_a_denial_is_known_in_many_forms(text: str, words: str) -> None:
    assert denial(text, words).stance is Stance.DENIES


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Not only did the bank close 12 branches, but it also cut 300 jobs.", "12 branches", "300 jobs"),
        ("The bank not only closed 12 branches but also cut 300 jobs.", "12 branches", "300 jobs"),
        ("The bank did not just close 12 branches; it cut 300 jobs.", "12 branches", "300 jobs"),
        ("The flood not merely cut off the port but destroyed 40 houses.", "cut off the port", "40 houses"),
        ("Arden Mills has not only paid the fine, it has also replaced its chief.", "paid the fine", "its chief"),
        ("The storm damaged not only the school but also 40 houses.", "not only the school", "40 houses"),
        ("It was not only farmers who lost money, but 40 banks lost money as well.", "farmers", "40 banks"),
    ],
)
def test_not_only_x_but_y_asserts_both(text: str, first: str, second: str) -> None:
    for words in (first, second):
        found = [m for m in mentions(text) if words in m.quote]
        assert found
        assert {m.stance for m in found} == {Stance.ASSERTS}


def test_a_denial_joins_the_claim_that_it_answers_and_through_it_that_of_other_articles() -> None:
    first = Document("1", "gazette", f"{RAID} Norland denies it.")
    second = Document("2", "herald", "Norland sent 300 soldiers to the island of Sark, Estland's government said.")
    claims = analyse([first, second])
    (claim,) = [c for c in claims if any(m.stance is Stance.DENIES for m in c.mentions)]
    assert {(m.article, m.stance) for m in claim.mentions} == {
        ("1", Stance.ASSERTS),
        ("1", Stance.DENIES),
        ("2", Stance.ASSERTS),
    }
    assert not claim.assessment.negative


def test_a_claim_of_a_denial_alone_is_shown_as_denied_and_asserted_by_nobody() -> None:
    (claim,) = analyse([Document("1", "gazette", "Arden Mills denied that it had dumped lead in the river Osse.")])
    assert not claim.assessment.negative
    assert [m.stance for m in claim.mentions] == [Stance.DENIES]
    assert "asserted by nobody" in claim.assessment.explanation
