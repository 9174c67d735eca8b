"""People correct what is said of an article beside its text: its title, outlet, address, date and language.

The text, and so every place in it, stays. Each change keeps what was there before, and can be taken back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims.engine import names
from claims.errors import ArticleState, CorrectionError
from claims.models import Article, ArticleChange, ArticleStep, Source, StepName
from claims.services import outlets, sources, standing, steps
from claims.services.dates import moment_of, parse_date
from claims.services.ingest import NewArticle, tidied

FIELDS = ("title", "source", "url", "published", "language")
READ_WITH = frozenset({"title", "published", "language"})
"""What the reading of an article looks at: where it changes, the article is read again."""


@transaction.atomic
def describe(article_id: int, given: Mapping[str, str], *, by: User | None, why: str) -> ArticleChange:
    """Change what is said of an article, of ``FIELDS``; an empty address, date or language is none.

    Its claims are scored again, and it is read again where that may read otherwise. Raises ``Article.DoesNotExist``,
    ``IngestError`` and ``CorrectionError`` naming the field.
    """
    if names.blank(why):
        raise CorrectionError("Say why: whoever decided on it will read that.", field="why")
    article = Article.objects.select_for_update(of=("self",)).select_related("source").get(pk=article_id)
    wanted = _wanted(given)
    changed = {name: value for name, value in wanted.items() if getattr(article, name) != value}
    if not changed:
        raise CorrectionError("Nothing would be changed.")
    return _write(article, changed, by, why)


@transaction.atomic
def undo(change_id: int, *, by: User | None, why: str) -> ArticleChange:
    """Take such a change back, as far as nobody has changed the same once more.

    Raises ``ArticleChange.DoesNotExist``, ``ArticleState`` where nothing of it is left.
    """
    done = ArticleChange.objects.get(pk=change_id, kind=ArticleChange.Kind.DESCRIBED)
    article = Article.objects.select_for_update(of=("self",)).select_related("source").get(pk=done.article_id)
    details = done.details or {}
    now = _stored(article, details.get("corrected", {}))
    left = {name: details["read"][name] for name, value in now.items() if value == details["corrected"][name]}
    if not left:
        raise ArticleState("Nothing of this is left to be taken back.")
    return _write(article, _restored(left), by, why.strip() or f"Taken back: {done.why}")


def _wanted(given: Mapping[str, str]) -> dict[str, Any]:
    """What was given, checked, as the columns of an article."""
    published = given.get("published", "").strip()
    try:
        date = parse_date(published) if published else None
    except ValueError:
        raise CorrectionError(f"not a date in ISO 8601: {published[:40]!r}", field="published") from None
    plain = {name: given.get(name, "").strip() for name in ("title", "source", "url", "language")}
    new = tidied(NewArticle(published=date, **plain))
    for name in ("title", "source"):
        if name in given and not getattr(new, name):
            raise CorrectionError(f"An article has a {'title' if name == 'title' else 'source'}.", field=name)
    wanted: dict[str, Any] = {name: getattr(new, name) for name in ("title", "url", "language") if name in given}
    if "published" in given:
        wanted["published_at"] = moment_of(new.published)
    if "source" in given:
        found = sources.found(new.source)
        wanted["source"] = outlets.held(found) if found else outlets.attribute(new.source, "", "").source
    return wanted


def _write(article: Article, changed: Mapping[str, Any], by: User | None, why: str) -> ArticleChange:
    before = _stored(article, changed)
    for name, value in changed.items():
        setattr(article, name, value)
    if "url" in changed:
        article.site = outlets.site_in(article.url)
    article.save(update_fields=[*changed, "site", "folded"])
    done = ArticleChange.objects.create(
        article=article,
        kind=ArticleChange.Kind.DESCRIBED,
        details={"read": before, "corrected": _stored(article, changed)},
        why=why.strip(),
        by=by,
    )
    standing.outdate(list(article.mentions.filter(claim__isnull=False).values_list("claim", flat=True)))
    read = ArticleStep.objects.filter(article=article, name=StepName.EXTRACT, done_at__isnull=False).exists()
    if read and READ_WITH & {name.removesuffix("_at") for name in changed}:
        transaction.on_commit(lambda: steps.send(steps.REREAD_TASK, article.pk), robust=True)
    return done


def _stored(article: Article, names: Mapping[str, Any]) -> dict[str, Any]:
    """These columns of an article as JSON can hold them; a source by its number and name."""
    stored: dict[str, Any] = {name: getattr(article, name) for name in names}
    if "source" in stored:
        stored["source"] = [article.source_id, article.source.name]
    if stored.get("published_at") is not None:
        stored["published_at"] = article.published_at.isoformat() if article.published_at else None
    return stored


def _restored(stored: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(stored)
    if "source" in values:
        values["source"] = outlets.held(Source.objects.get(pk=values["source"][0]))
    if values.get("published_at"):
        values["published_at"] = moment_of(parse_date(values["published_at"]))
    return values
