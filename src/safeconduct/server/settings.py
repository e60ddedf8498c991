"""Django's settings, from the environment. docs/subjects/settings.md explains those a person may give."""

from __future__ import annotations

from typing import Any

from django.utils.csp import CSP

from safeconduct.server.environment import read_environment

ENVIRONMENT = read_environment()

DATA_FOLDER = ENVIRONMENT.data
CATALOGUES = ENVIRONMENT.catalogues
DEBUG = ENVIRONMENT.debug
DEMO = ENVIRONMENT.demo
SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
ROOT_URLCONF = "safeconduct.server.urls"
WSGI_APPLICATION = "safeconduct.server.wsgi.application"
ASGI_APPLICATION = "safeconduct.server.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "safeconduct.server.common",
    "safeconduct.server.accounts",
    "safeconduct.server.catalogue",
    "safeconduct.server.journal",
    "safeconduct.server.organisation",
    "safeconduct.server.programmes",
    "safeconduct.server.own_programmes",
    "safeconduct.server.controls",
    "safeconduct.server.partners",
    "safeconduct.server.risk",
    "safeconduct.server.operations",
    "safeconduct.server.registers",
    "safeconduct.server.posture",
    "safeconduct.server.sra",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "safeconduct.server.common.caching.NeverKept",
    "safeconduct.server.common.problems.ProblemMiddleware",
    "safeconduct.server.common.encoding.OnlyUtf8",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "safeconduct.server.accounts.middleware.ViewerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "safeconduct.server.common.look.day.DayOfThePage",
    "django_htmx.middleware.HtmxMiddleware",
    "safeconduct.server.common.refusals.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "safeconduct.server.common.look.frame.frame",
            ],
        },
    },
]

# One request may do several things; each action is a transaction of its own.
ATOMIC_REQUESTS = False
DATABASES: dict[str, Any] = {"default": {**ENVIRONMENT.database, "ATOMIC_REQUESTS": ATOMIC_REQUESTS}}

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:sign-in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_NAME = "safeconduct-session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "safeconduct-csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENVIRONMENT.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https and ENVIRONMENT.proxies else None
TRUSTED_PROXIES = ENVIRONMENT.proxies
WORKERS = ENVIRONMENT.workers

# From the root: a page of another day lives under /on/<day>/, its style does not.
STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "safeconduct.server.common.static_files.NamedByContent"},
}
# Evidence lies outside every folder that is served; only a page that checks the rights hands it out.
MEDIA_ROOT = DATA_FOLDER / "files"
UPLOAD_BYTES = ENVIRONMENT.upload_mb * 1024 * 1024
# What a form may hold besides its file, and a call besides an upload; a fact may be 256 kB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENVIRONMENT.time_zone

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"safeconduct": {"level": "INFO"}},
}

# What organisations published here, on top of the catalogue's files (common/catalogue_in_use.py).
PUBLISHED_PROGRAMMES = "safeconduct.server.own_programmes.queries.with_published"
# What posture adds to the frame of every page (common/look/frame.py).
PAGE_SEAL = "safeconduct.server.posture.frame.seal"
RAIL_COUNTS = "safeconduct.server.posture.frame.counts"
