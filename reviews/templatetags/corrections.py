"""What people may correct of an article's reading, and what they have: for the article's page."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.auth.models import User

from claims.models import Article, Correction
from reviews.admin.correct_forms import AddForm
from reviews.people import person_of
from reviews.workflow import Duty, may

register = template.Library()


@register.inclusion_tag("desk/article_corrections.html", takes_context=True)
def article_corrections(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """The form to add a mention, and what was put aside or no longer fits; two queries."""
    user = context["request"].user
    open_ = isinstance(user, User) and article.withdrawn_at is None and article.story_id is not None
    rows = Correction.objects.filter(mention__article=article, withdrawn_at__isnull=True)
    said = list(rows.select_related("mention", "by").order_by("mention__start", "pk"))
    return {
        "original": article,
        "form": AddForm() if open_ and may(Duty.CORRECT, person_of(user)) else None,
        "aside": [one for one in said if one.kind == Correction.Kind.NO_CLAIM],
        "unfit": [one for one in said if one.unfit_at is not None],
        "csrf_token": context.get("csrf_token"),
        "perms": context.get("perms"),
    }
