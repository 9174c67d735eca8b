"""Bodies as the API takes them: one JSON object of text that every database can hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any, NoReturn

from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.parsers import JSONParser

BODY = "body"
DEEPEST = 8
"""How deep a body may nest; the deepest that is taken, a list of objects in an object, needs three."""


class ObjectParser(JSONParser):
    """A JSON object in UTF-8. What no column holds is refused here, by the field that holds it."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the object. Raises ValidationError that names the field, or ``body``."""
        body = _decoded(stream)
        if not isinstance(body, dict):
            _refuse(BODY, "Expected a JSON object.", "not_an_object")
        for path, value in _texts(body):
            if "\0" in value:
                _refuse(path, "Null characters are not allowed.", "null_characters_not_allowed")
            if not _is_text(value):
                _refuse(path, "A surrogate without its other half is no character.", "not_text")
        return body


def _decoded(stream: IO[Any]) -> Any:
    try:
        return json.loads(
            stream.read().decode("utf-8-sig"), object_pairs_hook=_without_repeats, parse_constant=_no_constant
        )
    except RecursionError:
        _refuse(BODY, "Nested too deeply.", "too_deep")
    except ValueError as error:  # neither UTF-8 nor JSON, or a number of thousands of digits
        _refuse(BODY, f"Not JSON: {str(error)[:200]}", "parse_error")


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the pairs as an object; of two values under one name JSON does not say which one counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        _refuse(twice if _is_text(twice) else BODY, "Given more than once.", "repeated")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _texts(body: Any) -> Iterator[tuple[str, str]]:
    """Yield every text of a body with the path of the field that holds it; a name is a text of its object."""
    waiting: list[tuple[str, int, Any]] = [("", 0, body)]
    while waiting:
        path, depth, value = waiting.pop()
        if depth > DEEPEST:
            _refuse(path.partition(".")[0] or BODY, "Nested too deeply.", "too_deep")
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, dict):
            yield from ((path or BODY, name) for name in value)
            waiting += [(_below(path, name), depth + 1, inner) for name, inner in value.items()]
        elif isinstance(value, list):
            waiting += [(_below(path, str(place)), depth + 1, inner) for place, inner in enumerate(value)]


def _below(path: str, name: str) -> str:
    name = name if _is_text(name) else BODY
    return f"{path}.{name}" if path else name


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse(path: str, detail: str, code: str) -> NoReturn:
    raise ValidationError({path: [ErrorDetail(detail, code)]})
