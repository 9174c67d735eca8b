"""The ASGI entry. Outside ``./run`` it is production, and says what is missing."""

import os

from django.core.asgi import get_asgi_application

from verifier.charset import Utf8ASGIRequest

os.environ.setdefault("VERIFIER_MODE", "production")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verifier.settings")

application = get_asgi_application()
application.request_class = Utf8ASGIRequest
