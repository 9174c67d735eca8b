"""The ledger: one line for each note and judgement, which the database itself refuses to change."""

from django.db import migrations, models
from django.utils import timezone

from claims import chain

_TABLE = "claims_ledgerline"
_KEPT = "the ledger only grows"


def guard(apps, schema_editor):
    for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in ("only_grows", "no_truncate"):
            schema_editor.execute(f"DROP TRIGGER {_TABLE}_{name} ON {_TABLE}", params=None)
    else:
        for name in ("no_update", "no_delete", "no_replace"):
            schema_editor.execute(f"DROP TRIGGER {_TABLE}_{name}", params=None)


def _sqlite():
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {_TABLE}_no_{verb.lower()} BEFORE {verb} ON {_TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"
        )
    yield (  # REPLACE INTO deletes the row in its way without asking the trigger of DELETE
        f"CREATE TRIGGER {_TABLE}_no_replace BEFORE INSERT ON {_TABLE} WHEN EXISTS (SELECT 1 FROM {_TABLE} "
        'WHERE id = NEW.id OR sequence = NEW.sequence OR (kind = NEW.kind AND "row" = NEW."row")) '
        f"BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"
    )


def _postgresql():
    yield (
        f"CREATE TRIGGER {_TABLE}_only_grows BEFORE UPDATE OR DELETE ON {_TABLE} "
        f"FOR EACH ROW EXECUTE FUNCTION verifier_refuse('{_KEPT}')"
    )
    yield (
        f"CREATE TRIGGER {_TABLE}_no_truncate BEFORE TRUNCATE ON {_TABLE} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION verifier_refuse('{_KEPT}')"
    )


def write_judgements(apps, schema_editor):
    """Chain the judgements that there are, as they stand now."""
    line = Writer(apps.get_model("claims", "LedgerLine"))
    for given in apps.get_model("claims", "Judgement").objects.order_by("pk"):
        word = [given.pk, given.left, given.right, given.word, given.why, given.by_id]
        line.write("judgement", given.pk, {"word": word, "at": given.created_at})
        if given.withdrawn_at is not None:
            withdrawn = {"withdrawn": [given.pk, given.withdrawn_by_id], "at": given.withdrawn_at}
            line.write("withdrawal", given.pk, withdrawn)


class Writer:
    """Writes lines as ``claims.services.ledger`` did when this migration was made."""

    def __init__(self, model):
        self.model = model
        last = model.objects.order_by("-sequence").first()
        self.sequence, self.previous = (last.sequence, last.hash) if last else (0, chain.LEDGER_GENESIS)

    def write(self, kind, row, content):
        self.sequence += 1
        values = {
            "sequence": self.sequence,
            "kind": kind,
            "row": row,
            "content": chain.digest(content),
            "created_at": timezone.now(),
            "previous": self.previous,
        }
        self.previous = chain.digest(values)
        self.model.objects.create(**values, hash=self.previous)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0011_candidate_pairs"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("note", "note"), ("judgement", "judgement"), ("withdrawal", "judgement taken back")],
                        max_length=20,
                    ),
                ),
                ("row", models.PositiveBigIntegerField(help_text="Id of the note or of the judgement.")),
                ("content", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField()),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["sequence"],
                "constraints": [models.UniqueConstraint(fields=("kind", "row"), name="claims_ledgerline_once")],
            },
        ),
        migrations.RunPython(write_judgements, migrations.RunPython.noop),
        migrations.RunPython(guard, unguard),
    ]
