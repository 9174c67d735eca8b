"""The WSGI entry, for gunicorn. Outside ``./run`` it is production, and says what is missing."""

import os

from django.core.wsgi import get_wsgi_application

from verifier.charset import Utf8WSGIRequest

os.environ.setdefault("VERIFIER_MODE", "production")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verifier.settings")

application = get_wsgi_application()
application.request_class = Utf8WSGIRequest
