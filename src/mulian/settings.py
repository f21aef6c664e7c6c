"""Settings, read from the environment only (`MULIAN_*`); every one has a default that works for a demo."""

from __future__ import annotations

import json
import os
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from mulian.core.database.addresses import database_settings
from mulian.core.environment import flag, listing, secret, text
from mulian.core.ui import folders

PACKAGE = Path(__file__).resolve().parent
SOURCE = PACKAGE.parent.parent


def _shipped(name: str) -> Path:
    """A data folder beside the sources in a checkout, inside the package in a wheel."""
    beside = SOURCE / name
    return beside if beside.is_dir() else PACKAGE / f"_{name}"


TESTING = "pytest" in sys.modules
DEBUG = flag("MULIAN_DEBUG", False)
MULIAN_DATA = Path(text("MULIAN_DATA", "var/mulian")).absolute()
MULIAN_PACK = text("MULIAN_PACK", "gande")
MULIAN_PACKS = Path(text("MULIAN_PACKS", str(_shipped("packs"))))
MULIAN_BASE_URL = text("MULIAN_BASE_URL", "http://127.0.0.1:8000")
MULIAN_CLOCK = text("MULIAN_CLOCK", "")
MULIAN_DEMO = flag("MULIAN_DEMO", False)
MULIAN_SMS_URL = text("MULIAN_SMS_URL", "")
MULIAN_SMS_TOKEN = secret("MULIAN_SMS_TOKEN", "")
MULIAN_SMS_ALLOWED = listing("MULIAN_SMS_ALLOWED", "")
MULIAN_SMS_TEMPLATE = json.loads(text("MULIAN_SMS_TEMPLATE", "") or "null")
MULIAN_SMS_PROVIDER = text("MULIAN_SMS_PROVIDER", "mulian.core.providers.sms.configured")
MULIAN_SPEECH_URL = text("MULIAN_SPEECH_URL", "")
MULIAN_SPEECH_TOKEN = secret("MULIAN_SPEECH_TOKEN", "")
MULIAN_SPEECH_ALLOWED = listing("MULIAN_SPEECH_ALLOWED", "")
MULIAN_SPEECH_LANGUAGES = listing("MULIAN_SPEECH_LANGUAGES", "zh-hans")
MULIAN_TRANSLATION_URL = text("MULIAN_TRANSLATION_URL", "")
MULIAN_TRANSLATION_TOKEN = secret("MULIAN_TRANSLATION_TOKEN", "")
MULIAN_TRANSLATION_ALLOWED = listing("MULIAN_TRANSLATION_ALLOWED", "")
MULIAN_MACHINE_SECONDS = float(text("MULIAN_MACHINE_SECONDS", "20"))
MULIAN_OCR = flag("MULIAN_OCR", True)
MULIAN_OPEN311_SYSTEMS = json.loads(secret("MULIAN_OPEN311_SYSTEMS", "") or "{}")
MULIAN_FEEDS = json.loads(secret("MULIAN_FEEDS", "") or "{}")
MULIAN_PROXY = flag("MULIAN_PROXY", False)
MULIAN_ERASURES = text("MULIAN_ERASURES", "")
MULIAN_MAIL_HOST = text("MULIAN_MAIL_HOST", "")
MULIAN_MAIL_PORT = int(text("MULIAN_MAIL_PORT", "993"))
MULIAN_MAIL_USER = text("MULIAN_MAIL_USER", "")
MULIAN_MAIL_PASSWORD = secret("MULIAN_MAIL_PASSWORD", "")
MULIAN_MAIL_ADDRESS = text("MULIAN_MAIL_ADDRESS", "")
MULIAN_MAIL_SMTP = text("MULIAN_MAIL_SMTP", "")
MULIAN_MAIL_AUTHORITY = text("MULIAN_MAIL_AUTHORITY", "")
MULIAN_FILES_RESERVE = int(text("MULIAN_FILES_RESERVE", str(64 * 1024 * 1024)))
MULIAN_PARKED_DAYS = int(text("MULIAN_PARKED_DAYS", "30"))
MULIAN_FIELD_WITHDRAWN = flag("MULIAN_FIELD_WITHDRAWN", False)
MULIAN_FIELD_DIST = Path(text("MULIAN_FIELD_DIST", str(PACKAGE / "site" / "field" / "dist")))

SECRET_KEY = secret("MULIAN_SECRET_KEY", "") or (
    (MULIAN_DATA / "secret_key").read_text() if (MULIAN_DATA / "secret_key").exists() else "unset-until-init"
)
ALLOWED_HOSTS = listing("MULIAN_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = listing("MULIAN_ORIGINS", "")
SECURE = flag("MULIAN_SECURE", MULIAN_BASE_URL.startswith("https:"))

DATABASES: dict[str, dict[str, Any]] = database_settings(text("MULIAN_DATABASE_URL", ""), MULIAN_DATA)
DATABASE_ROUTERS = ["mulian.core.sync.router.IntakeRouter"]
INTAKE = "intake" if "intake" in DATABASES else "default"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CORE_APPS = ["events", "areas", "access", "files", "notify", "search", "sync", "ui"]
MODULE_APPS = [
    point.value.partition(":")[0].rpartition(".")[0] for point in entry_points(group="mulian.modules")
]
INSTALLED_APPS = list(
    dict.fromkeys(
        [
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.staticfiles",
            "django_htmx",
            "mulian.site.console",
            "mulian.site.portal",
            "allauth",
            "allauth.account",
            "allauth.mfa",
            *[f"mulian.core.{name}" for name in CORE_APPS],
            *sorted(MODULE_APPS),
        ]
    )
)

AUTH_USER_MODEL = "access.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    *(["django.contrib.auth.hashers.MD5PasswordHasher"] if TESTING else []),
]
if TESTING:
    PASSWORD_HASHERS.reverse()
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "mulian.core.access.adapter.StaffAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ALLAUTH_TRUSTED_PROXY_COUNT = int(MULIAN_PROXY)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Mulian"

MIDDLEWARE = [
    "mulian.core.ui.csp.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mulian.core.access.middleware.ActorMiddleware",
    "mulian.core.ui.languages.LanguageMiddleware",
    "mulian.site.console.passwords.OneTimePasswordMiddleware",
    "mulian.core.ui.problems.ProblemMiddleware",
]
ROOT_URLCONF = "mulian.site.urls"
APPEND_SLASH = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 12 * 3600
LANGUAGE_COOKIE_AGE = 365 * 86400
CSRF_FAILURE_VIEW = "mulian.core.ui.problems.csrf_failure"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 500

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": folders.templates(),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "mulian.core.ui.context.shell",
            ],
        },
    }
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("bo", "བོད་ཡིག"), ("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [_shipped("locale")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATICFILES_DIRS = folders.static()
STATIC_URL = "/static/"
STATIC_ROOT = MULIAN_DATA / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "mulian.site.logs.PlainFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("MULIAN_LOG", "WARNING")},
}
