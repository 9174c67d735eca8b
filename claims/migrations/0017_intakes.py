"""Files that came over the desk, until their articles are taken in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0016_figure_estimate"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Intake",
            fields=[
                ("id", _ID),
                ("given", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "worked_at",
                    models.DateTimeField(auto_now_add=True, help_text="When a job was last at it, or was queued."),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["-id"]},
        ),
        migrations.CreateModel(
            name="IntakeFile",
            fields=[
                ("id", _ID.clone()),
                ("name", models.CharField(max_length=200)),
                ("content", models.BinaryField(null=True)),
                ("new", models.JSONField(default=list, help_text="Ids of the articles that are new.")),
                ("known", models.PositiveIntegerField(default=0)),
                ("refused", models.JSONField(default=list, help_text="Where, and why.")),
                ("notes", models.JSONField(default=list)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "intake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="claims.intake"
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
    ]
