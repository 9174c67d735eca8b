"""The Celery application; its settings are in ``verifier.settings`` under ``CELERY_``."""

import os
from pathlib import Path
from typing import Any

from celery import Celery, signals
from celery.apps.worker import Worker
from django.conf import settings
from django_structlog.celery.steps import DjangoStructLogInitStep

from verifier import transport
from verifier.supervisor.lifeline import tie

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verifier.settings")

transport.install()
app = Celery("verifier")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)


@signals.setup_logging.connect
def leave_logs_to_django(**_: Any) -> None:
    """With a receiver here Celery sets up no handlers of its own: ``LOGGING`` holds for workers too."""


@signals.worker_process_init.connect
def never_outlive_the_worker(**_: Any) -> None:
    """A process of the pool ends when its worker is killed."""
    tie()


@signals.worker_ready.connect
def say_ready(sender: Worker, **_: Any) -> None:
    """Leave a sign for ``./run up``, which waits for it."""
    if settings.READY_FILE:
        Path(settings.READY_FILE).touch()
