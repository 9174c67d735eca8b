"""services.judgements: a person's word on sameness binds the matcher for ever."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connections

from claims.errors import JudgementConflict, MatchingError
from claims.models import Article, Claim, Judgement, MatchNote, Mention, Story
from claims.services import judgements
from claims.services.matching import match
from tests.claims.newsroom import TELLINGS, live, publish, story

pytestmark = pytest.mark.django_db


def mentions(home: Story, *topics: str) -> list[Mention]:
    return [publish(home, f"{topic}-{n}", [TELLINGS[topic][0]]).mentions.get() for n, topic in enumerate(topics)]


def test_the_same_word_twice_is_one_judgement(ada: User) -> None:
    one, two = mentions(story(), "ferry", "prize")
    first = judgements.same(one.pk, two.pk, by=ada, why="one ship")
    assert judgements.same(two.pk, one.pk, by=ada) == first
    assert (first.by, first.why) == (ada, "one ship")


def test_a_circle_of_judgements_that_contradicts_itself_is_refused(ada: User) -> None:
    one, two, three = mentions(story(), "ferry", "prize", "tariff")
    judgements.same(one.pk, two.pk, by=ada)
    judgements.same(two.pk, three.pk, by=ada)
    with pytest.raises(JudgementConflict, match="the same claim"):
        judgements.different(one.pk, three.pk, by=ada)
    assert Judgement.objects.count() == 2


def test_sameness_that_contradicts_a_difference_is_refused_and_names_it(ada: User) -> None:
    one, two, three = mentions(story(), "ferry", "prize", "tariff")
    standing = judgements.different(one.pk, three.pk, by=ada)
    judgements.same(one.pk, two.pk, by=ada)
    with pytest.raises(JudgementConflict, match=f"Judgement {standing.pk} "):
        judgements.same(two.pk, three.pk, by=ada)


def test_a_withdrawn_judgement_binds_no_longer_and_is_kept(ada: User, vera: User) -> None:
    one, two = mentions(story(), "ferry", "prize")
    first = judgements.different(one.pk, two.pk, by=ada)
    judgements.withdraw(first.pk, by=vera)
    judgements.same(one.pk, two.pk, by=ada)
    assert Judgement.objects.get(pk=first.pk).withdrawn_by == vera


def test_a_mention_is_not_judged_against_itself(ada: User) -> None:
    (one,) = mentions(story(), "ferry")
    with pytest.raises(MatchingError):
        judgements.same(one.pk, one.pk, by=ada)


def test_a_match_that_contradicts_a_judgement_is_refused_and_shown(ada: User) -> None:
    home = story()
    one, two = (publish(home, f"paper-{n}", [TELLINGS["ferry"][n]]) for n in range(2))
    match(one.pk)
    word = judgements.different(one.mentions.get().pk, two.mentions.get().pk, by=ada)
    match(two.pk)
    assert len(live()) == 2
    note = MatchNote.objects.get()
    assert (note.kind, note.judgement, note.claim) == (MatchNote.Kind.REFUSED, word, one.mentions.get().claim)


def test_a_judgement_leads_a_mention_to_a_claim_that_it_does_not_resemble(ada: User) -> None:
    home = story()
    one, two = mentions(home, "ferry", "prize")
    match(one.article_id)
    judgements.same(one.pk, two.pk, by=ada)
    match(two.article_id)
    assert len(live()) == 1


def test_judgements_outlive_the_article_being_taken_in_and_read_anew(ada: User) -> None:
    home = story()
    one, two = mentions(home, "ferry", "prize")
    judgements.same(one.pk, two.pk, by=ada)
    Mention.objects.all().delete()
    Article.objects.all().delete()
    Claim.objects.all().delete()
    again = mentions(home, "ferry", "prize")
    Mention.objects.filter(pk=again[1].pk).update(claim=None)
    for row in again:
        match(row.article_id)
    assert len(live()) == 1


def test_a_judged_mention_read_anew_with_a_slightly_other_span_is_still_the_judged_one(ada: User) -> None:
    home = story()
    one, two = mentions(home, "ferry", "prize")
    judgements.same(one.pk, two.pk, by=ada)
    article = two.article
    Mention.objects.filter(pk=two.pk).delete()
    Mention.objects.create(
        article=article, start=0, end=two.end - 4, quote=article.text[: two.end - 4], sentence=two.sentence,
        sentence_start=0, sentence_end=two.end, features=two.features,
    )  # fmt: skip
    for article_id in (one.article_id, two.article_id):
        match(article_id)
    assert len(live()) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_people_cannot_contradict_each_other_at_the_same_moment() -> None:
    one, two = mentions(story(), "ferry", "prize")

    def say(word: str) -> bool:
        try:
            getattr(judgements, word)(one.pk, two.pk, by=None)
        except JudgementConflict:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(say, ["same", "different"] * 4))
    assert sorted(said) == [False] * 4 + [True] * 4
    assert Judgement.objects.count() == 1
