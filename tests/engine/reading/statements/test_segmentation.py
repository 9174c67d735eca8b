"""A sentence in its clauses: each that says something of its own is a statement, and no word list is cut."""

from __future__ import annotations

import pytest

from tests.engine.reading.told import mentions


def quotes(text: str) -> list[str]:
    return [m.quote for m in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "After the ferry sank, the coast guard rescued 212 people and recovered nine bodies.",
            ["After the ferry sank, the coast guard rescued 212 people", "recovered nine bodies"],
        ),
        (
            "Parliament approved a budget of 41 billion crowns, but the opposition refused to vote.",
            ["Parliament approved a budget of 41 billion crowns", "the opposition refused to vote"],
        ),
        (
            "Clara Voss said that at least 14 people had drowned and that 30 houses had been swept away.",
            ["at least 14 people had drowned", "30 houses had been swept away"],
        ),
        (
            "Two of the five suspects have fled; the others remain in custody.",
            ["Two of the five suspects have fled", "the others remain in custody"],
        ),
    ],
    ids=["and", "but", "that and that", "semicolon"],
)
def test_each_clause_with_something_to_say_is_a_statement(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Two men were shot and killed on Monday in the old mill.",
        "Two farmers were arrested on Monday and charged with arson.",
        "The factory, which employs 2,300 workers, will close in March.",
    ],
)
def test_verbs_that_make_one_statement_together_stay_together(text: str) -> None:
    assert len(quotes(text)) == 1


def test_a_short_clause_behind_a_semicolon_does_not_turn_the_first_round() -> None:
    (found,) = mentions("A total of 18 countries signed the treaty; Sark did not.")
    assert found.stance == "asserts"
    assert found.quote == "A total of 18 countries signed the treaty"


def test_a_statement_opens_without_that_and_ends_without_loose_ends() -> None:
    text = (
        "Witnesses told the Courier that the shooter, a man in his thirties, had wounded six guests. "
        "The ministry neither confirmed nor denied that a ship had been lost."
    )
    assert not any(q.lower().startswith("that ") or q.endswith((" nor", " and", ",")) for q in quotes(text))


def test_what_a_sentence_goes_on_with_behind_a_denial_is_not_lost() -> None:
    found = quotes("The mayor denied the report and resigned a day later after 12 years in office.")
    assert found == ["The mayor denied the report", "resigned a day later after 12 years in office"]
