"""The review page: the same table as everywhere, conflicts that keep what was typed, and a history that tells."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.models import Regrouping
from reviews.admin.page import ReviewPage
from reviews.admin.words import DONE
from reviews.models import Review, ReviewEvent
from reviews.services import Order, act
from reviews.services.rechecking import RECHECK
from reviews.workflow import Action, Status
from tests.claims import desk_data
from tests.conftest import person
from tests.reviews.conftest import MakeReview, new_assessment, new_mention
from tests.reviews.test_api_actions import GROUPS, SEES, TABLE, expected

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert('x')</script>"
PAGE_QUERIES = 18
AtDesk = Callable[[User], Client]


def url_of(review: Review) -> str:
    return reverse("admin:reviews_review_change", args=[review.pk])


@pytest.fixture
def at_desk() -> AtDesk:
    """A browser of its own for each person."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


def ask(client: Client, review: Review, action: Action, **given: object) -> HttpResponse:
    """Send the form of an action as the page would."""
    data = {"action": action.value, "version": review.version, "assessment": review.claim.assessment_id or "", **given}
    return client.post(url_of(review), data)


def everything(review: Review, rita: User) -> dict[str, object]:
    mention = review.claim.mentions.earliest("pk")
    return {
        "note": "Seen.",
        "verdict": "refuted",
        "rationale": "The ministry's own table says otherwise.",
        "evidence": [mention.pk],
        "reason": "opinion",
        "assignee": rita.pk,
    }


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("group", GROUPS)
def test_every_cell_of_the_table_holds_on_the_desk(
    group: str,
    status: Status,
    make_review: MakeReview,
    rita: User,
    at_desk: AtDesk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ReviewPage, "page", lambda *_, status=200: HttpResponse(status=status))  # not drawn 490 times
    review = make_review(status)
    client = at_desk(person("someone", *([group] if group != "nobody" else [])))
    for action in Action:
        before = Review.objects.filter(pk=review.pk).values().get()
        point = transaction.savepoint()
        answer = ask(client, review, action, **everything(review, rita)).status_code
        wanted = expected(status, action, group) if group in SEES else 403
        if group == "nobody":
            wanted = 302
        assert answer == (302 if wanted == 200 else wanted), action
        if wanted == 200:
            review.refresh_from_db()
            assert review.status == (TABLE[status, action].to or before["verdict"])
        else:
            assert Review.objects.filter(pk=review.pk).values().get() == before
        transaction.savepoint_rollback(point)
        review = Review.objects.select_related("claim").get(pk=review.pk)


def test_one_reviews_and_a_second_person_approves(
    rex: User, vera: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    review = make_review()
    reviewer, approver = at_desk(rex), at_desk(vera)
    ask(reviewer, review, Action.TAKE)
    review.refresh_from_db()
    given = {"verdict": "corroborated", "rationale": "Two ledgers agree.", "links": "https://harbour.example/ledger"}
    mention = review.claim.mentions.earliest("pk")
    assert ask(reviewer, review, Action.PROPOSE, evidence=[mention.pk], **given).status_code == 302
    review.refresh_from_db()
    page = approver.get(url_of(review)).content.decode()
    assert "Two ledgers agree." in page
    assert f'href="#mention-{mention.pk}"' in page
    assert "https://harbour.example/ledger" in page
    assert ask(approver, review, Action.APPROVE).status_code == 302
    review.refresh_from_db()
    assert (review.status, review.approver) == (Status.CORROBORATED, vera)


def test_nobody_approves_what_they_proposed_and_the_page_says_why(at_desk: AtDesk, make_review: MakeReview) -> None:
    review = make_review()
    both = person("bo", "reviewer", "approver")
    client = at_desk(both)
    ask(client, review, Action.TAKE)
    review.refresh_from_db()
    ask(client, review, Action.PROPOSE, **everything(review, both))
    review.refresh_from_db()
    page = client.get(url_of(review)).content.decode()
    assert "A second person has to decide: this is your own proposal." in page
    assert 'id="form-approve"' not in page
    assert ask(client, review, Action.APPROVE).status_code == 403
    review.refresh_from_db()
    assert review.status == Status.PROPOSED


def test_the_page_shows_open_actions_as_forms_and_says_why_the_rest_is_closed(
    rex: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    page = at_desk(rex).get(url_of(make_review()))
    assert {card.action for card in page.context["panel"].cards} == {Action.TAKE, Action.DISMISS}
    closed = {action.label: action.why for action in page.context["panel"].closed}
    assert closed["Approve"] == "approve is for: approver."
    assert "The claim is unverified" in closed["Propose a verdict"]


def test_evidence_is_ticked_beside_the_mentions_only_by_who_may_propose(
    rex: User, vera: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    review = make_review()
    ask(at_desk(rex), review, Action.TAKE)
    mention = review.claim.mentions.earliest("pk")
    box = f'name="evidence" value="{mention.pk}" form="form-propose"'
    assert box in at_desk(rex).get(url_of(review)).content.decode()
    assert box not in at_desk(vera).get(url_of(review)).content.decode()


@pytest.mark.parametrize(
    ("missing", "said"),
    [("verdict", "verdict"), ("rationale", "rationale"), ("evidence", "evidence")],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    missing: str, said: str, rex: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    review = make_review()
    client = at_desk(rex)
    ask(client, review, Action.TAKE)
    review.refresh_from_db()
    given = everything(review, rex) | {missing: ""}
    answer = ask(client, review, Action.PROPOSE, **given)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "errorlist" in page
    if missing != "rationale":
        assert "The ministry&#x27;s own table says otherwise." in page
    if missing != "evidence":
        assert "checked> <span>evidence" in page
    if missing != "verdict":
        assert 'value="refuted" id="id_propose_verdict_2" checked' in page
    review.refresh_from_db()
    assert review.status == Status.IN_REVIEW


def test_who_comes_too_late_reads_what_changed_and_keeps_their_words(
    rex: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    review = make_review()
    client = at_desk(rex)
    ask(client, review, Action.TAKE)
    review.refresh_from_db()
    act(review.claim_id, person("eve", "editor"), Order(Action.RELEASE, note="Rex is ill."))
    answer = ask(client, review, Action.PROPOSE, **everything(review, rex))
    page = answer.content.decode()
    assert answer.status_code in (403, 409)
    assert "The ministry&#x27;s own table says otherwise." in page
    assert Review.objects.get(pk=review.pk).status == Status.UNVERIFIED


def test_a_stale_version_is_refused_with_what_happened_since_and_can_be_sent_again(
    rex: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    review = make_review()
    client = at_desk(rex)
    ask(client, review, Action.TAKE)
    review.refresh_from_db()
    act(review.claim_id, rex, Order(Action.TAKE))  # the lease renewed in another window
    answer = ask(client, review, Action.PROPOSE, **everything(review, rex))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody was faster. Nothing of yours was written." in page
    assert "rex: took it" in page
    assert f'name="version" value="{review.version + 1}"' in page
    assert "The ministry&#x27;s own table says otherwise." in page
    assert "checked> <span>evidence" in page
    review.refresh_from_db()
    assert ask(client, review, Action.PROPOSE, **everything(review, rex)).status_code == 302


def test_the_words_of_an_action_that_is_closed_now_can_be_copied(
    vera: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    review = make_review(Status.PROPOSED)
    act(review.claim_id, person("valentin", "approver"), Order(Action.APPROVE))
    page = ask(at_desk(vera), review, Action.REJECT, note="The ledger is from 2019.").content.decode()
    assert "What you typed, to copy:" in page
    assert "note: The ledger is from 2019." in page


@pytest.mark.parametrize("wrong", [{"version": ""}, {"version": "one"}])
def test_a_form_without_its_version_changes_nothing(
    wrong: dict[str, str], rex: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    review = make_review()
    assert ask(at_desk(rex), review, Action.TAKE, **wrong).status_code == 400
    assert Review.objects.get(pk=review.pk).status == Status.UNVERIFIED


def test_an_unknown_action_changes_nothing(rex: User, at_desk: AtDesk, make_review: MakeReview) -> None:
    review = make_review()
    assert at_desk(rex).post(url_of(review), {"action": "publish", "version": 1}).status_code == 302
    assert Review.objects.get(pk=review.pk).version == review.version


def test_without_the_csrf_token_nothing_is_done(rex: User, make_review: MakeReview) -> None:
    review = make_review()
    client = Client(enforce_csrf_checks=True)
    client.force_login(rex)
    assert ask(client, review, Action.TAKE).status_code == 403


def test_the_history_tells_who_did_what_and_why(
    vera: User, rita: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    review = make_review(Status.PROPOSED)
    ask(at_desk(vera), review, Action.REJECT, note="Ask the port too.")
    page = at_desk(vera).get(url_of(review)).content.decode()
    told = page[page.index("history-title") :]
    for words in ("vera", "rejected the proposal", "proposed → in review", "Ask the port too.", "rita"):
        assert words in told
    for words in ("proposed a verdict", "Two origins agree.", "the system", "opened the review"):
        assert words in told
    assert "in_review" not in told


def test_a_mark_for_re_check_stands_at_the_top_of_the_panel(
    rex: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    review = make_review(Status.CORROBORATED)
    Review.objects.filter(pk=review.pk).update(recheck_at=review.decided_at, recheck_reason="A new origin denies it.")
    page = at_desk(rex).get(url_of(review)).content.decode()
    assert page.index("A new origin denies it.") < page.index('id="form-take"')


def test_hostile_notes_names_and_rationales_stay_words(
    rita: User, vera: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    review = make_review(Status.PROPOSED)
    Review.objects.filter(pk=review.pk).update(rationale=HOSTILE, recheck_reason=HOSTILE, recheck_at=review.created_at)
    User.objects.filter(pk=rita.pk).update(username=HOSTILE)
    ask(at_desk(vera), review, Action.REJECT, note=HOSTILE)
    for url in (
        url_of(review),
        reverse("admin:reviews_review_changelist"),
        reverse("admin:reviews_reviewevent_changelist"),
    ):
        assert "<script>alert" not in at_desk(vera).get(url).content.decode()


def test_the_page_costs_the_same_however_long_the_history(rex: User, at_desk: AtDesk, make_review: MakeReview) -> None:
    review = make_review()
    client = at_desk(rex)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url_of(review)).status_code == 200
        return len(captured)

    client.get(url_of(review))
    short = cost()
    source = review.claim.mentions.earliest("pk").article.source
    for _ in range(4):
        new_mention(review.claim, source)
        new_assessment(review.claim)
        act(review.claim_id, rex, Order(Action.TAKE))
        act(review.claim_id, rex, Order(Action.RELEASE))
    assert (short, cost()) == (PAGE_QUERIES, PAGE_QUERIES)


def test_the_claim_page_leads_to_its_review(rex: User, at_desk: AtDesk, make_review: MakeReview) -> None:
    review = make_review()
    page = at_desk(rex).get(reverse("admin:claims_claim_change", args=[review.claim_id])).content.decode()
    assert f'href="{url_of(review)}"' in page


def test_a_claim_without_a_review_has_a_page_all_the_same(rex: User, at_desk: AtDesk) -> None:
    claim = desk_data.claim()
    assert at_desk(rex).get(reverse("admin:claims_claim_change", args=[claim.pk])).status_code == 200


def test_the_history_cannot_be_changed_here(admin_client: Client, make_review: MakeReview) -> None:
    review = make_review()
    event = ReviewEvent.objects.filter(review=review).earliest("pk")
    for verb in ("change", "delete"):
        url = reverse(f"admin:reviews_reviewevent_{verb}", args=[event.pk])
        assert admin_client.post(url, {"note": "never said"}).status_code in (403, 405)


def test_the_list_of_all_that_was_done_tells_it_in_words(admin_client: Client, make_review: MakeReview) -> None:
    review = make_review(Status.IN_REVIEW)
    moment = timezone.localtime(ReviewEvent.objects.filter(review=review).latest("pk").created_at)
    url = reverse("admin:reviews_reviewevent_changelist")
    page = admin_client.get(url).content.decode()
    rows = page[page.index('id="result_list"') :]
    assert "in_review<" not in page
    taken = admin_client.get(
        reverse("admin:reviews_reviewevent_changelist"), {"action": "take", "to_status": "in_review"}
    )
    assert [event.action for event in taken.context["cl"].queryset] == ["take"]
    for words in (f"{moment.day} {moment:%b %Y, %H:%M}", "took it", "in review", "opened the review"):
        assert words in rows


def test_every_action_of_the_history_has_words_of_its_own() -> None:
    assert {*Action, RECHECK, "open", *Regrouping.Kind.values, "undo"} <= DONE.keys()
