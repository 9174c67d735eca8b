"""Assessments: the machine's pre-score, version by version, read only."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from claims.admin.base import ReadOnlyAdmin, link
from claims.models import Assessment
from claims.querysets import assessments_for_desk


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin[Assessment]):
    """A row is never edited; a new look at the evidence is a new version."""

    list_display = (
        "claim_link",
        "version",
        "independent_origins",
        "article_count",
        "suggested",
        "algorithm",
        "created_at",
    )
    list_filter = ("suggested", "algorithm")
    search_fields = ("claim__folded",)
    search_help_text = "Text of the claim"
    fields = (
        "claim", "version", "evidence_version", "algorithm", "parameters", "independent_origins", "mention_count",
        "article_count", "suggested", "log_odds", "probability", "figure", "contributions", "explanation", "created_at",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assessment]:
        return assessments_for_desk()

    @admin.display(description="claim")
    def claim_link(self, assessment: Assessment) -> SafeString | str:
        return link(assessment.claim, str(Truncator(assessment.claim.text).chars(90)))
