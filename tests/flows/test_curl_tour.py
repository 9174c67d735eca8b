"""The README's tour with curl, word for word in a shell, against a desk that ``./run up`` has just started."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.repository import ROOT, text
from verifier.supervisor.processes import Child, free_port, until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("up"),
    pytest.mark.skipif(not (shutil.which("bash") and shutil.which("curl")), reason="there is no bash or no curl here"),
]
PRINTED = "http://127.0.0.1:8000"


def block(heading: str) -> str:
    """The commands that the README prints under a heading."""
    return text(ROOT / "README.md").partition(heading)[2].partition("```\n")[2].partition("```")[0]


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Child]:
    """A fresh desk with the starter data, on a port of its own."""
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith(("VERIFIER_", "DATABASE", "REDIS"))
    }
    environment = {
        **ours,
        "VERIFIER_STATE": str(tmp_path / "state"),
        "VERIFIER_SECRET_KEY": "only-for-this-test-" * 3,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'desk.sqlite3'}",
        "VERIFIER_WORKERS": "1",
        "VERIFIER_VENV": sys.prefix,
    }
    command = [sys.executable, "-m", "verifier.supervisor", "up", f"--port={free_port()}"]
    child = Child("up", command, tmp_path / "up.log", environment)
    child.start()
    until(lambda: "Ctrl-C stops" in child.tail(), 400, child)
    yield child
    child.stop(30)


def shell(up: Child, commands: str) -> str:
    """What the commands print, run as they are printed but for the address of the desk."""
    found = re.search(r"http://127\.0\.0\.1:\d+", up.tail())
    assert found is not None
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands.replace(PRINTED, found[0])],
        cwd=ROOT,
        env=up.environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_whole_tour_runs_as_it_is_printed(up: Child, tmp_path: Path) -> None:
    decide = block("**4. Decide a claim, with curl.**")
    bring = block("**5. Bring your own articles.**").replace("my-articles", str(tmp_path / "my-articles"))
    assert PRINTED in decide
    mark = "--- step 5 ---"
    decided, _, brought = shell(up, f"{decide}\necho '{mark}'\n{bring}").partition(mark)

    line = r'"sequence":(\d+),"actor":"(\w*)","action":"(\w+)","from_status":"\w*","to_status":"(\w+)"'
    assert re.findall(line, decided) == [
        ("1", "", "open", "unverified"),
        ("2", "rex", "take", "in_review"),
        ("3", "rex", "propose", "proposed"),
        ("4", "vera", "approve", "corroborated"),
    ]
    proof = subprocess.run(
        [sys.executable, "manage.py", "verify_history"], cwd=ROOT, env=up.environment, capture_output=True, text=True
    )
    assert "The history is whole" in proof.stdout, proof.stderr

    posted = json.loads(brought.splitlines()[-1])
    assert (posted["title"], posted["source"]["name"]) == ("Bridge closed", "Aldham Post")
    assert "1 new, 0 known, 0 refused" in brought
    shown = brought.rpartition("\n{")[0]
    assert "212" in shown, "the claim that was just brought is shown"
    assert "Aldham" in shown
