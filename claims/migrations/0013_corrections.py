"""People correct what the machine read. Columns that may be null are added as such, so that no table is made anew."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0012_ledger"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="read_text",
            field=models.TextField(
                blank=True, help_text="The machine's text, where a person wrote another.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="claim",
            name="text",
            field=models.TextField(help_text="The clearest mention's sentence, or what a person wrote in its place."),
        ),
        migrations.AddField(
            model_name="mention",
            name="read",
            field=models.JSONField(
                blank=True,
                help_text="What the machine read, where a person corrected it; empty: a person added it.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="retired_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Since when it is no mention: no claim, or not read there any more.",
                null=True,
            ),
        ),
        migrations.RemoveConstraint(model_name="mention", name="claims_mention_once_unmatched"),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(
                condition=Q(claim__isnull=True, retired_at__isnull=True),
                fields=["article", "start", "end"],
                name="claims_mention_once_unmatched",
            ),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reading", "another reading"),
                            ("no_claim", "no claim"),
                            ("added", "a mention by hand"),
                            ("text", "the claim in other words"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "mention",
                    models.ForeignKey(
                        blank=True,
                        help_text="Its place.",
                        null=True,
                        on_delete=PROTECT,
                        related_name="corrections",
                        to="claims.mention",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        help_text="The claim then.",
                        null=True,
                        on_delete=PROTECT,
                        related_name="corrections",
                        to="claims.claim",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        help_text="The mention whose words were wrong, where one was added in its place.",
                        null=True,
                        on_delete=PROTECT,
                        related_name="replaced_by",
                        to="claims.mention",
                    ),
                ),
                ("read", models.JSONField(blank=True, default=dict, help_text="What the machine had read.")),
                (
                    "corrected",
                    models.JSONField(blank=True, default=dict, help_text="What a person put in its place."),
                ),
                (
                    "judgements",
                    models.JSONField(blank=True, default=list, help_text="Ids of the judgements that came with it."),
                ),
                ("why", models.TextField()),
                (
                    "by",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "unfit_at",
                    models.DateTimeField(
                        blank=True, help_text="Since when a newer reading finds nothing at its place.", null=True
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(mention__isnull=False, withdrawn_at__isnull=True),
                        fields=["mention", "kind"],
                        name="claims_correction_one_word",
                    ),
                    models.UniqueConstraint(
                        condition=Q(kind="text", withdrawn_at__isnull=True),
                        fields=["claim"],
                        name="claims_correction_one_text",
                    ),
                    models.CheckConstraint(condition=~Q(why=""), name="claims_correction_has_reason"),
                    models.CheckConstraint(
                        condition=Q(kind="text", mention__isnull=True, claim__isnull=False)
                        | (~Q(kind="text") & Q(mention__isnull=False)),
                        name="claims_correction_has_place",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MentionRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("values", models.JSONField(help_text="Its columns as they were until then.")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "mention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="claims.mention",
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
    ]
