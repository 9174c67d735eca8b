"""Which stance a statement takes towards its claim as the claim reads: one rule for text, score and desk."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from claims.engine.agreement.scoring import assess
from claims.engine.matching.claims import best_sentence
from claims.engine.pipeline import analyse, as_record
from claims.engine.polarity import as_claimed, denying, is_negative, makes_negative, towards
from claims.engine.reading.mentions import read
from claims.engine.types import Document, Evidence, Mention, Speaker, SpeakerKind, Stance, Suggestion

ASSERTS, DENIES, OPEN = Stance.ASSERTS, Stance.DENIES, Stance.OPEN


@dataclass(frozen=True)
class Said:
    """A statement with its stance, its cue and its quote."""

    stance: Stance
    cue: str
    quote: str


def evidence(name: str, stance: Stance, quote: str = "nobody was hurt", *, negative: bool = False) -> Evidence:
    speaker = Speaker(name, name, SpeakerKind.PERSON)
    return Evidence(name, name, f"{name}.example", quote, speaker, stance, negative=negative, sentence=quote)


def mentions(text: str) -> tuple[Mention, ...]:
    return next(iter(read([Document("a", "gazette", text)]))).mentions


@pytest.mark.parametrize(
    "cue", ["denied", "Denies", "denial", "rejecting", "dismissed", "refuted", "ruled", "disputes"]
)
def test_a_cue_denies_in_whatever_form(cue: str) -> None:
    assert denying(cue)


@pytest.mark.parametrize("cue", ["", "said", "told", "added", "confirmed", "believe"])
def test_other_cues_do_not_deny(cue: str) -> None:
    assert not denying(cue)


@pytest.mark.parametrize(
    ("said", "negative"),
    [
        (Said(DENIES, "said", "nobody was hurt"), True),
        (Said(DENIES, "", "No ship has left the harbour"), True),
        (Said(DENIES, "denied", "anybody was hurt"), False),
        (Said(DENIES, "denied", "The mayor denied any involvement"), False),
        (Said(DENIES, "rejected", "The ministry rejected the reports"), False),
        (Said(DENIES, "think", "anybody was hurt"), False),
        (Said(DENIES, "", "The mayor failed to sign the treaty"), True),
        (Said(DENIES, "called", "The mayor called the reports groundless"), False),
        (Said(DENIES, "ruled", "a second fire in the mill"), False),
        (Said(DENIES, "ruled", "the city did not own the land"), True),
        (Said(ASSERTS, "said", "three were hurt"), False),
        (Said(OPEN, "confirm", "whether anybody was hurt"), False),
    ],
)
def test_a_statement_is_negative_where_its_quote_holds_the_denial(said: Said, negative: bool) -> None:
    assert is_negative(said) is negative


@pytest.mark.parametrize(
    ("statements", "negative"),
    [
        ([(DENIES, True)], True),
        ([(DENIES, True), (DENIES, True), (OPEN, False)], True),
        ([(DENIES, True), (ASSERTS, False)], False),
        ([(DENIES, True), (DENIES, False)], False),
        ([(DENIES, False)], False),
        ([(OPEN, False)], False),
        ([], False),
    ],
)
def test_a_claim_is_negative_where_only_negative_statements_make_it(
    statements: list[tuple[Stance, bool]], negative: bool
) -> None:
    assert makes_negative(statements) is negative


def test_towards_a_negative_claim_to_deny_is_to_assert() -> None:
    assert [towards(s, negative=True) for s in (ASSERTS, DENIES, OPEN)] == [ASSERTS, ASSERTS, OPEN]
    assert [towards(s, negative=False) for s in (ASSERTS, DENIES, OPEN)] == [ASSERTS, DENIES, OPEN]


def test_evidence_that_needs_no_change_is_handed_back_as_it_is() -> None:
    given = [evidence("ann", ASSERTS), evidence("ben", DENIES, negative=True)]
    assert as_claimed(given) is given


def test_who_alone_says_that_something_is_not_so_is_for_the_claim_and_not_against_it() -> None:
    scored = assess([evidence("ann", DENIES, "I had never held a gun", negative=True)])
    assert scored.negative
    assert [c.stance for c in scored.contributions if c.origin] == [ASSERTS]
    assert "den" not in scored.explanation


def test_two_who_say_that_nobody_was_hurt_corroborate_it() -> None:
    scored = assess([evidence(n, DENIES, f"nobody was hurt, as {n} saw", negative=True) for n in ("ann", "ben", "cy")])
    assert scored.suggested is Suggestion.CORROBORATED


def test_nobody_was_hurt_is_a_denial_where_somebody_says_that_three_were() -> None:
    scored = assess([evidence("ann", ASSERTS, "three were hurt"), evidence("ben", DENIES, negative=True)])
    assert not scored.negative
    assert {c.origin: c.stance for c in scored.contributions if c.origin} == {
        "speaker:ann": ASSERTS,
        "speaker:ben": DENIES,
    }
    assert scored.suggested is Suggestion.DISPUTED


def test_a_denial_around_a_statement_stays_one_though_nobody_states_it() -> None:
    scored = assess([evidence("ann", DENIES, "anybody was hurt")])
    assert not scored.negative
    assert [c.stance for c in scored.contributions if c.origin] == [DENIES]


def test_the_text_of_a_claim_that_all_deny_is_what_they_deny_unless_all_are_negative() -> None:
    (around,) = mentions("Police denied that any of the officers had been hurt in the raid.")
    (within,) = mentions("None of the officers was hurt in the raid on the mill, police said.")
    assert best_sentence([around, within]) == "Any of the officers had been hurt in the raid"
    assert best_sentence([within]).startswith("None of the officers was hurt")


def test_a_batch_gives_each_mention_its_stance_towards_the_claim_as_it_reads() -> None:
    alone = Document("1", "gazette", "No ship has entered the harbour of Eastbrook since Tuesday, Milo Ferrant said.")
    (claim,) = [as_record(c) for c in analyse([alone])]
    assert claim["text"] == "No ship has entered the harbour of Eastbrook since Tuesday"
    assert [m["stance"] for m in claim["mentions"]] == ["asserts"]  # type: ignore[index,attr-defined]
