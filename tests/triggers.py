"""Emptying the database between two tests, although its triggers refuse to delete the history."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def triggers_off(connection: BaseDatabaseWrapper) -> Generator[None, None, None]:
    """Nothing is refused inside: for a flush, and for tests that play the forger."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            try:
                yield
            finally:
                cursor.execute("SET session_replication_role = origin")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        try:
            yield
        finally:
            for _, statement in triggers:
                cursor.execute(statement)


def let_flush(connection: BaseDatabaseWrapper) -> None:
    """Make Django's flush switch the triggers off for as long as it takes."""
    flush = connection.ops.execute_sql_flush

    def execute_sql_flush(statements: Sequence[str]) -> list[object]:
        with triggers_off(connection):
            return flush(statements)

    connection.ops.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]
