"""Which admin site the desk is."""

from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    """Django's admin, with our way of signing in."""

    default_site = "verifier.desk.DeskSite"
