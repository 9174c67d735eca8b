"""The queue is ordered by what is worth checking, and leaves fragments out. The columns are added as such."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("reviews", "0007_groups_platforms"), ("claims", "0010_claim_worth")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE reviews_review ADD COLUMN worth double precision NOT NULL DEFAULT 0",
            "ALTER TABLE reviews_review DROP COLUMN worth",
            state_operations=[
                migrations.AddField(
                    model_name="review",
                    name="worth",
                    field=models.FloatField(
                        default=0.0, help_text="How much the claim is worth checking, from 0 to 1."
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE reviews_review ADD COLUMN fragment boolean NOT NULL DEFAULT false",
            "ALTER TABLE reviews_review DROP COLUMN fragment",
            state_operations=[
                migrations.AddField(
                    model_name="review",
                    name="fragment",
                    field=models.BooleanField(
                        default=False, help_text="The claim's text cannot be understood by itself."
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            "UPDATE reviews_review SET worth = COALESCE((SELECT worth FROM claims_claim"
            " WHERE claims_claim.id = reviews_review.claim_id), 0)",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveIndex(model_name="review", name="reviews_review_queue"),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                fields=["fragment", "-contested", "-outlets", "-worth", "created_at", "id"],
                condition=Q(status__in=["unverified", "in_review"]) | Q(recheck_at__isnull=False),
                name="reviews_review_queue",
            ),
        ),
    ]
