"""``./run`` tells at once what it needs, before it installs anything."""

from __future__ import annotations

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
