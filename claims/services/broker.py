"""The broker, asked in a way that it can never cost more than a moment: it may be down, frozen or full.

Everything that counts is in the database. Where the broker does not answer, jobs are left to the sweep, and the cache
counts as empty. One circuit breaker a process sees to it that a broker which accepts connections and never answers
costs one time-out every ``PAUSE`` seconds, not one a request (Nygard, "Release It!", 2007).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from celery import current_app
from kombu.exceptions import OperationalError
from redis import RedisError

T = TypeVar("T")

PAUSE = 10.0
"""Seconds that a broker is left alone after it has not answered."""

AWAY = (OperationalError, RedisError, OSError)

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Breaker:
    """Whether the broker is asked at all. After ``pause`` seconds one caller tries again, the others go on without."""

    pause: float = PAUSE
    problem: str = ""
    unasked: int = 0
    _closed_until: float = 0.0
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, question: Callable[[], T], otherwise: T, what: str) -> T:
        """Return what the broker answers, or ``otherwise`` where it is away; ``what`` names the question in the log."""
        if not self._may_ask():
            return otherwise
        try:
            answer = question()
        except AWAY as error:
            self._failed(f"{type(error).__name__}: {error}", what)
            return otherwise
        self._answered()
        return answer

    def _may_ask(self) -> bool:
        with self._turn:
            now = time.monotonic()
            if now < self._closed_until:
                self.unasked += 1
                return False
            if self.problem:
                self._closed_until = now + self.pause  # whoever comes while we try goes on without
            return True

    def _failed(self, problem: str, what: str) -> None:
        with self._turn:
            self._closed_until = time.monotonic() + self.pause
            if not self.problem:
                logger.warning("broker away at %s, going on without it: %s", what, problem)
            self.problem = problem

    def _answered(self) -> None:
        with self._turn:
            if self.problem:
                logger.warning("broker back; it was not asked %s times", self.unasked)
            self.problem, self.unasked, self._closed_until = "", 0, 0.0


breaker = Breaker()
"""The one of this process: jobs and cache share a broker."""


def publish(task: str, *args: object) -> bool:
    """Queue a task; False where that was not possible. Never raises: what asked for it is committed already."""
    try:
        return breaker.ask(lambda: _published(task, args), otherwise=False, what=task)
    except Exception:
        logger.exception("left to the sweep: %s%r", task, args)
        return False


def _published(task: str, args: tuple[object, ...]) -> bool:
    """Hand the task over without subscribing to its result: nobody reads it, and a frozen broker would never answer."""
    current_app.send_task(task, args=args, ignore_result=True, retry=False)
    return True
