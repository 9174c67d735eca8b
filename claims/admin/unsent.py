"""What somebody typed into a form that came too late: after the session had ended, or with an old token.

It is never lost and never sent by itself: the page after it shows what was typed, to be sent again or thrown away.
Nothing of it is kept on the server: until the person has signed in it travels, signed, in the sign-in form.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import REDIRECT_FIELD_NAME, SESSION_KEY
from django.contrib.sessions.models import Session
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

UNSENT = "unsent"
"""The field of the sign-in form that holds what was typed."""

DRAFT = "_draft"
"""The field by which the desk's script names what it keeps of a form; a cookie of this name says that it was taken."""

_SALT = "verifier.admin.unsent"
_OLDEST = 24 * 60 * 60
_SECRET = re.compile(r"password|token|^unsent$", re.IGNORECASE)
_WORDS = frozenset({"note", "text", "title", "why", "rationale", "links", "reason", "name", "domain", "username"})
"""Fields that are typed into, even where it was one word."""

_DRAFT_NAME = re.compile(r"[\w:./-]{1,200}")


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a form: ``typed`` where a person wrote it, and may want to read it before it is sent."""

    name: str
    value: str

    @property
    def typed(self) -> bool:
        """Whether it is shown: words, not the keys and choices that a form carries along."""
        value = self.value.strip()
        return bool(value) and not self.name.startswith("_") and (self.name in _WORDS or " " in value or "\n" in value)

    @property
    def rows(self) -> int:
        """How many lines the text takes on the page, at most twelve."""
        return min(2 + self.value.count("\n") + len(self.value) // 90, 12)

    @property
    def label(self) -> str:
        """The field's name in words."""
        return self.name.rpartition("-")[2].replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form as it was sent: where to, with which values, and who was signed in when it was shown (0: not known)."""

    address: str
    fields: tuple[Field, ...]
    author: int = 0

    def sealed(self) -> str:
        """Return it as a text that only this desk can have made."""
        values = {"address": self.address, "fields": [(f.name, f.value) for f in self.fields], "author": self.author}
        return signing.dumps(values, salt=_SALT, compress=True)


def opened(text: str) -> Unsent | None:
    """Return what was sealed; None for anything else, and for what is older than a day."""
    try:
        values = signing.loads(text, salt=_SALT, max_age=_OLDEST)
    except signing.BadSignature:
        return None
    return Unsent(values["address"], tuple(Field(*pair) for pair in values["fields"]), values["author"])


def sent_by(request: HttpRequest) -> Unsent | None:
    """Return what this request wanted to send to the desk; None for signing in and out and for passwords."""
    here = request.path_info
    if request.method != "POST" or not here.startswith(reverse("admin:index")):
        return None
    if here in {reverse("admin:login"), reverse("admin:logout")} or "password" in here:
        return None
    pairs = ((name, value) for name, values in request.POST.lists() for value in values)
    fields = tuple(Field(name, str(value)) for name, value in pairs if not _SECRET.search(name))
    return Unsent(request.get_full_path(), fields, _author(request))


def _author(request: HttpRequest) -> int:
    """Return whose session this was: a session that has ended is still stored for a while."""
    if request.user.is_authenticated:
        return request.user.pk or 0
    kept = Session.objects.filter(session_key=request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")).first()
    return int(kept.get_decoded().get(SESSION_KEY, 0)) if kept else 0


def ask_again(request: HttpRequest, unsent: Unsent, status: int = 200) -> TemplateResponse:
    """Return the page that shows what was typed, to be sent again or thrown away."""
    context = {
        **admin.site.each_context(request),
        "title": "Not sent yet",
        "unsent": unsent,
        "page": _page_of(unsent),
    }
    request.current_app = admin.site.name
    return TemplateResponse(request, "desk/unsent.html", context, status=status)


def _page_of(unsent: Unsent) -> str:
    """Return the page that the form was on; the first page for an address that only takes what is sent."""
    only_takes = re.search(r"/(next|bulk)/$", urlsplit(unsent.address).path)
    return reverse("admin:index") if only_takes else unsent.address


class KeepUnsent:
    """Middleware: carry what was typed through the sign-in page, and tell the desk's script what has arrived."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; a form that met a closed door is kept, and shown again behind it."""
        response = self.get_response(request)
        if request.method != "POST" or response.status_code != 302:
            return response
        login = reverse("admin:login")
        if request.path_info == login:
            return self._signed_in(request, response)
        if urlsplit(response.headers["Location"]).path == login:
            unsent = None if request.user.is_authenticated else sent_by(request)
            return response if unsent is None else _sign_in(request, unsent).render()
        name = request.POST.get(DRAFT, "") if request.path_info.startswith(reverse("admin:index")) else ""
        if _DRAFT_NAME.fullmatch(name):
            response.set_cookie(DRAFT, name, max_age=120, samesite="Lax", secure=request.is_secure())
        return response

    def _signed_in(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        unsent = opened(request.POST.get(UNSENT, ""))
        if unsent is None or not request.user.is_authenticated:
            return response
        if unsent.author not in (0, request.user.pk):
            messages.info(request, "What somebody else had typed here was not sent, and is not shown to you.")
            return response
        page = ask_again(request, unsent).render()
        page.cookies = response.cookies
        return page


def _sign_in(request: HttpRequest, unsent: Unsent | None, status: int = 200) -> TemplateResponse:
    """Return the sign-in page, with what was typed in it."""
    following = request.POST.get(REDIRECT_FIELD_NAME, "") if unsent is None else _page_of(unsent)
    if not url_has_allowed_host_and_scheme(following, {request.get_host()}, require_https=request.is_secure()):
        following = reverse("admin:index")
    context = {
        **admin.site.each_context(request),
        "title": "Log in",
        "subtitle": None,
        "app_path": reverse("admin:login"),
        "form": AdminAuthenticationForm(request),
        REDIRECT_FIELD_NAME: following,
        UNSENT: unsent.sealed() if unsent else request.POST.get(UNSENT, ""),
    }
    return TemplateResponse(request, "admin/login.html", context, status=status)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token against forgery is not the one that it should be: 403, with what was typed.

    A form that another site has sent is not shown again: nobody should be asked to send what somebody else wrote.
    """
    if not _comes_from_here(request):
        return render(request, "403_csrf.html", status=403)
    if request.path_info == reverse("admin:login"):
        if request.user.is_authenticated:
            return HttpResponseRedirect(reverse("admin:index"))
        return _sign_in(request, None, 403)
    unsent = sent_by(request)
    return render(request, "403_csrf.html", status=403) if unsent is None else ask_again(request, unsent, 403)


def _comes_from_here(request: HttpRequest) -> bool:
    """Whether a page of this desk sent the form, as far as the browser says; a program says nothing."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    if not origin:
        return True
    parts = urlsplit(origin)
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())
