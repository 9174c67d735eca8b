"""``Idempotency-Key``: a POST that is sent again under the same key is answered as it was the first time."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from claims.services import repeating

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_KEPT_HEADERS = ("ETag", "Location")

Handler = Callable[..., Response]


def once(handler: Handler) -> Handler:
    """Return ``handler`` so that it is carried out once for each key of a person; without a key it is as it was."""

    def answer(request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER)
        if key is None or not isinstance(request.user, User):
            return handler(request, *args, **kwargs)
        if not _KEY.fullmatch(key):
            raise ValidationError({HEADER: [ErrorDetail("1 to 255 visible ASCII characters.", "invalid")]})
        kept = repeating.begin(request.user, key, _fingerprint(request))
        if kept.status is not None:
            return Response(kept.body, status=kept.status, headers=kept.headers)
        try:
            given = handler(request, *args, **kwargs)
        except BaseException:
            repeating.forget(kept)
            raise
        body = json.loads(JSONRenderer().render(given.data)) if given.data is not None else None
        headers = {name: given[name] for name in _KEPT_HEADERS if name in given}
        repeating.keep(kept, given.status_code, body, headers)
        return given

    return answer


def _fingerprint(request: Request) -> str:
    body = json.dumps(request.data, sort_keys=True, ensure_ascii=False)
    condition = request.headers.get("If-Match", "")
    return hashlib.sha256(f"{request.get_full_path()}\n{condition}\n{body}".encode()).hexdigest()
