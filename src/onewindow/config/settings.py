"""设置: what does Django need to know about this installation?

Everything that differs between installations comes from the environment or the data folder; the command
line prepares both before Django is loaded.
"""

import os
from typing import Any

from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from onewindow.config import folders
from onewindow.config.followers import FOLLOWERS  # noqa: F401 (a setting, read by journal)
from onewindow.ground.hearing import SESSION_COOKIE

PACK = folders.pack()
PACKS_DIR = folders.packs()
DATA = folders.folder()
_installation = DATA.installation()
DEMO = os.environ.get("ONEWINDOW_DEMO", "") == "1" or (_installation is not None and _installation.demo)
# The key name of the machine of a hall that this installation is (大厅本机); empty: it is the county's own.
BOX = _installation.box if _installation is not None else ""
COUNTY_URL = _installation.county_url if _installation is not None else ""
HTTPS = os.environ.get("ONEWINDOW_HTTPS", "") == "1"
EVENTS_URL = os.environ.get("ONEWINDOW_EVENTS_URL", "")  # empty: the streams stand on the port of the pages

SECRET_KEY = folders.key("secret").hex()
FIELD_KEY = folders.key("field")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ONEWINDOW_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("ONEWINDOW_ORIGINS", "").split(",") if o]
ROOT_URLCONF = "onewindow.config.urls"
WSGI_APPLICATION = "onewindow.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

OUR_PACKAGES = (
    "ground",
    "journal",
    "places",
    "people",
    "catalogue",
    "guidance",
    "hall",
    "emergency",
    "helping",
    "box",
    "intake",
    "cases",
    "letters",
    "feedback",
    "oversight",
    "notices",
)
INSTALLED_APPS = [
    "onewindow.web",  # first: its templates go before those of the libraries
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    *(f"onewindow.{name}" for name in OUR_PACKAGES),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "onewindow.web.spared.policy",
    "onewindow.web.spared.session",
    "django.middleware.common.CommonMiddleware",
    "onewindow.web.bounds.Bounded",
    "onewindow.web.spared.forgery",
    "onewindow.web.spared.account",
    "onewindow.web.spared.messages",
    "onewindow.web.spared.frames",
    "onewindow.web.middleware.Who",
    "allauth.account.middleware.AccountMiddleware",
    "onewindow.web.spared.pieces",
    "axes.middleware.AxesMiddleware",
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
                "onewindow.web.context.page",
            ]
        },
    }
]


PATIENCE = float(os.environ.get("ONEWINDOW_PATIENCE") or 0)  # seconds; web processes set it (config/wsgi.py)
CONNECTING = {
    "connect_timeout": str(int(min(5, PATIENCE or 5))),
    "keepalives_idle": "30",
    "tcp_user_timeout": "30000",
}


def _database(dsn: str) -> dict[str, Any]:
    told = {name: str(value) for name, value in conninfo_to_dict(dsn).items()}
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {
        "ENGINE": "onewindow.ground.postgresql",
        **{ours: told.pop(theirs, "") for ours, theirs in names.items()},
        "OPTIONS": CONNECTING | told | ({"PATIENCE": PATIENCE} if PATIENCE else {}),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


DATABASE = os.environ.get("ONEWINDOW_DATABASE") or os.environ.get("DATABASE_URL") or "postgresql:///onewindow"
DATABASES = {"default": _database(DATABASE)}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "onewindow.people.signing.Backend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name}
    for name in (
        "onewindow.people.passwords.LongEnough",
        "onewindow.people.passwords.NotTheDemonstrations",
        "onewindow.people.passwords.UnlikeTheAccount",
        "django.contrib.auth.password_validation.CommonPasswordValidator",
        "django.contrib.auth.password_validation.NumericPasswordValidator",
    )
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {"login": "onewindow.web.forms.sign_in.SignInForm"}
ACCOUNT_ADAPTER = "onewindow.web.accounts.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = False  # the cookie ends with the browser
ACCOUNT_RATE_LIMITS = False  # axes counts failures in the database, the same for all workers
MFA_ADAPTER = "onewindow.people.second_factor.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODE_COUNT = 10
MFA_FORMS = {
    "activate_totp": "onewindow.people.second_factor.FirstCode",
    "authenticate": "onewindow.people.second_factor.Code",
    "reauthenticate": "onewindow.people.second_factor.CodeAgain",
}
AXES_FAILURE_LIMIT = "onewindow.people.signing.failure_limit"
AXES_COOLOFF_TIME = "onewindow.people.signing.cool_off"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "onewindow.web.views.account.locked_out"
AXES_USERNAME_CALLABLE = "onewindow.people.signing.typed_name"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # journal.Access is the log
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login"]  # what was typed is kept nowhere

# In the database: what one worker must not accept twice (a one-time code), no other may accept either.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "people_cache"}}
SESSION_ENGINE = "onewindow.people.sessions"
# people.signing ends a session when it was idle or after twelve hours; its row stays longer, so that whoever comes
# back after a night or a holiday is known as the one whose form this is, and signs in again to go on with it.
SESSION_COOKIE_AGE = 10 * 24 * 3600
SESSION_COOKIE_NAME = SESSION_COOKIE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "onewindow_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF, *([EVENTS_URL] if EVENTS_URL else [])],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA.static
SIGNING_DIR = DATA.keys / "signing"  # the key that signs letters, never in the database
VOICE_DIR = DATA.root / "voice"  # clips of a hall's own recording, and the joined calls
SEALS_DIR = DATA.keys / "seals"  # the keys of the offices' own seals, encrypted with the field key
# A telephone reaches the county and not the network of a hall: what a hall's machine prints leads to the county.
_served = COUNTY_URL or "http://127.0.0.1:" + os.environ.get("PORT", "8000")
PUBLIC_URL = os.environ.get("ONEWINDOW_PUBLIC_URL") or _served
FILES_DIR = DATA.files  # outside every folder that is served
FILE_UPLOAD_PERMISSIONS = 0o600
CLAMD = os.environ.get("ONEWINDOW_CLAMD", "")  # host:port or a socket's path; empty: no virus scanner
CLAMD_SECONDS = 20.0
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
_collected = (STATIC_ROOT / "staticfiles.json").is_file()
WHITENOISE_USE_FINDERS = not _collected
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _collected or os.environ.get("ONEWINDOW_COLLECTING") == "1"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Paths and sentences only: no request bodies, no query strings, no names.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}, "axes": {"level": "ERROR"}},
}
# The ways out: a text message gateway (HTTP) with its token, the secret of its receipts, and a mail server.
SMS_GATEWAY = os.environ.get("ONEWINDOW_SMS_GATEWAY", "")
SMS_TOKEN = os.environ.get("ONEWINDOW_SMS_TOKEN", "")
SMS_SECRET = os.environ.get("ONEWINDOW_SMS_SECRET", "")
SMTP_SERVER = os.environ.get("ONEWINDOW_SMTP", "")
SMTP_USER = os.environ.get("ONEWINDOW_SMTP_USER", "")
SMTP_PASSWORD = os.environ.get("ONEWINDOW_SMTP_PASSWORD", "")
SMTP_FROM = os.environ.get("ONEWINDOW_SMTP_FROM", "onewindow@localhost")
# The platform of non-tax receipts: the address of its pay page (the payment number is put behind it), its secret.
NONTAX_GATEWAY = os.environ.get("ONEWINDOW_NONTAX_GATEWAY", "")
NONTAX_SECRET = os.environ.get("ONEWINDOW_NONTAX_SECRET", "")
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
PROCRASTINATE_IMPORT_PATHS = ["onewindow.journal.work", "onewindow.notices.work"]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None
