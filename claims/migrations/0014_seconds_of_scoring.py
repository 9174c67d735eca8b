"""How long a score took, and when a run of re-matching was last seen. A table with triggers gets its column as such."""

from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("claims", "0013_corrections")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE claims_assessment ADD COLUMN seconds double precision NULL",
            "ALTER TABLE claims_assessment DROP COLUMN seconds",
            state_operations=[
                migrations.AddField(
                    model_name="assessment",
                    name="seconds",
                    field=models.FloatField(
                        null=True, help_text="How long it took; the claim rests many times as long."
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="rematch",
            name="seen_at",
            field=models.DateTimeField(
                auto_now_add=True, default=timezone.now, help_text="When somebody last worked on it or queued it."
            ),
            preserve_default=False,
        ),
    ]
