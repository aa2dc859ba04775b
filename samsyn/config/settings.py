"""Settings. All that differs between machines comes from the environment; see docs/reference/settings.md."""

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

ENVIRONMENT = os.environ.get("SAMSYN_ENV", "development")  # development, test or production
IN_PRODUCTION = ENVIRONMENT == "production"
DEBUG = False  # an error page shows a number for the log, also to developers
ROOT = Path(__file__).resolve().parent.parent

SAMSYN_HOME = Path(os.environ.get("SAMSYN_HOME", Path.cwd() / "var")).resolve()
for folder in ("objects", "quarantine", "keys", "locks", "cache/static", "mail"):
    (SAMSYN_HOME / folder).mkdir(mode=0o700, parents=True, exist_ok=True)

SAMSYN_OBJECTS = os.environ.get("SAMSYN_OBJECTS", "")  # s3://bucket/prefix, or the folder in SAMSYN_HOME


def _secret() -> str:
    """The key from the environment, else one made once for this SAMSYN_HOME."""
    if given := os.environ.get("SAMSYN_SECRET_KEY"):
        return given
    path = SAMSYN_HOME / "secret.key"
    if not path.exists():
        temporary = path.with_name(f".secret.{os.getpid()}")
        temporary.write_text(os.urandom(40).hex())
        temporary.chmod(0o600)
        try:
            os.link(temporary, path)  # the first process wins; the others read its key
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    return path.read_text()


SECRET_KEY = _secret()
ORIGIN = os.environ.get("SAMSYN_ORIGIN", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
_host = urlsplit(ORIGIN).hostname or "localhost"
ALLOWED_HOSTS = [_host] if IN_PRODUCTION else [_host, "127.0.0.1", "localhost", "testserver"]
CSRF_TRUSTED_ORIGINS = [ORIGIN]
CSRF_FAILURE_VIEW = "samsyn.core.views.unproven"
TRUSTED_PROXIES = int(os.environ.get("SAMSYN_TRUSTED_PROXIES", "0"))

if sys.platform == "linux" and not os.environ.get("DATABASE_URL"):
    # Debian's SQLite has the published WAL-reset bug; this build does not. Django asks for `sqlite3` by name.
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

_url = urlsplit(os.environ.get("DATABASE_URL", ""))
DATABASES: dict[str, dict[str, object]]
if _url.scheme in ("postgresql", "postgres"):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": _url.hostname or "",
            "PORT": _url.port or "",
            "USER": unquote(_url.username or ""),
            "PASSWORD": unquote(_url.password or ""),
            "NAME": _url.path.lstrip("/"),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": "-c lock_timeout=20s"},
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": SAMSYN_HOME / "samsyn.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
                "timeout": 30,
            },
            "TEST": {"NAME": SAMSYN_HOME / "test.sqlite3"},  # a file: in memory, threads share a connection
        }
    }

INSTALLED_APPS = [
    "samsyn.overview",
    "samsyn.demo",
    "samsyn.publishing",
    "samsyn.duties",
    "samsyn.promises",
    "samsyn.plans",
    "samsyn.pictures",
    "samsyn.dialogue",
    "samsyn.evidence",
    "samsyn.agreements",
    "samsyn.council",
    "samsyn.releases",
    "samsyn.parties",
    "samsyn.core",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks_db",
]
MIDDLEWARE = [
    "samsyn.core.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "samsyn.core.middleware.PublicCompression",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samsyn.core.middleware.LanguageMiddleware",
    "samsyn.core.middleware.BodyLimit",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samsyn.core.middleware.HtmxRedirects",
    "samsyn.core.middleware.DomainErrors",
    "samsyn.core.middleware.Submissions",
    "samsyn.parties.middleware.ActorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]
ROOT_URLCONF = "samsyn.config.urls"
WSGI_APPLICATION = "samsyn.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samsyn.core.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "samsyn.core.templatetags.components",
                "samsyn.core.templatetags.fields",
                "samsyn.core.templatetags.figures",
                "samsyn.core.templatetags.frame",
                "samsyn.core.templatetags.words",
            ],
        },
    }
]

# --- people
AUTH_USER_MODEL = "parties.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/arbete/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation proved the address
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_ADAPTER = "samsyn.parties.accounts.ClosedAccounts"
SOCIALACCOUNT_ADAPTER = "samsyn.parties.accounts.InvitedOnly"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(ORIGIN).scheme
ACCOUNT_SESSION_REMEMBER = True  # one length for all sessions, the one below
ACCOUNT_SESSION_COOKIE_AGE = 12 * 60 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/h/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
USERSESSIONS_TRACK_ACTIVITY = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "samsyn.parties.accounts.SealedFactors"
MFA_FORMS = {
    "add_webauthn": "samsyn.parties.forms.NamedKeyForm",
    "edit_webauthn": "samsyn.parties.forms.RenameKeyForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation proved the address
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IN_PRODUCTION
SECOND_FACTOR_REQUIRED = IN_PRODUCTION
SESSION_COOKIE_AGE = ACCOUNT_SESSION_COOKIE_AGE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IN_PRODUCTION
SESSION_COOKIE_SAMESITE = "Lax"

if _oidc := os.environ.get("SAMSYN_OIDC_ISSUER"):
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": os.environ.get("SAMSYN_OIDC_NAME", "OpenID Connect"),
                    "client_id": os.environ.get("SAMSYN_OIDC_CLIENT_ID", ""),
                    "secret": os.environ.get("SAMSYN_OIDC_SECRET", ""),
                    "settings": {"server_url": _oidc},
                }
            ],
        }
    }

# --- language and time
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = "samsyn.core.formats"
USE_I18N = USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

# --- files, cache, tasks, mail, log
STATIC_URL = "/static/"
STATIC_ROOT = SAMSYN_HOME / "cache" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_TEMP_DIR = SAMSYN_HOME / "quarantine"
UPLOAD_MAX_BYTES = 100_000_000
KOLADA_URL = os.environ.get("SAMSYN_KOLADA_URL", "https://api.kolada.se/v3")
SCB_URL = os.environ.get("SAMSYN_SCB_URL", "https://statistikdatabasen.scb.se/api/v2")
FOHM_URL = os.environ.get(
    "SAMSYN_FOHM_URL",
    "https://fohm-app.folkhalsomyndigheten.se/Folkhalsodata/api/v1/sv/A_Folkhalsodata/A_Mo8",
)
CACHES: dict[str, dict[str, Any]] = {  # in the database, so that all processes count the same tries
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "KEY_FUNCTION": "samsyn.core.limits.cache_key",
        # Django's 300 would let a flood of other keys push out the counts that stop it.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_mail = urlsplit(os.environ.get("SAMSYN_MAIL_URL", ""))  # smtp://user:password@host:port, smtps://…
DEFAULT_FROM_EMAIL = os.environ.get("SAMSYN_MAIL_FROM", f"samsyn@{_host}")
if _mail.scheme in ("smtp", "smtps"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", bool(_mail.username) and _mail.scheme == "smtp"
else:  # the local catcher: one file per mail
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = SAMSYN_HOME / "mail"

# Who else than the parties is told the last links of the journals, monthly: a registrar, an auditor
ANCHOR_ADDRESSES = os.environ.get("SAMSYN_ANCHOR_MAIL", "").split()

# Who sees to that public sites are accessible; the task is about to change hands
ACCESSIBILITY_SUPERVISOR = os.environ.get(
    "SAMSYN_ACCESSIBILITY_SUPERVISOR", "Myndigheten för digital förvaltning (Digg) https://www.digg.se/"
)

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if IN_PRODUCTION:
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health$"]
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "filters": {"hidden_tokens": {"()": "samsyn.parties.redaction.HiddenTokens"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["hidden_tokens"]}
    },
    "root": {"handlers": ["stderr"], "level": os.environ.get("SAMSYN_LOG_LEVEL", "WARNING")},
}
