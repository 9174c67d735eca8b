"""Is it alive, is it ready, how much is waiting: for load balancers, for ``./run up`` and for Prometheus."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from claims.models import Article, Claim
from claims.querysets import articles_in
from claims.services.steps import unscored

TIMEOUT = 2.0


def database() -> str:
    """Return what is wrong with the database, or nothing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return f"the database does not answer: {type(error).__name__}"
    return ""


def migrations() -> str:
    """Return how many migrations are not applied, or nothing."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return f"the database does not answer: {type(error).__name__}"
    return f"{len(missing)} migrations are not applied" if missing else ""


def broker() -> str:
    """Return what is wrong with the broker, or nothing; without one where jobs run inside the process."""
    if settings.TASKS_INLINE:
        return ""
    try:
        with _redis() as client:
            client.ping()
    except redis.RedisError as error:
        return f"the broker does not answer: {type(error).__name__}"
    return ""


CHECKS: dict[str, Callable[[], str]] = {"database": database, "migrations": migrations, "broker": broker}


@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """Answer that the process serves requests; asks nobody else."""
    return JsonResponse({"status": "alive"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 where everything that a request needs is there, else 503 and the name of what is missing."""
    missing = {name: problem for name, check in CHECKS.items() if (problem := check())}
    state = "missing" if missing else "ready"
    return JsonResponse({"status": state, "missing": missing}, status=503 if missing else 200)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer in Prometheus's text format, to whoever presents ``VERIFIER_METRICS_TOKEN`` as a bearer token."""
    given = request.headers.get("Authorization", "")
    wanted = f"Bearer {settings.METRICS_TOKEN}"
    if not settings.METRICS_TOKEN:
        raise Http404
    if not secrets.compare_digest(given.encode(), wanted.encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry()
    registry.register(Backlog())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Backlog(Collector):
    """Counted at each request, so that the numbers do not depend on which web process answers."""

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("verifier_articles", "Articles taken in.", Article.objects.count())
        parked, waiting = articles_in("parked").count(), articles_in("waiting").count()
        yield GaugeMetricFamily("verifier_articles_parked", "Articles that failed too often.", parked)
        yield GaugeMetricFamily("verifier_articles_waiting", "Articles still to be read or matched.", waiting)
        yield GaugeMetricFamily("verifier_claims", "Claims.", Claim.objects.count())
        yield GaugeMetricFamily("verifier_claims_waiting", "Claims still to be scored, up to 500.", len(unscored()))
        yield self._queues()

    def _queues(self) -> Metric:
        lengths = GaugeMetricFamily("verifier_queue_length", "Jobs waiting on the broker.", labels=["queue"])
        if broker():
            return lengths
        if not settings.TASKS_INLINE:
            with _redis() as client:
                for queue in settings.QUEUES:
                    lengths.add_metric([queue], float(str(client.llen(queue))))
        return lengths


def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)
