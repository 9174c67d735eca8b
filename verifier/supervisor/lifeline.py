"""Ties a process to the one that started it: on Linux the kernel ends it when its parent ends, however that ends."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def tie(number: signal.Signals = signal.SIGKILL) -> None:
    """Ask the kernel to send ``number`` to this process when its parent ends. Elsewhere than on Linux: nothing."""
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def on_parent_death(number: signal.Signals) -> Callable[[], None]:
    """Return a ``preexec_fn`` that ties the child to this process."""
    parent = os.getpid()

    def arrange() -> None:
        tie(number)
        if os.getppid() != parent:  # it ended before the arrangement
            os._exit(1)

    return arrange
