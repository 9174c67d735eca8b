"""The documents name what there is: every command, setting and address, and no file that is not there."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.repository import ROOT, files, text

VARIABLE = re.compile(r"\b(VERIFIER_[A-Z_]+[A-Z]|DATABASE_URL|REDIS_URL)\b")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
CHOICE = re.compile(r"\(\?P<\w+>(\w+(?:\|\w+)+)\)")
OPERATIONS = text(ROOT / "docs" / "operations.md")


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        for route in alternatives(prefix + str(pattern.pattern)):
            if isinstance(pattern, URLResolver):
                yield from addresses(pattern.url_patterns, route)
            else:
                yield route


def alternatives(route: str) -> list[str]:
    """Return a route for each word where a part of it is one of several: (?P<name>take|release)."""
    found = CHOICE.search(route)
    return [route.replace(found[0], word) for word in found[1].split("|")] if found else [route]


def plain(route: str) -> str:
    """Return a route as the documents write it: api/v1/claims/(?P<pk>[^/.]+)/$ is /api/v1/claims/ID/."""
    route = re.sub(r"\(\?P<\w+>[^)]*\)|<[^>]+>", "ID", route)
    return "/" + re.sub(r"[\^$\\]", "", route)


def test_every_command_of_run_is_in_operations() -> None:
    commands = runpy.run_path(str(ROOT / "run"), run_name="read")["NEEDS"]
    assert [name for name in commands if f"`./run {name}" not in OPERATIONS] == []


def test_run_prints_every_command() -> None:
    read = runpy.run_path(str(ROOT / "run"), run_name="read")
    assert [name for name in read["NEEDS"] if f"./run {name} " not in read["__doc__"]] == []


def test_every_setting_is_in_operations() -> None:
    code = [ROOT / "run", *files("verifier/*.py"), ROOT / "tests" / "services.py"]
    named = {name for path in code for name in VARIABLE.findall(text(path))}
    assert sorted(name for name in named if f"`{name}`" not in OPERATIONS) == []


def test_operations_names_no_setting_that_is_not_there() -> None:
    code = "".join(text(path) for path in [ROOT / "run", *files("verifier/*.py", "tests/services.py")])
    assert sorted(name for name in set(VARIABLE.findall(OPERATIONS)) if name not in code) == []


def test_every_address_of_the_api_is_documented() -> None:
    documents = "".join(text(path) for path in files("docs/*.md"))
    routes = {plain(route) for route in addresses(get_resolver().url_patterns)}
    ours = {route for route in routes if route.startswith("/api/") and ".ID" not in route and route != "/api/v1/"}
    assert sorted(route for route in ours if route not in documents) == []


@pytest.mark.parametrize("document", files("*.md"), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(document: Path) -> None:
    broken = [link for link in LINK.findall(text(document)) if not (document.parent / link).exists()]
    assert broken == []
