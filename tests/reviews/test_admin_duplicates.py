"""Possible duplicates on the desk: a panel on the claim's page, a queue over all stories, and every answer undone."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import CandidatePair, Claim, Judgement, Mention, Regrouping, Story
from claims.services import pairs
from claims.services.matching import match
from reviews.admin.dashboard import dashboard
from reviews.models import PairSkip, Review
from reviews.services import Order, act, open_review
from reviews.workflow import Action
from tests.claims import newsroom
from tests.claims.newsroom import publish, story

pytestmark = pytest.mark.django_db

AGROUND = "The ferry Albatross ran aground on the Kestrel reef in thick fog."
STUCK = "In fog the Albatross got stuck on rocks of the Kestrel reef, with 40 crew."
KILLED = "Seven people were killed when the lighthouse stairs collapsed."
LOST = "The stairs of the lighthouse gave way, and seven people lost their lives."
QUEUE, ANSWER, UNDO = (f"/admin/reviews/review/{name}/" for name in ("duplicates", "duplicates/answer", "undo"))
QUEUE_QUERIES = 12
PANEL_QUERIES = 24


def told(home: Story, outlet: str, sentence: str) -> Review:
    return open_review(newsroom.told(home, outlet, sentence))


@pytest.fixture
def two(db: None) -> tuple[Review, Review]:
    home = story()
    found = told(home, "Harbour Post", AGROUND), told(home, "Coast Daily", STUCK)
    pairs.run()
    return found


def at(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(ada: User) -> Client:
    return at(ada)


def page_of(review: Review) -> str:
    return reverse("admin:reviews_review_change", args=[review.pk])


def text_of(answer: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def answer(client: Client, two: tuple[Review, Review], said: str, **given: object) -> HttpResponse:
    """Send the form of a pair as the page would, and follow it."""
    seen = [f"{review.claim_id}:{review.version}" for review in two]
    data = {"claim": two[0].claim_id, "other": two[1].claim_id, "answer": said, "seen": seen, **given}
    return client.post(ANSWER, data, follow=True)


def asked(client: Client) -> set[int]:
    shown = client.get(QUEUE).context["shown"]
    return {shown.mine.claim.pk, shown.other.claim.pk} if shown else set()


def test_a_claims_page_shows_what_may_be_the_same_with_outlet_figure_and_reasons(
    two: tuple[Review, Review], editor: Client
) -> None:
    told_ = text_of(editor.get(page_of(two[0])))
    for part in (STUCK, "Coast Daily", "+ for: ", "Kestrel", "Not the same"):
        assert part in told_
    assert f"puts claim {two[1].claim_id} into claim {two[0].claim_id}, which stays unverified" in told_


def test_what_speaks_against_is_said_too(editor: Client) -> None:
    home = story()
    first = told(home, "Harbour Post", AGROUND)
    told(home, "Coast Daily", "The ferry Marigold ran aground on the Kestrel reef in thick fog.")
    (shown,) = editor.get(page_of(first)).context["duplicates"].offers
    assert [line.label for line in shown.against] == ["Unlike people, bodies or things in the same role"]


def test_claims_of_two_stories_are_warned_of(two: tuple[Review, Review], editor: Client) -> None:
    Claim.objects.filter(pk=two[1].claim_id).update(story=Story.objects.create(title="Another wreck"))
    assert "Two stories: “Port Ember” and “Another wreck”" in text_of(editor.get(page_of(two[0])))
    assert "Two stories:" in text_of(editor.get(QUEUE))


def test_who_does_not_edit_sees_the_reasons_and_no_buttons(two: tuple[Review, Review], rex: User) -> None:
    page = at(rex).get(page_of(two[0]))
    assert "An editor says whether they are." in text_of(page)
    assert b'value="not_same"' not in page.content


def test_the_same_merges_at_once_and_the_message_undoes_it(two: tuple[Review, Review], editor: Client) -> None:
    page = answer(editor, two, "same")
    assert page.redirect_chain[-1][0].startswith(page_of(two[0]))
    assert f"The same: 1 mention of claim {two[1].claim_id} joined" in text_of(page)
    assert Claim.objects.get(pk=two[1].claim_id).merged_into_id == two[0].claim_id
    what = re.search(rb'name="what" value="(\d+)"', page.content)
    assert what is not None
    undone = editor.post(UNDO, {"what": what[1].decode()}, follow=True)
    assert "The merge was undone." in text_of(undone)
    assert Claim.objects.get(pk=two[1].claim_id).merged_into_id is None


def test_it_is_merged_into_the_claim_with_which_people_are_further(
    two: tuple[Review, Review], editor: Client, ada: User, rex: User
) -> None:
    act(two[1].claim_id, rex, Order(Action.TAKE))
    page = answer(editor, two, "same")
    assert "The two stand differently" in text_of(page)  # so it is asked, with a preview, and nothing is done yet
    assert page.context["form"]["number"].value() == str(two[1].claim_id)
    assert not Regrouping.objects.exists()


def test_what_somebody_changed_meanwhile_is_not_merged(two: tuple[Review, Review], editor: Client, rex: User) -> None:
    for order in (Order(Action.TAKE), Order(Action.RELEASE)):
        act(two[1].claim_id, rex, order)
    assert "no longer at the version that you saw" in text_of(answer(editor, two, "same"))
    assert not Regrouping.objects.exists()


def test_not_the_same_is_remembered_listed_and_taken_back(two: tuple[Review, Review], editor: Client) -> None:
    page = answer(editor, two, "not_same", why="Two ships.")
    assert "Not the same: “The ferry Albatross" in text_of(page)
    assert "Said not to be the same (1)" in text_of(page)
    assert "Two ships." in text_of(page)
    assert asked(editor) == set()
    what = f"{two[0].claim_id}-{two[1].claim_id}"
    assert f'name="what" value="{what}"' in page.content.decode()
    undone = editor.post(UNDO, {"what": what}, follow=True)
    assert "may be offered and merged again" in text_of(undone)
    assert Judgement.objects.get().withdrawn_at is not None
    assert STUCK[:-1] in text_of(editor.get(page_of(two[0])))


def test_the_queue_shows_the_likeliest_pair_and_goes_on_after_each_answer(
    two: tuple[Review, Review], editor: Client
) -> None:
    other = story("The lighthouse")
    known = {review.claim_id for review in (*two, told(other, "Post", KILLED), told(other, "Daily", LOST))}
    pairs.run()
    questions = pairs.questions().count()
    seen = []
    for _ in range(questions):
        pair = pairs.questions().exclude(skips__isnull=False).first()
        assert pair is not None
        assert asked(editor) == {pair.claim_id, pair.other_id} <= known
        seen.append(pair.score)
        answer(editor, _reviews(pair), "skip", pair=pair.pk, **{"from": "queue"})
    assert questions > 1
    assert seen == sorted(seen, reverse=True)
    assert "Nothing to look at but what you skipped." in text_of(editor.get(QUEUE))
    editor.post(QUEUE)
    assert asked(editor) != set()


def _reviews(pair: CandidatePair) -> tuple[Review, Review]:
    return Review.objects.get(claim=pair.claim), Review.objects.get(claim=pair.other)


def test_what_one_skips_another_is_still_asked(two: tuple[Review, Review], editor: Client) -> None:
    pair = pairs.questions().get()
    answer(editor, two, "skip", pair=pair.pk, **{"from": "queue"})
    other = User.objects.create_superuser("adm")
    assert asked(editor) == set()
    assert asked(at(other)) == {pair.claim_id, pair.other_id}


def test_a_skipped_pair_is_asked_again_when_its_evidence_has_changed(
    two: tuple[Review, Review], editor: Client
) -> None:
    answer(editor, two, "skip", pair=pairs.questions().get().pk, **{"from": "queue"})
    match(publish(two[0].claim.story, "Quay Radio", [AGROUND]).pk)
    pairs.seek_again([review.claim_id for review in two])
    pairs.run()
    assert not PairSkip.objects.exists()
    assert asked(editor) != set()


def test_an_answer_in_the_queue_leads_to_the_queue(two: tuple[Review, Review], editor: Client) -> None:
    page = answer(editor, two, "same", **{"from": "queue"})
    assert page.redirect_chain[-1][0] == QUEUE
    assert "Nothing to look at. New pairs" in text_of(page)
    what = re.search(rb'name="what" value="(\d+)"', page.content)
    assert what is not None
    undone = editor.post(UNDO, {"what": what[1].decode(), "from": "queue"}, follow=True)
    assert undone.redirect_chain[-1][0] == QUEUE


def test_the_first_page_leads_editors_to_it_and_says_how_many_there_are(
    two: tuple[Review, Review], editor: Client, rex: User
) -> None:
    assert ("possible duplicates", 1, QUEUE) in [
        (tile.label, tile.count, tile.address) for tile in dashboard(User.objects.get(username="ada")).tiles
    ]
    assert all(tile.address != QUEUE for tile in dashboard(rex).tiles)


def test_dismissed_claims_are_asked_about_no_more(two: tuple[Review, Review], editor: Client, rex: User) -> None:
    act(two[0].claim_id, rex, Order(Action.DISMISS, reason="opinion"))
    assert asked(editor) == set()


@pytest.mark.parametrize("given", [{"claim": "x"}, {"other": "999999"}, {"claim": ""}])
def test_an_answer_about_nothing_is_not_found(
    given: dict[str, str], two: tuple[Review, Review], editor: Client
) -> None:
    assert answer(editor, two, "same", **given).status_code == 404


@pytest.mark.parametrize("what", ["", "x", "999999", "1-999999", "999998-999999", "1-2-3"])
def test_what_was_not_done_is_not_undone(what: str, two: tuple[Review, Review], editor: Client) -> None:
    before = list(Claim.objects.values_list("pk", "merged_into"))
    assert editor.post(UNDO, {"what": what}).status_code in {302, 404}
    assert list(Claim.objects.values_list("pk", "merged_into")) == before


def test_only_editors_open_the_queue_answer_and_undo(two: tuple[Review, Review], rex: User, vera: User) -> None:
    for who in (rex, vera):
        client = at(who)
        assert client.get(QUEUE).status_code == 403
        for said in ("same", "not_same", "skip"):
            assert answer(client, two, said).status_code == 403
        assert client.post(UNDO, {"what": "1"}).status_code == 403
        assert QUEUE.encode() not in client.get("/admin/").content
    assert not Judgement.objects.exists()


def test_hostile_texts_stay_words(two: tuple[Review, Review], editor: Client) -> None:
    Claim.objects.update(text="<script>alert(1)</script>")
    Story.objects.update(title="<script>alert(2)</script>")
    for page in (editor.get(QUEUE), editor.get(page_of(two[0])), answer(editor, two, "not_same")):
        assert b"<script>alert" not in page.content


def cost(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_queue_costs_the_same_however_many_pairs_there_are(two: tuple[Review, Review], editor: Client) -> None:
    editor.get(QUEUE)
    few = cost(editor, QUEUE)
    first, second = (Mention.objects.get(claim=review.claim_id) for review in two)
    Claim.objects.bulk_create([Claim(story=two[0].claim.story, text=f"Claim {n}.") for n in range(10_000)])
    many = list(Claim.objects.filter(review__isnull=True).values_list("pk", flat=True))
    CandidatePair.objects.bulk_create(
        [
            CandidatePair(claim_id=one, other_id=two[0].claim_id, score=1.0, mention=second, other_mention=first)
            for one in many
        ]
    )
    assert (few, cost(editor, QUEUE)) == (QUEUE_QUERIES, QUEUE_QUERIES)


def test_a_claims_page_costs_the_same_however_many_duplicates_it_may_have(
    two: tuple[Review, Review], editor: Client
) -> None:
    editor.get(page_of(two[0]))
    few = cost(editor, page_of(two[0]))
    for n in range(6):
        told(
            two[0].claim.story, f"Paper {n}", f"In fog the Albatross met rocks of the Kestrel reef, with {n + 50} crew."
        )
    pairs.run()
    assert (few, cost(editor, page_of(two[0]))) == (PANEL_QUERIES, PANEL_QUERIES)


def test_the_history_undoes_the_last_regrouping_until_somebody_has_done_more(
    two: tuple[Review, Review], editor: Client, rex: User
) -> None:
    answer(editor, two, "same")
    done = Regrouping.objects.get()
    for review in two:  # on both claims
        assert editor.get(page_of(review)).context["undo_event"]
    assert at(rex).get(page_of(two[0])).context["undo_event"] == 0
    editor.post(UNDO, {"what": done.pk, "claim": two[0].claim_id, "why": "Two days."})
    assert Claim.objects.get(pk=two[1].claim_id).merged_into_id is None
    assert "Two days." in text_of(editor.get(page_of(two[0])))
    assert editor.get(page_of(two[0])).context["undo_event"] == 0
    two[0].refresh_from_db()
    two[1].refresh_from_db()
    answer(editor, two, "same")
    act(two[0].claim_id, rex, Order(Action.TAKE))
    assert editor.get(page_of(two[0])).context["undo_event"] == 0
    refused = editor.post(UNDO, {"what": Regrouping.objects.latest("pk").pk, "claim": two[0].claim_id}, follow=True)
    assert "rex has acted on one of the two claims since" in text_of(refused).lower()
    assert refused.redirect_chain[-1][0] == page_of(two[0])


def test_a_split_is_undone_from_its_message(editor: Client, two: tuple[Review, Review]) -> None:
    match(publish(two[0].claim.story, "Quay Radio", [AGROUND]).pk)
    away = Mention.objects.filter(claim=two[0].claim_id).latest("pk")
    given = {"version": two[0].version, "kind": "split", "mention": [away.pk], "why": "Another day.", "confirm": "1"}
    page = editor.post(reverse("admin:reviews_review_regroup", args=[two[0].pk]), given, follow=True)
    assert "Split: 1 mention moved." in text_of(page)
    what = re.search(rb'name="what" value="(\d+)"', page.content)
    assert what is not None
    editor.post(UNDO, {"what": what[1].decode()})
    away.refresh_from_db()
    assert away.claim_id == two[0].claim_id
