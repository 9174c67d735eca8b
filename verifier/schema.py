"""The OpenAPI schema: every operation with the refusals that it may answer, all of one shape."""

from __future__ import annotations

from typing import Any, Literal

from drf_spectacular.extensions import OpenApiSerializerExtension, OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema as Spectacular

from claims.api.errors import ErrorsSerializer
from claims.api.repeating import HEADER

MEANING = {
    "400": "A field or a parameter is missing, wrong or unknown: `errors[].attr` names it, or says `body`.",
    "401": "Not signed in.",
    "403": "Not yours to do.",
    "404": "There is no such thing.",
    "405": "Not a method of this address.",
    "406": "Only JSON can be answered.",
    "409": "The state does not allow it, or the request under this Idempotency-Key is being carried out.",
    "413": "The body is larger than any article may be.",
    "415": "Only JSON is taken.",
    "422": "The Idempotency-Key was used for another request.",
    "429": "Too many requests: wait as long as Retry-After says.",
}
"""What any operation may be answered, as far as it fits; what else, its view names."""

WITH_BODY = frozenset({"409", "413", "415", "422"})

_REPEATED = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
    "description": "Chosen by you. The same request under the same key is carried out once and answered alike.",
}


class StrictExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """What refuses unknown fields says so."""

    target_class = "claims.api.serializers.StrictSerializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: Spectacular, direction: Literal["request", "response"]) -> dict[str, Any]:
        shape: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)  # type: ignore[no-untyped-call]
        return {**shape, "additionalProperties": False}


class IdsExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """What takes each id once says so."""

    target_class = "claims.api.numbers.IdsField"

    def map_serializer_field(
        self, auto_schema: Spectacular, direction: Literal["request", "response"]
    ) -> dict[str, Any]:
        shape: dict[str, Any] = auto_schema._map_serializer_field(self.target, direction, bypass_extensions=True)  # type: ignore[no-untyped-call]
        return {**shape, "uniqueItems": True}


class AutoSchema(Spectacular):
    """Adds the refusals to what a view declares."""

    def _get_parameters(self) -> list[dict[str, Any]]:
        """What the view takes; of a POST also the key under which it is carried out once."""
        found: list[dict[str, Any]] = super()._get_parameters()
        return [*found, _REPEATED] if self.method == "POST" else found

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for code, meaning in MEANING.items():
            if code not in bodies and self._may_be(code):
                refusal = self._get_response_for_code(ErrorsSerializer, code, direction=direction)  # type: ignore[no-untyped-call]
                bodies[code] = {**refusal, "description": meaning}
        return bodies

    def _may_be(self, code: str) -> bool:
        """Whether this operation may be answered ``code``."""
        if self.method in {"POST", "PUT", "PATCH"}:
            return code != "404" or "{" in self.path
        listed = self._is_list_view() and getattr(self.view, "pagination_class", None) is not None
        return code not in WITH_BODY and (code != "404" or listed or "{" in self.path)
