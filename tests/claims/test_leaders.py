"""Who leads a state is a table of the desk: editors correct it, and scores follow."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.data import starter
from claims.models import Claim, Leader
from claims.services.leaders import ensure_leaders
from claims.services.scoring import score
from tests.claims.test_scoring import report

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
PAGE = "/admin/claims/leader/"


@pytest.fixture
def claim() -> Claim:
    """A claim that a person and a government assert; the articles leave the person's office out."""
    claim = Claim.objects.create(text="The mine was closed.")
    report(claim, "north.example", speaker="Ines Marrow")
    report(claim, "south.example", speaker="Government of Norway")
    return claim


def test_a_fresh_desk_has_the_leaders_of_the_starter_data() -> None:
    assert Leader.objects.count() == len(starter.leaders())
    ensure_leaders()
    assert Leader.objects.count() == len(starter.leaders())


def test_a_leader_whom_an_editor_adds_speaks_for_the_state_at_the_next_score(
    claim: Claim, client: Client, admin_user: User
) -> None:
    assert score(claim.pk).independent_origins == 2
    client.force_login(admin_user)
    typed = {"name": "Ines Marrow", "state": "norway", "first_year": "2010", "last_year": ""}
    assert client.post(f"{PAGE}add/", typed).status_code == 302
    assert Leader.objects.get(name="Ines Marrow").state == "Norway"
    assert score(claim.pk).independent_origins == 1


def test_a_leader_who_is_taken_out_or_left_office_speaks_for_nobody(
    claim: Claim, client: Client, admin_user: User
) -> None:
    row = Leader.objects.create(name="Ines Marrow", state="Norway", first_year=2010)
    assert score(claim.pk).independent_origins == 1
    client.force_login(admin_user)
    typed = {"name": "Ines Marrow", "state": "Norway", "first_year": "2010", "last_year": "2012"}
    assert client.post(f"{PAGE}{row.pk}/change/", typed).status_code == 302
    assert score(claim.pk).independent_origins == 2
    row.refresh_from_db()
    row.last_year = None
    row.save()
    claim.evidence_version += 1
    Claim.objects.filter(pk=claim.pk).update(evidence_version=10)
    assert score(claim.pk).independent_origins == 1
    assert client.post(f"{PAGE}{row.pk}/delete/", {"post": "yes"}).status_code == 302
    assert score(claim.pk).independent_origins == 2


def test_leaders_who_are_taken_out_together_speak_for_nobody(claim: Claim, client: Client, admin_user: User) -> None:
    row = Leader.objects.create(name="Ines Marrow", state="Norway", first_year=2010)
    assert score(claim.pk).independent_origins == 1
    client.force_login(admin_user)
    client.post(PAGE, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    assert not Leader.objects.filter(pk=row.pk).exists()
    assert score(claim.pk).independent_origins == 2


@pytest.mark.parametrize("typed", [{"state": "Nowhere"}, {"last_year": "2001"}])
def test_no_state_and_no_years_in_office_are_refused(client: Client, admin_user: User, typed: dict[str, str]) -> None:
    client.force_login(admin_user)
    whole = {"name": "Ines Marrow", "state": "Norway", "first_year": "2010", "last_year": "", **typed}
    assert client.post(f"{PAGE}add/", whole).status_code == 200
    assert not Leader.objects.filter(name="Ines Marrow").exists()
