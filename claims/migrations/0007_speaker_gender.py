"""An editor can say what articles call a speaker, "he" or "she". The column is added as such, as in the one before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0006_mention_organisation")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE claims_speaker ADD COLUMN gender varchar(1) NOT NULL DEFAULT ''",
            "ALTER TABLE claims_speaker DROP COLUMN gender",
            state_operations=[
                migrations.AddField(
                    model_name="speaker",
                    name="gender",
                    field=models.CharField(
                        blank=True,
                        choices=[("f", "she"), ("m", "he")],
                        help_text="What articles call the person; read with the next article.",
                        max_length=1,
                    ),
                ),
            ],
        ),
    ]
