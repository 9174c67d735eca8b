"""People's regroupings decide where equal words go: a copy of what they split off or moved follows it there."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Mention
from claims.services import judgements, regrouping, rematching
from claims.services.matching import match
from tests.claims.newsroom import TELLINGS, live, publish, story

pytestmark = pytest.mark.django_db

FERRY = (
    "The ferry Albatross ran aground on the Kestrel reef in thick fog.",
    "In thick fog the ferry Albatross ran aground on the Kestrel reef.",
    "The ferry Albatross ran aground in thick fog on the Kestrel reef on Monday.",
)


def take_in(sentence: str, outlet: str, home: Claim) -> Mention:
    """One more article of the story with this sentence, matched."""
    article = publish(home.story, outlet, [sentence])
    match(article.pk)
    return Mention.objects.get(article=article)


@pytest.fixture
def ferry() -> Claim:
    """One claim of three mentions in three wordings."""
    home = story()
    for number, telling in enumerate(FERRY):
        match(publish(home, f"outlet {number}", [telling]).pk)
    claim = Claim.objects.get()
    assert claim.mentions.count() == len(FERRY)
    return claim


def of(claim: Claim, sentence: str) -> Mention:
    return claim.mentions.get(quote=sentence.rstrip("."))


def find(sentence: str) -> Mention:
    return Mention.objects.filter(sentence=sentence).order_by("pk")[0]


COPIES = {
    "verbatim": lambda text: text,
    "with another point": lambda text: text.replace(".", "!"),
    "in capitals": lambda text: text.upper(),
    "with invisible characters": lambda text: text.replace("ferry", "fer\u00adry\u200b"),
    "with wide letters": lambda text: text.replace("ran", "ｒａｎ"),
}


@pytest.mark.parametrize("written", COPIES.values(), ids=COPIES.keys())
@pytest.mark.parametrize("chosen", range(len(FERRY)))
def test_a_copy_of_what_was_split_off_joins_it_and_a_copy_of_what_stayed_joins_that(
    ferry: Claim, ada: User, chosen: int, written: object
) -> None:
    away = find(FERRY[chosen])
    record = regrouping.split_claim(ferry.pk, [away.pk], by=ada)
    for number, sentence in enumerate(FERRY):
        copy = take_in(written(sentence), f"late {number}", ferry)
        assert copy.claim_id == (record.target_id if number == chosen else ferry.pk), sentence


def test_re_matching_keeps_a_copy_where_it_is(ferry: Claim, ada: User) -> None:
    record = regrouping.split_claim(ferry.pk, [find(FERRY[1]).pk], by=ada)
    copy = take_in(FERRY[1], "late", ferry)
    rematching.rematch_story(ferry.story_id or 0)
    copy.refresh_from_db()
    assert copy.claim_id == record.target_id


def test_re_matching_brings_a_copy_there_that_was_matched_before_the_split(ferry: Claim, ada: User) -> None:
    """The copy is in the claim by accident of time: it came in another step, while the editor was splitting."""
    away = find(FERRY[2])
    record = regrouping.split_claim(ferry.pk, [away.pk], by=ada)
    copy = take_in(FERRY[2], "late", ferry)
    Mention.objects.filter(pk=copy.pk).update(claim=ferry)
    rematching.rematch_story(ferry.story_id or 0)
    copy.refresh_from_db()
    assert copy.claim_id == record.target_id


def test_a_copy_of_a_moved_mention_follows_it_though_the_other_claim_is_worded_otherwise(
    ferry: Claim, ada: User
) -> None:
    for number, telling in enumerate(TELLINGS["prize"]):
        take_in(telling, f"prize {number}", ferry)
    prize = Mention.objects.get(article__source__key="prize 0").claim
    regrouping.move_mention(find(FERRY[0]).pk, prize.pk, by=ada)
    copy = take_in(FERRY[0], "late", ferry)
    assert copy.claim_id == prize.pk
    rematching.rematch_story(ferry.story_id or 0)
    copy.refresh_from_db()
    assert copy.claim_id == prize.pk
    assert take_in(FERRY[1], "later", ferry).claim_id == ferry.pk


def test_a_copy_of_what_was_merged_joins_the_merged_claim(ferry: Claim, ada: User) -> None:
    other = take_in(TELLINGS["tariff"][0], "tariff", ferry)
    regrouping.merge_claims(other.claim_id, ferry.pk, by=ada)
    assert take_in(TELLINGS["tariff"][0], "late", ferry).claim_id == ferry.pk


def test_a_judgement_by_itself_binds_copies_too(ferry: Claim, ada: User) -> None:
    other = take_in(TELLINGS["tariff"][0], "tariff", ferry)
    judgements.same(other.pk, find(FERRY[0]).pk, by=ada)
    copy = take_in(TELLINGS["tariff"][0], "late", ferry)
    rematching.rematch_story(ferry.story_id or 0)
    assert {Mention.objects.get(pk=m.pk).claim_id for m in (other, copy, find(FERRY[0]))} == {live()[0].pk}


def test_words_that_people_put_into_two_claims_are_left_to_the_matcher(ferry: Claim, ada: User) -> None:
    twin = take_in(FERRY[0], "twin", ferry)
    assert twin.claim_id == ferry.pk
    regrouping.split_claim(ferry.pk, [twin.pk], by=ada)
    assert take_in(FERRY[0], "late", ferry).claim_id in {claim.pk for claim in live()}


def test_undoing_the_split_lets_copies_join_as_before(ferry: Claim, ada: User) -> None:
    record = regrouping.split_claim(ferry.pk, [find(FERRY[1]).pk], by=ada)
    regrouping.undo(record.pk, by=ada)
    assert take_in(FERRY[1], "late", ferry).claim_id == ferry.pk


def test_a_few_words_lead_nowhere(ferry: Claim, ada: User) -> None:
    short = "It was closed."
    one = take_in(short, "short", ferry)
    regrouping.move_mention(one.pk, ferry.pk, by=ada) if one.claim_id != ferry.pk else None
    assert take_in(short, "late", ferry).claim_id != ferry.pk
