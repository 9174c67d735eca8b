"""A reason that nobody can see is no reason: whatever asks for one refuses blanks and invisible characters."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from claims.engine import names
from claims.models import Article, Regrouping
from reviews.models import Note, Review, ReviewEvent
from reviews.workflow import Status
from tests.reviews.conftest import MakeReview

pytestmark = pytest.mark.django_db
Api = Callable[[User | None], APIClient]

UNSEEN = {
    "blank": "  ",
    "zero width": "\u200b",
    "soft hyphens": "\u00ad\u00ad",
    "no-break": "\u00a0\u202f",
    "braille blank": "\u2800",
    "direction marks": "\u2066\u2069 \u200e",
    "hangul filler": "\u3164",
    "mixed": " \u200d\n\ufeff\t",
}
unseen = pytest.mark.parametrize("reason", UNSEEN.values(), ids=UNSEEN.keys())


@unseen
def test_nothing_is_decided_for_a_reason_that_nobody_sees(
    reason: str, make_review: MakeReview, api: Api, rita: User, vera: User, ada: User
) -> None:
    held, proposed, decided = (make_review(s) for s in (Status.IN_REVIEW, Status.PROPOSED, Status.CORROBORATED))
    other = make_review()
    before = ReviewEvent.objects.count()
    evidence = {"verdict": "disputed", "links": ["https://records.example/1"]}
    version = {"HTTP_IF_MATCH": f'"{proposed.version}"'}
    answers = [
        api(rita).post(f"/api/v1/claims/{held.claim_id}/propose/", evidence | {"rationale": reason}),
        api(vera).post(f"/api/v1/claims/{proposed.claim_id}/reject/", {"note": reason}, **version),
        api(rita).post(f"/api/v1/claims/{decided.claim_id}/reopen/", {"reason": reason}),
        api(ada).post(f"/api/v1/claims/{other.claim_id}/merge/", {"into": held.claim_id, "why": reason}),
        api(rita).post(f"/api/v1/claims/{held.claim_id}/notes/", {"text": reason}),
        api(ada).post(f"/api/v1/articles/{Article.objects.latest('pk').pk}/withdraw/", {"why": reason}),
    ]
    assert [answer.status_code for answer in answers] == [400] * len(answers)
    assert ReviewEvent.objects.count() == before
    assert not Note.objects.exists()
    assert not Regrouping.objects.exists()
    assert not Article.objects.filter(withdrawn_at__isnull=False).exists()
    assert Review.objects.get(pk=held.pk).status == Status.IN_REVIEW


@pytest.mark.parametrize("text", ["x", "\u200bx", "—", "№", "é", "👍"])
def test_what_can_be_seen_is_a_reason(text: str) -> None:
    assert not names.blank(text)
