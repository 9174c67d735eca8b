"""Notes for colleagues, what a person is told of, and the digest: one mail a person, never one an event."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core import mail
from rest_framework.test import APIClient

from reviews.models import Note, Notification
from reviews.services.digests import send_digests
from reviews.workflow import Status
from tests.conftest import person
from tests.reviews.conftest import MakeReview

Api = Callable[[User | None], APIClient]


def note(client: APIClient, claim: int, text: str) -> object:
    return client.post(f"/api/v1/claims/{claim}/notes/", {"text": text})


def test_a_note_tells_the_colleagues_whom_it_names(
    make_review: MakeReview, api: Api, rex: User, vera: User, sam: User
) -> None:
    claim = make_review().claim_id
    answer = note(api(rex), claim, "@vera and @sam: see a@ada.example, @nobody. @rex")
    assert answer.status_code == 201
    assert [n.user for n in Notification.objects.all()] == [vera], "sam may not see notes, rex wrote it"
    shown = api(vera).get("/api/v1/notifications/").json()["results"]
    assert (shown[0]["kind"], shown[0]["claim"]) == ("mentioned", claim)
    assert [n["author"] for n in api(vera).get(f"/api/v1/claims/{claim}/notes/").json()] == ["rex"]


def test_a_superuser_and_a_name_that_is_an_address_are_told_too(make_review: MakeReview, api: Api, rex: User) -> None:
    root = User.objects.create_superuser("root", "root@desk.example")
    mia = person("mia@desk.example", "reviewer")
    note(api(rex), make_review().claim_id, "@root, @mia@desk.example: look at mia@desk.example.")
    assert {n.user for n in Notification.objects.all()} == {root, mia}


@pytest.mark.parametrize("group", ["viewer", "ingest"])
def test_who_has_no_work_on_the_desk_writes_no_notes(group: str, make_review: MakeReview, api: Api) -> None:
    assert note(api(person("someone", group)), make_review().claim_id, "hello").status_code == 403
    assert not Note.objects.exists()


def test_an_empty_note_is_refused(make_review: MakeReview, api: Api, rex: User) -> None:
    assert note(api(rex), make_review().claim_id, "  ").status_code == 400
    assert note(api(rex), 99999, "hello").status_code == 404


def test_notifications_are_ones_own(make_review: MakeReview, api: Api, rex: User, vera: User, ada: User) -> None:
    note(api(rex), make_review().claim_id, "@vera")
    assert api(ada).get("/api/v1/notifications/").json()["count"] == 0
    assert api(ada).post("/api/v1/notifications/read/", {}).json() == {"read": 0}
    assert api(vera).post("/api/v1/notifications/read/", {}).json() == {"read": 1}


def test_a_proposal_tells_the_approvers_and_a_decision_its_author(make_review: MakeReview, rita: User) -> None:
    other = person("otto", "approver")
    make_review(Status.CORROBORATED)
    told = [(n.user.username, n.kind) for n in Notification.objects.order_by("id")]
    assert told == [("vera", "proposed"), (other.username, "proposed"), ("rita", "decided")]


def test_the_digest_is_one_mail_a_person(make_review: MakeReview, api: Api, rex: User, vera: User) -> None:
    claim = make_review().claim_id
    for number in range(3):
        note(api(rex), claim, f"@vera, point {number}")
    assert not mail.outbox, "no mail for an event"
    assert send_digests() == 1
    assert mail.outbox[0].to == ["vera@desk.example"]
    assert mail.outbox[0].subject == "Verifier: 3 things for you"
    assert "point 0" in mail.outbox[0].body
    assert send_digests() == 0, "nothing is mailed twice"


def test_a_person_chooses_what_to_hear_of_and_where(make_review: MakeReview, api: Api, rex: User, vera: User) -> None:
    claim = make_review().claim_id
    choices = api(vera).get("/api/v1/notifications/choices/").json()
    assert {c["kind"]: (c["in_admin"], c["by_mail"]) for c in choices}["mentioned"] == (True, True)
    chosen = {"kind": "mentioned", "in_admin": True, "by_mail": False}
    assert chosen in api(vera).post("/api/v1/notifications/choices/", chosen).json()
    note(api(rex), claim, "@vera")
    assert api(vera).get("/api/v1/notifications/").json()["count"] == 1
    assert send_digests() == 0

    api(vera).post("/api/v1/notifications/choices/", chosen | {"in_admin": False})
    note(api(rex), claim, "@vera again")
    assert api(vera).get("/api/v1/notifications/").json()["count"] == 1


def test_a_mail_server_that_refuses_loses_nothing(
    make_review: MakeReview, api: Api, rex: User, vera: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(api(rex), make_review().claim_id, "@vera")

    def refuse(self: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", refuse)
        assert send_digests() == 0
    assert send_digests() == 1


def test_an_address_that_is_none_keeps_nobody_elses_mail_back(
    make_review: MakeReview, api: Api, rex: User, vera: User
) -> None:
    otto = person("otto", "approver")
    User.objects.filter(pk=otto.pk).update(email="otto@desk.example\nBcc: all@elsewhere.example")
    note(api(rex), make_review().claim_id, "@otto @vera")
    assert send_digests() == 1
    assert [message.to for message in mail.outbox] == [["vera@desk.example"]]
    assert Notification.objects.get(user=otto).mailed_at is None


def test_whoever_left_the_desk_is_mailed_nothing_of_it(
    make_review: MakeReview, api: Api, rex: User, vera: User
) -> None:
    note(api(rex), make_review().claim_id, "@vera")
    vera.groups.clear()
    assert send_digests() == 0


def test_what_a_digest_tells_stays_words(make_review: MakeReview, api: Api, rex: User, vera: User) -> None:
    note(api(rex), make_review().claim_id, "@vera\nSubject: you won\n<script>alert(1)</script>")
    send_digests()
    message = mail.outbox[0].message()
    assert message["Subject"] == "Verifier: 1 thing for you"
    assert message.get_content_type() == "text/plain"
