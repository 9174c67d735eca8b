"""Stock forms that notice a lost race: who saves over what somebody else has changed meanwhile is shown the change.

The form carries the values that were on the screen. They are compared, under a lock, with those that are stored: a
record needs no column for it, so every record that a stock form can edit is covered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

SEEN = "_seen"
"""The hidden field: the values that were on the screen, signed."""

_SALT = "verifier.admin.seen"
_NOT_SHOWN = frozenset({"password"})
_PLAIN = (str, int, float, bool, type(None))


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a record: for people, and as a form takes it (None where a form takes it in several parts)."""

    label: str
    shown: str
    raw: list[str] | None


Values = Mapping[str, Value]


class CheckedForm(forms.ModelForm):  # type: ignore[type-arg]
    """A model's form that is refused where the record is not as it was seen. What the person typed stays."""

    now: Values
    last_change = ""
    conflict = False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        seen = _read(str(self.data.get(SEEN, "")))
        changed = [name for name in self.now if seen is not None and seen.get(name) != self.now[name]]
        if changed and seen is not None:
            self.conflict = True
            self._take_over(changed, seen)
            self.add_error(None, _message([(seen.get(name), self.now[name]) for name in changed], self.last_change))
        return cleaned

    def _take_over(self, changed: Iterable[str], seen: Values) -> None:
        """Show what a field holds now, where the person had left it as it was."""
        data = self.data.copy()  # type: ignore[attr-defined]
        for name in changed:
            before, now = seen.get(name), self.now[name].raw
            if before is None or name not in self.fields or before.raw is None or now is None:
                continue
            if sorted(data.getlist(self.add_prefix(name))) == sorted(before.raw):
                data.setlist(self.add_prefix(name), now)
        self.data = data


class LostUpdateMixin(admin.ModelAdmin):  # type: ignore[type-arg]
    """For a ModelAdmin whose stock form edits records."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model | None:
        """Fetch the record; where it is about to be written, nobody else writes it meanwhile."""
        if request.method == "POST" and connection.in_atomic_block:
            key = self.opts.pk.to_python(object_id) if object_id.isdecimal() else None
            list(self.model._base_manager.select_for_update().filter(pk=key).values_list("pk"))
        found: Model | None = super().get_object(request, object_id, from_field)
        return found

    def get_form(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> Any:  # type: ignore[override]
        """Return the stock form; one that changes a record also checks what was seen of it."""
        form: Any = super().get_form(request, obj, **kwargs)
        if obj is None or request.method != "POST":
            return form
        checked = {"now": self._values(request, obj, form.base_fields), "last_change": _last_change(obj)}
        made_by: Any = type(form)
        return made_by(form.__name__, (CheckedForm, form), checked)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Give the page the values that it shows, to be sent back; a lost race is answered 409."""
        form, obj = context["adminform"].form, context.get("original")
        if obj is not None and self.has_change_permission(request, obj):
            now = getattr(form, "now", None) or self._values(request, obj, form.base_fields)
            context["seen"] = signing.dumps({name: [v.label, v.shown, v.raw] for name, v in now.items()}, salt=_SALT)
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        if getattr(form, "conflict", False):
            response.status_code = 409
        return response

    def _values(self, request: HttpRequest, obj: Model, fields: Mapping[str, Any]) -> Values:
        """Return what the form shows of a record, with the rows below it."""
        found = {name: value for name in fields if (value := _value(obj, name)) is not None}
        for inline in self.get_inline_instances(request, obj):
            rows = inline.get_queryset(request).filter(**{inline.fk_name or _parent(inline.model, obj): obj})
            shown = ", ".join(sorted(_row(row) for row in rows))
            found[f"+{inline.model._meta.model_name}"] = Value(str(inline.verbose_name_plural), shown, None)
        return found


def _value(obj: Model, name: str) -> Value | None:
    """Return a record's value of this name; None for what is not the record's own, or secret."""
    try:
        field = obj._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    if name in _NOT_SHOWN:
        return None
    label = str(getattr(field, "verbose_name", name))
    if field.many_to_many:
        rows = list(getattr(obj, name).all())
        return Value(label, ", ".join(sorted(map(str, rows))), [str(row.pk) for row in rows])
    value = getattr(obj, getattr(field, "attname", name))
    shown = str(getattr(obj, f"get_{name}_display")() if hasattr(obj, f"get_{name}_display") else value)
    if isinstance(value, bool):
        return Value(label, "yes" if value else "no", ["on"] if value else [])
    raw = [str(value) if value is not None else ""] if isinstance(value, _PLAIN) else None
    return Value(label, "" if value is None else shown, raw)


def _row(row: Model) -> str:
    """Return an inline's row in words: its values, without its keys."""
    fields = [field for field in row._meta.concrete_fields if field.editable and not field.is_relation]
    values = [_value(row, field.name) for field in fields if not field.primary_key]
    return " ".join(value.shown for value in values if value is not None)


def _parent(model: type[Model], obj: Model) -> str:
    """Return the name of the key by which an inline's rows belong to the record."""
    return next(field.name for field in model._meta.concrete_fields if field.related_model is type(obj))


def _read(text: str) -> Values | None:
    """Return the values that were seen; None where the form does not say."""
    if not text:
        return None
    try:
        return {name: Value(*parts) for name, parts in signing.loads(text, salt=_SALT).items()}
    except signing.BadSignature:
        return {}


def _message(changed: Iterable[tuple[Value | None, Value]], last_change: str) -> str:
    told = "; ".join(
        f"{now.label} was “{before.shown}” and is now “{now.shown}”" if before else f"{now.label} is “{now.shown}”"
        for before, now in changed
    )
    return (
        f"Somebody was faster{last_change}. Nothing of yours was written: {told}. "
        "What you typed is still in the form; look again, and save it if it still holds."
    )


def _last_change(obj: Model) -> str:
    """Return who changed a record last on the desk, and when, for a message."""
    kind = ContentType.objects.get_for_model(obj, for_concrete_model=False)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(obj.pk)).select_related("user")
    last = entries.order_by("-action_time", "-pk").first()
    return f" ({last.user.get_username()}, {timezone.localtime(last.action_time):%H:%M})" if last else ""
