"""The migrations say what the models say, on every database, from nothing to now."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def test_no_change_of_a_model_lacks_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_database_made_from_nothing_has_every_migration() -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_every_migration_of_ours_can_be_taken_back() -> None:
    loader = MigrationExecutor(connection).loader
    ours = [m for (app, _), m in loader.disk_migrations.items() if app in ("claims", "reviews")]
    one_way = [f"{m}: {o.describe()}" for m in ours for o in m.operations if not o.reversible]
    assert one_way == []
