"""What is installed is pinned, version and hash, and comes from wherever the machine's own index is."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.house.repository import ROOT, files, text
from verifier.supervisor.broker import get_binary_path

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"^([a-z0-9._-]+(?:\[[a-z0-9,._-]+\])?)==([^ ;\\]+)(.*?)(?=^[a-z0-9]|\Z)", re.MULTILINE | re.DOTALL)
REGISTRIES = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "com"))]


def pins(lock: Path) -> dict[str, str]:
    return {name: version for name, version, _ in PIN.findall(text(lock))}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_address(lock: Path) -> None:
    assert "://" not in text(lock)
    assert "--index-url" not in text(lock)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_has_its_hashes(lock: Path) -> None:
    found = PIN.findall(text(lock))
    assert len(found) > 50
    assert [name for name, _, rest in found if "--hash=sha256:" not in rest] == []


def test_the_developers_lock_holds_the_running_one() -> None:
    run, dev, bench = (pins(ROOT / "requirements" / f"{name}.txt") for name in ("run", "dev", "bench"))
    assert run.items() <= dev.items() <= bench.items()


def test_no_file_names_a_registry() -> None:
    named = [str(path.relative_to(ROOT)) for path in files() for host in REGISTRIES if host in text(path)]
    assert named == []


def test_the_packaged_broker_is_there_and_may_be_run() -> None:
    assert os.access(get_binary_path(), os.X_OK)
