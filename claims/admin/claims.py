"""Claims: the list by evidence, and the page that a reviewer works from."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from claims.admin.base import ReadOnlyAdmin, link, suggestion_cell
from claims.admin.claim_page import build
from claims.admin.filters import ClaimSourceFilter, OriginsFilter, StoryFilter
from claims.models import Claim
from claims.querysets import claims_for_desk


def origins_cell(claim: Claim) -> SafeString | str:
    """The number of independent origins, large: the first thing to read of a claim."""
    if claim.assessment is None:
        return "not scored"
    return format_html('<strong class="big">{}</strong>', claim.assessment.independent_origins)


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin[Claim]):
    """Facts only: what people decide about a claim is in its review."""

    list_display = ("short_text", "origins", "articles", "denials", "worth_shown", "suggested", "story_link")
    list_filter = (
        OriginsFilter,
        "fragment",
        ("assessment__suggested", admin.AllValuesFieldListFilter),
        ClaimSourceFilter,
        StoryFilter,
    )
    search_fields = ("folded", "mentions__folded")
    search_help_text = "Words of the claim or of a mention"
    page_template = "admin/claims/claim/page.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return claims_for_desk().filter(merged_into__isnull=True)

    def page_queryset(self) -> QuerySet[Claim]:
        return Claim.objects.select_related("story", "assessment", "figure_estimate", "merged_into").defer(
            "profile", "story__profile", "assessment__origins", "merged_into__profile"
        )

    def page_context(self, request: HttpRequest, item: Claim) -> dict[str, Any]:
        return {"page": build(item)}

    @admin.display(description="claim", ordering="text")
    def short_text(self, claim: Claim) -> str:
        return str(Truncator(claim.text).chars(160))

    @admin.display(description="independent origins", ordering="assessment__independent_origins")
    def origins(self, claim: Claim) -> SafeString | str:
        return origins_cell(claim)

    @admin.display(description="articles", ordering="assessment__article_count")
    def articles(self, claim: Claim) -> int | str:
        return claim.assessment.article_count if claim.assessment else "–"

    @admin.display(description="denials", ordering="denial_count")
    def denials(self, claim: Claim) -> int:
        return int(claim.denial_count)  # type: ignore[attr-defined]

    @admin.display(description="worth checking", ordering="worth")
    def worth_shown(self, claim: Claim) -> str:
        return "fragment" if claim.fragment else f"{claim.worth:.2f}"

    @admin.display(description="machine suggests", ordering="assessment__suggested")
    def suggested(self, claim: Claim) -> SafeString | str:
        return suggestion_cell(claim.assessment)

    @admin.display(description="story", ordering="story__title")
    def story_link(self, claim: Claim) -> SafeString | str:
        return link(claim.story, str(Truncator(claim.story.title).chars(60))) if claim.story else "–"
