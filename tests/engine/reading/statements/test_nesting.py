"""Statements inside statements: told only where their sentence commits to them, each with its own figure."""

from __future__ import annotations

import pytest

from claims.engine.reading.mentions import read
from claims.engine.reading.report import report
from claims.engine.types import Document, Factuality, Mention, Reading

REST = " The people of the town went about their work as usual."


def reading(text: str) -> Reading:
    return next(iter(read([Document("a", "gazette", text + REST)], nested=True)))


def nested(text: str) -> dict[str, Mention]:
    return {m.standalone: m for m in reading(text).nested if m.standalone}


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("The army freed 21 girls, who had been held since 2014, in a raid.", "21 girls had been held since 2014"),
        ("A fire at the mill, which was built in 1907, killed two workers.", "The mill was built in 1907"),
        ("The minister said the road, which cost $4 million, would open in May.", "The road cost $4 million"),
        ("Officials denied that the dam, which is 80 years old, failed.", "The dam is 80 years old"),
        ("The mayor opened the bridge on Friday in front of a large crowd.", "The mayor opened the bridge"),
    ],
)
def test_what_people_would_state_by_itself_stands_inside_its_mention(text: str, inside: str) -> None:
    found = nested(text)
    assert inside in found
    assert found[inside].factuality is Factuality.ASSERTED
    assert found[inside].part_of in {m.span for m in reading(text).mentions}


@pytest.mark.parametrize(
    "text",
    [
        "If the mill closes in May after the strike, 300 people will lose their jobs in Orr.",
        "The union hopes that the mill stays open until the strike ends in May.",
        "Officials denied that the dam failed in the storm on Friday.",
        "The firm plans to sell the mill to a bank in Orr on Friday.",
        "The claim that the mayor took money from a bank in Orr is false.",
    ],
)
def test_nothing_is_told_as_a_fact_out_of_a_condition_a_hope_a_denial_a_plan_or_a_claim(text: str) -> None:
    inside = [m for m in reading(text).nested if m.part_of in {o.span for o in reading(text).mentions[:1]}]
    assert not [m.quote for m in inside if m.factuality is Factuality.ASSERTED and "clai" not in m.quote]


def test_a_nested_statement_has_its_own_span_and_figure() -> None:
    text = "The army freed 21 girls, whom 40 soldiers had searched for, in a raid on Monday."
    for one in reading(text).nested:
        assert text[one.span.start : one.span.end] == one.quote
        assert one.quantity is None or one.quantity.text in one.quote


def test_nested_statements_are_told_only_where_they_are_asked_for() -> None:
    article = Document("a", "gazette", "The army freed 21 girls, who had been held since 2014, in a raid." + REST)
    assert not next(iter(read([article]))).nested


def test_a_report_tells_of_each_sentence_what_was_read_or_why_nothing_was() -> None:
    told = report(reading("Who opened the bridge? The mayor opened the bridge on Friday in front of a large crowd."))
    asked, stated, _ = told["sentences"]
    assert (asked["statements"], asked["left_out"]) == ([], "a question")
    assert stated["statements"][0]["nested"]
    assert not stated["left_out"]
