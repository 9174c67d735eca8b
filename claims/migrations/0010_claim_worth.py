"""A claim says how much it is worth checking, and whether its text stands. The columns are added as such, as before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0009_story_rematch_lease")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE claims_claim ADD COLUMN worth double precision NOT NULL DEFAULT 0",
            "ALTER TABLE claims_claim DROP COLUMN worth",
            state_operations=[
                migrations.AddField(
                    model_name="claim",
                    name="worth",
                    field=models.FloatField(
                        default=0.0, help_text="How much it is worth checking, from 0 to 1: its best mention's."
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE claims_claim ADD COLUMN fragment boolean NOT NULL DEFAULT false",
            "ALTER TABLE claims_claim DROP COLUMN fragment",
            state_operations=[
                migrations.AddField(
                    model_name="claim",
                    name="fragment",
                    field=models.BooleanField(
                        default=False, help_text="Its text cannot be understood without an article."
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            "UPDATE claims_claim SET worth = COALESCE((SELECT MAX(checkable) FROM claims_mention"
            " WHERE claims_mention.claim_id = claims_claim.id), 0)",
            migrations.RunSQL.noop,
        ),
    ]
