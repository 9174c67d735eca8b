"""What is said of an article can be corrected. The column is added as such, because it may be null."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0014_seconds_of_scoring")]

    operations = [
        migrations.AddField(
            model_name="articlechange",
            name="details",
            field=models.JSONField(
                blank=True, help_text="Of what is said of the article: how it was, and how it is corrected.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="articlechange",
            name="kind",
            field=models.CharField(
                choices=[
                    ("withdrawn", "withdrawn"),
                    ("corrected", "corrected"),
                    ("restored", "restored"),
                    ("described", "described anew"),
                ],
                max_length=20,
            ),
        ),
    ]
