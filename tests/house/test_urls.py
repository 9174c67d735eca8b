"""The addresses are the same, wherever the process was started."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tests.house.test_docs import addresses, plain
from verifier import urls


def test_the_addresses_do_not_depend_on_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = {plain(route) for route in addresses(urls.urlpatterns)}
    monkeypatch.chdir(tmp_path)
    elsewhere = {plain(route) for route in addresses(importlib.reload(urls).urlpatterns)}
    assert elsewhere == here
    assert {"/api/v1/claims/", "/api/v1/articles/", "/api/v1/bulk/ID/"} <= elsewhere
