"""The history only grows: the database itself refuses to change or delete a line of it."""

from django.db import migrations

TABLES = ("reviews_reviewevent", "reviews_historyseal")
TAKEN = {
    "reviews_reviewevent": "id = NEW.id OR (review_id = NEW.review_id AND sequence = NEW.sequence)",
    "reviews_historyseal": "id = NEW.id OR sequence = NEW.sequence",
}


def guard(apps, schema_editor):
    for table in TABLES:
        for statement in _STATEMENTS[schema_editor.connection.vendor](table):
            schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_only_grows ON {table}", params=None)
            schema_editor.execute(f"DROP TRIGGER {table}_no_truncate ON {table}", params=None)
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_no_update", params=None)
            schema_editor.execute(f"DROP TRIGGER {table}_no_delete", params=None)
            schema_editor.execute(f"DROP TRIGGER {table}_no_replace", params=None)


def _sqlite(table):
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'the history only grows: no {verb} on {table}'); END"
        )
    yield (  # REPLACE INTO deletes the row in its way without asking the trigger of DELETE
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {TAKEN[table]}) "
        f"BEGIN SELECT RAISE(ABORT, 'the history only grows: no REPLACE on {table}'); END"
    )


def _postgresql(table):
    yield (
        "CREATE OR REPLACE FUNCTION verifier_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'the history only grows: no % on %', TG_OP, TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    yield (
        f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION verifier_only_grows()"
    )
    yield (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION verifier_only_grows()"
    )


_STATEMENTS = {"sqlite": _sqlite, "postgresql": _postgresql}


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
