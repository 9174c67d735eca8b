"""What was read is never edited: the database itself refuses it, whoever writes, by whatever means."""

from __future__ import annotations

from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction

from claims.models import Article, Assessment, Claim, Mention, Origin, Source

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

TEXT = (
    "🚢🚢 In the cafe\u0301 of Zu\u0308rich, 👩🏽\u200d🔬 Odile said: “\U0001d7ed𝟱𝟱 divers 🤿 were counted”. No more."
)
"""Characters beyond the first 65,536, joined emoji, and letters with combining marks, before and in the quote."""

QUOTE = "\U0001d7ed𝟱𝟱 divers 🤿 were counted"
START = TEXT.index(QUOTE)
END = START + len(QUOTE)

TRIGGERS = {
    "postgresql": {
        "claims_assessment_kept",
        "claims_mention_kept",
        "claims_mention_quotes",
        "claims_article_kept",
        "claims_articlechange_kept",
        "reviews_reviewevent_only_grows",
        "reviews_reviewevent_no_truncate",
        "reviews_historyseal_only_grows",
        "reviews_historyseal_no_truncate",
        "reviews_publicationversion_only_grows",
        "reviews_publicationversion_no_truncate",
        "claims_ledgerline_only_grows",
        "claims_ledgerline_no_truncate",
    },
    "sqlite": {
        "claims_assessment_kept",
        "claims_mention_kept",
        "claims_mention_quotes",
        "claims_article_kept",
        "claims_assessment_not_replaced",
        "claims_articlechange_kept",
        "claims_articlechange_stays",
        "reviews_reviewevent_no_update",
        "reviews_reviewevent_no_delete",
        "reviews_reviewevent_no_replace",
        "reviews_historyseal_no_update",
        "reviews_historyseal_no_delete",
        "reviews_historyseal_no_replace",
        "reviews_publicationversion_no_update",
        "reviews_publicationversion_no_delete",
        "reviews_publicationversion_no_replace",
        "claims_ledgerline_no_update",
        "claims_ledgerline_no_delete",
        "claims_ledgerline_no_replace",
    },
}
_LISTED = {
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
}


def new_article(text: str = TEXT) -> Article:
    source, _ = Source.objects.get_or_create(key="tarn-post.example", defaults={"name": "Tarn Post"})
    return Article.objects.create(
        source=source, title="A count", text=text, content_hash=sha256(text.encode()).hexdigest()
    )


def new_mention(article: Article, start: int = START, end: int = END, quote: str = QUOTE) -> Mention:
    return Mention.objects.create(
        article=article, start=start, end=end, quote=quote, sentence=article.text, sentence_start=0,
        sentence_end=len(article.text),
    )  # fmt: skip


@pytest.fixture
def article() -> Article:
    return new_article()


@pytest.fixture
def mention(article: Article) -> Mention:
    return new_mention(article)


@pytest.fixture
def assessment() -> Assessment:
    return Assessment.objects.create(
        claim=Claim.objects.create(text="155 divers were counted."), version=1, evidence_version=1, algorithm="test",
        probability=0.5, log_odds=0.0, independent_origins=1, suggested=Assessment.Suggestion.UNVERIFIED,
        explanation="One origin.",
    )  # fmt: skip


def run(statement: str, *values: str | int) -> int:
    """Run raw SQL, past Django's models; return the number of rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def refused(statement: str, *values: str | int, because: str) -> None:
    with pytest.raises(DatabaseError, match=because):
        run(statement, *values)


def test_every_trigger_that_is_promised_stands_after_all_migrations() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LISTED[connection.vendor])
        assert {name for (name,) in cursor.fetchall()} == TRIGGERS[connection.vendor]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite knows REPLACE")
def test_an_assessment_is_never_replaced(assessment: Assessment) -> None:
    names = [field.column for field in Assessment._meta.concrete_fields]
    for made_up in ("probability", "id, probability"):
        values = {name: name for name in names} | {"probability": "0.9"}
        values |= {"id": "id + 1000"} if made_up.startswith("id") else {}
        columns = ", ".join(values[name] for name in names)
        refused(
            f"REPLACE INTO claims_assessment ({', '.join(names)}) SELECT {columns} FROM claims_assessment",  # noqa: S608
            because="never edited",
        )
    assert Assessment.objects.get().probability == assessment.probability


@pytest.mark.parametrize(
    "change",
    ["probability = 0.9", "explanation = 'Nothing.'", "version = 7", "suggested = 'refuted'", "algorithm = 'new'"],
)
def test_an_assessment_is_never_edited(assessment: Assessment, change: str) -> None:
    before = Assessment.objects.values().get()
    refused(
        f"UPDATE claims_assessment SET {change} WHERE id = %s",  # noqa: S608
        assessment.pk,
        because="an assessment is never edited",
    )
    assert Assessment.objects.values().get() == before


def test_neither_is_it_edited_through_a_model_or_a_queryset(assessment: Assessment) -> None:
    assessment.probability = 0.9
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        assessment.save()
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        Assessment.objects.update(probability=0.9)


@pytest.mark.parametrize("change", ["quote = 'None were counted'", "start = start + 1", '"end" = "end" - 1'])
def test_a_mentions_quote_and_offsets_are_never_edited(mention: Mention, change: str) -> None:
    refused(
        f"UPDATE claims_mention SET {change} WHERE id = %s",  # noqa: S608
        mention.pk,
        because="quote and offsets are never edited",
    )
    mention.refresh_from_db()
    assert (mention.quote, mention.start, mention.end) == (QUOTE, START, END)


def test_a_mention_never_changes_its_article_even_for_one_with_the_same_words(mention: Mention) -> None:
    twin = new_article(TEXT + " ")
    refused(
        "UPDATE claims_mention SET article_id = %s WHERE id = %s",
        twin.pk,
        mention.pk,
        because="quote and offsets are never edited",
    )


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        (START, END, "155 divers were counted"),
        (START, END, QUOTE.upper()),
        (START, END, QUOTE + " "),
        (START + 1, END + 1, QUOTE),
        (START, END + 1, QUOTE),
        (0, 1, "🚢🚢"),
        (TEXT.index("cafe"), TEXT.index("cafe") + 4, "café"),
        (len(TEXT) + 5, len(TEXT) + 5 + len(QUOTE), QUOTE),
        (len(TEXT) - 6, len(TEXT) + 4, TEXT[-6:]),
        (START, len(TEXT) + 1, TEXT[START:]),
    ],
    ids=[
        "other words", "other letters", "a blank more", "shifted", "too far", "one emoji as two", "composed letter",
        "behind the text", "over the end of the text", "one character over the end",
    ],
)  # fmt: skip
def test_a_mention_whose_quote_is_not_the_text_between_its_offsets_is_refused(
    article: Article, start: int, end: int, quote: str
) -> None:
    with pytest.raises(DatabaseError, match="quote has to be the text between its offsets"), transaction.atomic():
        new_mention(article, start, end, quote)
    assert not Mention.objects.exists()


def test_a_mention_copied_by_raw_sql_is_held_to_its_text_too(mention: Mention) -> None:
    names = [f'"{field.column}"' for field in Mention._meta.concrete_fields if field.column not in {"id", "quote"}]
    columns = ", ".join(names)
    refused(
        f"INSERT INTO claims_mention ({columns}, quote) SELECT {columns}, 'made up' FROM claims_mention",  # noqa: S608
        because="quote has to be the text between its offsets",
    )


def test_offsets_count_characters_whatever_stands_before_the_quote(article: Article) -> None:
    for start in range(len(TEXT)):
        for end in (start + 1, min(start + 7, len(TEXT)), len(TEXT)):
            with transaction.atomic():
                made = new_mention(article, start, end, TEXT[start:end])
                made.refresh_from_db()
                assert made.quote == article.text[made.start : made.end]
                made.delete()


def test_an_articles_text_is_never_edited_once_it_has_mentions(article: Article, mention: Mention) -> None:
    because = "text is never edited once it has mentions"
    refused("UPDATE claims_article SET text = %s WHERE id = %s", "Nobody dived.", article.pk, because=because)
    refused("UPDATE claims_article SET text = text || ' ' WHERE id = %s", article.pk, because=because)
    article.refresh_from_db()
    assert article.text == TEXT


def test_what_is_not_of_the_text_may_still_change(article: Article, mention: Mention) -> None:
    assert run("UPDATE claims_article SET title = 'Corrected', text = text WHERE id = %s", article.pk) == 1
    article.refresh_from_db()
    article.language = "en"
    article.save()
    assert Article.objects.get().title == "Corrected"


def test_the_text_of_an_article_without_mentions_may_be_replaced(article: Article) -> None:
    assert run("UPDATE claims_article SET text = 'Nobody dived.' WHERE id = %s", article.pk) == 1


def test_a_mention_moves_to_another_claim_and_origin(mention: Mention) -> None:
    claim = Claim.objects.create(text="155 divers were counted.")
    origin = Origin.objects.create(claim=claim, key="odile", kind="person", label="Odile")
    assert run("UPDATE claims_mention SET claim_id = %s WHERE id = %s", claim.pk, mention.pk) == 1
    mention.refresh_from_db()
    mention.origin = origin
    mention.save()
    mention.refresh_from_db()
    assert (mention.claim, mention.origin, mention.quote) == (claim, origin, QUOTE)


def test_what_was_read_may_be_taken_away_whole(article: Article, mention: Mention) -> None:
    mention.delete()
    article.delete()
    assert not Article.objects.exists()
