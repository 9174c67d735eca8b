"""What cannot be deleted, and why: the history names it, or a rule of the desk does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest

MOST_SHOWN = 10

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Any]
else:
    _Admin = object


class KeptAdmin(_Admin):
    """Says in words why something is kept, where the stock page only lists what is in the way."""

    kept_because = ""
    """What to do instead, or which rule keeps it."""

    def is_kept(self, obj: Model) -> bool:
        """Return whether a rule keeps this, whatever refers to it."""
        return False

    def get_deleted_objects(
        self, objs: Iterable[Any], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """What would go with these, and what is in the way; the latter is said in words too."""
        shown, counts, lacking, protected = super().get_deleted_objects(list(objs), request)
        kept = [str(obj) for obj in objs if self.is_kept(obj)]
        if kept:
            messages.error(request, f"Not deleted: {', '.join(kept)}. {self.kept_because}")
        elif protected:
            names = ", ".join(str(obj) for obj in objs)
            messages.error(
                request,
                f"Not deleted: {names}. The history of the desk names this, and nobody takes anything out of the "
                f"history. {self.kept_because}",
            )
        more = [f"and {len(protected) - MOST_SHOWN} more"] if len(protected) > MOST_SHOWN else []
        return shown, counts, lacking, [*kept, *protected[:MOST_SHOWN], *more]
