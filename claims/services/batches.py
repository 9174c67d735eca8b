"""Articles for ``analyse``: JSON lines into the engine's documents, without a database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import orjson

from claims.engine.reading.text import html as html_reader
from claims.engine.types import Document
from claims.errors import IngestError, VerifierError
from claims.services.dates import moment_of, parse_date, plausible
from claims.services.encodings import MARK, lines_of, mended
from claims.services.ingest import MAX_BYTES

FIELDS = ("id", "source", "text", "html", "title", "url", "published", "language")

MAX_LINE = 4 * MAX_BYTES
"""A line may hold a text and a page, each with escapes."""


class BatchError(VerifierError):
    """The batch cannot be read."""

    code = "batch_refused"


def read_documents(path: Path) -> list[Document]:
    """Read a file of JSON lines whole. Raises BatchError naming the line and the reason; nothing is half done."""
    documents: list[Document] = []
    seen: set[str] = set()
    try:
        for number, line in lines_of(path, MAX_LINE):
            document = _read_line(f"{path}:{number}", line)
            if document.id in seen:
                raise BatchError(f"{path}:{number}: id: {document.id!r} was used before")
            seen.add(document.id)
            documents.append(document)
    except OSError as error:
        raise BatchError(f"cannot read {path}: {error.strerror or error}") from error
    return documents


def _read_line(where: str, line: str | None) -> Document:
    if line is None:
        raise BatchError(f"{where}: too large: the limit is {MAX_LINE:,} characters a line")
    try:
        return _document(orjson.loads(line))
    except orjson.JSONDecodeError as error:
        raise BatchError(f"{where}: not JSON: {error}") from error
    except IngestError as error:
        raise BatchError(f"{where}: {error.field}: {error.message}") from error


def _document(record: object) -> Document:
    if not isinstance(record, dict):
        raise IngestError("not a JSON object", field="line")
    values = dict(_texts(record))
    for name in ("id", "source"):
        if not values[name]:
            raise IngestError("missing", field=name)
    if not values["text"].strip() and not values["html"].strip():
        raise IngestError("missing: an article needs text or html", field="text")
    for name in ("text", "html"):
        if len(values[name].encode("utf-8", "surrogatepass")) > MAX_BYTES:
            raise IngestError(f"too large: the limit is {MAX_BYTES:,} bytes", field=name)
    published = _moment(values.pop("published"))
    if not values["text"].strip():
        page = html_reader.extract(values["html"], values["url"])
        values["text"] = page.text
        values["title"] = values["title"] or page.title
        published = published or plausible(page.published)
    return Document(**values, published=published)


def _texts(record: dict[str, object]) -> Iterator[tuple[str, str]]:
    for name in FIELDS:
        value = record.get(name)
        if name == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise IngestError(f"{type(value).__name__} where text belongs", field=name)
        yield name, mended(value or "").removeprefix(MARK)


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = parse_date(text)
    except ValueError:
        raise IngestError(f"not a date in ISO 8601: {text[:40]!r}", field="published") from None
    return moment_of(moment)
