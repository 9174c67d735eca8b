"""``./run up`` as a person sees it: it comes up, keeps itself up, and leaves nothing behind however it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.house.repository import ROOT
from verifier.supervisor.processes import Child, free_port, until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("up")]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def up(tmp_path: Path, state: Path) -> Iterator[Child]:
    """A desk in a folder of its own, started and READY, without the starter data."""
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith(("VERIFIER_", "DATABASE", "REDIS"))
    }
    environment = {
        **ours,
        "VERIFIER_STATE": str(state),
        "VERIFIER_SECRET_KEY": "only-for-this-test-" * 3,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'desk.sqlite3'}",
        "VERIFIER_WORKERS": "1",
        "VERIFIER_VENV": sys.prefix,
    }
    command = [sys.executable, "-m", "verifier.supervisor", "up", "--empty", f"--port={free_port()}"]
    child = Child("up", command, tmp_path / "up.log", environment)
    child.start()
    until(lambda: "Ctrl-C stops" in child.tail(), 400, child)
    yield child
    child.stop(30)


def left_behind(state: Path) -> list[str]:
    """Return the processes that belong to the desk of this folder."""
    mark = f"VERIFIER_STATE={state}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:  # it has ended in the meantime, or is not ours
            continue
    return found


def pid_of(state: Path, words: str) -> int:
    """Return the process of this desk that was started first with these words in its command."""
    mark = f"VERIFIER_STATE={state}".encode()
    for process in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if words in command and mark in (process / "environ").read_bytes().split(b"\0"):
                return int(process.name)
        except OSError:
            continue
    raise AssertionError(f"no process {words!r}")


def get(up: Child, path: str) -> dict[str, str]:
    address = up.tail().partition("READY in ")[2].partition(": ")[2].partition("/\n")[0]
    with urlopen(address + path, timeout=10) as answer:
        return dict(json.loads(answer.read()))


@LINUX
def test_it_comes_up_mends_itself_and_goes_down_without_a_trace(up: Child, state: Path) -> None:
    told = [
        up.tail().find(f"up: {step}") for step in ("broker: ", "database: migrating", "web: ", "worker: ", "reading: ")
    ]
    assert told == sorted(told)
    assert -1 not in told
    assert get(up, "/readyz")["status"] == "ready"
    for line in ("ada   editor", "rex   reviewer", "vera  approver", "sam   -"):
        assert line in up.tail()
    assert (state / "users.json").stat().st_mode & 0o077 == 0

    second = subprocess.run(
        [sys.executable, "-m", "verifier.supervisor", "up"],
        env=up.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert second.returncode == 1
    assert "this desk runs already: http://127.0.0.1:" in second.stderr

    os.kill(pid_of(state, "celery -A verifier worker"), signal.SIGKILL)
    until(lambda: "worker ended with -9; starting it again" in up.tail(), 10, up)

    assert up.process is not None
    up.process.send_signal(signal.SIGINT)
    assert up.process.wait(60) == 0
    until(lambda: left_behind(state) == [], 5)


@LINUX
def test_killed_outright_it_takes_everything_with_it(up: Child, state: Path) -> None:
    assert len(left_behind(state)) >= 6
    assert up.process is not None
    up.process.kill()
    up.process.wait()
    until(lambda: left_behind(state) == [], 10)
