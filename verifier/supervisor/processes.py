"""Child processes that never outlive us, and ports that are free."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from verifier.supervisor.lifeline import on_parent_death

TAIL = 4000


class NotStarted(RuntimeError):
    """A process did not start; the message is the end of its log."""


@dataclass(slots=True)
class Child:
    """A process of ours, in a session of its own, that the kernel ends when we end, however we end."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] | None = None
    on_orphaned: signal.Signals = signal.SIGKILL
    user: int | None = None
    starts: list[float] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; its output goes to its log."""
        self.starts.append(time.monotonic())
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
                user=self.user,
                start_new_session=True,
                preexec_fn=on_parent_death(self.on_orphaned),
            )

    @property
    def ended(self) -> int | None:
        """Its exit code once it has ended; None while it runs."""
        return None if self.process is None else self.process.poll()

    def stop(self, seconds: float) -> None:
        """Ask it to end, wait, and kill whatever is left of its session."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def tail(self) -> str:
        """Return the end of its log."""
        return self.log.read_text(errors="replace")[-TAIL:] if self.log.exists() else ""


def until(done: Callable[[], bool], seconds: float, child: Child | None = None) -> None:
    """Return once ``done``.

    Raises:
        NotStarted: the child ended before, or the time is up.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if child is not None and child.ended is not None:
            raise NotStarted(f"{child.name} ended with {child.ended}:\n{child.tail()}")
        if done():
            return
        time.sleep(0.05)
    name = child.name if child else "the desk"
    raise NotStarted(f"{name} was not ready after {seconds:.0f} s:\n{child.tail() if child else ''}")


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Return whether nobody listens on this port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
