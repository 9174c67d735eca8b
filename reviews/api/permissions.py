"""Who may open a door at all. What a person may do behind it is decided by the table, in the services."""

from __future__ import annotations

from django.contrib.auth.models import User
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.api.permissions import ModelPermissions
from reviews.people import person_of
from reviews.workflow import Duty, may


class MayView(ModelPermissions):
    """Whoever may see the model may ask; the services answer."""

    perms_map = {**ModelPermissions.perms_map, "POST": ["%(app_label)s.view_%(model_name)s"]}


class MayPublish(BasePermission):
    """Whoever may publish; asked before anything is looked up, so that a refusal tells nothing of what there is."""

    message = "Publishing is for editors."
    code = "not_permitted"

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.user, User) and may(Duty.PUBLISH, person_of(request.user))
