"""Who may open a door at all. What a person may do behind it is decided by the table, in the services."""

from __future__ import annotations

from claims.api.permissions import ModelPermissions


class MayView(ModelPermissions):
    """Whoever may see the model may ask; the services answer."""

    perms_map = {**ModelPermissions.perms_map, "POST": ["%(app_label)s.view_%(model_name)s"]}
