"""What a load balancer, ``./run up`` and Prometheus ask."""

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django.fixtures import Settings

from verifier import health

NOBODY_LISTENS = "redis://127.0.0.1:1/0"


def test_alive_asks_nobody_else(client: Client) -> None:
    assert client.get("/livez").json() == {"status": "alive"}


@pytest.mark.django_db
@pytest.mark.sqlite
def test_ready_with_a_database_its_migrations_and_a_broker(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "missing": {}})


@pytest.mark.django_db
def test_without_the_broker_it_is_degraded_and_goes_on(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = NOBODY_LISTENS
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"], list(answer.json()["missing"])) == (
        200, "degraded", ["broker"],
    )  # fmt: skip


@pytest.mark.django_db
def test_metrics_say_that_the_broker_is_away(client: Client, settings: Settings) -> None:
    settings.REDIS_URL, settings.METRICS_TOKEN = NOBODY_LISTENS, "right"
    told = client.get("/metrics", headers={"Authorization": "Bearer right"}).content.decode()
    assert "verifier_broker_up 0.0" in told
    assert "verifier_queue_length{" not in told


@pytest.mark.django_db
def test_not_ready_with_a_migration_missing(client: Client) -> None:
    ((app, newest),) = MigrationLoader(connection).graph.leaf_nodes("reviews")
    MigrationRecorder(connection).migration_qs.filter(app=app, name=newest).delete()
    assert client.get("/readyz").json()["missing"].keys() == {"migrations"}


@pytest.mark.django_db
def test_not_ready_without_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise DatabaseError

    monkeypatch.setattr(health.connection, "cursor", refuse)
    assert "database" in client.get("/readyz").json()["missing"]


@pytest.mark.django_db
def test_desks_that_work_without_a_broker_need_none(client: Client, settings: Settings) -> None:
    settings.REDIS_URL, settings.TASKS_INLINE = NOBODY_LISTENS, True
    assert client.get("/readyz").status_code == 200


def test_without_a_token_there_are_no_metrics(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_metrics_are_for_those_who_have_the_token(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "right"
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 401


@pytest.mark.django_db
def test_metrics_count_what_waits(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "right"
    answer = client.get("/metrics", headers={"Authorization": "Bearer right"}).content.decode()
    assert "verifier_articles_waiting 0.0" in answer
    assert 'verifier_queue_length{queue="nlp"} 0.0' in answer
    assert "verifier_broker_up 1.0" in answer


def test_health_may_only_be_read(client: Client) -> None:
    assert [client.post(path).status_code for path in ("/livez", "/readyz", "/metrics")] == [405, 405, 405]
