"""From an article to its mentions: clauses, figures, features, furniture, languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claims.engine.reading.mentions import describe, read
from claims.engine.types import Comparator, Document, Mention, Place, Reading


def reading(text: str, title: str = "", language: str = "") -> Reading:
    published = datetime(2025, 4, 10, tzinfo=UTC)
    return next(iter(read([Document("a", "gazette", text, title, published=published, language=language)])))


def mentions(text: str) -> tuple[Mention, ...]:
    return reading(text).mentions


def figures(text: str) -> list[tuple[str, float]]:
    return [(m.quote, m.quantity.value) for m in mentions(text) if m.quantity is not None]


def test_one_sentence_with_two_figures_is_two_mentions_with_spans_of_their_own() -> None:
    found = figures("The explosion in Riverton on Monday left 58 people dead and 515 people injured.")
    assert [value for _, value in found] == [58, 515]
    assert "58" in found[0][0]
    assert "515" not in found[0][0]
    assert "58" not in found[1][0]


def test_clauses_joined_by_and_are_two_mentions() -> None:
    quotes = [m.quote for m in mentions("Police said the driver hit 3 children and the passenger fled to Norland.")]
    assert quotes == ["the driver hit 3 children", "the passenger fled to Norland"]


def test_an_age_is_not_what_a_statement_is_about() -> None:
    (found,) = mentions("The 34-year-old driver hit 3 children in Riverton on Monday.")
    assert found.quantity is not None
    assert found.quantity.value == 3


def test_the_figure_keeps_comparator_and_what_is_counted() -> None:
    (found,) = mentions("At least 155 recruits are fighting for Norland, the army said.")
    assert found.quantity is not None
    assert (found.quantity.comparator, found.quantity.value) == (Comparator.GE, 155)
    assert "recruit" in found.quantity.counted


@pytest.mark.parametrize(
    ("text", "value", "counted"),
    [
        (
            "The army counted 160 foreign recruits near the front and said it had captured two in the valley.",
            2,
            "recruit",
        ),
        ("Two foreign recruits were caught on Monday. The army has passport data for 155 of them.", 155, "recruit"),
        ("Norland has sent soldiers to the valley, and Sark may have sent some 10,000.", 10_000, "soldier"),
    ],
)
def test_what_a_figure_leaves_out_is_taken_from_before(text: str, value: float, counted: str) -> None:
    (found,) = [m.quantity for m in mentions(text) if m.quantity is not None and m.quantity.value == value]
    assert counted in found.counted


def test_who_gives_a_figure_is_its_speaker() -> None:
    text = "Anna Bell gave a lower figure of 155 foreign recruits to the newspapers on Monday."
    (found,) = mentions(text)
    assert found.speaker.canonical == "Anna Bell"


def test_the_background_of_an_indirect_quotation_is_the_outlets_own() -> None:
    text = "Anna Bell accused Norland of starting a war, after two of its citizens were captured in the valley."
    (found,) = [m for m in mentions(text) if "captured" in m.quote]
    assert found.quote == "two of its citizens were captured in the valley"
    assert found.speaker.canonical == "gazette"


def test_a_newspaper_on_its_own_inquiries_claims_nothing() -> None:
    assert not mentions("The Gazette has contacted the health ministry of Norland for comment.")


def test_figures_and_quotes_point_into_the_text_as_given() -> None:
    text = "RIVERTON\n\n\tAnna Bell said: “At least 155 recruits are fighting for Norland.”\n\nShare this article\n"
    (found,) = mentions(text)
    assert found.quantity is not None
    assert text[found.span.start : found.span.end] == found.quote
    assert text[found.sentence_span.start : found.sentence_span.end] == found.sentence
    assert "155" in text[found.quantity.span.start : found.quantity.span.end]


def test_features_hold_what_matching_compares() -> None:
    (found,) = mentions("On Tuesday, soldiers of the Norwegian army captured two spies in Oslo.")
    features = found.features
    assert {"soldier", "capture", "spy"} <= set(features.terms)
    assert (features.subject, features.predicate, features.object) == ("soldier", "capture", "spy")
    assert "norway" in features.places
    assert features.dates == ("2025-04-08",)


def test_questions_and_opinions_are_not_read_as_claims() -> None:
    assert not mentions("Who is to blame for that? We should all hope for better days.")


def test_the_headline_is_marked_as_one() -> None:
    title = "At least 155 recruits fight for Norland, president says"
    text = f"{title}\n\nThe president of Norland spoke on Monday. He said 155 recruits were fighting in the valley."
    assert {m.place for m in reading(text, title).mentions} == {Place.HEADLINE, Place.BODY}


@pytest.mark.parametrize(
    "text",
    [
        "Der Präsident sagte am Montag, dass mehr als hundert Soldaten an der Grenze stehen und warten. " * 2,
        "El presidente dijo el lunes que más de cien soldados habían cruzado la frontera del norte. " * 2,
        "Президент сказал в понедельник, что более ста солдат перешли границу.",
        "قال الرئيس يوم الاثنين إن أكثر من مئة جندي عبروا الحدود.",
        "总统周一表示，一百多名士兵越过边境。",
    ],
    ids=["german", "spanish", "russian", "arabic", "chinese"],
)
def test_another_language_is_kept_and_marked_as_unread(text: str) -> None:
    found = reading(text)
    assert found.mentions == ()
    assert found.unread.startswith("language")


def test_a_declared_language_is_named_in_the_reason() -> None:
    assert reading("Le président a parlé lundi.", language="fr").unread == "language: fr"


def test_short_texts_are_given_the_benefit_of_the_doubt() -> None:
    assert reading("Norland army captured two spies.").unread == ""


def test_readings_come_in_the_order_of_the_documents() -> None:
    texts = [f"The army captured {n} spies in Oslo on Monday." for n in range(2, 40)]
    found = list(read(Document(str(n), "gazette", text) for n, text in enumerate(texts)))
    assert [r.article for r in found] == [str(n) for n in range(38)]
    assert all(m.article == r.article for r in found for m in r.mentions)


def test_describe_gives_one_mention_a_sentence() -> None:
    found = describe(["At least 155 recruits fight for Norland.", "", "No soldier was hurt."])
    assert len(found) == 3
    assert found[0].quantity is not None
    assert found[0].quantity.value == 155
