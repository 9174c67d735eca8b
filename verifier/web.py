"""Gunicorn's settings: threads, because requests wait for the database; processes for the cores."""

from typing import Any

from verifier.supervisor.lifeline import tie

worker_class = "gthread"
workers = 2
threads = 4
timeout = 60
graceful_timeout = 10
keepalive = 5
max_requests, max_requests_jitter = 5000, 500
limit_request_line = 4094


def post_fork(server: Any, worker: Any) -> None:
    """A request process never outlives the one that started it."""
    tie()
