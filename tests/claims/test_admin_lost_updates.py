"""Two people save one record: the later one is shown what the other changed, and keeps what they typed."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client

from claims.models import Source, Speaker, SpeakerAlias
from tests.conftest import person

pytestmark = pytest.mark.django_db
INPUT = re.compile(r"<input\b[^>]*>")


@pytest.fixture
def first(ada: User) -> Client:
    return desk_of(ada)


@pytest.fixture
def second(db: None) -> Client:
    return desk_of(person("edda", "editor"))


@pytest.fixture
def paper(db: None) -> Source:
    return Source.objects.create(name="Quay Courier", key="quay courier", domain="courier.example", kind="outlet")


def desk_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def shown(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send back if nothing were typed."""
    page = client.get(url).content.decode()
    form = page[page.index('<form method="post" id="') :].partition("</form>")[0]
    fields: dict[str, Any] = {}
    for tag in INPUT.findall(form):
        attributes = {name: html.unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        kind = attributes.get("type", "text")
        if "name" in attributes and (kind in {"text", "hidden", "number", "url"} or "checked" in tag):
            fields[attributes["name"]] = attributes.get("value", "on" if kind == "checkbox" else "")
    for name, options in re.findall(r'<select name="([\w-]+)".*?>(.*?)</select>', form, re.DOTALL):
        fields[name] = next(iter(re.findall(r'value="([^"]*)" selected', options)), "")
    return fields


def value(answer: HttpResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    return html.unescape(found[1]) if found else ""


def address(record: Source | Speaker) -> str:
    return f"/admin/claims/{record._meta.model_name}/{record.pk}/change/"


def test_the_later_one_is_shown_the_others_change_and_keeps_their_words(
    first: Client, second: Client, paper: Source
) -> None:
    mine, theirs = shown(first, address(paper)), shown(second, address(paper))
    assert second.post(address(paper), {**theirs, "kind": "agency"}).status_code == 302
    answer = first.post(address(paper), {**mine, "name": "The Quay Courier"})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "Somebody was faster (edda, " in page
    assert "kind was “outlet” and is now “agency”" in page
    assert value(answer, "name") == "The Quay Courier"
    paper.refresh_from_db()
    assert (paper.name, paper.kind) == ("Quay Courier", "agency")


def test_sent_again_it_is_saved_and_what_the_other_changed_stays(first: Client, second: Client, paper: Source) -> None:
    mine, theirs = shown(first, address(paper)), shown(second, address(paper))
    second.post(address(paper), {**theirs, "kind": "agency"})
    answer = first.post(address(paper), {**mine, "name": "The Quay Courier"})
    again = {**mine, "name": value(answer, "name"), "_seen": value(answer, "_seen")}
    again["kind"] = re.findall(r'value="(\w+)" selected', answer.content.decode())[0]
    assert first.post(address(paper), again).status_code == 302
    paper.refresh_from_db()
    assert (paper.name, paper.kind) == ("The Quay Courier", "agency")


def test_where_both_typed_the_same_field_both_words_are_shown(first: Client, second: Client, paper: Source) -> None:
    mine, theirs = shown(first, address(paper)), shown(second, address(paper))
    second.post(address(paper), {**theirs, "name": "Courier of the Quay"})
    answer = first.post(address(paper), {**mine, "name": "The <b>Quay</b>"})
    assert "name was “Quay Courier” and is now “Courier of the Quay”" in html.unescape(answer.content.decode())
    assert value(answer, "name") == "The <b>Quay</b>"
    assert "<b>Quay</b>" not in answer.content.decode()


def test_a_row_below_the_record_counts_too(first: Client, second: Client) -> None:
    speaker = Speaker.objects.create(canonical="Ines Marrow", kind="person")
    SpeakerAlias.objects.create(speaker=speaker, name="I. Marrow")
    mine, theirs = shown(first, address(speaker)), shown(second, address(speaker))
    added = {"aliases-TOTAL_FORMS": "2", "aliases-1-id": "", "aliases-1-speaker": str(speaker.pk)}
    assert second.post(address(speaker), {**theirs, **added, "aliases-1-name": "Mayor Marrow"}).status_code == 302
    answer = first.post(address(speaker), {**mine, **added, "aliases-1-name": "Ines M."})
    assert answer.status_code == 409
    assert "“I. Marrow” and is now “I. Marrow, Mayor Marrow”" in html.unescape(answer.content.decode())
    assert value(answer, "aliases-1-name") == "Ines M."
    assert set(speaker.aliases.values_list("name", flat=True)) == {"I. Marrow", "Mayor Marrow"}
    again = {**mine, **added, "aliases-1-name": "Ines M.", "_seen": value(answer, "_seen")}
    assert first.post(address(speaker), again).status_code == 302
    assert speaker.aliases.count() == 3


def test_who_changes_nothing_that_somebody_else_saw_is_not_stopped(
    first: Client, second: Client, paper: Source
) -> None:
    mine, theirs = shown(first, address(paper)), shown(second, address(paper))
    assert second.post(address(paper), theirs).status_code == 302
    assert first.post(address(paper), {**mine, "name": "The Courier"}).status_code == 302


def test_values_that_nobody_saw_are_no_ticket(first: Client, paper: Source) -> None:
    mine = {**shown(first, address(paper)), "name": "X"}
    for forged in ("x", mine["_seen"][:-2], mine["_seen"].replace(":", ".")):
        assert first.post(address(paper), {**mine, "_seen": forged}).status_code == 409
    paper.refresh_from_db()
    assert paper.name == "Quay Courier"


def test_so_it_is_for_the_groups_of_an_account_and_for_a_group(db: None) -> None:
    first, second = (desk_of(person(name, "administrator")) for name in ("adm", "bea"))
    sam = person("sam", "viewer")
    url = f"/admin/auth/user/{sam.pk}/change/"
    page = first.get(url).content.decode()
    seen = re.findall(r'name="_seen" value="([^"]+)"', page)[0]
    viewer, reviewer = (Group.objects.get(name=name) for name in ("viewer", "reviewer"))
    mine = {"username": "sam", "email": sam.email, "is_active": "on", "is_staff": "on", "groups": [str(viewer.pk)]}
    rows = {"account-TOTAL_FORMS": "0", "account-INITIAL_FORMS": "0"}
    theirs = {**mine, **rows, "_seen": seen, "groups": [str(viewer.pk), str(reviewer.pk)]}
    assert second.post(url, theirs).status_code == 302
    late = first.post(url, {**mine, **rows, "_seen": seen, "first_name": "Sam"})
    assert late.status_code == 409
    assert "groups was “viewer” and is now “reviewer, viewer”" in html.unescape(late.content.decode())
    assert set(sam.groups.all()) == {viewer, reviewer}

    night = Group.objects.create(name="night shift")
    url = f"/admin/auth/group/{night.pk}/change/"
    seen = re.findall(r'name="_seen" value="([^"]+)"', first.get(url).content.decode())[0]
    assert second.post(url, {"name": "late shift", "_seen": seen}).status_code == 302
    assert first.post(url, {"name": "early shift", "_seen": seen}).status_code == 409
    night.refresh_from_db()
    assert night.name == "late shift"
