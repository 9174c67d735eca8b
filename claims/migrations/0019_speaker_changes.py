"""Speakers are merged, renamed and described by editors. The columns are added as such, as in the ones before."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0018_kept_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE claims_speaker ADD COLUMN party varchar(200) NOT NULL DEFAULT ''",
            "ALTER TABLE claims_speaker DROP COLUMN party",
            state_operations=[
                migrations.AddField(
                    model_name="speaker",
                    name="party",
                    field=models.CharField(
                        blank=True,
                        help_text="For whom the speaker speaks, where an article does not say.",
                        max_length=200,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="speaker",
            name="merged_into",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=PROTECT, related_name="merged", to="claims.speaker"
            ),
        ),
        migrations.CreateModel(
            name="SpeakerChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("merged", "merged"), ("described", "described anew")], max_length=20
                    ),
                ),
                ("speaker", models.ForeignKey(on_delete=PROTECT, related_name="changes", to="claims.speaker")),
                (
                    "target",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who it is now.",
                        null=True,
                        on_delete=PROTECT,
                        related_name="merges",
                        to="claims.speaker",
                    ),
                ),
                (
                    "details",
                    models.JSONField(default=dict, help_text="What was moved, or how it was and how it is."),
                ),
                ("why", models.TextField()),
                (
                    "by",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(condition=~Q(why=""), name="claims_speakerchange_has_reason"),
                    models.CheckConstraint(
                        condition=Q(kind="described", target__isnull=True)
                        | (Q(kind="merged", target__isnull=False) & ~Q(speaker=F("target"))),
                        name="claims_speakerchange_two",
                    ),
                ],
            },
        ),
    ]
