"""Mentions and origins: what the machine read and how it grouped it. Nobody edits them."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from claims.admin.base import ReadOnlyAdmin, chip, link
from claims.models import Mention, Origin
from claims.querysets import mentions_for_desk, towards_claim


class StanceFilter(admin.SimpleListFilter):
    """By the stance towards the claim as that reads, as the list shows it."""

    title = "stance"
    parameter_name = "stance"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Mention.Stance.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Mention]) -> QuerySet[Mention]:
        return queryset.filter(towards_claim(self.value())) if self.value() else queryset


@admin.register(Mention)
class MentionAdmin(ReadOnlyAdmin[Mention]):
    """One place in one article that states a claim."""

    list_display = (
        "short_quote", "claim_link", "outlet", "speaker", "stance_word", "factuality", "hedge", "value", "comparator",
    )  # fmt: skip
    list_filter = (StanceFilter, "factuality", "place", "hedge")
    search_fields = ("folded", "speaker__key")
    search_help_text = "Quote or speaker"
    fields = (
        "article", "claim", "origin", "quote", "sentence", "place", "direct", "speaker", "speaker_text",
        "organisation", "cue", "stance", "factuality", "hedge", "comparator", "value", "upper", "unit",
        "counted", "start", "end",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mention]:
        return mentions_for_desk()

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup in ("claim", "origin", "article") or super().lookup_allowed(lookup, value, request)

    @admin.display(description="quote", ordering="quote")
    def short_quote(self, mention: Mention) -> str:
        return str(Truncator(mention.quote).chars(120))

    @admin.display(description="claim")
    def claim_link(self, mention: Mention) -> SafeString | str:
        return link(mention.claim, str(Truncator(mention.claim.text).chars(60))) if mention.claim else "–"

    @admin.display(description="source", ordering="article__source__name")
    def outlet(self, mention: Mention) -> str:
        return mention.article.source.name

    @admin.display(description="stance", ordering="stance")
    def stance_word(self, mention: Mention) -> SafeString:
        return chip(mention.towards, f"stance-{mention.towards}")


@admin.register(Origin)
class OriginAdmin(ReadOnlyAdmin[Origin]):
    """What counts as one witness, and why."""

    list_display = ("label", "kind", "claim_link", "mention_count", "strength")
    list_filter = ("kind",)
    search_fields = ("label",)
    search_help_text = "Label"
    fields = ("claim", "label", "kind", "reason", "strength", "key")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Origin]:
        return Origin.objects.select_related("claim").defer("claim__profile").annotate(n=Count("mentions"))

    @admin.display(description="claim")
    def claim_link(self, origin: Origin) -> SafeString | str:
        return link(origin.claim, str(Truncator(origin.claim.text).chars(80)))

    @admin.display(description="mentions", ordering="n")
    def mention_count(self, origin: Origin) -> int:
        return int(origin.n)  # type: ignore[attr-defined]
