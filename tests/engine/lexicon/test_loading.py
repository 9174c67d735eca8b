"""Language data is files: each says what it holds, and a broken one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.engine.lexicon import loading

FOLDER = Path(loading.__file__).parent
FILES = sorted([*FOLDER.rglob("*.txt"), *FOLDER.rglob("*.csv")])


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(FOLDER)))
def test_every_file_says_in_its_first_line_what_it_holds(file: Path) -> None:
    assert file.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(FOLDER)))
def test_every_file_can_be_loaded(file: Path) -> None:
    name = str(file.relative_to(FOLDER).with_suffix(""))
    assert loading.table(name) if file.suffix == ".csv" else loading.words(name)


def test_comments_are_no_words() -> None:
    assert "#" not in loading.words("en/denials")
    assert "deny" in loading.words("en/denials")


def test_a_row_with_a_field_too_few_is_refused_by_the_name_of_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.csv").write_text("# Broken.\nname,ways\nmetre\n")
    monkeypatch.setattr(loading, "_HERE", tmp_path)
    with pytest.raises(ValueError, match=r"broken\.csv"):
        loading.table("broken")
