"""Add an article on the desk: pasted as text or as a page, or sent as files, which a job takes in."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from claims import tasks
from claims.models import Article, Intake, IntakeFile
from claims.services import intakes, steps

pytestmark = pytest.mark.django_db

HERE = "/admin/claims/article/take-in/"
TEXT = "Bridge closed\n\nThe river bridge at Aldham was closed on Monday, the town council said."


@pytest.fixture
def desk(ada: User) -> Client:
    client = Client()
    client.force_login(ada)
    return client


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was queued."""
    found: list[Any] = []
    monkeypatch.setattr(steps, "send", lambda *asked: found.append(asked) or True)
    return found


def upload(name: str, content: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def test_a_pasted_text_is_an_article_and_its_page_says_that_it_is_being_read(desk: Client) -> None:
    given = {"text": TEXT, "source": "Aldham Post", "title": "Bridge closed", "published": "2025-04-10"}
    told = desk.post(HERE, given, follow=True)
    article = Article.objects.get()
    assert told.redirect_chain[0][0] == f"/admin/claims/article/{article.pk}/change/"
    assert (article.source.name, article.title, article.text) == ("Aldham Post", "Bridge closed", TEXT)
    assert "It is being read." in told.content.decode()


def test_a_pasted_page_is_read_as_a_page(desk: Client) -> None:
    body = "".join(
        f"<p>The bridge at Aldham was closed on day {n}, the council said to the paper.</p>" for n in range(9)
    )
    page = (
        f"<!DOCTYPE html><html><head><title>Bridge closed</title></head><body><article>{body}</article></body></html>"
    )
    desk.post(HERE, {"text": page, "source": "Aldham Post"})
    article = Article.objects.get()
    assert "<p>" not in article.text
    assert article.title == "Bridge closed"


def test_what_is_known_already_is_said_to_be(desk: Client) -> None:
    desk.post(HERE, {"text": TEXT, "source": "Aldham Post"})
    told = desk.post(HERE, {"text": TEXT, "source": "Aldham Post"}, follow=True).content.decode()
    assert "This article was known already." in told
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "Paste an article, or choose files"),
        ({"text": TEXT, "uploads": "a file"}, "Paste an article, or choose files"),
        ({"text": TEXT, "published": "soon"}, "Not a date: soon"),
        ({"text": TEXT, "url": "aldham"}, "not an http or https address"),
        ({"text": "<p>" * 20_001}, "too many tags"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_and_stays_typed(given: dict[str, Any], message: str, desk: Client) -> None:
    if "uploads" in given:
        given = {**given, "uploads": [upload("a.txt", TEXT)]}
    answer = desk.post(HERE, {"source": "Aldham Post", **given})
    told = answer.content.decode()
    assert answer.status_code == 400
    assert message in told
    assert 'value="Aldham Post"' in told
    assert not Article.objects.exists()


def test_files_are_taken_in_by_a_job_as_the_command_takes_them(
    desk: Client, sent: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    lines = "\n".join(json.dumps({"source": "Port Gazette", "text": f"{TEXT} Day {n}."}) for n in range(3))
    files = [upload("one.txt", TEXT), upload("many.jsonl", f"{lines}\nnot json"), upload("../paper.pdf", b"%PDF")]
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(HERE, {"uploads": files, "source": "Aldham Post"})
    intake = Intake.objects.get()
    assert answer["Location"] == f"{HERE}{intake.pk}/"
    assert sent == [(intakes.TASK, intake.pk)]
    assert "waiting" in desk.get(answer["Location"]).content.decode()
    tasks.take_in(intake.pk)
    told = desk.get(answer["Location"]).content.decode()
    assert Article.objects.count() == 4
    assert {a.source.name for a in Article.objects.all()} == {"Aldham Post", "Port Gazette"}
    assert "<strong>many.jsonl</strong>: 3 new, 0 known, 1 refused" in told
    assert "many.jsonl:4: not JSON" in told
    assert "unknown kind of file" in told
    assert "verifier-intake" not in told, "no path of the server is shown"
    assert not IntakeFile.objects.filter(content__isnull=False).exists()


def test_a_job_that_comes_twice_doubles_nothing(ada: User) -> None:
    intake = intakes.receive([("one.txt", TEXT.encode())], intakes.NewArticle(), by=ada)
    intakes.take_in(intake.pk)
    before = list(IntakeFile.objects.values())
    intakes.take_in(intake.pk)
    assert (list(IntakeFile.objects.values()), Article.objects.count()) == (before, 1)


def test_a_job_goes_on_where_it_stopped(ada: User) -> None:
    intake = intakes.receive([(f"{n}.txt", f"{TEXT} {n}".encode()) for n in range(3)], intakes.NewArticle(), by=ada)
    turns = iter([True, False])
    assert not intakes.take_in(intake.pk, go_on=lambda: next(turns))
    assert Article.objects.count() == 1
    assert intakes.take_in(intake.pk)
    assert Article.objects.count() == 3


def test_a_lost_job_is_queued_again_once_in_a_while(ada: User, sent: list[Any]) -> None:
    intake = intakes.receive([("one.txt", TEXT.encode())], intakes.NewArticle(), by=ada)
    assert intakes.resend_lost() == 0
    Intake.objects.update(worked_at=timezone.now() - timedelta(minutes=6))
    assert (intakes.resend_lost(), intakes.resend_lost()) == (1, 0)
    assert sent == [(intakes.TASK, intake.pk)]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param([(f"{n}.txt", b"x") for n in range(intakes.MOST_FILES + 1)], id="too many"),
        pytest.param([("large.txt", b"x" * (intakes.MOST_BYTES + 1))], id="too large"),
    ],
)
def test_more_than_a_desk_should_carry_is_refused(files: list[tuple[str, bytes]], ada: User) -> None:
    with pytest.raises(intakes.IngestError) as refused:
        intakes.receive(files, intakes.NewArticle(), by=ada)
    assert refused.value.field == "uploads"
    assert not Intake.objects.exists()


def test_the_page_is_for_those_who_may_post_articles(rex: User, ingo: User) -> None:
    for user, status in ((rex, 403), (ingo, 200)):
        client = Client()
        client.force_login(user)
        assert client.get(HERE).status_code == status
