"""The site of the desk: the stock admin, which says to people with a right password why they are not let in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.response import TemplateResponse

from reviews.services.rights import password_given

NO_ACCESS = "Your password is right, but your account has no access to the desk. An administrator can give it to you."
SWITCHED_OFF = "Your password is right, but your account is switched off. An administrator can switch it on again."
WRONG = "That name and password do not go together. Mind capital and small letters."


class SignInForm(AdminAuthenticationForm):
    """Tells a wrong password from a right one whose account may not come in."""

    error_messages = {**AdminAuthenticationForm.error_messages, "invalid_login": WRONG}

    def confirm_login_allowed(self, user: User) -> None:
        """Let in whoever may open the desk."""
        if not user.is_staff:
            raise ValidationError(NO_ACCESS, code="no_access")
        super().confirm_login_allowed(user)

    def get_invalid_login_error(self) -> forms.ValidationError:
        """Return what to say where nobody was signed in: the stock backend lets in no account that is switched off."""
        found = User.objects.filter(username=self.cleaned_data.get("username", ""), is_active=False).first()
        if found is not None and found.check_password(self.cleaned_data.get("password", "")):
            return ValidationError(SWITCHED_OFF, code="inactive")
        return super().get_invalid_login_error()


class DeskSite(AdminSite):
    """The site that every page of the desk is registered with."""

    login_form = SignInForm

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The stock page; from then on nobody else knows the password."""
        answer = super().password_change(request, extra_context)
        if request.method == "POST" and answer.status_code == 302 and isinstance(request.user, User):
            password_given(request.user, request.user)
        return answer
