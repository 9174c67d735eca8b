"""services.editing: people correct what the machine read; the machine's stays beside it, and can be brought back."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from claims.engine.types import Span
from claims.errors import EditError, EditState, VerifierError
from claims.models import Article, Claim, Correction, Judgement, Mention, Speaker
from claims.services import editing, regrouping, rematching, replaying, scoring, withdrawing
from claims.services.editing import Addition
from claims.services.matching import match
from claims.services.spoken import Figure, Said
from tests.claims.newsroom import TELLINGS, live, publish, story

pytestmark = pytest.mark.django_db

FERRY, PRIZE = TELLINGS["ferry"], TELLINGS["prize"]


@pytest.fixture
def articles() -> list[Article]:
    """Two outlets that tell of the ferry, and each of another thing."""
    home = story()
    first = publish(home, "Aldham Post", [FERRY[0], TELLINGS["divers"][0]])
    second = publish(home, "Port Gazette", [FERRY[1], PRIZE[0]])
    for article in (first, second):
        match(article.pk)
    return [first, second]


def told(words: str) -> Mention:
    return Mention.objects.get(quote=words)


def test_a_corrected_mention_says_what_the_person_says_and_keeps_what_was_read(
    articles: list[Article], ada: User
) -> None:
    row = told(TELLINGS["divers"][0])
    editing.correct_mention(
        row.pk, Said(speaker="Harbour office", figure=Figure(165, comparator="~")), by=ada, why="misread"
    )
    row.refresh_from_db()
    assert row.speaker is not None
    assert (row.speaker.canonical, row.value, row.comparator) == ("Harbour office", 165, "~")
    assert row.read is not None
    assert (row.read["value"], row.read["comparator"], row.read["speaker_text"]) == (155, ">=", "")


def test_what_is_not_said_stays_as_it_was_read(articles: list[Article], ada: User) -> None:
    row = told(TELLINGS["divers"][0])
    before = (row.value, row.unit, row.counted, row.factuality)
    done = editing.correct_mention(row.pk, Said(speaker="Harbour office"), by=ada, why="misread")
    row.refresh_from_db()
    assert (row.value, row.unit, row.counted, row.factuality) == before
    assert set(done.corrected) == {"speaker_id", "speaker_text"}


def test_a_second_correction_keeps_the_first_and_the_machines_reading(articles: list[Article], ada: User) -> None:
    row = told(TELLINGS["divers"][0])
    editing.correct_mention(row.pk, Said(speaker="Harbour office"), by=ada, why="misread")
    editing.correct_mention(row.pk, Said(no_figure=True), by=ada, why="no count")
    row.refresh_from_db()
    assert row.speaker is not None
    assert (row.speaker.canonical, row.value, (row.read or {})["value"]) == ("Harbour office", None, 155)
    assert Correction.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_correcting_back_to_what_was_read_takes_the_correction_back(articles: list[Article], ada: User) -> None:
    row = told(TELLINGS["divers"][0])
    editing.correct_mention(row.pk, Said(stance="denies"), by=ada, why="misread")
    editing.correct_mention(row.pk, Said(stance="asserts"), by=ada, why="it was right")
    row.refresh_from_db()
    assert (row.stance, row.factuality, row.read) == ("asserts", "asserted", None)
    assert not Correction.objects.filter(withdrawn_at__isnull=True).exists()


def test_what_is_denied_is_not_asserted(articles: list[Article], ada: User) -> None:
    row = told(FERRY[0])
    editing.correct_mention(row.pk, Said(stance="denies"), by=ada, why="misread")
    row.refresh_from_db()
    assert (row.stance, row.factuality) == ("denies", "denied")


def test_taking_a_correction_back_brings_the_machines_reading(articles: list[Article], ada: User) -> None:
    row = told(TELLINGS["divers"][0])
    before = Mention.objects.filter(pk=row.pk).values().get()
    done = editing.correct_mention(row.pk, Said(speaker="Harbour office", figure=Figure(1)), by=ada, why="misread")
    withdrawing.take_back(done.pk, by=ada)
    assert Mention.objects.filter(pk=row.pk).values().get() == before
    with pytest.raises(EditState):
        withdrawing.take_back(done.pk, by=ada)


def test_the_claim_is_scored_again_on_what_was_corrected(articles: list[Article], ada: User) -> None:
    row = told(FERRY[0])
    first = scoring.score(row.claim_id or 0)
    editing.correct_mention(row.pk, Said(stance="denies"), by=ada, why="misread")
    second = scoring.score(row.claim_id or 0)
    assert (first.suggested, second.suggested) == ("unverified", "disputed")


def test_a_score_from_before_a_correction_can_still_be_repeated(articles: list[Article], ada: User) -> None:
    row = told(FERRY[0])
    scoring.score(row.claim_id or 0)
    done = editing.correct_mention(row.pk, Said(stance="denies", speaker="A captain"), by=ada, why="misread")
    scoring.score(row.claim_id or 0)
    withdrawing.take_back(done.pk, by=ada)
    scoring.score(row.claim_id or 0)
    assert [replaying.replay(row.claim_id or 0, version).difference for version in (1, 2, 3)] == [0, 0, 0]


def test_what_is_no_claim_leaves_its_claim_and_no_matching_brings_it_back(articles: list[Article], ada: User) -> None:
    row = told(FERRY[0])
    claim = row.claim
    editing.mark_no_claim(row.pk, by=ada, why="a headline of another page")
    match(articles[0].pk)
    rematching.rematch_story(articles[0].story_id or 0)
    row.refresh_from_db()
    assert (row.claim, bool(row.retired_at)) == (None, True)
    assert [m.quote for m in Mention.objects.filter(claim=claim)] == [FERRY[1]]


def test_what_was_marked_by_mistake_comes_back_into_what_its_claim_has_become(
    articles: list[Article], ada: User
) -> None:
    row, other = told(FERRY[0]), told(PRIZE[0])
    done = editing.mark_no_claim(row.pk, by=ada, why="junk")
    regrouping.merge_claims(row.claim_id or 0, other.claim_id or 0, by=ada, why="one")
    withdrawing.take_back(done.pk, by=ada)
    row.refresh_from_db()
    assert (row.claim_id, row.retired_at) == (other.claim_id, None)


def test_other_words_are_a_mention_of_their_own_in_the_same_claim(articles: list[Article], ada: User) -> None:
    row = told(FERRY[0])
    claim = row.claim
    done = editing.correct_mention(row.pk, Said(), by=ada, why="too long", quote="ran aground on\n the Kestrel reef")
    new = done.mention
    assert new is not None
    assert (new.quote, new.claim, new.stance) == ("ran aground on the Kestrel reef", claim, row.stance)
    assert new.sentence == FERRY[0]
    row.refresh_from_db()
    assert (row.claim, bool(row.retired_at)) == (None, True)
    withdrawing.take_back(done.pk, by=ada)
    row.refresh_from_db()
    new.refresh_from_db()
    assert (row.claim, row.retired_at, new.claim) == (claim, None, None)


def test_words_that_the_article_does_not_hold_are_refused_by_their_field(articles: list[Article], ada: User) -> None:
    with pytest.raises(EditError) as refused:
        editing.correct_mention(told(FERRY[0]).pk, Said(), by=ada, why="x", quote="ran aground on a sandbank")
    assert refused.value.field == "quote"


def test_words_that_come_twice_are_the_nearest(ada: User) -> None:
    article = publish(story(), "Aldham Post", [FERRY[0], PRIZE[0], FERRY[0]])
    match(article.pk)
    last = Mention.objects.filter(article=article).latest("start")
    done = editing.correct_mention(last.pk, Said(), by=ada, why="shorter", quote="the Kestrel reef")
    assert done.mention is not None
    assert done.mention.start > last.start


def test_a_mention_is_added_to_a_claim_and_stays_there(articles: list[Article], ada: User) -> None:
    claim = told(FERRY[0]).claim
    assert claim is not None
    new = Addition(articles[1].pk, quote="won the Meridian prize", claim=claim.pk, said=Said(speaker="The jury"))
    done = editing.add_mention(new, by=ada, why="the same event")
    rematching.rematch_story(articles[0].story_id or 0)
    row = Mention.objects.get(pk=done.mention_id)
    assert (row.claim, row.read, row.sentence) == (claim, {}, PRIZE[0])
    assert row.speaker == Speaker.objects.get(canonical="The jury")


def test_a_mention_makes_a_claim_of_its_own_where_none_is_named(articles: list[Article], ada: User) -> None:
    start = articles[0].text.index("in thick fog")
    done = editing.add_mention(Addition(articles[0].pk, span=Span(start - 1, start + 12)), by=ada, why="missed")
    assert done.claim is not None
    assert (done.claim.text, done.claim.story_id) == ("in thick fog", articles[0].story_id)
    assert done.claim in live()


def test_an_addition_taken_back_takes_with_it_all_that_came_with_it(articles: list[Article], ada: User) -> None:
    claim = told(FERRY[0]).claim
    assert claim is not None
    done = editing.add_mention(Addition(articles[1].pk, quote="Meridian prize", claim=claim.pk), by=ada, why="seen")
    editing.correct_mention(done.mention_id or 0, Said(speaker="The jury"), by=ada, why="named")
    withdrawing.take_back(done.pk, by=ada)
    assert not Mention.objects.filter(pk=done.mention_id, claim__isnull=False).exists()
    assert not Correction.objects.filter(withdrawn_at__isnull=True).exists()
    assert not Judgement.objects.filter(withdrawn_at__isnull=True).exists()


@pytest.mark.parametrize("words", [FERRY[0], "", "   ", "no such words"])
def test_what_stands_there_already_or_nowhere_is_not_added(words: str, articles: list[Article], ada: User) -> None:
    with pytest.raises(VerifierError):
        editing.add_mention(Addition(articles[0].pk, quote=words), by=ada, why="x")
    assert Claim.objects.count() == 3


@pytest.mark.parametrize("span", [Span(-1, 4), Span(4, 4), Span(5, 3), Span(0, 10_000), Span(65, 66)])
def test_no_place_outside_the_text_is_added(span: Span, articles: list[Article], ada: User) -> None:
    with pytest.raises(VerifierError):
        editing.add_mention(Addition(articles[0].pk, span=span), by=ada, why="x")


def test_what_is_no_claim_is_not_added_again(articles: list[Article], ada: User) -> None:
    row = told(FERRY[0])
    editing.mark_no_claim(row.pk, by=ada, why="junk")
    with pytest.raises(EditState):
        editing.add_mention(Addition(articles[0].pk, quote=row.quote), by=ada, why="x")


def test_a_claim_keeps_a_persons_words_beside_the_machines(articles: list[Article], ada: User) -> None:
    row = told(FERRY[0])
    done = editing.set_text(row.claim_id or 0, "The Albatross ran aground.", by=ada, why="shorter")
    editing.mark_no_claim(row.pk, by=ada, why="junk")
    rematching.rematch_story(articles[0].story_id or 0)
    claim = Claim.objects.get(pk=row.claim_id)
    assert (claim.text, claim.read_text) == ("The Albatross ran aground.", FERRY[1])
    withdrawing.take_back(done.pk, by=ada)
    claim.refresh_from_db()
    assert (claim.text, claim.read_text) == (FERRY[1], None)


def test_a_claim_that_people_worded_is_not_merged_away_by_the_matcher(articles: list[Article], ada: User) -> None:
    row = told(FERRY[0])
    editing.set_text(row.claim_id or 0, "The Albatross ran aground.", by=ada, why="shorter")
    Mention.objects.filter(quote=FERRY[1]).update(claim=Claim.objects.create(story=articles[0].story, text="x"))
    rematching.rematch_story(articles[0].story_id or 0)
    assert Claim.objects.get(pk=row.claim_id).merged_into is None


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Said(stance="maybe"), "stance"),
        (Said(factuality="true"), "factuality"),
        (Said(speaker="Somebody", speaker_kind="planet"), "speaker_kind"),
        (Said(figure=Figure(float("inf"))), "value"),
        (Said(figure=Figure(5, upper=4)), "upper"),
        (Said(figure=Figure(5, comparator="!")), "comparator"),
        (Said(), ""),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(said: Said, field: str, articles: list[Article], ada: User) -> None:
    with pytest.raises(EditError) as refused:
        editing.correct_mention(told(FERRY[0]).pk, said, by=ada, why="x")
    assert refused.value.field == field
    assert not Correction.objects.exists()


def test_a_speaker_without_a_name_is_the_outlet_itself(articles: list[Article], ada: User) -> None:
    row = told(FERRY[0])
    Mention.objects.filter(pk=row.pk).update(cue="said", speaker_text="a sailor")
    editing.correct_mention(row.pk, Said(speaker=" "), by=ada, why="nobody is quoted")
    row.refresh_from_db()
    assert (row.speaker, row.speaker_text, row.cue) == (None, "", "")


def test_every_correction_says_why(articles: list[Article], ada: User) -> None:
    row = told(FERRY[0])
    for done in (
        lambda: editing.correct_mention(row.pk, Said(stance="denies"), by=ada, why=" "),
        lambda: editing.mark_no_claim(row.pk, by=ada, why=""),
        lambda: editing.add_mention(Addition(articles[0].pk, quote="thick fog"), by=ada, why=""),
        lambda: editing.set_text(row.claim_id or 0, "Other words.", by=ada, why=""),
    ):
        with pytest.raises(EditError) as refused:
            done()
        assert refused.value.field == "why"
