"""Hashes of rows and of what follows from them. Pure: the history of the reviews and the ledger are built on it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

LEDGER_GENESIS = hashlib.sha256(b"verifier ledger").hexdigest()
"""What the first line of the ledger follows."""


def digest(fields: Mapping[str, object]) -> str:
    """The hash of a record given as column name -> value: text, integers, datetimes, JSON values or None."""
    return hashlib.sha256(canonical(fields).encode()).hexdigest()


def canonical(fields: Mapping[str, object]) -> str:
    """Canonical JSON; a datetime becomes ISO 8601 in UTC with microseconds."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    raise TypeError(f"{type(value).__name__} has no canonical form")
