"""A claim that only negative statements make is denied by nobody: API, desk, lists and terminal show it as asserted."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from claims.models import Claim, Mention
from claims.querysets import claims_for_desk, towards_claim
from claims.services.scoring import score
from reviews.services import open_review
from tests.claims import desk_data
from tests.claims.desk_data import Said

pytestmark = pytest.mark.django_db

NEVER = Said("Harbour Post", "I had never held a gun before the spring.", "Milo Ferrant", "ferrant", stance="denies")
HURT = Said("Coast Daily", "Three divers were hurt when the crane fell.", "Ines Marrow", "mayor")
NOBODY = Said("The Lantern", "Nobody was hurt when the crane fell.", "Tobias Fenn", "port", stance="denies")


def scored(text: str, *said: Said) -> Claim:
    claim = desk_data.claim(text, said, title=text)
    claim.evidence_version += 1
    claim.save()
    score(claim.pk)
    claim.refresh_from_db()
    open_review(claim, claim.assessment)
    return claim


@pytest.fixture
def never(db: None) -> Claim:
    return scored("[Milo Ferrant:] I had never held a gun before the spring", NEVER)


@pytest.fixture
def hurt(db: None) -> Claim:
    return scored("Three divers were hurt when the crane fell", HURT, NOBODY)


def test_the_assessment_says_that_the_claim_is_negative(never: Claim, hurt: Claim) -> None:
    assert never.assessment is not None
    assert hurt.assessment is not None
    assert (never.assessment.negative, hurt.assessment.negative) == (True, False)


def test_the_api_shows_that_its_speaker_asserts_it(
    api: Callable[[User | None], APIClient], rex: User, never: Claim, hurt: Claim
) -> None:
    answer = api(rex).get(f"/api/v1/claims/{never.pk}/").json()
    assert [m["stance"] for m in answer["mentions"]] == ["asserts"]
    assert answer["assessment"]["negative"] is True
    answer = api(rex).get(f"/api/v1/claims/{hurt.pk}/").json()
    assert sorted(m["stance"] for m in answer["mentions"]) == ["asserts", "denies"]


def test_an_article_in_the_api_shows_the_same_stances(
    api: Callable[[User | None], APIClient], rex: User, never: Claim
) -> None:
    (mention,) = never.mentions.all()
    answer = api(rex).get(f"/api/v1/articles/{mention.article_id}/").json()
    assert [m["stance"] for m in answer["mentions"]] == ["asserts"]


def test_the_claim_page_says_denied_only_where_somebody_speaks_against_the_claim(
    client: Client, rex: User, never: Claim, hurt: Claim
) -> None:
    client.force_login(rex)
    page = client.get(reverse("admin:claims_claim_change", args=[never.pk])).content.decode()
    assert "chip-stance-asserts" in page
    assert "chip-stance-denies" not in page
    assert "d-origin d-denies" not in page
    page = client.get(reverse("admin:claims_claim_change", args=[hurt.pk])).content.decode()
    assert "chip-stance-denies" in page
    assert "1 denies it" in page


def test_the_article_page_marks_it_as_asserted(client: Client, rex: User, never: Claim) -> None:
    client.force_login(rex)
    (mention,) = never.mentions.all()
    page = client.get(reverse("admin:claims_article_change", args=[mention.article_id])).content.decode()
    assert 'mark class="stance-asserts"' in page
    assert "stance-denies" not in page


def test_lists_count_no_denial_of_a_negative_claim(never: Claim, hurt: Claim) -> None:
    counted = {c.pk: c.denial_count for c in claims_for_desk()}  # type: ignore[attr-defined]
    assert counted == {never.pk: 0, hurt.pk: 1}


def test_the_queue_calls_only_the_other_one_denied(client: Client, rex: User, never: Claim, hurt: Claim) -> None:
    client.force_login(rex)
    found = client.get(reverse("admin:reviews_review_changelist")).context["cl"].queryset
    assert {r.claim_id: r.denial_count for r in found} == {never.pk: 0, hurt.pk: 1}


@pytest.mark.parametrize("stance", Mention.Stance.values)
def test_the_condition_of_lists_is_the_rule_of_the_rows(never: Claim, hurt: Claim, stance: str) -> None:
    loose = desk_data.article("Quay Radio", NOBODY.sentence)
    unmatched = desk_data.mention(hurt, loose, NOBODY)
    Mention.objects.filter(pk=unmatched.pk).update(claim=None)
    expected = {m.pk for m in Mention.objects.select_related("claim__assessment") if m.towards == stance}
    assert set(Mention.objects.filter(towards_claim(stance)).values_list("pk", flat=True)) == expected


def test_mentions_are_filtered_by_the_stance_that_the_list_shows(
    client: Client, rex: User, never: Claim, hurt: Claim
) -> None:
    client.force_login(rex)
    page = client.get(reverse("admin:claims_mention_changelist"), {"stance": "denies"})
    assert [m.claim_id for m in page.context["cl"].queryset] == [hurt.pk]


def test_the_terminal_shows_that_it_is_asserted(never: Claim) -> None:
    out = StringIO()
    call_command("claims", never.pk, stdout=out, no_color=True)
    assert "asserts" in out.getvalue()
    assert "denies" not in out.getvalue()


def test_a_mention_without_a_claim_keeps_the_stance_that_was_read() -> None:
    assert Mention(stance="denies").towards == "denies"
