"""Wiring: settings, Celery, URLs, health, errors to HTTP."""

from verifier.celery import app as celery_app

__all__ = ["celery_app"]
