"""The shape of the code: rooms that stay small, and nothing that a rule of the house forbids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.repository import ROOT, files, text

LONGEST = 400
CODE = [path for path in files("*.py") if "migrations" not in path.parts]
OURS = [path for path in CODE if path.relative_to(ROOT).parts[0] in ("verifier", "claims", "reviews", "seeds")]
TEMPLATES = files("*.html")
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/)|<style\b|\sstyle=|\son[a-z]+=\"", re.IGNORECASE
)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_has_grown_too_long_to_read() -> None:
    long = {name(path): text(path).count("\n") for path in CODE}
    assert {path: lines for path, lines in long.items() if lines > LONGEST} == {}


def test_only_the_settings_and_the_supervisor_read_the_environment() -> None:
    readers = {name(path) for path in OURS if "os.environ" in text(path) or "getenv" in text(path)}
    allowed = {"verifier/env.py", "verifier/asgi.py", "verifier/wsgi.py", "verifier/celery.py", "verifier/prepare.py"}
    assert {path for path in readers - allowed if not path.startswith("verifier/supervisor/")} == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_a_page_holds_no_script_and_no_style_of_its_own(template: Path) -> None:
    shown = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", text(template), flags=re.DOTALL)
    assert INLINE.findall(shown) == []
