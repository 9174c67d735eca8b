"""People withdraw an article, or put a corrected version in its place; both can be taken back by restoring it.

An article's text stays as it was given, with its mentions in their claims: what it states only is no evidence any more,
so the claims are scored again without it. A corrected version is an article of its own, read like any other.
"""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.engine import names
from claims.errors import ArticleState, CorrectionError
from claims.models import Article, ArticleChange, Claim, Mention
from claims.services import matching, mentions, standing, steps
from claims.services.ingest import NewArticle, ingest

Kind = ArticleChange.Kind


@transaction.atomic
def withdraw(article_id: int, *, by: User | None, why: str) -> Article:
    """Take an article back: its publisher did, or it should never have come in.

    Raises ``Article.DoesNotExist``, ``CorrectionError`` without a reason, ``ArticleState`` where it was withdrawn or
    corrected before.
    """
    return _end(article_id, Kind.WITHDRAWN, by, why, None)


@transaction.atomic
def correct(article_id: int, new: NewArticle, *, by: User | None, why: str) -> Article:
    """Put a corrected version in the article's place and return that version.

    It is of the same source; title, address, date and language are those of the article where ``new`` gives none.
    Raises as ``withdraw`` does, and ``IngestError`` for what cannot be taken in.
    """
    old = Article.objects.select_related("source").get(pk=article_id)
    given = replace(
        new,
        title=new.title or old.title,
        url=new.url or old.url,
        language=new.language or old.language,
        published=new.published or old.published_at,
    )
    version = ingest(given, publisher=old.source).article
    if version.pk == old.pk:
        raise CorrectionError("This is the text of the article itself: nothing would be corrected.", field="text")
    if version.withdrawn_at is not None:
        raise ArticleState(f"This text is that of article {version.pk}, which was withdrawn or corrected: restore it.")
    _end(article_id, Kind.CORRECTED, by, why, version)
    return version


@transaction.atomic
def restore(article_id: int, *, by: User | None, why: str) -> Article:
    """Let an article count again that was withdrawn or corrected by mistake. A corrected version stays beside it.

    Raises as ``withdraw`` does, the other way round.
    """
    claims = _lock(article_id)
    changed = Article.objects.filter(pk=article_id, withdrawn_at__isnull=False)
    if not changed.update(withdrawn_at=None, replaced_by=None):
        raise ArticleState("The article stands as it is: it was neither withdrawn nor corrected.")
    waiting = Mention.objects.filter(article_id=article_id, claim__isnull=True, retired_at__isnull=True)
    if waiting.exists():  # it was withdrawn before matching
        mentions.match_again(article_id)
    return _note(article_id, Kind.RESTORED, by, why, None, claims)


def _end(article_id: int, kind: Kind, by: User | None, why: str, version: Article | None) -> Article:
    claims = _lock(article_id)
    standing_still = Article.objects.filter(pk=article_id, withdrawn_at__isnull=True)
    if not standing_still.update(withdrawn_at=timezone.now(), replaced_by=version):
        raise ArticleState("The article was withdrawn or corrected before.")
    Mention.objects.filter(article_id=article_id).update(origin=None)
    return _note(article_id, kind, by, why, version, claims)


def _lock(article_id: int) -> list[int]:
    """Lock the article's story, then the claims that it states, as matching does; return the claims' ids.

    A mention that is matched meanwhile brings its claim's scoring with it, and that looks at the article anew.
    """
    if Article.objects.get(pk=article_id).story_id is not None:
        matching.lock_story_of(article_id)
    stated = Mention.objects.filter(article_id=article_id, claim__isnull=False).values("claim")
    claims = Claim.objects.select_for_update(of=("self",)).filter(pk__in=stated).order_by("pk")
    return list(claims.values_list("pk", flat=True))


def _note(
    article_id: int, kind: Kind, by: User | None, why: str, version: Article | None, claims: list[int]
) -> Article:
    """Write down what was done, and have the claims described and scored anew."""
    if names.blank(why):
        raise CorrectionError("Say why: whoever decided on it will read that.", field="why")
    ArticleChange.objects.create(article_id=article_id, kind=kind, replacement=version, why=why.strip(), by=by)
    standing.refresh(claims)
    steps.score_later(claims)
    return Article.objects.get(pk=article_id)
