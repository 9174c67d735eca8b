"""Notices are grouped by what caused them: a bulk action or one withdrawn article is one notice a person."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0008_review_worth"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="notification",
            name="cause",
            field=models.CharField(
                blank=True, help_text="What it is grouped by; empty: it stands alone.", max_length=80
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="growing",
            field=models.BooleanField(default=False, help_text="Further claims of the same cause join it."),
        ),
        migrations.AddField(
            model_name="notification",
            name="number",
            field=models.PositiveIntegerField(default=1, help_text="How many claims it is about."),
        ),
        migrations.AddField(
            model_name="notification",
            name="reviews",
            field=models.ManyToManyField(
                help_text="Of all claims that share the cause.", related_name="+", to="reviews.review"
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="summary",
            field=models.CharField(blank=True, help_text="What happened, said of several claims.", max_length=300),
        ),
        migrations.AlterField(
            model_name="notification",
            name="text",
            field=models.CharField(help_text="What happened to the first of its claims.", max_length=300),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.UniqueConstraint(
                condition=models.Q(("growing", True)),
                fields=("user", "kind", "cause"),
                name="reviews_notification_one_a_cause",
            ),
        ),
    ]
