"""Articles: what was taken in, how far it has come, and where it states claims."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.safestring import SafeString

from claims.admin import corrections
from claims.admin.base import ReadOnlyAdmin, chip, link, page_of
from claims.admin.filters import AddressFilter, LanguageFilter, SourceFilter, StateFilter, StoryFilter
from claims.admin.highlighting import Highlight, cut
from claims.admin.intake import IntakePages
from claims.models import Article, StepName
from claims.querysets import STATES, WAITING, article_state, articles_for_desk, mentions_for_desk, with_corrections
from claims.services import nested, sources, steps
from claims.templatetags.moments import moment


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin[Article]):
    """The text is kept as given and never edited; what failed can be retried."""

    list_display = ("title", "outlet", "story_link", "published", "language", "mention_count", "state")
    list_filter = (StateFilter, SourceFilter, StoryFilter, LanguageFilter, AddressFilter)
    search_fields = ("folded", "url", "source__folded", "source__aliases__key")
    search_help_text = "Title, address or outlet"
    date_hierarchy = None
    actions = ("retry_failed_steps", "read_again")
    page_template = "admin/claims/article/page.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return articles_for_desk()

    def get_urls(self) -> list[URLPattern]:
        pages, wrap = IntakePages(self.admin_site.each_context), self.admin_site.admin_view
        return [
            path("take-in/", wrap(pages.add), name="claims_article_take_in"),
            path("take-in/<int:intake_id>/", wrap(pages.watch), name="claims_article_intake"),
            *super().get_urls(),
        ]

    @admin.display(description="source", ordering="source__name")
    def outlet(self, article: Article) -> str:
        return article.source.name

    @admin.display(description="story", ordering="story__title")
    def story_link(self, article: Article) -> SafeString | str:
        return link(article.story)

    @admin.display(description="published", ordering="published_at")
    def published(self, article: Article) -> str:
        return moment(article.published_at)

    @admin.display(description="mentions", ordering="mention_count")
    def mention_count(self, article: Article) -> int:
        return int(article.mention_count)  # type: ignore[attr-defined]

    @admin.display(description="state", ordering="state")
    def state(self, article: Article) -> SafeString:
        state = str(article.state)  # type: ignore[attr-defined]
        shown = {"waiting": "in the pipeline", "withdrawn": _ended(article)}
        return chip(shown.get(state, state), f"state-{state}")

    @admin.action(description="Retry failed steps", permissions=["retry"])
    def retry_failed_steps(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        """Open the parked steps of the chosen articles again and queue them."""
        opened = steps.retry(queryset.values_list("pk", flat=True))
        if opened:
            self.message_user(request, f"{opened} failed step{'s' if opened > 1 else ''} queued again.")
        else:
            self.message_user(request, "None of these articles has a failed step.", messages.WARNING)

    @admin.action(description="Read again", permissions=["retry"])
    def read_again(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        """Have the chosen articles read anew, as the engine reads now; what people corrected stays."""
        queued = sum(steps.send(steps.REREAD_TASK, pk) for pk in queryset.values_list("pk", flat=True))
        if queued:
            self.message_user(request, f"{queued} article{'s' if queued > 1 else ''} will be read again.")
        else:
            self.message_user(request, "The queue is away just now: try again in a moment.", messages.WARNING)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Who may put articles right may also retry them."""
        return request.user.has_perm("claims.change_articlestep")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The article's page; a POST withdraws, corrects or restores it."""
        name = request.POST.get("change", "")
        if name not in corrections.FORMS or not object_id.isdecimal():
            return super().change_view(request, object_id, form_url, extra_context)
        if not request.user.has_perm("claims.change_article") or not isinstance(request.user, User):
            raise PermissionDenied
        article = self.page_queryset().filter(pk=object_id).first()
        if article is None:
            raise Http404("There is no such article.")
        after, form = corrections.ask(article, name, request.POST, request.user)
        if after is None:
            return self.page(request, article, {"bound": form}, status=400)
        messages.success(request, f"{form.label}: done. The claims that rested on it are scored again.")
        return HttpResponseRedirect(page_of(after))

    def page(
        self, request: HttpRequest, item: Article, extra: dict[str, Any] | None = None, status: int = 200
    ) -> TemplateResponse:
        """The article's page, with what may be done to it."""
        may = request.user.has_perm("claims.change_article")
        bound = (extra or {}).get("bound")
        context = {
            **(extra or {}),
            "may_change": may,
            "open_changes": corrections.open_changes(item, bound) if may else [],
        }
        return super().page(request, item, context, status)

    def page_queryset(self) -> QuerySet[Article]:
        return (
            Article.objects.select_related("source", "story", "replaced_by")
            .defer("digest", "story__profile", "replaced_by__text", "replaced_by__digest")
            .annotate(state=article_state())
        )

    def page_context(self, request: HttpRequest, item: Article) -> dict[str, Any]:
        mentions = list(mentions_for_desk().filter(article=item).order_by("start", "end", "pk"))
        with_corrections(mentions)
        gone_through = list(item.steps.order_by("pk"))
        highlights = [Highlight(m.pk, m.start, m.end, m.towards) for m in mentions]
        inside = nested.inside(item.pk)
        return {
            "mentions": [(m, inside.get(m.pk, ())) for m in mentions],
            "pieces": cut(item.text, highlights),
            "changes": list(item.changes.select_related("by", "replacement").defer("replacement__text")),
            "replaces": list(item.replaces.only("title")),
            "steps": gone_through,
            "read": any(step.name == StepName.EXTRACT and step.done_at for step in gone_through),
            "waiting": item.state == WAITING and item.withdrawn_at is None,  # type: ignore[attr-defined]
            "state": {**dict(STATES), "withdrawn": _ended(item)}.get(item.state),  # type: ignore[attr-defined]
            "site_of": sources.owner_elsewhere(item),
            "twins": list(sources.twins(item)),
            "address": item.url if item.url.startswith(("http://", "https://")) else "",
            "may_retry": self.has_retry_permission(request),
        }


def _ended(article: Article) -> str:
    return "corrected" if article.replaced_by_id else "withdrawn"
