"""The one way in for articles: API, files, starter data and the admin all call ``ingest``."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from claims.engine import names
from claims.engine.reading.text import html as html_reader
from claims.engine.reading.text import metadata
from claims.errors import IngestError
from claims.models import Article, Source, StepName
from claims.services import dates, outlets, standing, steps
from claims.services.encodings import MARK, mended

MAX_BYTES = 2 * 1024 * 1024
"""Largest text or HTML of one article, in bytes of UTF-8."""

MOST_TAGS = 20_000
"""Tags of a page that is taken in: its text is found in the request, in a time that grows with them."""

TITLE_LENGTH = 500
NAME_LENGTH = 200
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")

_PARTS = {"published_at": "published"}
"""Fields of an article as whoever sends one calls them."""

check_url = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article as it comes in; what is not given is looked for in the text itself."""

    text: str = ""
    html: str = ""
    title: str = ""
    source: str = ""
    url: str = ""
    published: datetime | date | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Ingested:
    """The article that is now stored, and whether it is new.

    Of an article that was known: the fields that it took because it had nothing there (``taken``), and those that say
    something else than it holds, with what it keeps (``kept``).
    """

    article: Article
    created: bool
    taken: tuple[str, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()


def ingest(new: NewArticle, publisher: Source | None = None) -> Ingested:
    """Store one article and queue its reading; the same text from the same source is the article already known.

    ``publisher``: whose it is, where that is known; else it is found out by ``outlets.attribute``.

    Raises IngestError with the ``field`` at fault; nothing is written then.
    """
    new, site_name = _with_page(_checked(new))
    found = metadata.find(new.text)
    same_text = text_hash(new.text)
    if same_text == NOTHING:
        raise IngestError("empty: the article has no text that can be seen", field="text")
    with transaction.atomic():
        if publisher is None:
            whose = outlets.attribute(new.source, new.url, same_text, site_name or found.outlet)
        else:
            whose = outlets.Attribution(outlets.held(publisher), outlets.site_in(new.url))
        source = whose.source
        known = Article.objects.filter(text_hash=same_text, source=source).order_by("pk").first()
        if known is not None:
            return _known(known, new)
        article, created = Article.objects.get_or_create(
            content_hash=content_hash(source.key, same_text),
            defaults={
                "source": source,
                "site": whose.site,
                "title": (new.title or found.title)[:TITLE_LENGTH] or "Untitled",
                "url": new.url,
                "text": new.text,
                "text_hash": same_text,
                "language": new.language,
                "published_at": dates.moment_of(new.published) or dates.plausible(found.published),
            },
        )
        if not created:
            return _known(article, new)
        steps.later(StepName.EXTRACT, article.pk)
    return Ingested(article, created=True)


def _known(article: Article, new: NewArticle) -> Ingested:
    """Fill in what a known article has nothing for, and say what it keeps against what came with it."""
    given = {
        "title": new.title[:TITLE_LENGTH],
        "url": new.url,
        "language": new.language,
        "published_at": dates.moment_of(new.published),
    }
    given = {name: value for name, value in given.items() if value}
    fresh = {name: value for name, value in given.items() if not getattr(article, name)}
    if "url" in fresh:
        fresh["site"] = outlets.site_in(new.url)
    if fresh:
        Article.objects.filter(pk=article.pk).update(**fresh)
        article.refresh_from_db(fields=list(fresh))
        standing.outdate(list(article.mentions.filter(claim__isnull=False).values_list("claim", flat=True)))
    kept = {name: getattr(article, name) for name, value in given.items() if getattr(article, name) != value}
    return Ingested(
        article,
        created=False,
        taken=tuple(_PARTS.get(name, name) for name in given if name in fresh),
        kept=tuple((_PARTS.get(name, name), str(value)) for name, value in kept.items()),
    )


def text_hash(text: str) -> str:
    """Return the SHA-256 of the folded text: neither how it was wrapped nor how it was spelt makes another article."""
    return hashlib.sha256(names.fold(text).encode()).hexdigest()


NOTHING = text_hash("")


def content_hash(source_key: str, same_text: str) -> str:
    """Return the SHA-256 that names an article: the same text from two sources is two articles."""
    return hashlib.sha256(f"{source_key}\n{same_text}".encode()).hexdigest()


def tidied(new: NewArticle) -> NewArticle:
    """Return what is said of an article beside its text, checked and tidied as for one that comes in."""
    return replace(_checked(replace(new, text=".", html="")), text="")


def _checked(new: NewArticle) -> NewArticle:
    """The same article with its small fields tidied; raises IngestError for what cannot be right."""
    for field in ("text", "html"):
        content = getattr(new, field)
        size = len(content.encode("utf-8", "surrogatepass"))
        if size > MAX_BYTES:
            raise IngestError(f"too large: {size:,} bytes; the limit is {MAX_BYTES:,} (2 MiB)", field=field)
    for field in ("text", "html", "title", "source", "url"):
        _printable(field, getattr(new, field))
    if not new.text.strip() and not new.html.strip():
        raise IngestError("empty: the article has no text", field="text")
    if len(new.source) > NAME_LENGTH:
        raise IngestError(f"too long: at most {NAME_LENGTH} characters", field="source")
    if new.url:
        _check_url(new.url)
    if new.language and not LANGUAGE.fullmatch(new.language):
        raise IngestError(f"not a language tag such as 'en': {new.language[:20]!r}", field="language")
    return replace(
        new,
        published=dates.checked(new.published),
        text=mended(new.text.removeprefix(MARK)),
        html=mended(new.html.removeprefix(MARK)),
        title=" ".join(mended(new.title).split()) if names.fold(new.title) else "",
        source=" ".join(mended(new.source).split()),
    )


def _printable(field: str, value: str) -> None:
    if "\x00" in value:
        raise IngestError(f"binary: a null character at position {value.index(chr(0))}", field=field)
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise IngestError(f"encoding: half a surrogate pair at position {error.start}", field=field) from None


def _check_url(url: str) -> None:
    try:
        check_url(url)
    except ValidationError:
        raise IngestError("not an http or https address", field="url") from None
    if len(url) > 1000:
        raise IngestError("too long: at most 1000 characters", field="url")


def _with_page(new: NewArticle) -> tuple[NewArticle, str]:
    """Where only HTML was given, the article's text out of it, and what the markup says of its title, date and site."""
    if new.text.strip():
        return new, ""
    if (tags := new.html.count("<")) > MOST_TAGS:
        raise IngestError(f"too many tags: {tags:,}; the limit is {MOST_TAGS:,}; send the text instead", field="html")
    page = html_reader.extract(new.html, new.url)
    if not page.text.strip():
        raise IngestError("empty: no article text was found in the HTML", field="html")
    filled = replace(
        new,
        text=page.text,
        title=new.title or " ".join(page.title.split()),
        published=new.published or dates.plausible(page.published),
        language=new.language or page.language,
    )
    return filled, page.site
