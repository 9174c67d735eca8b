"""The permission of a view that names none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission

if TYPE_CHECKING:  # the views import their default permission while they are being imported themselves
    from rest_framework.request import Request
    from rest_framework.views import APIView


class Nobody(BasePermission):
    """Refuse everybody: a view says whom it serves, and one that forgets serves nobody."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return False
