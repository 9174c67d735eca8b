"""The floors of the house: which way imports run (the contracts are in pyproject.toml)."""

from importlinter.cli import lint_imports

from tests.house.repository import ROOT


def test_imports_point_down_and_the_engine_is_pure() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0
