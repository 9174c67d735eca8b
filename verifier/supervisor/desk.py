"""Which desk this clone has: where its state lies, whether it runs, and what its commands need to know."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
STATE = Path(os.environ.get("VERIFIER_STATE") or ROOT / ".run")
LOGS = STATE / "log"
USERS = STATE / "users.json"
DESK = STATE / "desk.json"
LOCK = STATE / "lock"


class AlreadyRunning(RuntimeError):
    """A desk of this clone runs already."""


@contextmanager
def exclusive() -> Iterator[None]:
    """Hold this clone's desk; the kernel lets go of it when we end, however we end.

    Raises:
        AlreadyRunning: another process holds it; the message is the address of that desk.
    """
    STATE.mkdir(exist_ok=True)
    with LOCK.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            address = running().get("VERIFIER_SITE_URL", "not yet ready")
            raise AlreadyRunning(f"this desk runs already: {address}") from None
        try:
            yield
        finally:
            DESK.unlink(missing_ok=True)


def publish(environment: dict[str, str]) -> None:
    """Tell the other commands of this clone how to reach the running desk."""
    DESK.unlink(missing_ok=True)
    DESK.touch(mode=0o600)
    DESK.write_text(json.dumps(environment))


def running() -> dict[str, str]:
    """Return the environment of the desk that runs, or nothing where none does."""
    try:
        with LOCK.open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return {}
    except FileNotFoundError:
        return {}
    except BlockingIOError:
        return {str(k): str(v) for k, v in json.loads(DESK.read_text()).items()} if DESK.exists() else {}


def environment() -> dict[str, str]:
    """Return the environment for a command of this clone: that of the desk that runs, else one without a broker."""
    given = dict(os.environ)
    given.setdefault("VERIFIER_MODE", "embedded")
    if given["VERIFIER_MODE"] == "embedded" and "REDIS_URL" not in given:
        given |= running() or {"VERIFIER_TASKS_INLINE": "true"}
    return given
