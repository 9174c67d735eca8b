"""What a load balancer and ``./run up`` ask."""

import pytest
from django.test import Client


def test_alive_asks_nobody_else(client: Client) -> None:
    assert client.get("/livez").json() == {"status": "alive"}


@pytest.mark.django_db
def test_ready_with_a_database_its_migrations_and_a_broker(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "missing": {}})
