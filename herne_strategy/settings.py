"""Settings, all from the environment. A missing or malformed one stops with a sentence that names it."""

from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from herne_strategy import environment
from herne_strategy.environment import env, read, refuse
from herne_strategy.roles import ROLES
from herne_strategy.version import program_version

BASE_DIR = Path(__file__).resolve().parent.parent

# DEMO is what `make run` and the tests use: a secret of no value, a ready-made login, mail on the console.
DEMO: bool = read(env.bool, "DEMO", "be 1 or 0", False)
DEBUG: bool = read(env.bool, "DEBUG", "be 1 or 0", False)
DATA_DIR: Path = read(
    env.path, "DATA_DIR", "be a folder that the portal may write to", BASE_DIR / "var", environment.is_folder
)
# The published pages as files (manage.py write_site). Only the writer has to find it writable: pages go on without.
SITE_DIR: Path = read(env.path, "SITE_DIR", "be a folder", DATA_DIR / "site")
SECRET_KEY: str = read(
    env.str,
    "SECRET_KEY",
    "be at least 50 characters that nobody can guess",
    "demonstration" * 4 if DEMO else ...,
    environment.is_secret,
)
# What second factors are encrypted with in the database: with the first, and read with all of them.
SECOND_FACTOR_KEYS: list[str] = read(
    environment.keys,
    "SECOND_FACTOR_KEYS",
    "be what `openssl rand -base64 32` prints; where there are several, with commas between them, the newest first",
    ["ZGVtb25zdHJhdGlvbmRlbW9uc3RyYXRpb25kZW1vbnM="] if DEMO else ...,
    environment.are_keys,
)
# Besides those who may publish: what they write, everybody reads or decides on.
SECOND_FACTOR_ROLES: list[str] = read(
    environment.listed,
    "SECOND_FACTOR_ROLES",
    f"be names of roles with commas between them, of {', '.join(role.name for role in ROLES)}",
    [role.name for role in ROLES if role.writes],
    lambda names: bool(names) and {role.name for role in ROLES}.issuperset(names),
)
SESSION_IDLE_MINUTES: int = read(
    env.int, "SESSION_IDLE_MINUTES", "be a number from 5 to 720", 60, range(5, 721).__contains__
)
PUBLIC_URL: str = read(
    env.str,
    "PUBLIC_URL",
    'be like "https://strategie.example.de", with nothing after the host but perhaps a port',
    "http://127.0.0.1:8000" if DEMO else ...,
    environment.is_origin,
)
ALLOWED_HOSTS: list[str] = read(
    environment.listed,
    "ALLOWED_HOSTS",
    'be host names like "strategie.example.de", with commas between them',
    ["localhost", "127.0.0.1", "[::1]"] if DEMO else ...,
    environment.are_hosts,
)
if not environment.is_answered(PUBLIC_URL, ALLOWED_HOSTS):
    refuse("ALLOWED_HOSTS", f'name the host of PUBLIC_URL too, "{urlsplit(PUBLIC_URL).hostname}"')
DATABASES: dict[str, Any] = {
    "default": read(
        environment.database,
        "DATABASE_URL",
        environment.LIKE_DATABASE,
        f"sqlite:///{quote(str(DATA_DIR / 'portal.sqlite3'))}" if DEMO else ...,
        environment.is_database,
    )
}
EMAIL: dict[str, Any] = read(
    env.dj_email_url,
    "EMAIL_URL",
    'be like "submission://user:password@mail.example.de", "smtp://mail.example.de" or "console:"',
    "console:" if DEMO else ...,
    environment.is_mail_server,
)
DEFAULT_FROM_EMAIL: str = read(
    env.str,
    "DEFAULT_FROM_EMAIL",
    'be like "portal@example.de" or "Portal <portal@example.de>"',
    "portal@localhost",
    environment.is_sender,
)
BARRIER_MAIL_TO: str = read(
    env.str,
    "BARRIER_MAIL_TO",
    'be one mail address like "barrierefreiheit@example.de"',
    "barrierefreiheit@localhost" if DEMO else ...,
    environment.is_mail_address,
)
OPERATOR_MAIL_TO: str = read(
    env.str,
    "OPERATOR_MAIL_TO",
    'be one mail address like "it@example.de", or empty',
    "",
    lambda value: value == "" or environment.is_mail_address(value),
)
# Where flaws of the portal are reported: what /.well-known/security.txt says. Without it there is no such file.
SECURITY_CONTACT: str = read(
    env.str,
    "SECURITY_CONTACT",
    'be one mail address like "sicherheit@example.de", or an address like "https://example.de/sicherheit"',
    "sicherheit@localhost" if DEMO else "",
    environment.is_contact_or_empty,
)
# For how many days personal data are kept: docs/betrieb/personenbezogene-daten.md. `clear_personal_data` deletes them;
# LOG_DAYS is for how long the web server's log is kept, as logrotate is told.
DAYS = "be a whole number of days, 1 or more"
BARRIER_REPORT_DAYS: int = read(env.int, "BARRIER_REPORT_DAYS", DAYS, 365, environment.is_positive)
ADMIN_LOG_DAYS: int = read(env.int, "ADMIN_LOG_DAYS", DAYS, 730, environment.is_positive)
LOCKED_ACCOUNT_DAYS: int = read(env.int, "LOCKED_ACCOUNT_DAYS", DAYS, 180, environment.is_positive)
LOG_DAYS: int = read(env.int, "LOG_DAYS", DAYS, 30, environment.is_positive)
# Under which licence the city gives its data away; empty while it has chosen none.
DATA_LICENCE: str = read(
    env.str,
    "DATA_LICENCE",
    'be "dl-de/by-2-0", "dl-de/zero-2-0" or empty',
    "",
    ["", "dl-de/by-2-0", "dl-de/zero-2-0"].__contains__,
)
# How many proxies a request passes, each of which says whom it saw: 1 where there is one in front of the portal.
BEHIND_PROXY: int = read(
    env.int, "BEHIND_PROXY", "be the number of proxies, 0 to 9", 0, range(10).__contains__
)
# The security log: in files of this folder, each for so many days; on stderr without one.
SECURITY_LOG_DIR: str = read(
    env.str,
    "SECURITY_LOG_DIR",
    "be a folder that the portal may write to, or empty",
    "",
    lambda folder: not folder or environment.is_folder(Path(folder)),
)
SECURITY_LOG_DAYS: int = read(
    env.int, "SECURITY_LOG_DAYS", "be a number of days, 1 to 3650", 90, range(1, 3651).__contains__
)
# The city's directory: all of these or none.
OIDC: dict[str, str] = {
    name: env.str(name, "") for name in ("OIDC_NAME", "OIDC_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
}
if any(OIDC.values()):
    for name, value in OIDC.items():
        if not value:
            refuse(name, f"be set where any of {', '.join(OIDC)} is")
    # Who somebody is comes over this connection unsigned: it has to be HTTPS, unless it stays on the machine.
    if not environment.is_encrypted(OIDC["OIDC_URL"]):
        refuse("OIDC_URL", 'be like "https://anmeldung.example.de/realms/stadt"')

PROGRAM_VERSION = program_version(BASE_DIR)
IS_HTTPS = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "herne_strategy.apps.PortalConfig",
    "editing.apps.EditingConfig",
    "reporting.apps.ReportingConfig",
    "council.apps.CouncilConfig",
    "printing.apps.PrintingConfig",
    "legal.apps.LegalConfig",
    "measures.apps.MeasuresConfig",
    "goals.apps.GoalsConfig",
    "themes.apps.ThemesConfig",
    "strategy.apps.StrategyConfig",
    "treebeard",
    "herne_strategy.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "accounts.apps.AccountsConfig",  # after allauth, whose admin classes it replaces
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

# PageCache comes first but for the headers: a page that was rendered for this revision is answered before anything else
# runs. It validates the host and minds the HTTPS redirect itself.
MIDDLEWARE = [
    "herne_strategy.middleware.security_headers",
    "strategy.pages.page_cache.PageCache",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "strategy.pages.unavailable.DatabaseAway",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "strategy.security_log.remember_request",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.staff_sessions.staff_sessions",
    "accounts.staff_area.staff_area",
    "strategy.pages.damaged.DamagedEditions",
]

FORCE_SCRIPT_NAME = ""  # the portal stands at the root; gunicorn.conf.py keeps a header from saying otherwise
ROOT_URLCONF = "herne_strategy.urls"
WSGI_APPLICATION = "herne_strategy.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "strategy.pages.context.portal",
            ],
        },
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A deferred transaction that turns into a write fails at once when another one writes; IMMEDIATE waits.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # Whoever waits for a row, or for one statement, for too long is told so. The server has a pool (wsgi.py).
    given = DATABASES["default"].get("OPTIONS", {})
    limits = "-c statement_timeout=120s -c lock_timeout=20s -c idle_in_transaction_session_timeout=10min"
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        **given,
        "options": f"{limits} {given.get('options', '')}".rstrip(),
    }

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "editing.rights.ObjectRights",
]
if DEMO:
    AUTHENTICATION_BACKENDS.append("accounts.demo.DemoBackend")
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.password_words.ContextWordsValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

# The ready-made login of the demonstration goes without.
SECOND_FACTOR_REQUIRED = not DEMO
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"reset_password": "accounts.password_reset.ResetPasswordForm"}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_RATE_LIMITS = {"reset_password": "5/m/ip,3/h/key"}
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses are set in the administration, by people who know them
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # whoever enters a stranger's address sends them nothing
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "accounts.adapters.AuthenticateForm",
    "reauthenticate": "accounts.adapters.ReauthenticateForm",
}
MFA_TOTP_TOLERANCE = 1  # clocks differ: the code before and the one after count too
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
USERSESSIONS_ADAPTER = "accounts.adapters.SessionsAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.directory.DirectoryAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form's answer may not lead to another host (Content-Security-Policy)
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "verzeichnis",
                "name": OIDC["OIDC_NAME"],
                "client_id": OIDC["OIDC_CLIENT_ID"],
                "secret": OIDC["OIDC_CLIENT_SECRET"],
                "settings": {"server_url": OIDC["OIDC_URL"], "scope": ["openid", "email"]},
            }
        ]
        if OIDC["OIDC_URL"]
        else [],
    }
}

# Failed logins are counted in the database, for all processes. A migration makes the table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "herne_strategy_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # so many that nobody can push a count out by making others
    },
    "template_fragments": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", DATA_DIR / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"].replace("django.core.mail.backends.smtp", "herne_strategy.mail_server")
EMAIL_HOST = EMAIL["EMAIL_HOST"]
EMAIL_PORT = EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL["EMAIL_USE_TLS"]
EMAIL_USE_SSL = EMAIL["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10  # seconds, for the whole of a mail

SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = ["^healthz/$", "^bereit/$"]  # a monitor on the same machine asks past the proxy
SECURE_HSTS_SECONDS = 31536000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # sets no cookie of its own
# A browser takes a name with this prefix over HTTPS alone: nobody on the way can slip it another cookie.
COOKIE_PREFIX = "__Secure-" if IS_HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
KNOWN_BROWSER_COOKIE_NAME = f"{COOKIE_PREFIX}known_browser"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/verwaltung/"
X_FRAME_OPTIONS = "DENY"
# All that Django checks of the settings above follows from PUBLIC_URL: herne_strategy/deploy_checks.py names that.
SILENCED_SYSTEM_CHECKS = [f"security.W{number}" for number in ("004", "005", "008", "012", "016", "021")]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # the guided freeze sends a choice for each node that is not agreed
CSRF_COOKIE_HTTPONLY = True  # scripts take the token from the form
CSRF_FAILURE_VIEW = "accounts.expired_forms.csrf_failure"

_SECURITY_LOG: dict[str, Any] = {"class": "logging.NullHandler" if DEMO else "logging.StreamHandler"}
if SECURITY_LOG_DIR:
    _SECURITY_LOG = {
        "class": "herne_strategy.log_files.DailyFile",
        "filename": f"{SECURITY_LOG_DIR}/security.log",
        "days": SECURITY_LOG_DAYS,
    }
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"short_lines": {"()": "herne_strategy.log_lines.ShortLines"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["short_lines"]},
        "security": _SECURITY_LOG,
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": []},  # a failure is told once, by the root
        "portal.security": {"handlers": ["security"], "level": "INFO", "propagate": False},
        # The watcher says that the database is away; each attempt to connect would say it again.
        "psycopg.pool": {"level": "ERROR"},
    },
}
