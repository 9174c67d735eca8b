"""The floors of the house: which way imports run (the contracts are in pyproject.toml)."""

import subprocess
import sys
from pathlib import Path

from tests.house.repository import ROOT


def test_imports_point_down_and_the_engine_is_pure() -> None:
    """Check them in a process of its own: import-linter turns off the loggers of the one that it runs in."""
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout
