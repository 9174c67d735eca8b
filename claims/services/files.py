"""Articles out of files and folders: each file gives articles or one clear reason why not; the others still go on."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import orjson

from claims.errors import IngestError
from claims.services.dates import parse_date
from claims.services.encodings import decode, lines_of, parse_json
from claims.services.ingest import MAX_BYTES, NewArticle, ingest
from claims.services.sources import owner_elsewhere

TEXT = frozenset({".txt", ".text", ".md"})
HTML = frozenset({".html", ".htm", ".xhtml"})
JSON = frozenset({".json"})
LINES = frozenset({".jsonl", ".ndjson"})
SUFFIXES = TEXT | HTML | JSON | LINES

MAX_JSON = 256 * 1024 * 1024
"""A .json file is read whole; many articles belong into a .jsonl file, which is read line by line."""

MAX_LINE = 2 * MAX_BYTES
"""A line of JSON lines may be longer than its article, for escapes."""

NAMES = {"outlet": "source", "date": "published", "published_at": "published", "lang": "language"}
"""Other names under which a field of NewArticle is met in the wild."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Where (file, and line or item), and why."""

    where: str
    reason: str


@dataclass(slots=True)
class Summary:
    """What came of an ingest: how many were new and known, and what was refused with its reason.

    ``notes`` say where a known article keeps something else than what came with its text, and where the address of an
    article leads to another outlet than the one that was named.
    """

    new: list[int] = field(default_factory=list)
    known: int = 0
    notes: list[Refusal] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def ingest_files(paths: Iterable[Path], given: NewArticle | None = None) -> Iterator[tuple[Path, Summary]]:
    """Take in files and folders one after another; yield what came of each file as it is done.

    ``given`` holds what the caller says about all of them (source, language, published); a file's own word wins.
    """
    for path, refusal in find_files(paths):
        summary = Summary()
        if refusal is not None:
            summary.refused.append(refusal)
        else:
            _ingest_file(path, given or NewArticle(), summary)
        yield path, summary


def find_files(paths: Iterable[Path]) -> Iterator[tuple[Path, Refusal | None]]:
    """Yield every file to read, folders walked in order of name, and a refusal for each that cannot be one."""
    for path in paths:
        if path.is_dir():
            yield from _walk(path)
        elif not path.exists():
            yield path, Refusal(str(path), "no such file")
        elif not path.is_file():
            yield path, Refusal(str(path), "not a regular file")
        else:
            yield path, _unknown_kind(path)


def _walk(folder: Path) -> Iterator[tuple[Path, Refusal | None]]:
    """Walk a folder. A link may lead to another place of the folder, and nowhere else."""
    inside = folder.resolve()
    unreadable: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        for name in sorted([*names, *links]):
            path = Path(root) / name
            if name.startswith("."):
                continue
            if path.is_symlink() and _leads_out(path, inside):
                yield path, Refusal(str(path), f"a link out of the folder, to {path.readlink()}")
            elif name in links:
                continue  # its files are met where they are
            elif not path.is_file():
                yield path, Refusal(str(path), "not a regular file, or a link to nothing")
            else:
                yield path, _unknown_kind(path)
    for error in unreadable:
        yield Path(error.filename), Refusal(str(error.filename), f"unreadable folder: {error.strerror}")


def _leads_out(link: Path, inside: Path) -> bool:
    try:
        return not link.resolve().is_relative_to(inside)
    except (OSError, RuntimeError):  # in circles: it is no file, and said to be none
        return False


def _unknown_kind(path: Path) -> Refusal | None:
    if path.suffix.lower() in SUFFIXES:
        return None
    return Refusal(str(path), f"unknown kind of file {path.suffix!r}; known are {', '.join(sorted(SUFFIXES))}")


def _ingest_file(path: Path, given: NewArticle, summary: Summary) -> None:
    try:
        for where, item in _articles(path, given):
            _ingest_one(where, item, summary)
    except IngestError as error:
        summary.refused.append(Refusal(str(path), error.message))
    except OSError as error:
        summary.refused.append(Refusal(str(path), f"unreadable: {error.strerror or error}"))


def _ingest_one(where: str, item: NewArticle | IngestError, summary: Summary) -> None:
    if isinstance(item, IngestError):
        summary.refused.append(Refusal(where, item.message))
        return
    try:
        result = ingest(item)
    except IngestError as error:
        summary.refused.append(Refusal(where, f"{error.field}: {error.message}" if error.field else error.message))
        return
    if result.created:
        summary.new.append(result.article.pk)
    else:
        summary.known += 1
    article, kept = result.article, result.kept
    summary.notes += [Refusal(where, f"known, and its {name} stays {value[:80]!r}") for name, value in kept]
    if (owner := owner_elsewhere(article)) is not None:
        said = f"taken as of {article.source.name}, though {article.site} is the site of {owner.name}"
        summary.notes.append(Refusal(where, said))


def _articles(path: Path, given: NewArticle) -> Iterator[tuple[str, NewArticle | IngestError]]:
    """Yield (where, article or its error) for each article in a file."""
    kind = path.suffix.lower()
    if kind in LINES:
        yield from _json_lines(path, given)
    elif kind in JSON:
        yield from _json_file(path, given)
    else:
        text = decode(_bytes(path, MAX_BYTES), html=kind in HTML)
        yield str(path), replace(given, html=text) if kind in HTML else replace(given, text=text)


def _bytes(path: Path, limit: int) -> bytes:
    size = path.stat().st_size
    if size > limit:
        raise IngestError(f"too large: {size:,} bytes; the limit is {limit:,}")
    return path.read_bytes()


def _json_lines(path: Path, given: NewArticle) -> Iterator[tuple[str, NewArticle | IngestError]]:
    for number, line in lines_of(path, MAX_LINE):
        if line is None:
            yield f"{path}:{number}", IngestError(f"too large: a line of more than {MAX_LINE:,} characters")
        else:
            yield f"{path}:{number}", _from_json(line, given)


def _json_file(path: Path, given: NewArticle) -> Iterator[tuple[str, NewArticle | IngestError]]:
    try:
        data = parse_json(_bytes(path, MAX_JSON))
    except orjson.JSONDecodeError as error:
        raise IngestError(f"not JSON: {error}") from None
    if isinstance(data, dict) and isinstance(data.get("articles"), list):
        data = data["articles"]
    items = data if isinstance(data, list) else [data]
    for number, item in enumerate(items, 1):
        yield (f"{path} item {number}" if len(items) > 1 else str(path)), _from_record(item, given)


def _from_json(line: str, given: NewArticle) -> NewArticle | IngestError:
    try:
        return _from_record(orjson.loads(line), given)
    except orjson.JSONDecodeError as error:
        return IngestError(f"not JSON: {error}")


def _from_record(record: object, given: NewArticle) -> NewArticle | IngestError:
    """A JSON object as an article; fields of other names are left alone, a wrong type is an error that names it."""
    if not isinstance(record, dict):
        return IngestError(f"not an article: a JSON {type(record).__name__} where an object belongs")
    values: dict[str, str] = {}
    for key, value in record.items():
        name = NAMES.get(key, key)
        if name not in NewArticle.__dataclass_fields__ or value in (None, ""):
            continue
        if not isinstance(value, str):
            return IngestError(f"{key}: {type(value).__name__} where text belongs")
        values.setdefault(name, value)
    published = values.pop("published", "")
    try:
        moment = parse_date(published) if published else given.published
    except ValueError:
        return IngestError(f"published: not a date in ISO 8601: {published[:40]!r}")
    return replace(given, **values, published=moment)


def total(summaries: Iterable[Summary]) -> Summary:
    """Several summaries as one."""
    whole = Summary()
    for summary in summaries:
        whole.new += summary.new
        whole.known += summary.known
        whole.notes += summary.notes
        whole.refused += summary.refused
    return whole
