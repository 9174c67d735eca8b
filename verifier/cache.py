"""The cache on Redis, failing open: where Redis is away nothing is kept, and nobody is refused for that."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache

from claims.services.broker import breaker

T = TypeVar("T")


class FailingOpen(RedisCache):
    """Django's cache on Redis, which is asked only while the broker answers (``claims.services.broker``).

    Rates of the API and the kept calibration live here: without it requests are not counted, and the diagram is drawn
    at each call. The log says so once, ``/readyz`` says "degraded".
    """

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return _ask(lambda: super(FailingOpen, self).add(key, value, timeout, version), otherwise=True)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return _ask(lambda: super(FailingOpen, self).get(key, default, version), otherwise=default)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        _ask(lambda: super(FailingOpen, self).set(key, value, timeout, version), otherwise=None)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return _ask(lambda: super(FailingOpen, self).touch(key, timeout, version), otherwise=False)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return _ask(lambda: super(FailingOpen, self).delete(key, version), otherwise=False)

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        nothing: dict[Any, Any] = {}
        return _ask(lambda: super(FailingOpen, self).get_many(keys, version), otherwise=nothing)

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return _ask(lambda: super(FailingOpen, self).has_key(key, version), otherwise=False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return _ask(lambda: super(FailingOpen, self).incr(key, delta, version), otherwise=delta)

    def set_many(self, data: dict[Any, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[Any]:
        nothing: list[Any] = []
        return _ask(lambda: super(FailingOpen, self).set_many(data, timeout, version), otherwise=nothing)

    def delete_many(self, keys: Iterable[Any], version: int | None = None) -> None:
        _ask(lambda: super(FailingOpen, self).delete_many(keys, version), otherwise=None)

    def clear(self) -> None:
        _ask(lambda: super(FailingOpen, self).clear(), otherwise=None)


def _ask(question: Callable[[], T], otherwise: T) -> T:
    return breaker.ask(question, otherwise, "the cache")
