"""The groups once more: editors keep the list of platforms, and everybody reads it."""

from django.db import migrations

from reviews.people import ensure_groups


def create(apps, schema_editor):
    ensure_groups(
        apps.get_model("auth", "Group"),
        apps.get_model("auth", "Permission"),
        apps.get_model("contenttypes", "ContentType"),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0013_publications"),
        ("claims", "0020_leaders"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
