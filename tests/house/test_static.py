"""Production's static files: hashed and compressed, which needs every file that a style names to be there."""

from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings


@pytest.mark.slow
def test_the_static_files_can_be_collected_for_production(tmp_path: Path, settings: Settings) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()
