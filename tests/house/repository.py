"""The files of the repository, as the house tests read them."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def files(*patterns: str) -> list[Path]:
    """Return the files that the repository holds, by git's patterns; without git, those that lie there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [path for pattern in patterns or ("*",) for path in ROOT.rglob(pattern)]
    return sorted(path for path in set(paths) if path.is_file() and ".venv" not in path.parts)


def text(path: Path) -> str:
    """Return a file's text, or nothing for a binary file."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
