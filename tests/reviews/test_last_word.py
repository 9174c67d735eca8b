"""What people regrouped stays so: after the same articles come in again, are read anew, and are matched again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from claims.errors import JudgementConflict
from claims.models import Article, ArticleStep, Claim, Judgement, Mention, Story
from claims.services import inline, judgements, rematching
from claims.services.binding import key_of
from claims.services.ingest import NewArticle, ingest
from reviews.services.regrouping import Regroup, Regrouped, merge, move, split, undo
from reviews.services.verifying import verify
from tests.conftest import person

pytestmark = pytest.mark.django_db

NEWS = {
    "Tarn Post": "The ferry Albatross ran aground on the Kestrel reef in thick fog.\n\n"
    "Parliament raised the import tariff on smoked herring to 12 percent.",
    "Ember Daily": "In thick fog the ferry Albatross ran aground on the Kestrel reef.\n\n"
    "The import tariff on smoked herring was raised to 12 percent by parliament.",
    "Harbour Mail": "The ferry Albatross ran aground on the Kestrel reef on Monday in thick fog.\n\n"
    "Parliament raised the import tariff on smoked herring to 12 percent.",
}

STANDS = {"claim__isnull": False}
"""A statement inside another rests without a claim."""

Partition = set[frozenset[tuple[str, int]]]
Regrouping = Callable[["Desk"], None]


class Desk:
    """Two claims, each told by three outlets, and the editor who regroups them."""

    def __init__(self, ada: User) -> None:
        self.ada = ada
        self.story = Story.objects.create(title="Port Ember")
        self.take_in()
        Article.objects.update(story=self.story)
        self.process()
        self.ferry, self.tariff = (
            Claim.objects.get(
                pk=Mention.objects.filter(quote__contains=word, **STANDS).values_list("claim", flat=True)[0]
            )
            for word in ("ferry", "tariff")
        )

    def take_in(self) -> list[bool]:
        """Take in all the articles; say of each whether it is new."""
        return [ingest(NewArticle(title="Port Ember", text=text, source=name)).created for name, text in NEWS.items()]

    def process(self) -> None:
        for _ in inline.process():
            pass

    def read_anew(self) -> None:
        """Forget what was read and matched, and do it again; only people's judgements stay."""
        Mention.objects.all().delete()
        ArticleStep.objects.all().delete()
        self.process()

    def mentions(self, claim: Claim) -> list[int]:
        return [*Mention.objects.filter(claim=claim).order_by("pk").values_list("pk", flat=True)]

    def why(self) -> Regroup:
        return Regroup("so it is")

    def merge(self, source: Claim, target: Claim) -> Regrouped:
        return merge(source.pk, target.pk, self.ada, self.why())

    def split(self, claim: Claim, mentions: list[int]) -> tuple[Claim, Regrouped]:
        done = split(claim.pk, mentions, self.ada, self.why())
        assert done.into_claim is not None
        return Claim.objects.get(pk=done.into_claim), done

    def move(self, source: Claim, mention: int, target: Claim) -> Regrouped:
        return move(source.pk, mention, target.pk, self.ada, self.why())

    def undo(self, done: Regrouped) -> None:
        assert done.id is not None
        undo(done.id, self.ada, self.why())


@pytest.fixture
def desk(ada: User) -> Desk:
    return Desk(ada)


def partition() -> Partition:
    """Which mentions stand in one claim, by names that survive being read anew."""
    found: dict[int, set[tuple[str, int]]] = {}
    standing = Mention.objects.filter(**STANDS)
    for claim, content_hash, start in standing.values_list("claim", "article__content_hash", "start"):
        found.setdefault(claim, set()).add((content_hash, start))
    return {frozenset(members) for members in found.values()}


def merged(desk: Desk) -> None:
    desk.merge(desk.ferry, desk.tariff)


def merged_and_undone(desk: Desk) -> None:
    desk.undo(desk.merge(desk.ferry, desk.tariff))


def merged_and_split_again(desk: Desk) -> None:
    leaving = desk.mentions(desk.ferry)
    desk.merge(desk.ferry, desk.tariff)
    desk.split(desk.tariff, leaving)


def merged_and_one_taken_out(desk: Desk) -> None:
    one = desk.mentions(desk.tariff)[0]
    desk.merge(desk.ferry, desk.tariff)
    desk.split(desk.tariff, [one])


def was_split(desk: Desk) -> None:
    desk.split(desk.ferry, desk.mentions(desk.ferry)[:1])


def split_and_undone(desk: Desk) -> None:
    desk.undo(desk.split(desk.ferry, desk.mentions(desk.ferry)[:1])[1])


def split_and_merged_back(desk: Desk) -> None:
    part, _ = desk.split(desk.ferry, desk.mentions(desk.ferry)[:2])
    desk.merge(part, desk.ferry)


def split_and_merged_back_and_that_undone(desk: Desk) -> None:
    part, _ = desk.split(desk.ferry, desk.mentions(desk.ferry)[:2])
    desk.undo(desk.merge(part, desk.ferry))


def moved(desk: Desk) -> None:
    desk.move(desk.ferry, desk.mentions(desk.ferry)[0], desk.tariff)


def moved_and_undone(desk: Desk) -> None:
    desk.undo(desk.move(desk.ferry, desk.mentions(desk.ferry)[0], desk.tariff))


def moved_and_moved_back(desk: Desk) -> None:
    one = desk.mentions(desk.ferry)[0]
    desk.move(desk.ferry, one, desk.tariff)
    desk.move(desk.tariff, one, desk.ferry)


SAME_AS_BEFORE = [
    merged_and_undone,
    merged_and_split_again,
    split_and_undone,
    split_and_merged_back,
    moved_and_undone,
    moved_and_moved_back,
]
CHANGED = [merged, merged_and_one_taken_out, was_split, split_and_merged_back_and_that_undone, moved]


def test_the_matcher_finds_two_claims_of_three_outlets(desk: Desk) -> None:
    assert sorted(len(members) for members in partition()) == [3, 3]


@pytest.mark.parametrize("regrouping", [*SAME_AS_BEFORE, *CHANGED])
def test_rematching_leaves_every_mention_where_people_put_it(desk: Desk, regrouping: Regrouping) -> None:
    regrouping(desk)
    before = dict(Mention.objects.values_list("pk", "claim_id"))
    assert rematching.rematch_story(desk.story.pk) == ()
    assert dict(Mention.objects.values_list("pk", "claim_id")) == before
    assert verify().faults == ()


@pytest.mark.parametrize("regrouping", [*SAME_AS_BEFORE, *CHANGED])
def test_taking_in_the_same_articles_again_moves_nothing(desk: Desk, regrouping: Regrouping) -> None:
    regrouping(desk)
    before = [*Mention.objects.order_by("pk").values("pk", "claim", "article", "start", "end", "quote")]
    assert desk.take_in() == [False, False, False]
    desk.process()
    assert [*Mention.objects.order_by("pk").values("pk", "claim", "article", "start", "end", "quote")] == before


@pytest.mark.parametrize("regrouping", [*SAME_AS_BEFORE, *CHANGED])
def test_reading_and_matching_everything_anew_comes_to_what_people_said(desk: Desk, regrouping: Regrouping) -> None:
    regrouping(desk)
    before = partition()
    desk.read_anew()
    assert partition() == before
    rematching.rematch_story(desk.story.pk)
    assert partition() == before


@pytest.mark.parametrize("regrouping", SAME_AS_BEFORE)
def test_what_is_taken_back_is_as_it_was(desk: Desk, regrouping: Regrouping) -> None:
    before = partition()
    regrouping(desk)
    assert partition() == before


def test_split_then_merge_back_returns_the_same_rows_and_keeps_both_words(desk: Desk, ada: User) -> None:
    before = [*Mention.objects.order_by("pk").values()]
    split_and_merged_back(desk)
    assert [*Mention.objects.order_by("pk").values()] == before
    older = Judgement.objects.filter(word=Judgement.Word.DIFFERENT)
    assert {(row.by, row.withdrawn_by) for row in older} == {(ada, ada)}
    assert all(row.withdrawn_at is not None for row in older)
    newer = Judgement.objects.filter(withdrawn_at__isnull=True)
    assert {row.word for row in newer} == {Judgement.Word.SAME}


def test_undoing_a_merge_back_puts_the_older_word_in_force_again(desk: Desk, ada: User) -> None:
    split_and_merged_back_and_that_undone(desk)
    again = Judgement.objects.filter(word=Judgement.Word.DIFFERENT, withdrawn_at__isnull=True)
    assert [row.by for row in again] == [ada]
    assert Judgement.objects.filter(word=Judgement.Word.DIFFERENT, withdrawn_at__isnull=False).count() == 1


def test_undoing_a_split_leaves_the_word_that_the_merge_before_it_had_given_as_well(desk: Desk) -> None:
    """The merge bound the first of each claim to all of the other: the split says one of these words again."""
    desk.merge(desk.tariff, desk.ferry)
    before, mentions = partition(), desk.mentions(desk.ferry)
    _, done = desk.split(desk.ferry, [mentions[at] for at in (1, 4, 5)])
    desk.undo(done)
    assert rematching.rematch_story(desk.story.pk) == ()
    assert partition() == before


def test_nobody_overrules_by_merging_what_another_person_split(desk: Desk) -> None:
    part, _ = desk.split(desk.ferry, desk.mentions(desk.ferry)[:2])
    standing = Judgement.objects.filter(word=Judgement.Word.DIFFERENT).values_list("pk", flat=True)
    before = partition()
    with pytest.raises(JudgementConflict, match=f"Judgement ({'|'.join(map(str, standing))}) says"):
        merge(part.pk, desk.ferry.pk, person("eve", "editor"), desk.why())
    assert partition() == before
    assert standing.filter(withdrawn_at__isnull=True).count() == len(standing)


def test_a_merge_does_not_withdraw_what_was_said_as_a_judgement_of_its_own(desk: Desk, ada: User) -> None:
    word = judgements.different(desk.mentions(desk.ferry)[0], desk.mentions(desk.tariff)[0], by=ada)
    with pytest.raises(JudgementConflict, match=f"Judgement {word.pk} says"):
        merged(desk)
    word.refresh_from_db()
    assert word.withdrawn_at is None


def test_undoing_a_merge_leaves_what_was_said_before_it_as_a_judgement_of_its_own(desk: Desk, ada: User) -> None:
    word = judgements.same(desk.mentions(desk.ferry)[0], desk.mentions(desk.tariff)[0], by=ada)
    desk.undo(desk.merge(desk.tariff, desk.ferry))
    word.refresh_from_db()
    assert word.withdrawn_at is None


def test_undoing_a_merge_back_does_not_go_before_what_was_said_since(desk: Desk, ada: User) -> None:
    part, _ = desk.split(desk.ferry, desk.mentions(desk.ferry)[:1])
    (one,), other = desk.mentions(part), desk.mentions(desk.ferry)[0]
    done = desk.merge(part, desk.ferry)
    pair = keys(one, other)
    said = Judgement.objects.get(word=Judgement.Word.SAME, left__in=pair, right__in=pair)
    judgements.withdraw(said.pk, by=ada)
    since = judgements.different(one, other, by=person("eve", "editor"))
    desk.undo(done)
    in_force = Judgement.objects.filter(left=since.left, right=since.right, withdrawn_at__isnull=True)
    assert [row.pk for row in in_force] == [since.pk]


def keys(*mentions: int) -> list[str]:
    return [key_of(row) for row in Mention.objects.select_related("article").filter(pk__in=mentions)]
