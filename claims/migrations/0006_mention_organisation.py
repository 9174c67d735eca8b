from importlib import import_module

from django.db import migrations, models

identity = import_module("claims.migrations.0003_identity")


class Migration(migrations.Migration):
    """SQLite makes the table of mentions anew for a new column: the triggers that name it are off meanwhile."""

    dependencies = [("claims", "0005_mention_factuality")]

    operations = [
        migrations.RunPython(identity.unguard, identity.guard),
        migrations.AddField(
            model_name="mention",
            name="organisation",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="For whom the speaker speaks, as far as the article says.",
                max_length=200,
            ),
        ),
        migrations.RunPython(identity.guard, identity.unguard),
    ]
