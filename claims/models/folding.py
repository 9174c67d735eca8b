"""Columns that hold another column's text in the form in which it is compared: searches are alike on every database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.lookups import IContains

from claims.engine import names

if TYPE_CHECKING:
    _TextField = models.TextField[str, str]
else:
    _TextField = models.TextField


CUT = 190
"""So much of a key stands before the number of a row that had another spelling of its name before there were keys."""


class FoldedField(_TextField):
    """The text of the field ``of``, folded, and written with it.

    ``icontains`` folds what is looked for too. Null is a row that a process of an older version has written. What
    writes rows without ``save`` or ``bulk_create`` (``update``, ``bulk_update``) has to write this column itself.
    """

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"editable": False, "null": True, **kwargs})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), {**kwargs, "of": self.of}

    def form(self, text: str) -> str:
        """Return the text as the column holds it."""
        return names.fold(text)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        folded = self.form(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, folded)
        return folded


class SkeletonField(FoldedField):
    """What names that look alike have in common."""

    def form(self, text: str) -> str:
        return names.skeleton_key(text)


class NameKeyField(FoldedField):
    """The key by which a name is found; one row holds it.

    A row that had another spelling of the same name before there were keys carries a number behind its key: nothing was
    merged unasked.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"unique": True, **kwargs})

    def form(self, text: str) -> str:
        return names.key(text)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        kept, key = getattr(model_instance, self.attname), self.form(getattr(model_instance, self.of))
        if kept and kept.startswith(f"{key[:CUT]} ("):  # the number of a row that is older than the keys
            return str(kept)
        return super().pre_save(model_instance, add)


@FoldedField.register_lookup
class FoldedContains(IContains):
    """Find a text that holds another one, whatever the case, the width and the composition of both."""

    def get_prep_lookup(self) -> Any:
        return names.fold(self.rhs) if isinstance(self.rhs, str) else super().get_prep_lookup()
