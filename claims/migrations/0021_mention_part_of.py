"""A mention may stand inside another. The column may be null, so it is added as such and no table is made anew."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0020_leaders")]

    operations = [
        migrations.AddField(
            model_name="mention",
            name="part_of",
            field=models.ForeignKey(
                blank=True,
                help_text="The mention inside which it stands. It rests, retired, until another article states it.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="parts",
                to="claims.mention",
            ),
        ),
    ]
