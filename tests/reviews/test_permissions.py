"""The matrix of docs/reviewing.md, cell by cell, through the API; and the groups as the migration makes them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from rest_framework.test import APIClient

from reviews.drawing import BESIDE
from reviews.people import GROUPS
from reviews.workflow import Status
from tests.conftest import person
from tests.reviews.conftest import MakeReview, bring_to, new_claim
from tests.reviews.test_workflow import DOCUMENT

Api = Callable[[User | None], APIClient]
ANYTHING = {
    "note": "n",
    "verdict": "refuted",
    "rationale": "r",
    "links": ["https://example.org/"],
    "reason": "opinion",
    "assignee": "rita",
}
STATUS_FOR = {
    "take": Status.UNVERIFIED,
    "release": Status.IN_REVIEW,
    "reassign": Status.UNVERIFIED,
    "propose": Status.IN_REVIEW,
    "approve": Status.PROPOSED,
    "reject": Status.PROPOSED,
    "retract": Status.PROPOSED,
    "dismiss": Status.UNVERIFIED,
    "restore": Status.DISMISSED,
    "reopen": Status.REFUTED,
    "confirm": Status.REFUTED,
}


def cells() -> list[tuple[str, str, bool]]:
    """(action, group, yes or no), as the document says."""
    lines = DOCUMENT.read_text(encoding="utf-8").partition("<!-- matrix -->\n")[2].partition("<!--")[0].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    groups = rows[0][1:]
    return [(row[0], group, cell == "yes") for row in rows[2:] for group, cell in zip(groups, row[1:], strict=True)]


@pytest.mark.parametrize(("action", "group", "may"), [c for c in cells() if c[0] in STATUS_FOR])
def test_an_action_of_the_table_is_open_to_the_groups_of_the_matrix(
    action: str, group: str, may: bool, make_review: MakeReview, api: Api
) -> None:
    review = make_review(STATUS_FOR[action])
    who = person("someone", group)
    if review.status == Status.IN_REVIEW:
        type(review).objects.filter(pk=review.pk).update(assignee=who)
    if action == "retract":
        type(review).objects.filter(pk=review.pk).update(proposer=who)
    if action == "confirm":
        type(review).objects.filter(pk=review.pk).update(recheck_at=review.created_at)
    address = f"/api/v1/claims/{review.claim_id}/{action}/"
    answer = api(who).post(address, ANYTHING, HTTP_IF_MATCH=f'"{review.version}"')
    assert answer.status_code == (200 if may else 403), answer.json()


def beside(action: str, client: APIClient, review: object, other: object) -> int:
    claim, mention = review.claim_id, review.claim.mentions.first().pk
    match action:
        case "see claims and reviews":
            return client.get(f"/api/v1/claims/{claim}/review/").status_code
        case "note":
            return client.post(f"/api/v1/claims/{claim}/notes/", {"text": "x"}).status_code
        case "merge":
            return client.post(f"/api/v1/claims/{claim}/merge/", {"into": other.claim_id, "why": "x"}).status_code
        case "split":
            return client.post(f"/api/v1/claims/{claim}/split/", {"mentions": [mention], "why": "x"}).status_code
        case "move":
            body = {"mention": mention, "into": other.claim_id, "why": "x"}
            return client.post(f"/api/v1/claims/{claim}/move/", body).status_code
        case "undo":
            body = {"into": other.claim_id, "why": "x"}
            editor = APIClient()
            editor.force_authenticate(person("another", "editor"))
            done = editor.post(f"/api/v1/claims/{claim}/merge/", body).json()
            return client.post(f"/api/v1/regroupings/{done['id']}/undo/", {"why": "x"}).status_code
        case "correct":
            client.post(f"/api/v1/claims/{claim}/take/")  # a reviewer has to hold the claim
            body = {"why": "x", "stance": "open"}
            return client.post(f"/api/v1/mentions/{mention}/correct/", body).status_code
        case "publish":
            rita, vera = (User.objects.get(username=name) for name in ("rita", "vera"))
            bring_to(Status.REFUTED, other.claim, rita, vera)
            return client.post(f"/api/v1/claims/{other.claim_id}/publish/", {}).status_code
        case _:
            raise AssertionError(action)


@pytest.mark.parametrize(
    ("action", "group", "may"),
    [c for c in cells() if c[0] not in STATUS_FOR and c[0] not in BESIDE],
)
def test_what_lies_beside_the_table_is_open_to_the_groups_of_the_matrix(
    action: str, group: str, may: bool, make_review: MakeReview, api: Api
) -> None:
    review, other = make_review(outlets=2), make_review()
    status = beside(action, api(person("someone", group)), review, other)
    assert status in ({200, 201} if may else {403})


@pytest.mark.parametrize(("group", "may"), [(g, m) for a, g, m in cells() if a == "post articles"])
def test_articles_are_posted_by_the_groups_of_the_matrix(group: str, may: bool, api: Api, db: None) -> None:
    body = {"text": "A report of some length, in plain words.", "title": "A report", "source": "Post"}
    assert api(person("someone", group)).post("/api/v1/articles/", body).status_code == (201 if may else 403)


@pytest.mark.parametrize(("group", "may"), [(g, m) for a, g, m in cells() if a == "correct and withdraw articles"])
def test_articles_are_corrected_and_withdrawn_by_the_groups_of_the_matrix(
    group: str, may: bool, api: Api, db: None
) -> None:
    client, article = api(person("someone", group)), new_claim().mentions.get().article_id
    texts = {"withdraw": {}, "restore": {}, "correct": {"text": "A report in other words."}}
    for action, body in texts.items():
        answer = client.post(f"/api/v1/articles/{article}/{action}/", {"why": "x", **body})
        assert answer.status_code in ({200, 201} if may else {403}), action


@pytest.mark.parametrize(("group", "may"), [(g, m) for a, g, m in cells() if a == "manage accounts"])
def test_accounts_are_managed_by_the_groups_of_the_matrix(group: str, may: bool, db: None) -> None:
    assert person("someone", group).has_perm("auth.change_user") == may


def test_the_migration_makes_the_groups(db: None) -> None:
    assert set(GROUPS) <= set(Group.objects.values_list("name", flat=True))
    for name, codes in GROUPS.items():
        held = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
        assert {f"{app}.{code}" for app, code in held} == set(codes)


def test_every_permission_of_a_group_is_one_of_a_model_that_exists() -> None:
    for code in {code for codes in GROUPS.values() for code in codes}:
        app, _, name = code.partition(".")
        if not name.startswith("act_as_"):
            assert apps.get_model(app, name.partition("_")[2])


def test_a_stranger_sees_nothing_and_nobody_is_let_in(api: Api, sam: User) -> None:
    claim = new_claim().pk
    for path in (
        *(f"claims/{claim}/{x}" for x in ("", "review/", "transitions/", "history/", "notes/")),
        *("claims/", "reviews/", "regroupings/", "bulk/", "notifications/", "history/"),
    ):
        assert api(sam).get(f"/api/v1/{path}").status_code == 403, path
        assert APIClient().get(f"/api/v1/{path}").status_code == 401, path
