"""The groups once more: whoever sees claims sees what people corrected of them."""

from importlib import import_module

from django.db import migrations

groups = import_module("reviews.migrations.0007_groups_platforms")


class Migration(migrations.Migration):
    dependencies = [("reviews", "0010_ledger_of_notes"), ("claims", "0013_corrections")]
    operations = [migrations.RunPython(groups.create, migrations.RunPython.noop)]
