"""An article can say that it was read in part. The column is added as such, as in the one before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0007_speaker_gender")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE claims_article ADD COLUMN partly varchar(200) NOT NULL DEFAULT ''",
            "ALTER TABLE claims_article DROP COLUMN partly",
            state_operations=[
                migrations.AddField(
                    model_name="article",
                    name="partly",
                    field=models.CharField(blank=True, help_text="What of it was read, if not all.", max_length=200),
                ),
            ],
        ),
    ]
