"""Every address of the desk and of the API, every method, every group: one table says who may, the rest may not.

An address that is in no row fails a test: whoever adds one says here whom it serves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.test import APIClient
from zeal import zeal_ignore

from claims.models import Correction, Intake
from claims.services.regrouping import split_claim
from reviews.models import BulkJob, Review
from reviews.people import GROUPS
from reviews.workflow import Status
from tests.conftest import person
from tests.house.test_docs import addresses, plain
from tests.reviews.conftest import MakeReview

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

Api = Callable[[User | None], APIClient]
NO_GROUP = "staff of no group"
EVERYBODY = frozenset({*GROUPS, NO_GROUP})
VIEWERS = frozenset({"viewer", "reviewer", "approver", "editor", "administrator"})
FEED = VIEWERS | {"ingest"}
EDITORS = frozenset({"editor", "administrator"})
REVIEWERS = frozenset({"reviewer", "administrator"})
APPROVERS = frozenset({"approver", "administrator"})
WORKERS = VIEWERS - {"viewer"}
POSTERS = EDITORS | {"ingest"}
ADMINISTRATORS = frozenset({"administrator"})
NOBODY = frozenset[str]()


@pytest.fixture(autouse=True)
def _stock_pages() -> Iterator[None]:
    """Django's own pages ask for the user at hand again and again."""
    with zeal_ignore():
        yield


def someone(group: str) -> User:
    user = person("someone", *([] if group == NO_GROUP else [group]))
    User.objects.filter(pk=user.pk).update(is_staff=True)
    return User.objects.get(pk=user.pk)


# --- The desk --------------------------------------------------------------------------------------------------------

SEE = ("list", "page", "history")
PAGES: dict[str, dict[str, frozenset[str]]] = {
    **{f"claims.{name}": dict.fromkeys(SEE, VIEWERS) for name in (
        "assessment", "claim", "judgement", "matchnote", "mention", "origin", "regrouping", "rematch", "speaker",
        "story",
    )},
    **{f"claims.{name}": dict.fromkeys(SEE, FEED) for name in ("article", "source")},
    **{
        f"claims.{name}": {**dict.fromkeys(SEE, VIEWERS), "add": EDITORS, "delete": EDITORS}
        for name in ("leader", "platform")
    },
    **{f"reviews.{name}": dict.fromkeys(SEE, VIEWERS) for name in ("bulkjob", "review", "reviewevent")},
    "reviews.imprint": dict.fromkeys(SEE, VIEWERS),
    "reviews.accesstoken": dict.fromkeys(("list", "add"), EVERYBODY),
    "auth.user": dict.fromkeys((*SEE, "add", "delete"), ADMINISTRATORS),
    "auth.group": dict.fromkeys((*SEE, "add", "delete"), ADMINISTRATORS),
    **{f"axes.{name}": {} for name in ("accessattempt", "accesslog", "accessfailurelog")},
}  # fmt: skip
"""Model -> what may be asked of it -> by whom; what is not named, by nobody."""

VERBS = {"list": "", "add": "add/", "page": "{}/change/", "history": "{}/history/", "delete": "{}/delete/"}

OTHER_PAGES: dict[str, tuple[str, frozenset[str]]] = {
    "": ("get", EVERYBODY),
    "login/": ("get", EVERYBODY),
    "logout/": ("post", EVERYBODY),
    "password_change/": ("get", EVERYBODY),
    "password_change/done/": ("get", EVERYBODY),
    "jsi18n/": ("get", EVERYBODY),
    "autocomplete/": ("get", NOBODY),
    "r/ID/ID/": ("get", NOBODY),
    "auth/user/ID/password/": ("get", ADMINISTRATORS),
    "reviews/review/next/": ("post", VIEWERS),
    "reviews/review/bulk/": ("post", NOBODY),  # without an action there is nothing to do
    "reviews/review/check/": ("get", VIEWERS),
    "reviews/review/news/": ("get", VIEWERS),
    "reviews/review/correct/mention/ID/": ("get", EDITORS),  # and whoever holds the claim
    "reviews/review/correct/claim/ID/": ("get", EDITORS),  # and whoever holds the claim
    "reviews/review/correct/article/ID/": ("get", REVIEWERS | EDITORS),
    "reviews/review/ID/publication/": ("get", EDITORS),
    "reviews/review/ID/regroup/": ("get", EDITORS),
    "reviews/review/duplicates/": ("get", EDITORS),
    "reviews/review/duplicates/answer/": ("post", NOBODY),  # without two claims there is nothing to answer
    "reviews/review/targets/": ("get", EDITORS),
    "reviews/review/undo/": ("post", NOBODY),  # without something that was done there is nothing to undo
    "claims/article/take-in/": ("get", POSTERS),
    "claims/article/take-in/ID/": ("get", POSTERS),
    "auth/": ("get", ADMINISTRATORS),
    "claims/": ("get", FEED),
    "reviews/": ("get", EVERYBODY),
    "axes/": ("get", NOBODY),
}


def things(review: Review) -> dict[str, Model | None]:
    """An object of each model, as far as a desk with one claim has one."""
    found: dict[str, Model | None] = {}
    for model in admin.site._registry:
        found[model._meta.label_lower] = model._default_manager.order_by("pk").first()
    found["reviews.review"] = review
    return found


@pytest.fixture
def desk(make_review: MakeReview, rita: User) -> dict[str, Model | None]:
    review = make_review(Status.CORROBORATED, outlets=3)
    split_claim(review.claim_id, [review.claim.mentions.earliest("pk").pk], by=rita)
    BulkJob.objects.create(actor=rita, action="take", together=False)
    return things(review)


def admin_addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from admin_addresses(pattern.url_patterns, route)
        else:
            yield route


def test_every_page_of_the_desk_is_in_the_table() -> None:
    assert {model._meta.label_lower for model in admin.site._registry} == set(PAGES)
    stock = {f"{label.replace('.', '/')}/{verb.format('ID')}" for label in PAGES for verb in (*VERBS.values(), "{}/")}
    routes = {route for route in admin_addresses(admin.site.urls[0]) if not route.startswith("^(?P<app_label>")}
    known = {plain(route).lstrip("/") for route in routes - {"(?P<url>.*)$"}}
    assert known - stock == {route for route in OTHER_PAGES if route not in {f"{p.partition('.')[0]}/" for p in PAGES}}


@pytest.mark.parametrize("group", sorted(EVERYBODY))
def test_every_page_of_a_model_is_open_to_those_of_the_table_alone(group: str, desk: dict[str, Model | None]) -> None:
    client, wrong = Client(), []
    client.force_login(someone(group))
    for label, row in PAGES.items():
        thing = desk[label]
        for verb, address in VERBS.items():
            if "{}" in address and thing is None:
                continue
            url = f"/admin/{label.replace('.', '/')}/{address.format(thing.pk if thing else '')}"
            status = client.get(url).status_code
            allowed = group in row.get(verb, NOBODY)
            if status != (200 if allowed else 403) and (label, status) != ("reviews.accesstoken", 302):
                wrong.append((url, status))
            if not allowed and client.post(url, {"post": "yes"}).status_code != 403:
                wrong.append((url, "POST"))
    assert wrong == []


@pytest.mark.parametrize("group", sorted(EVERYBODY))
def test_every_other_page_is_open_to_those_of_the_table_alone(
    group: str, desk: dict[str, Model | None], make_review: MakeReview, rex: User
) -> None:
    review, wrong, me = desk["reviews.review"], [], someone(group)
    assert isinstance(review, Review)
    for route, (method, allowed) in OTHER_PAGES.items():
        client = Client()
        client.force_login(me)
        number = rex.pk if route.startswith("auth") else review.pk
        if "correct/" in route:
            mention = review.claim.mentions.earliest("pk")
            number = {"mention": mention.pk, "article": mention.article_id}.get(route.split("/")[3], review.claim_id)
        Intake.objects.get_or_create(pk=number)
        status = getattr(client, method)(f"/admin/{route.replace('ID', str(number))}").status_code
        if (status in {200, 302}) != (group in allowed) or (group not in allowed and status not in {403, 404}):
            wrong.append((route, status))
    assert wrong == []


@pytest.mark.parametrize("group", sorted(EVERYBODY))
def test_an_action_on_a_list_is_offered_and_done_to_those_of_the_table_alone(
    group: str, desk: dict[str, Model | None], rex: User
) -> None:
    actions = {
        ("claims/article", "retry_failed_steps"): EDITORS,
        ("reviews/review", "take"): REVIEWERS,
        ("reviews/review", "approve"): APPROVERS,
        ("reviews/review", "reassign"): EDITORS,
        ("auth/user", "delete_selected"): ADMINISTRATORS,
        ("auth/group", "delete_selected"): ADMINISTRATORS,
        **{(f"claims/{name}", "delete_selected"): NOBODY for name in ("article", "claim", "judgement", "source")},
        ("reviews/reviewevent", "delete_selected"): NOBODY,
        ("reviews/review", "delete_selected"): NOBODY,
    }
    client, wrong = Client(), []
    client.force_login(someone(group))
    for (place, action), allowed in actions.items():
        thing = rex if place == "auth/user" else desk[place.replace("/", ".")]
        assert thing is not None
        before = type(thing)._default_manager.count()
        answer = client.post(f"/admin/{place}/", {"action": action, "_selected_action": [thing.pk]})
        told = b"failed step" in client.get("/admin/").content
        listed = answer.status_code == 200 and "cl" in answer.context  # the list again: there is no such action
        done = told if action == "retry_failed_steps" else answer.status_code == 200 and not listed
        if done != (group in allowed):
            wrong.append((place, action, answer.status_code))
        assert type(thing)._default_manager.count() == before
    assert wrong == []


@pytest.mark.parametrize(
    "field", ["reviews.review.assignee", "claims.judgement.by", "reviews.accesstoken.user", "auth.user.groups"]
)
def test_names_cannot_be_fished_out_by_completion(field: str, ada: User) -> None:
    client = Client()
    client.force_login(ada)
    asked = dict(zip(("app_label", "model_name", "field_name"), field.split("."), strict=True))
    assert client.get("/admin/autocomplete/", {**asked, "term": "a"}).status_code == 403


@pytest.mark.parametrize(
    "asked",
    [
        "reviews/review/?assignee__password__startswith=a",
        "reviews/review/?proposer__is_superuser=1",
        "reviews/review/?assignee__auth_token_set__digest__startswith=a",
        "auth/user/?password__startswith=a",
        "auth/user/?auth_token_set__token_key__startswith=a",
        "reviews/bulkjob/?actor__password__contains=a",
        "claims/judgement/?by__email__startswith=a",
        "reviews/accesstoken/?user__password__startswith=a",
    ],
)
def test_no_list_answers_questions_about_secrets(asked: str, db: None) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(person("adam", "administrator"))
    assert client.get(f"/admin/{asked}").status_code in {302, 400}


# --- The API ---------------------------------------------------------------------------------------------------------

Row = dict[str, frozenset[str]]
READ: Row = {"GET": VIEWERS}
ACTIONS: dict[str, frozenset[str]] = {
    "take": REVIEWERS, "propose": REVIEWERS, "dismiss": REVIEWERS, "restore": REVIEWERS, "reopen": REVIEWERS,
    "confirm": REVIEWERS, "approve": APPROVERS, "reject": APPROVERS, "retract": REVIEWERS, "reassign": EDITORS,
    "release": REVIEWERS | EDITORS, "merge": EDITORS, "split": EDITORS, "move": EDITORS,
    "text": REVIEWERS | EDITORS,
    "publish": EDITORS,
}  # fmt: skip
API: dict[str, Row] = {
    "articles/": {"GET": FEED, "POST": POSTERS},
    "articles/ID/": {"GET": FEED},
    **{f"articles/ID/{name}/": {"POST": EDITORS} for name in ("correct", "describe", "restore", "withdraw")},
    "bulk/": {"GET": VIEWERS, "POST": REVIEWERS},  # to take
    "bulk/ID/": READ,
    "check/": {"POST": VIEWERS},
    "claims/": READ,
    "claims/ID/": READ,
    **{f"claims/ID/{name}/": {"POST": groups} for name, groups in ACTIONS.items()},
    **{f"claims/ID/{name}/": READ for name in ("candidates", "history", "other_verdicts", "review", "transitions")},
    "claims/ID/not_same/": {"GET": VIEWERS, "POST": EDITORS},
    "claims/ID/not_same/withdraw/": {"POST": EDITORS},
    "candidates/": READ,
    "candidates/ID/skip/": {"POST": EDITORS},
    "claims/ID/notes/": {"GET": VIEWERS, "POST": WORKERS},
    "corrections/": READ,
    "corrections/ID/": READ,
    "corrections/ID/undo/": {"POST": REVIEWERS | EDITORS},
    "history/": READ,
    "me/": {"GET": EVERYBODY},
    "mentions/": {"POST": EDITORS},  # into a new claim; into one that they hold, reviewers too
    "mentions/ID/": READ,
    "mentions/ID/correct/": {"POST": REVIEWERS | EDITORS},
    "mentions/ID/no_claim/": {"POST": REVIEWERS | EDITORS},
    "notifications/": READ,
    "notifications/choices/": {"GET": VIEWERS, "POST": VIEWERS},
    "notifications/read/": {"POST": VIEWERS},
    "publications/": READ,
    "publications/ID/": READ,
    "publications/ID/correct/": {"POST": EDITORS},
    "publications/ID/withdraw/": {"POST": EDITORS},
    "regroupings/": READ,
    "regroupings/ID/": READ,
    "regroupings/ID/undo/": {"POST": EDITORS},
    "reviews/": READ,
    "reviews/next/": {"POST": REVIEWERS},
    "sources/": {"GET": FEED},
    "sources/ID/": {"GET": FEED},
    "stories/": READ,
    "stories/ID/": READ,
    "schema/": {"GET": EVERYBODY},
    "docs/": {"GET": EVERYBODY},
}
BODIES: dict[str, dict[str, object]] = {
    "check": {"claim": "The ferry was late."},
    "confirm": {"note": "n"}, "dismiss": {"reason": "opinion"}, "claims/ID/restore": {"note": "n"},
    "articles/ID/restore": {"why": "w"}, "bulk": {"action": "take", "together": False, "claims": [{"claim": "CLAIM"}]},
    "reopen": {"reason": "r"}, "reject": {"note": "n"}, "reassign": {"assignee": "rita"}, "notes": {"text": "t"},
    "propose": {"verdict": "refuted", "rationale": "r", "links": ["https://example.org/"]}, "withdraw": {"why": "w"},
    "correct": {"why": "w", "text": "A report in other words."}, "undo": {"why": "w"}, "no_claim": {"why": "w"},
    "describe": {"why": "w", "title": "Another title"},
    "mentions/ID/correct": {"why": "w", "stance": "open"}, "text": {"why": "w", "text": "Other words."},
    "mentions": {"why": "w", "article": "ARTICLE", "quote": "Report"},
    "merge": {"why": "w", "into": "OTHER"}, "not_same": {"why": "w", "claim": "OTHER"},
    "claims/ID/not_same/withdraw": {"claim": "OTHER"},
    "split": {"why": "w", "mentions": ["MENTION"]},
    "move": {"why": "w", "mention": "MENTION", "into": "OTHER"},
}  # fmt: skip
OFTEN_OWN = {"not_the_assignee", "not_the_proposer", "own_proposal"}
"""What is refused to this person now, and not to their role."""


def test_every_address_of_the_api_is_in_the_table() -> None:
    routes = {plain(route) for route in addresses(get_resolver().url_patterns)}
    ours = {route.removeprefix("/api/v1/") for route in routes if route.startswith("/api/v1/") and ".ID" not in route}
    assert ours - {""} == set(API)


@pytest.mark.parametrize("group", sorted(EVERYBODY))
def test_every_method_of_the_api_is_open_to_those_of_the_table_alone(
    group: str, make_review: MakeReview, api: Api
) -> None:
    wrong, client, other, review = [], api(someone(group)), make_review(), make_review(Status.PROPOSED, outlets=2)
    client.raise_request_exception = False
    for route, row in API.items():
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            if method == "POST" and route.startswith(("claims", "articles/ID", "mentions", "corrections")):
                review = make_review(Status.PROPOSED, outlets=2)
            number = number_for(route, review)
            given = body_for(route, review, other) if method == "POST" else None
            headers = {"HTTP_IF_MATCH": f'"{review.version}"'} if route.startswith("claims/ID/") else {}
            answer = getattr(client, method.lower())(f"/api/v1/{route.replace('ID', str(number))}", given, **headers)
            if not _as_it_must_be(answer, group, row.get(method)):
                wrong.append((method, route, answer.status_code))
    assert wrong == []


def number_for(route: str, review: Review) -> int:
    """The number of what the address is about: each has something to do with the review."""
    mention = review.claim.mentions.earliest("pk")
    if route.startswith("corrections"):
        said = {"claim": review.claim, "mention": mention, "why": "w"}
        return Correction.objects.get_or_create(kind="no_claim", mention=mention, defaults=said)[0].pk
    return {"articles": mention.article_id, "mentions": mention.pk}.get(route.partition("/")[0], review.claim_id)


def body_for(route: str, review: Review, other: Review) -> object:
    """A body that is right but for who sends it."""
    path = route.rstrip("/")
    text = json.dumps(BODIES.get(path, BODIES.get(path.rpartition("/")[2], {})))
    mention = review.claim.mentions.earliest("pk")
    numbers = {"CLAIM": review.claim_id, "OTHER": other.claim_id, "MENTION": mention.pk, "ARTICLE": mention.article_id}
    for word, number in numbers.items():
        text = text.replace(f'"{word}"', str(number))
    return json.loads(text)


def _as_it_must_be(answer: object, group: str, allowed: frozenset[str] | None) -> bool:
    if allowed is None:
        return answer.status_code in {403, 405}
    if group not in allowed:
        return answer.status_code == 403
    if answer.status_code == 403:
        return answer.json()["errors"][0]["code"] in OFTEN_OWN
    return answer.status_code not in {401, 405} and answer.status_code < 500
