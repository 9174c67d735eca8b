"""services.checking: the claims in a text, each with what the desk knows of it; nothing is stored."""

from __future__ import annotations

import pytest

from claims.errors import CheckError
from claims.models import Article, Claim, ClaimKey, Mention
from claims.services import regrouping
from claims.services.checking import LONGEST, MOST_STATEMENTS, check_claim, check_text
from claims.services.matching import match
from tests.claims.newsroom import TELLINGS, publish, story

pytestmark = pytest.mark.django_db

TEXT = """\
The ferry Albatross got stuck on the Kestrel reef in fog, the coast guard said on Monday.

Violinist Odile Brandt won the Meridian prize, the jury said.

A comet was seen over the southern islands at dawn, the observatory said.
"""


@pytest.fixture
def desk(db: None) -> dict[str, Claim]:
    """Two stories with two claims of each."""
    for topics in (("ferry", "dead"), ("prize", "tariff")):
        home = story(topics[0])
        for outlet in ("a", "b"):
            number = "ab".index(outlet)
            match(publish(home, f"{outlet}-{topics[0]}", [TELLINGS[topic][number] for topic in topics]).pk)
    claims = {claim.mentions.earliest("pk").sentence: claim for claim in Claim.objects.all()}
    return {topic: claims[TELLINGS[topic][0]] for topic in ("ferry", "dead", "prize", "tariff")}


def test_a_claim_that_was_made_before_is_found_whatever_its_story(desk: dict[str, Claim]) -> None:
    (statement,) = check_claim("The Albatross, a ferry, ran aground on the reef of Kestrel in a thick fog.").statements
    assert statement.known[0].claim == desk["ferry"]
    assert statement.known[0].same
    assert statement.known[0].comparisons


def test_another_figure_is_still_the_same_claim(desk: dict[str, Claim]) -> None:
    (statement,) = check_claim("The collapse of the lighthouse stairs killed thirty people.").statements
    assert (statement.known[0].claim, statement.known[0].same) == (desk["dead"], True)


def test_what_only_sounds_alike_is_not_called_the_same(desk: dict[str, Claim]) -> None:
    (statement,) = check_claim("The ferry Albatross was painted green in the harbour of Kestrel.").statements
    assert not any(known.same for known in statement.known)


def test_each_claim_of_a_text_is_looked_up_in_its_order(desk: dict[str, Claim]) -> None:
    checked = check_text(TEXT)
    assert checked.language == "en"
    starts = [statement.mention.span.start for statement in checked.statements]
    assert starts == sorted(starts)
    first = {s.mention.quote.split()[1]: s.known[0].claim if s.known else None for s in checked.statements}
    assert first["ferry"] == desk["ferry"]
    assert desk["prize"] in first.values()
    assert first["comet"] is None
    for statement in checked.statements:
        span = statement.mention.span
        assert TEXT[span.start : span.end] == statement.mention.quote


def test_nothing_is_stored(desk: dict[str, Claim]) -> None:
    def counts() -> list[int]:
        return [model.objects.count() for model in (Article, Claim, ClaimKey, Mention)]

    before = counts()
    check_text(TEXT)
    check_claim(TELLINGS["ferry"][0])
    assert counts() == before


def test_a_claim_that_was_merged_away_is_not_offered(desk: dict[str, Claim]) -> None:
    regrouping.merge_claims(desk["dead"].pk, desk["ferry"].pk, by=None)
    offered = {known.claim for s in check_claim(TELLINGS["dead"][0]).statements for known in s.known}
    assert desk["dead"] not in offered


def test_an_empty_desk_knows_nothing(db: None) -> None:
    assert [s.known for s in check_claim("The ferry ran aground.").statements] == [()]


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (LONGEST + 1)])
def test_what_cannot_be_checked_is_refused(text: str, db: None) -> None:
    with pytest.raises(CheckError):
        check_text(text)
    with pytest.raises(CheckError):
        check_claim(text)


def test_another_language_is_not_read_and_says_so(db: None) -> None:
    checked = check_text(
        "Die Fähre ist am Montag im dichten Nebel auf ein Riff gelaufen, sagte die Küstenwache. Es gab keine "
        "Verletzten, und die Reisenden wurden von zwei Booten der Wache an Land gebracht. Der Betrieb ruht bis Freitag."
    )
    assert (checked.statements, checked.unread) == ((), "language: not English")


def test_the_number_of_queries_does_not_grow_with_the_text(desk: dict[str, Claim], django_assert_num_queries) -> None:
    with django_assert_num_queries(7):
        check_text(TEXT)
    with django_assert_num_queries(7):
        check_text(TEXT + "\n\n".join(TELLINGS["dead"] + TELLINGS["tariff"]))


def test_a_long_text_is_looked_up_in_part_and_says_how_much_was_left(desk: dict[str, Claim]) -> None:
    towns = [start + end for start in ("Ald", "Bren", "Cor", "Dun", "Elm", "Farn", "Hol") for end in ("ham", "wick")]
    told = (f"The town of {town} spent {n} million crowns on its school in May." for n, town in enumerate(towns, 2))
    text = "\n\n".join(told)
    checked = check_text(text)
    assert len(checked.statements) == MOST_STATEMENTS
    assert checked.left_out == len(towns) - MOST_STATEMENTS
