"""A broker that does not answer costs a moment every now and then, and never an error."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.db import transaction
from kombu.exceptions import OperationalError
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import OutOfMemoryError, ResponseError

from claims.models import StepName
from claims.services import broker, steps
from claims.services.broker import Breaker
from verifier.cache import FailingOpen

NOBODY_LISTENS = "redis://127.0.0.1:1/0"


class Clock:
    """A clock that the test moves on."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    ours = Clock()
    monkeypatch.setattr(broker, "time", ours)
    return ours


@pytest.fixture
def breaker(monkeypatch: pytest.MonkeyPatch) -> Breaker:
    """A breaker of this test's own, in the place of the one of the process."""
    own = Breaker()
    monkeypatch.setattr(broker, "breaker", own)
    monkeypatch.setattr("verifier.cache.breaker", own)
    return own


def refusing(error: Exception) -> Callable[[], str]:
    def refuse() -> str:
        raise error

    return refuse


@pytest.mark.parametrize(
    "error", [OperationalError("away"), RedisAway("away"), OutOfMemoryError("full"), ResponseError("?"), OSError("?")]
)
def test_whatever_is_wrong_with_the_broker_there_is_an_answer(breaker: Breaker, error: Exception) -> None:
    assert breaker.ask(refusing(error), "without", "a test") == "without"
    assert breaker.problem


def test_a_broker_that_failed_is_left_alone_and_then_tried_once(breaker: Breaker, clock: Clock) -> None:
    asked: list[float] = []

    def ask() -> str:
        asked.append(clock.now)
        assert breaker.ask(lambda: "a second caller", "goes on", "a test") == "goes on" or len(asked) == 1
        raise RedisAway

    for _ in range(5):
        breaker.ask(ask, "", "a test")
    assert asked == [1000.0]
    clock.now += broker.PAUSE + 0.1
    for _ in range(5):
        breaker.ask(ask, "", "a test")
    assert asked == [1000.0, clock.now]


def test_once_it_answers_it_is_asked_again(breaker: Breaker, clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            breaker.ask(refusing(RedisAway("gone")), "", "a test")
        clock.now += broker.PAUSE + 0.1
        assert breaker.ask(lambda: "here", "", "a test") == "here"
        assert breaker.ask(lambda: "here", "", "a test") == "here"
    assert [record.getMessage() for record in caplog.records] == [
        "broker away at a test, going on without it: ConnectionError: gone",
        "broker back; it was not asked 2 times",
    ]


def test_a_mistake_of_ours_is_not_taken_for_a_broker_that_is_away(breaker: Breaker) -> None:
    with pytest.raises(ValueError, match="ours"):
        breaker.ask(refusing(ValueError("ours")), "", "a test")


def test_what_cannot_be_published_is_left_to_the_sweep_and_raises_nothing(
    breaker: Breaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for error in (OperationalError("away"), AttributeError("a mistake in a library"), TypeError("cannot be written")):
        monkeypatch.setattr(broker, "_published", lambda *_, error=error: refusing(error)())
        assert steps.send("claims.tasks.extract_article", 1) is False


@pytest.mark.django_db
def test_nothing_after_a_commit_makes_an_error_of_what_was_accepted(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    monkeypatch.setattr(steps, "send", lambda *_: refusing(RuntimeError("worse than away"))())
    with django_capture_on_commit_callbacks(execute=True) as callbacks, transaction.atomic():
        steps.later(StepName.EXTRACT, 1)
        steps.score_later([1, 2])
    assert len(callbacks) == 2


def cache_at(url: str, settings: Settings) -> FailingOpen:
    settings.CACHES = {
        "default": {"BACKEND": "verifier.cache.FailingOpen", "LOCATION": url, "KEY_PREFIX": "of-this-test"}
    }
    cache = caches["default"]
    assert isinstance(cache, FailingOpen)
    return cache


@pytest.mark.broker
def test_a_cache_that_answers_keeps_what_it_is_given(breaker: Breaker, settings: Settings) -> None:
    cache = cache_at(settings.REDIS_URL, settings)
    cache.set("kept", 1)
    assert (cache.get("kept"), cache.get_many(["kept", "not"]), cache.incr("kept")) == (1, {"kept": 1}, 2)
    assert (cache.add("kept", 3), cache.touch("kept"), cache.has_key("kept"), cache.delete("kept")) == (
        False, True, True, True,
    )  # fmt: skip


@pytest.mark.parametrize("error", [None, OutOfMemoryError("full"), ResponseError("read only")])
def test_a_cache_that_is_away_or_full_keeps_nothing_and_refuses_nobody(
    breaker: Breaker, settings: Settings, monkeypatch: pytest.MonkeyPatch, error: Exception | None
) -> None:
    cache = cache_at(NOBODY_LISTENS, settings)
    if error is not None:
        monkeypatch.setattr(FailingOpen, "_cache", property(lambda _: refusing(error)()))
    cache.set("a", 1)
    cache.delete_many(["a"])
    assert (cache.get("a"), cache.get("a", []), cache.get_many(["a"]), cache.has_key("a")) == (None, [], {}, False)
    assert (cache.add("a", 1), cache.touch("a"), cache.delete("a"), cache.incr("a", 2)) == (True, False, False, 2)
    assert cache.set_many({"a": 1}) == []
    cache.clear()
    assert breaker.problem
