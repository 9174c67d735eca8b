"""Who leads which state, and when: facts that change, kept by editors."""

from django.db import models
from django.db.models import F, Q


class Leader(models.Model):
    """A person who leads a state or speaks for it, with the whole years in office.

    Articles often leave the office out: what such a person says and what the government says is one origin.
    """

    name = models.CharField(max_length=200)
    state = models.CharField(max_length=100, help_text="The country by its plain name: “South Korea”.")
    first_year = models.PositiveSmallIntegerField(help_text="The first whole year in office.")
    last_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The last whole year in office; empty: still in office."
    )

    class Meta:
        ordering = ["name", "first_year"]
        constraints = [
            models.UniqueConstraint(fields=["name", "state", "first_year"], name="claims_leader_once"),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")), name="claims_leader_years"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.state}"
