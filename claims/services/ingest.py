"""The one way in for articles: API, files, starter data and the admin all call ``ingest``."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from tldextract import TLDExtract

from claims.engine.reading.text import html as html_reader
from claims.engine.reading.text import metadata
from claims.errors import IngestError
from claims.models import Article, Source, StepName
from claims.services import steps
from claims.services.encodings import MARK, mended

MAX_BYTES = 2 * 1024 * 1024
"""Largest text or HTML of one article, in bytes of UTF-8."""

CLOCK_SLACK = timedelta(minutes=5)
FARTHEST_ZONE = timedelta(hours=14)
"""A bare date may be tomorrow's: it is already tomorrow in Kiribati (UTC+14)."""

TITLE_LENGTH = 500
NAME_LENGTH = 200
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")

domain_of = TLDExtract(suffix_list_urls=(), cache_dir=None)
"""Registered domains from the list bundled with the package: nothing is fetched."""

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
    """The article that is now stored, and whether it is new."""

    article: Article
    created: bool


def ingest(new: NewArticle, publisher: Source | None = None) -> Ingested:
    """Store one article and queue its reading; the same text from the same source is the article already known.

    ``publisher``: whose it is, where that is known; else its source is found by name, address or text.

    Raises IngestError with the ``field`` at fault; nothing is written then.
    """
    new = _with_page(_checked(new))
    found = metadata.find(new.text)
    published = _moment(new.published or found.published)
    outlet = new.source or found.outlet
    with transaction.atomic():
        source = publisher or source_named(outlet, new.url, fallback=text_hash(new.text))
        article, created = Article.objects.get_or_create(
            content_hash=content_hash(source.key, new.text),
            defaults={
                "source": source,
                "title": (new.title or found.title)[:TITLE_LENGTH] or "Untitled",
                "url": new.url,
                "text": new.text,
                "language": new.language,
                "published_at": published,
            },
        )
        if created:
            steps.later(StepName.EXTRACT, article.pk)
    return Ingested(article, created)


def parse_date(text: str) -> datetime | date:
    """An ISO 8601 date or moment; raises ValueError."""
    text = text.strip()
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def text_hash(text: str) -> str:
    """SHA-256 of the text in NFC with white space folded: how it was wrapped does not make another article."""
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(folded.encode()).hexdigest()


def content_hash(source_key: str, text: str) -> str:
    """SHA-256 that names an article: the same text from two sources is two articles."""
    return hashlib.sha256(f"{source_key}\n{text_hash(text)}".encode()).hexdigest()


def source_named(name: str, url: str, fallback: str) -> Source:
    """Find or make the source: by a domain (in the name, else of the URL), else by the name, else unknown.

    An article whose outlet nobody knows gets a source of its own, named by its text: two unknown outlets are not one.
    """
    name = " ".join(name.split())
    domain = _domain(name) or _domain(url)
    if domain:
        known = Source.objects.filter(domain=domain).order_by("pk").first()
        if known is not None:
            return known
    key = _source_key(name, domain, fallback)
    label = name or domain or f"Unknown outlet {fallback[:6]}"
    source, _ = Source.objects.get_or_create(key=key, defaults={"name": label[:NAME_LENGTH], "domain": domain})
    if domain and not source.domain:
        Source.objects.filter(pk=source.pk, domain="").update(domain=domain)
    return source


def _source_key(name: str, domain: str, fallback: str) -> str:
    if name and not _domain(name):
        return name.casefold()[:NAME_LENGTH]
    return domain or f"unknown-{fallback[:12]}"


def _domain(text: str) -> str:
    text = text.strip()
    if not text or " " in text or "." not in text:
        return ""
    return domain_of(text).top_domain_under_public_suffix.casefold()


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
    _check_not_future(new.published)
    return replace(
        new,
        text=mended(new.text.removeprefix(MARK)),
        html=mended(new.html.removeprefix(MARK)),
        title=" ".join(mended(new.title).split()),
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


def _check_not_future(published: datetime | date | None) -> None:
    if published is None:
        return
    slack = CLOCK_SLACK if isinstance(published, datetime) else FARTHEST_ZONE
    moment = _moment(published)
    if moment is not None and moment > timezone.now() + slack:
        raise IngestError(f"in the future: {published.isoformat()}", field="published")


def _moment(published: datetime | date | None) -> datetime | None:
    if published is None:
        return None
    if not isinstance(published, datetime):
        published = datetime.combine(published, time())
    try:  # in UTC, because PostgreSQL takes no offset of sixteen hours or more
        return published.astimezone(UTC) if published.tzinfo else published.replace(tzinfo=UTC)
    except OverflowError:
        raise IngestError("there is no such moment", field="published") from None


def _with_page(new: NewArticle) -> NewArticle:
    """Where only HTML was given, the article's text out of it, and what the markup says of its title, date and site."""
    if new.text.strip():
        return new
    page = html_reader.extract(new.html, new.url)
    if not page.text.strip():
        raise IngestError("empty: no article text was found in the HTML", field="html")
    published = new.published
    if published is None and page.published:
        published = parse_date(page.published)
        _check_not_future(published)
    return replace(
        new,
        text=page.text,
        title=new.title or " ".join(page.title.split()),
        source=new.source or ("" if _domain(new.url) else page.site[:NAME_LENGTH]),
        published=published,
        language=new.language or page.language,
    )
