"""``./run`` tells at once what it needs, before it installs anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.repository import ROOT


@pytest.mark.parametrize(("words", "code"), [([], 2), (["--data", "somewhere"], 2), (["--help"], 0), (["nosuch"], 2)])
def test_a_bench_without_a_name_is_told_the_names_and_nothing_is_installed(
    tmp_path: Path, words: list[str], code: int
) -> None:
    command = [sys.executable, str(ROOT / "run"), "bench", *words]
    venv = tmp_path / "venv"
    done = subprocess.run(command, env={"VERIFIER_VENV": str(venv)}, capture_output=True, text=True, timeout=20)
    assert (done.returncode, venv.exists()) == (code, False)
    assert "./run bench NAME --data DIR" in done.stderr
    assert "matching-scale" in done.stderr
    assert "pair-sets" not in done.stderr


def test_files_are_named_as_seen_from_where_run_is_called(tmp_path: Path) -> None:
    """Also where the project's own folder holds a file of that name."""
    (tmp_path / "README.md").write_text("")
    report = {"id": "1", "source": "Tarn Post", "text": "The ferry carried 212 people, the harbour office said."}
    (tmp_path / "in.jsonl").write_text(json.dumps(report))
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = kept | {"VERIFIER_VENV": sys.prefix, "DATABASE_URL": f"sqlite:///{tmp_path / 'desk.sqlite3'}"}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(ROOT / "run"), *words]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)

    done = run("analyse", "in.jsonl", "--out", "out.jsonl")
    assert done.returncode == 0, done.stderr
    assert "212" in (tmp_path / "out.jsonl").read_text()
    refused = run("ingest", "README.md")
    assert f"refused {tmp_path / 'README.md'}" in refused.stderr
