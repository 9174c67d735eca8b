"""Many workers score one claim at once: one version of its assessment comes out, and no error."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from claims.models import Assessment, Claim, Origin
from claims.services.scoring import score
from tests.claims.test_scoring import report

WORKERS = 6


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_workers_that_score_one_claim_at_once_write_one_version() -> None:
    claim = Claim.objects.create(text="The mine was closed.")
    report(claim, "north.example")
    report(claim, "south.example", speaker="ana petrova")

    def work(_: int) -> int:
        try:
            return score(claim.pk).version
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as workers:
        versions = list(workers.map(work, range(WORKERS)))
    assert set(versions) == {1}
    assert Assessment.objects.count() == 1
    assert Origin.objects.filter(claim=claim).count() == 2
