"""Correcting on the desk: a page for a mention, for the words of a claim, and to add what the machine did not see."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Article, Claim, Correction, Mention
from reviews.models import Review
from reviews.services import open_review
from tests.claims import desk_data
from tests.conftest import person

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert('x')</script>"


@pytest.fixture
def review(db: None) -> Review:
    claim = desk_data.claim()
    return open_review(claim, claim.assessment)


@pytest.fixture
def mention(review: Review) -> Mention:
    return review.claim.mentions.get(value=155)


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(mention: Mention) -> str:
    return f"/admin/reviews/review/correct/mention/{mention.pk}/"


def typed(client: Client, mention: Mention, **changed: object) -> dict[str, object]:
    """The form as the page shows it, with some of it changed."""
    form = dict(client.get(page(mention)).context["forms"])["correct"]
    shown = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    return {**shown, "do": "correct", "why": "misread", **changed}


def test_an_editor_corrects_a_speaker_and_a_figure(review: Review, mention: Mention, ada: User) -> None:
    client = desk(ada)
    answer = client.post(page(mention), typed(client, mention, speaker="The pilot", value="165"), follow=True)
    assert answer.redirect_chain[0][0] == f"/admin/reviews/review/{review.pk}/change/#mention-{mention.pk}"
    told = answer.content.decode()
    assert "The pilot" in told
    assert "Corrected by ada: misread" in told
    assert "The machine read: Ines Marrow; 155" in told
    mention.refresh_from_db()
    assert (mention.value, mention.stance, mention.read is None) == (165, "asserts", False)
    assert set(Correction.objects.get().corrected) == {"speaker_id", "speaker_text", "value"}


def test_what_is_left_as_it_is_is_not_corrected(mention: Mention, ada: User) -> None:
    client = desk(ada)
    answer = client.post(page(mention), typed(client, mention))
    assert answer.status_code == 400
    assert "Nothing would be changed." in answer.content.decode()


def test_a_figure_that_is_emptied_is_none(mention: Mention, ada: User) -> None:
    client = desk(ada)
    assert client.post(page(mention), typed(client, mention, value="")).status_code == 302
    mention.refresh_from_db()
    assert mention.value is None


def test_other_words_lead_to_their_own_place(review: Review, mention: Mention, ada: User) -> None:
    client = desk(ada)
    words = "the number of foreign divers at 155"
    answer = client.post(f"{page(mention)}?from=article", typed(client, mention, quote=words))
    new = Mention.objects.get(quote=words)
    assert answer["Location"] == f"/admin/claims/article/{mention.article_id}/change/#mention-{new.pk}"


def test_junk_is_put_aside_shown_on_the_article_and_taken_back(review: Review, mention: Mention, ada: User) -> None:
    client = desk(ada)
    assert client.post(page(mention), {"do": "no_claim", "why": "a caption"}).status_code == 302
    shown = client.get(f"/admin/claims/article/{mention.article_id}/change/").content.decode()
    assert "Marked as no claim (1)" in shown
    done = Correction.objects.get()
    undo = {"do": f"undo {done.pk}", "correction": done.pk, "why": "it is one"}
    assert client.post(page(mention), undo).status_code == 302
    mention.refresh_from_db()
    assert mention.claim == review.claim


def test_a_mention_is_added_from_the_articles_page(review: Review, mention: Mention, ada: User) -> None:
    article = mention.article
    client = desk(ada)
    shown = client.get(f"/admin/claims/article/{article.pk}/change/").content.decode()
    assert 'id="form-add"' in shown
    words = article.text.split(".")[0][4:24].strip()
    body = {"do": "add", "quote": words, "stance": "asserts", "factuality": "asserted", "why": "missed"}
    answer = client.post(f"/admin/reviews/review/correct/article/{article.pk}/?from=article", body)
    new = Mention.objects.get(quote=words)
    assert answer["Location"] == f"/admin/claims/article/{article.pk}/change/#mention-{new.pk}"
    assert new.claim is not None
    assert new.claim.text.lower() == words.lower()


def test_what_was_typed_stays_where_words_stand_nowhere(review: Review, mention: Mention, ada: User) -> None:
    body = {"do": "add", "quote": "no such words", "stance": "asserts", "factuality": "asserted", "why": "my reason"}
    answer = desk(ada).post(f"/admin/reviews/review/correct/article/{mention.article_id}/", body)
    told = answer.content.decode()
    assert answer.status_code == 400
    assert "no such words" in told
    assert "my reason" in told
    assert "do not stand so in the article" in told


def test_a_claim_is_worded_and_shows_both_texts(review: Review, ada: User) -> None:
    before = review.claim.text
    address = f"/admin/reviews/review/correct/claim/{review.claim_id}/"
    answer = desk(ada).post(address, {"do": "text", "text": "155 divers came.", "why": "clearer"}, follow=True)
    told = answer.content.decode()
    assert "155 divers came." in told
    assert "The machine’s text" in told
    assert Claim.objects.get(pk=review.claim_id).read_text != before or before in told


def test_who_comes_too_late_keeps_what_they_typed(review: Review, mention: Mention, ada: User) -> None:
    client = desk(ada)
    body = typed(client, mention, speaker="The pilot")
    Review.objects.filter(pk=review.pk).update(version=review.version + 1)
    answer = client.post(page(mention), body)
    assert answer.status_code == 409
    assert "The pilot" in answer.content.decode()
    assert dict(answer.context["forms"])["correct"]["version"].value() == review.version + 1


@pytest.mark.parametrize(("group", "status"), [("editor", 200), ("reviewer", 403), ("approver", 403), ("viewer", 403)])
def test_the_pages_are_for_editors_and_who_holds_the_claim(
    group: str, status: int, review: Review, mention: Mention
) -> None:
    client = desk(person("someone", group))
    assert client.get(page(mention)).status_code == status
    link = f'href="{page(mention)}"'
    assert (link in client.get(f"/admin/reviews/review/{review.pk}/change/").content.decode()) == (status == 200)
    assert client.post(page(mention), {"do": "no_claim", "why": "junk"}).status_code == (302 if status == 200 else 403)


def test_who_holds_a_claim_finds_the_link_and_the_form(review: Review, mention: Mention, rex: User) -> None:
    client = desk(rex)
    client.post(f"/admin/reviews/review/{review.pk}/change/", {"action": "take", "version": review.version})
    assert f'href="{page(mention)}"' in client.get(f"/admin/reviews/review/{review.pk}/change/").content.decode()
    assert client.get(page(mention)).status_code == 200


def test_hostile_words_stay_words(review: Review, mention: Mention, ada: User) -> None:
    client = desk(ada)
    client.post(page(mention), typed(client, mention, speaker=HOSTILE, counted=HOSTILE, why=HOSTILE))
    client.post(
        f"/admin/reviews/review/correct/claim/{review.claim_id}/", {"do": "text", "text": HOSTILE, "why": HOSTILE}
    )
    for address in (page(mention), f"/admin/reviews/review/{review.pk}/change/"):
        assert HOSTILE not in client.get(address).content.decode()


def test_editors_have_articles_read_again(mention: Mention, ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr("claims.services.steps.send", lambda *sent: asked.append(sent) or True)
    body = {"action": "read_again", "_selected_action": [mention.article_id]}
    answer = desk(ada).post("/admin/claims/article/", body, follow=True)
    assert asked == [("claims.tasks.reread_article", mention.article_id)]
    assert "1 article will be read again" in answer.content.decode()


def test_what_there_is_not_is_not_found(review: Review, ada: User) -> None:
    for kind in ("mention", "claim", "article"):
        assert desk(ada).get(f"/admin/reviews/review/correct/{kind}/999999/").status_code == 404
    assert Article.objects.exists()
