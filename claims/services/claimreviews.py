"""Take in what other publishers found out: ClaimReview of pages, DataFeeds, and the Fact Check Tools API."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from claims.errors import CheckError
from claims.models import Claim, OtherVerdict
from claims.services.checking import LONGEST_CLAIM, check_claim

LARGEST = 32 * 1024 * 1024
"""Bytes of one file."""

_MARKUP = re.compile(
    r"""<script\b[^>]*\btype\s*=\s*["']?application/ld\+json["']?[^>]*>(.*?)</script\s*>""", re.DOTALL | re.IGNORECASE
)
_TYPE = "ClaimReview"


@dataclass(frozen=True, slots=True)
class Found:
    """One ClaimReview as its publisher wrote it; everything trimmed to what a column holds."""

    publisher: str
    url: str
    reviewed: str
    rating: str
    title: str = ""
    claimant: str = ""
    published: datetime | None = None
    language: str = ""

    @property
    def key(self) -> str:
        """Return what tells this review from every other one."""
        return hashlib.sha256(f"{self.url}\n{self.reviewed}".encode()).hexdigest()


@dataclass(slots=True)
class Taken:
    """What became of the reviews of a file. ``linked``: about a claim that the desk has."""

    new: int = 0
    changed: int = 0
    known: int = 0
    linked: int = 0
    ours: int = 0


def find(text: str) -> Iterator[Found]:
    """Yield the reviews in a page, JSON or JSON lines; what lacks a claim, a rating or an address is none."""
    for document in _documents(text):
        for thing in _walk(document):
            found = _from_api(thing) if "claimReview" in thing else _from_markup(thing)
            yield from found


def take_in(reviews: Iterable[Found]) -> Taken:
    """Keep reviews of others, each once; one that was changed is brought up to date. Ours are left out."""
    taken = Taken()
    for found in reviews:
        if _host(found.url) == _host(settings.SITE_URL):
            taken.ours += 1
            continue
        claim = _same(found.reviewed)
        values = {
            "publisher": found.publisher, "url": found.url, "title": found.title, "reviewed": found.reviewed,
            "claimant": found.claimant, "rating": found.rating, "published_at": found.published,
            "language": found.language, "claim": claim,
        }  # fmt: skip
        row = OtherVerdict.objects.filter(key=found.key).first()
        taken.linked += claim is not None
        if row is not None and all(getattr(row, name) == value for name, value in values.items()):
            taken.known += 1
            continue
        OtherVerdict.objects.update_or_create(key=found.key, defaults={**values, "imported_at": timezone.now()})
        taken.changed += row is not None
        taken.new += row is None
    return taken


def _same(reviewed: str) -> Claim | None:
    """Return the claim of the desk that the matcher takes for the same."""
    try:
        (statement,) = check_claim(reviewed[:LONGEST_CLAIM]).statements
    except CheckError:
        return None
    return next((known.claim for known in statement.known if known.same), None)


def _documents(text: str) -> Iterator[Any]:
    """Yield the JSON documents that a file holds; what is no JSON is passed over."""
    if text.lstrip()[:1] == "<":
        parts: Iterable[str] = (match[1] for match in _MARKUP.finditer(text))
    else:
        whole = _json(text)
        if whole is not None:
            yield whole
            return
        parts = text.splitlines()
    for part in parts:
        document = _json(part)
        if document is not None:
            yield document


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _walk(document: Any) -> Iterator[Mapping[str, Any]]:
    """Yield every object that is a review or a claim with reviews, however deep it lies."""
    waiting = [document]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, list):
            waiting += reversed(thing)
        elif isinstance(thing, dict):
            if isinstance(thing.get("claimReview"), list) or _TYPE in _list(thing.get("@type")):
                yield thing
            else:
                waiting += reversed(list(thing.values()))


def _from_markup(thing: Mapping[str, Any]) -> Iterator[Found]:
    rating, item = _object(thing.get("reviewRating")), _object(thing.get("itemReviewed"))
    yield from _checked(
        publisher=_name(thing.get("author")) or _name(thing.get("publisher")),
        url=_text(thing.get("url")) or _text(thing.get("@id")),
        reviewed=_text(thing.get("claimReviewed")) or _text(item.get("text")),
        rating=_text(rating.get("alternateName")) or _text(rating.get("ratingValue")),
        title=_text(thing.get("name")) or _text(thing.get("headline")),
        claimant=_name(item.get("author")),
        published=_text(thing.get("datePublished")),
        language=_text(thing.get("inLanguage")),
    )


def _from_api(thing: Mapping[str, Any]) -> Iterator[Found]:
    for review in thing["claimReview"]:
        one = _object(review)
        publisher = _object(one.get("publisher"))
        yield from _checked(
            publisher=_text(publisher.get("name")) or _text(publisher.get("site")),
            url=_text(one.get("url")),
            reviewed=_text(thing.get("text")),
            rating=_text(one.get("textualRating")),
            title=_text(one.get("title")),
            claimant=_text(thing.get("claimant")),
            published=_text(one.get("reviewDate")),
            language=_text(one.get("languageCode")),
        )


def _checked(**given: str) -> Iterator[Found]:
    """Yield the review, where it says what was claimed, how it is rated, and where that can be read."""
    url, host = given["url"], _host(given["url"])
    if not given["reviewed"] or not given["rating"] or not host or len(url) > 1000:
        return
    yield Found(
        publisher=(given["publisher"] or host)[:200],
        url=url,
        reviewed=given["reviewed"][:5000],
        rating=given["rating"][:200],
        title=given["title"][:500],
        claimant=given["claimant"][:200],
        published=_moment(given["published"]),
        language=given["language"][:20],
    )


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        return (parts.hostname or "") if parts.scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _object(value: Any) -> Mapping[str, Any]:
    first = _list(value)[0] if _list(value) else {}
    return first if isinstance(first, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(value: Any) -> str:
    first = _list(value)[0] if _list(value) else None
    return _text(first.get("name")) if isinstance(first, dict) else _text(first)


def _text(value: Any) -> str:
    """Return a text or a number as one line without tags; "" of anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    plain = re.sub(r"<[^>]{0,200}>", " ", unescape(str(value))).replace("\0", " ")
    return " ".join(plain.encode("utf-8", "replace").decode().split())
