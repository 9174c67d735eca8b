"""A claim that was merged into another is counted nowhere: every door gives one number."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from claims.models import Claim, Story
from reviews.services import regrouping
from reviews.services.regrouping import Regroup
from tests.conftest import person
from tests.reviews.conftest import new_claim

pytestmark = pytest.mark.django_db
LEFT = 3


@pytest.fixture
def story(db: None) -> Story:
    """A story of four claims, of which two were merged; and a claim of no story."""
    made = Story.objects.create(title="The harbour")
    claims = [new_claim(outlets=number + 1) for number in range(4)]
    Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(story=made)
    ada = person("ada", "editor")
    regrouping.merge(claims[0].pk, claims[3].pk, ada, Regroup("one and the same"))
    return made


def test_every_door_gives_the_same_number_of_claims(
    story: Story, rex: User, api: Callable[[User], APIClient], client: Client, settings: Settings
) -> None:
    settings.METRICS_TOKEN = "for-this-test"
    client.force_login(rex)
    page = client.get(f"/admin/claims/story/{story.pk}/change/").content.decode()
    stories = client.get("/admin/claims/story/").content.decode()
    index = client.get("/admin/").content.decode()
    metrics = client.get("/metrics", HTTP_AUTHORIZATION="Bearer for-this-test").content.decode()
    told = {
        "API, the story": api(rex).get(f"/api/v1/stories/{story.pk}/").json()["claims"],
        "API, the stories": api(rex).get("/api/v1/stories/").json()["results"][0]["claims"],
        "API, the story's claims": api(rex).get("/api/v1/claims/", {"story": story.pk}).json()["count"],
        "API, the reviews": api(rex).get("/api/v1/reviews/").json()["count"],
        "desk, the story's heading": number(r"(\d+) claims?</p>", page),
        "desk, the story's list": page.count('class="big"'),
        "desk, the stories": number(r'field-claims">(\d+)', stories),
        "desk, the claims": number(r"(\d+) claims\b", client.get("/admin/claims/claim/").content.decode()),
        "desk, the queue": number(r"(\d+) reviews\b", client.get("/admin/reviews/review/").content.decode()),
        "desk, what waits": number(r'<span class="n">(\d+)</span> <span class="label">waiting', index),
        "metrics": number(r"^verifier_claims (\d+)", metrics),
    }
    assert told == dict.fromkeys(told, LEFT)


def number(pattern: str, text: str) -> int:
    found = re.search(pattern, text, re.MULTILINE)
    return int(found[1]) if found else -1
