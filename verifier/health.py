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
from redis.backoff import NoBackoff
from redis.retry import Retry

from claims.models import Article, Claim
from claims.querysets import articles_in
from claims.services.steps import unscored

TIMEOUT = 1.0
"""Seconds; whoever asks for health does not wait long."""


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


CHECKS: dict[str, Callable[[], str]] = {"database": database, "migrations": migrations}
"""What no request can do without."""

COMFORTS: dict[str, Callable[[], str]] = {"broker": broker}
"""What a request goes on without: jobs wait for the sweep, rates are not counted."""


@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """Answer that the process serves requests; asks nobody else."""
    return JsonResponse({"status": "alive"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 where everything that a request needs is there, else 503 and the name of what is missing.

    Without the broker the status is "degraded", still with 200: to take the web processes away would help nobody.
    """
    missing = {name: problem for name, check in CHECKS.items() if (problem := check())}
    lacking = {name: problem for name, check in COMFORTS.items() if (problem := check())}
    state = "missing" if missing else "degraded" if lacking else "ready"
    return JsonResponse({"status": state, "missing": missing | lacking}, status=503 if missing else 200)


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
        standing = Claim.objects.filter(merged_into__isnull=True).count()
        yield GaugeMetricFamily("verifier_claims", "Claims, but for those merged into another.", standing)
        yield GaugeMetricFamily("verifier_claims_waiting", "Claims still to be scored, up to 500.", len(unscored()))
        yield from self._queues()

    def _queues(self) -> Iterator[Metric]:
        """Whether the broker answers, and what waits there; no lengths where it does not, or where there is none."""
        lengths = GaugeMetricFamily("verifier_queue_length", "Jobs waiting on the broker.", labels=["queue"])
        found: dict[str, int] = {}
        problem = broker()
        if not problem and not settings.TASKS_INLINE:
            try:
                with _redis() as client:
                    found = {queue: int(str(client.llen(queue))) for queue in settings.QUEUES}
            except redis.RedisError as error:
                problem = type(error).__name__
        for queue, length in found.items():
            lengths.add_metric([queue], length)
        yield GaugeMetricFamily("verifier_broker_up", "Whether the broker answers.", 0 if problem else 1)
        yield lengths


def _redis() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT, retry=Retry(NoBackoff(), 0)
    )
