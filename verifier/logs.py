"""Logs: structured, one line an event, the standard library's loggers included."""

from __future__ import annotations

import traceback

import structlog
from structlog.typing import EventDict, WrappedLogger

SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def exception_as_text(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Return the event with its ``exception`` as text: a caller may have put the exception itself there.

    Celery does so when a task is killed at its hard limit; the terminal's renderer can only add text to text.
    """
    given = event.get("exception")
    if isinstance(given, BaseException):
        event["exception"] = "".join(traceback.format_exception(given)).rstrip()
    elif given is not None and not isinstance(given, str):
        event["exception"] = repr(given)
    return event


def configuration(level: str, form: str) -> dict[str, object]:
    """Return Django's ``LOGGING``: everything to standard error, as JSON or as text for a terminal."""
    renderer: list[structlog.typing.Processor]
    if form == "json":
        renderer = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        renderer = [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    exception_as_text,
                    *renderer,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["stderr"], "propagate": False},
            # structlog's own request line already says it, with the user and the request id.
            "django.request": {"level": "ERROR"},
            "axes": {"level": "WARNING"},
        },
    }


def configure_structlog() -> None:
    """Send structlog's events through the standard library's handlers."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            *SHARED[1:],
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
