"""Chain the notes that there are, as they stand now."""

from importlib import import_module

from django.db import migrations

ledger = import_module("claims.migrations.0012_ledger")


def write_notes(apps, schema_editor):
    line = ledger.Writer(apps.get_model("claims", "LedgerLine"))
    for note in apps.get_model("reviews", "Note").objects.order_by("pk"):
        content = {"note": [note.pk, note.review_id, note.author_id, note.text], "at": note.created_at}
        line.write("note", note.pk, content)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0009_notices_grouped"), ("claims", "0012_ledger")]
    operations = [migrations.RunPython(write_notes, migrations.RunPython.noop)]
