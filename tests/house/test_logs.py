"""A log line never raises, whatever it is given to say."""

from __future__ import annotations

import io
import logging
import logging.config
import traceback
from collections.abc import Callable

import pytest
import structlog
from billiard.einfo import ExceptionInfo
from billiard.exceptions import TimeLimitExceeded

from verifier import logs

Said = Callable[[], None]
STRUCTURED = structlog.get_logger("verifier.test")
PLAIN = logging.getLogger("verifier.test")


def raised() -> ExceptionInfo:
    """What Celery keeps of an exception of another process."""
    try:
        raise TimeLimitExceeded(90)
    except TimeLimitExceeded:
        return ExceptionInfo()


@pytest.fixture(params=["text", "json"])
def shown(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[Said], str]:
    """Return what a call writes to the log in one of the two forms; an error of the log itself is raised."""
    made = logging.config.DictConfigurator(logs.configuration("INFO", request.param))
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(made.configure_formatter(made.config["formatters"]["structured"]))
    monkeypatch.setattr(PLAIN, "handlers", [handler])
    monkeypatch.setattr(PLAIN, "propagate", False)

    monkeypatch.setattr(PLAIN, "disabled", False)
    monkeypatch.setattr(handler, "handleError", lambda record: pytest.fail(traceback.format_exc()))

    def show(say: Said) -> str:
        say()
        return written.getvalue()

    return show


CALLS: dict[str, Said] = {
    "an exception as a value, outside of any handler": lambda: STRUCTURED.exception(
        "task_failed", exception=TimeLimitExceeded(90)
    ),
    "an exception that was caught elsewhere": lambda: STRUCTURED.error("failed", exception=raised().exception),
    "something else under the name of an exception": lambda: STRUCTURED.error("failed TimeLimitExceeded", exception=90),
    "the traceback of another process": lambda: PLAIN.error("failed", exc_info=raised().exc_info),
    "arguments that do not fit": lambda: STRUCTURED.error("TimeLimitExceeded", error=object()),
}


@pytest.mark.parametrize("say", CALLS.values(), ids=CALLS.keys())
def test_a_log_line_holds_what_it_was_given(shown: Callable[[Said], str], say: Said) -> None:
    assert "TimeLimitExceeded" in shown(say)
