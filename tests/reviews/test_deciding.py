"""What an action needs, four eyes, and the version that somebody saw."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from rest_framework.test import APIClient

from claims.models import ClaimVerdict
from reviews.errors import Refused
from reviews.models import Account, Review, ReviewEvent
from reviews.services import Order, act
from reviews.services.tokens import make_token
from reviews.workflow import Action, Dismissal, Status
from tests.reviews.conftest import MakeReview, new_assessment

Api = Callable[[User | None], APIClient]
PROPOSAL = {"verdict": "refuted", "rationale": "The table says so.", "links": ["https://example.org/table"]}


def address(review: Review, action: str) -> str:
    return f"/api/v1/claims/{review.claim_id}/{action}/"


def first_error(answer: object) -> tuple[str, str]:
    error = answer.json()["errors"][0]
    return error["attr"], error["code"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"verdict": ""}, "verdict"),
        ({"verdict": "true"}, "verdict"),
        ({"rationale": "  "}, "rationale"),
        ({"links": []}, "evidence"),
        ({"links": ["javascript:alert(1)"]}, "links"),
        ({"mentions": [99999], "links": []}, "mentions"),
        ({"assessment": 99999}, "assessment"),
        ({"rationale": "a\u0000b"}, "rationale"),
        ({"verdikt": "x"}, "verdikt"),
    ],
)
def test_a_proposal_without_what_it_needs_names_the_field(
    change: dict[str, object], field: str, make_review: MakeReview, api: Api, rita: User
) -> None:
    review = make_review(Status.IN_REVIEW)
    events = ReviewEvent.objects.count()
    answer = api(rita).post(address(review, "propose"), PROPOSAL | change)
    assert answer.status_code == 400, answer.json()
    assert first_error(answer)[0] == field
    assert ReviewEvent.objects.count() == events


@pytest.mark.parametrize("reason", ["", "because"])
def test_a_dismissal_needs_a_reason_from_the_list(reason: str, make_review: MakeReview, api: Api, rex: User) -> None:
    answer = api(rex).post(address(make_review(), "dismiss"), {"reason": reason})
    assert (answer.status_code, first_error(answer)[0]) == (400, "reason")


@pytest.mark.parametrize("reason", Dismissal)
def test_each_reason_of_the_list_dismisses(reason: str, make_review: MakeReview, api: Api, rex: User) -> None:
    assert api(rex).post(address(make_review(), "dismiss"), {"reason": reason}).json()["dismissal"] == reason


@pytest.mark.parametrize(
    ("status", "action", "field"),
    [
        (Status.PROPOSED, "reject", "note"),
        (Status.DISMISSED, "restore", "note"),
        (Status.REFUTED, "reopen", "reason"),
    ],
)
def test_whoever_turns_something_back_says_why(
    status: Status, action: str, field: str, make_review: MakeReview, api: Api, rex: User
) -> None:
    rex.groups.add(Group.objects.get(name="approver"))
    review = make_review(status)
    answer = api(rex).post(address(review, action), {}, HTTP_IF_MATCH=f'"{review.version}"')
    assert (answer.status_code, first_error(answer)[0]) == (400, field)


def test_a_proposal_keeps_what_it_rests_on(make_review: MakeReview, api: Api, rita: User) -> None:
    review = make_review(Status.IN_REVIEW)
    mention = review.claim.mentions.get()
    seen = review.claim.assessment_id
    new_assessment(review.claim)
    body = PROPOSAL | {"mentions": [mention.pk], "assessment": seen}
    shown = api(rita).post(address(review, "propose"), body).json()
    assert shown["evidence"] == {"mentions": [mention.pk], "links": PROPOSAL["links"]}
    event = review.events.last()
    assert event.assessment_id == seen, "the assessment that was on the screen, not the newest"
    assert event.details["mentions"][0]["quote"] == mention.quote


def test_the_proposer_does_not_approve_or_reject(make_review: MakeReview, api: Api, rita: User) -> None:
    rita.groups.add(Group.objects.get(name="approver"))
    review = make_review(Status.PROPOSED)
    for action in ("approve", "reject"):
        answer = api(rita).post(address(review, action), {"note": "x"}, HTTP_IF_MATCH=f'"{review.version}"')
        assert (answer.status_code, first_error(answer)[1]) == (403, "own_proposal")


def test_a_superuser_does_not_approve_their_own_proposal_either(make_review: MakeReview, api: Api, rita: User) -> None:
    User.objects.filter(pk=rita.pk).update(is_superuser=True)
    review = make_review(Status.PROPOSED)
    answer = api(User.objects.get(pk=rita.pk)).post(address(review, "approve"), {}, HTTP_IF_MATCH=f'"{review.version}"')
    assert answer.status_code == 403


@pytest.mark.parametrize("machine", ["flag", "group"])
@pytest.mark.parametrize("action", ["propose", "approve", "reject", "dismiss"])
def test_a_machine_account_is_never_one_of_the_two(
    action: str, machine: str, make_review: MakeReview, api: Api, vera: User
) -> None:
    review = make_review(Status.PROPOSED if action != "propose" else Status.IN_REVIEW)
    vera.groups.add(Group.objects.get(name="reviewer"))
    if machine == "group":
        vera.groups.add(Group.objects.get(name="ingest"))
    else:
        Account.objects.create(user=vera, machine=True)
    answer = api(User.objects.get(pk=vera.pk)).post(
        address(review, action), PROPOSAL | {"note": "x", "reason": "opinion"}, HTTP_IF_MATCH=f'"{review.version}"'
    )
    assert (answer.status_code, first_error(answer)[1]) == (403, "machine_account")


def test_a_one_person_desk_switches_the_second_pair_of_eyes_off_and_the_history_says_so(
    make_review: MakeReview, api: Api, rita: User, settings: Any
) -> None:
    settings.VERIFIER_FOUR_EYES = False
    rita.groups.add(Group.objects.get(name="approver"))
    review = make_review(Status.IN_REVIEW)
    api(rita).post(address(review, "propose"), PROPOSAL)
    answer = api(rita).post(address(review, "approve"), {}, HTTP_IF_MATCH='"3"')
    assert answer.json()["status"] == "refuted"
    assert [e.details.get("four_eyes") for e in review.events.all()] == [None, None, "off", "off"]


@pytest.mark.parametrize("machine", ["flag", "group"])
def test_what_a_machine_turns_out_to_have_proposed_is_not_approved_but_rejected(
    machine: str, make_review: MakeReview, api: Api, rita: User, vera: User, settings: Any
) -> None:
    """The mark may be set after the proposal; a one-person desk is no exception."""
    review = make_review(Status.PROPOSED)
    if machine == "group":
        rita.groups.add(Group.objects.get(name="ingest"))
    else:
        Account.objects.create(user=rita, machine=True)
    for settings.VERIFIER_FOUR_EYES in (True, False):
        answer = api(vera).post(address(review, "approve"), {}, HTTP_IF_MATCH='"3"')
        assert (answer.status_code, first_error(answer)[1]) == (409, "machine_proposal")
    lines = {line["action"]: line for line in api(vera).get(address(review, "transitions")).json()}
    assert "reject it" in lines["approve"]["why"]
    assert api(vera).post(address(review, "reject"), {"note": "A bot."}, HTTP_IF_MATCH='"3"').status_code == 200


def test_four_eyes_hold_again_once_they_are_switched_on_again(
    make_review: MakeReview, api: Api, rita: User, settings: Any
) -> None:
    rita.groups.add(Group.objects.get(name="approver"))
    settings.VERIFIER_FOUR_EYES = False
    review = make_review(Status.PROPOSED)
    settings.VERIFIER_FOUR_EYES = True
    answer = api(rita).post(address(review, "approve"), {}, HTTP_IF_MATCH='"3"')
    assert (answer.status_code, first_error(answer)[1]) == (403, "own_proposal")


def test_whoever_was_deactivated_decides_nothing_any_more(make_review: MakeReview, rita: User, vera: User) -> None:
    review = make_review(Status.PROPOSED)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {make_token(vera)}")
    User.objects.filter(pk=vera.pk).update(is_active=False)
    assert client.post(address(review, "approve"), {}, HTTP_IF_MATCH='"3"').status_code == 401
    with pytest.raises(Refused):
        act(review.claim_id, User.objects.get(pk=vera.pk), Order(Action.APPROVE))


@pytest.mark.parametrize("given", [{}, {"HTTP_IF_MATCH": "*"}])
@pytest.mark.parametrize("action", ["approve", "reject"])
def test_who_decides_on_another_persons_words_says_which_version_they_read(
    action: str, given: dict[str, str], make_review: MakeReview, api: Api, vera: User
) -> None:
    review = make_review(Status.PROPOSED)
    answer = api(vera).post(address(review, action), {"note": "x"}, **given)
    assert (answer.status_code, first_error(answer)[1]) == (428, "version_required")


@pytest.mark.parametrize("etag", ['"1"', '"999"', "nonsense", '"1", "2"'])
def test_a_version_that_has_passed_is_412_with_the_current_state(
    etag: str, make_review: MakeReview, api: Api, vera: User
) -> None:
    review = make_review(Status.PROPOSED)
    answer = api(vera).post(address(review, "approve"), {}, HTTP_IF_MATCH=etag)
    assert answer.status_code == 412
    assert answer.json()["current"] == {
        "claim": review.claim_id,
        "status": "proposed",
        "version": review.version,
        "assignee": "rita",
        "verdict": "corroborated",
    }


def test_the_etag_of_the_claim_and_of_its_review_is_the_version(make_review: MakeReview, api: Api, rex: User) -> None:
    review = make_review(Status.PROPOSED)
    for path in ("", "review/", "transitions/"):
        assert api(rex).get(f"/api/v1/claims/{review.claim_id}/{path}")["ETag"] == '"3"'


def test_transitions_say_what_is_open_and_why_the_rest_is_closed(
    make_review: MakeReview, api: Api, rita: User, vera: User
) -> None:
    review = make_review(Status.PROPOSED)
    lines = {line["action"]: line for line in api(vera).get(address(review, "transitions")).json()}
    assert [action for action, line in lines.items() if line["open"]] == ["approve", "reject"]
    assert lines["approve"]["to"] == ["corroborated", "disputed", "refuted"]
    assert lines["reject"]["needs"] == ["note"]
    assert lines["take"]["code"] == "not_permitted"
    own = {line["action"]: line for line in api(rita).get(address(review, "transitions")).json()}
    assert own["propose"]["why"] == "The claim is proposed; propose is possible from: in_review."


@pytest.mark.parametrize("status", Status)
def test_the_matcher_leaves_a_claim_alone_from_the_moment_that_somebody_works_on_it(
    status: Status, make_review: MakeReview
) -> None:
    claim = make_review(status).claim
    claim.refresh_from_db()
    assert (claim.settled_at is not None) == (status != Status.UNVERIFIED)


@pytest.mark.parametrize(("status", "action"), [(Status.DISMISSED, "restore"), (Status.IN_REVIEW, "release")])
def test_the_matcher_may_regroup_a_claim_again_that_nobody_works_on(
    status: Status, action: str, make_review: MakeReview, api: Api, rita: User
) -> None:
    review = make_review(status)
    assert api(rita).post(address(review, action), {"note": "x"}).status_code == 200
    review.claim.refresh_from_db()
    assert review.claim.settled_at is None


def test_scoring_learns_a_verdict_and_forgets_it_when_it_is_reopened(
    make_review: MakeReview, api: Api, rex: User
) -> None:
    review, other = make_review(Status.CORROBORATED), make_review(Status.REFUTED)
    make_review(Status.DISPUTED)
    verdicts = dict(ClaimVerdict.objects.values_list("claim_id", "holds"))
    assert verdicts == {review.claim_id: True, other.claim_id: False}
    api(rex).post(address(review, "reopen"), {"reason": "x"})
    assert not ClaimVerdict.objects.filter(claim=review.claim).exists()


def test_a_reopened_claim_starts_without_the_old_verdict(make_review: MakeReview, api: Api, rex: User) -> None:
    review = make_review(Status.CORROBORATED)
    shown = api(rex).post(address(review, "reopen"), {"reason": "A new report."}).json()
    assert (shown["status"], shown["assignee"], shown["verdict"], shown["approver"]) == ("in_review", "rex", "", None)
    assert review.events.last().details["reason"] == "A new report."


def test_a_rejected_proposal_goes_back_to_its_author_with_their_words(
    make_review: MakeReview, api: Api, vera: User
) -> None:
    review = make_review(Status.PROPOSED)
    shown = api(vera).post(address(review, "reject"), {"note": "One origin only."}, HTTP_IF_MATCH='"3"').json()
    assert (shown["assignee"], shown["proposer"], shown["rationale"]) == ("rita", None, "Two origins agree.")
