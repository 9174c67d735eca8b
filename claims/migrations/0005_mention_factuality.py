"""A mention says whether its text commits to it. Rows from before have what their stance tells.

The column is added as such, because SQLite would otherwise copy the table, and its triggers would be lost.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_fill_identity")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE claims_mention ADD COLUMN factuality varchar(20) NOT NULL DEFAULT 'asserted'",
            "ALTER TABLE claims_mention DROP COLUMN factuality",
            state_operations=[
                migrations.AddField(
                    model_name="mention",
                    name="factuality",
                    field=models.CharField(
                        choices=[
                            ("asserted", "asserted"),
                            ("denied", "denied"),
                            ("hypothetical", "hypothetical"),
                            ("planned", "planned"),
                            ("asked", "asked"),
                        ],
                        default="asserted",
                        help_text="Whether the text commits to it; only what is asserted or denied is evidence.",
                        max_length=20,
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            "UPDATE claims_mention SET factuality = CASE stance WHEN 'denies' THEN 'denied' ELSE 'asked' END "
            "WHERE stance <> 'asserts'",
            migrations.RunSQL.noop,
        ),
    ]
