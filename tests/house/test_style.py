"""The desk's style sheet: each colour once, and no rule for what is not the desk's own."""

from __future__ import annotations

import re
from collections import Counter

from tests.house.repository import ROOT, files, text

STYLE = re.sub(r"/\*.*?\*/", "", text(ROOT / "claims/static/desk/desk.css"), flags=re.DOTALL)


def test_every_variable_is_set_once() -> None:
    names = Counter(re.findall(r"^\s*(--[\w-]+):", STYLE, re.MULTILINE))
    assert [name for name, times in names.items() if times > 1] == []
    assert names["--ink"] == 1


def test_every_variable_that_is_used_is_set_here_or_in_the_admin() -> None:
    known = set(re.findall(r"(--[\w-]+):", STYLE)) | {"--font-family-primary"}
    assert set(re.findall(r"var\((--[\w-]+)", STYLE)) <= known


def test_no_rule_takes_a_class_that_the_admin_gives_to_the_body_of_its_pages() -> None:
    """``change-form`` is on every stock page of one object: a rule for it narrows them all."""
    given = r"\.(change-form|change-list|delete-confirmation|app-\w+|model-\w+)\b"
    assert re.findall(given, STYLE) == []
    ours = "".join(text(path) for path in files("*.html"))
    assert "change-form" not in ours
