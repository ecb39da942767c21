"""All settings of a Signon installation, taken from the environment through env.py; .env.example is the full list."""

from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from signon import env, inbound, kept, logs, outside, provider, sealing

ROOT = Path(__file__).resolve().parent.parent
DEBUG = env.flag("SIGNON_DEBUG", False)

# Where SQLite, the keys, the finished documents and (without an SMTP server) the mails lie.
DATA = Path(env.text("SIGNON_DATA", str(ROOT / "data"))).resolve()

# From the environment, or made at first start and kept in the data folder.
SECRET_KEY = env.secret("SIGNON_SECRET_KEY", "") or kept.secret(DATA / "secret-key")

# Every link in a mail or on paper starts with this; never with the Host header of a request.
SITE_URL = env.text("SIGNON_SITE_URL", "http://localhost:8000").rstrip("/")
SITE_NAME = env.text("SIGNON_SITE_NAME", "Signon")
SECURE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.words("SIGNON_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("SIGNON_ALLOWED_HOSTS must list host names; * would let anyone name the host.")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "letters.apps.LettersConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
]
OUTSIDE = outside.read()
INSTALLED_APPS += OUTSIDE.apps
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "signon.compressed.CompressText",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "signon.default_deny.DefaultDeny",
]
ROOT_URLCONF = "signon.urls"
WSGI_APPLICATION = "signon.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "signon.site.context",
            ]
        },
    }
]

DATABASES = {"default": dj_database_url.parse(env.text("DATABASE_URL", f"sqlite:///{DATA / 'signon.sqlite3'}"))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a transaction that reads first and writes later must not fail with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis carries job ids and rate limits. Without it the worker runs inside the web process.
REDIS_URL = env.text("REDIS_URL", "")
EMBEDDED_WORKER = env.flag("SIGNON_EMBEDDED_WORKER", not REDIS_URL)
CACHES = {
    "default": {
        "BACKEND": "signon.forgiving_cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
SWEEP_SECONDS = 20

AUTH_USER_MODEL = "letters.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGIN_URL = "/signin"
LOGIN_REDIRECT_URL = "/me"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "letters.notify.codes.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = False
# Besides allauth's own limits: files checked at /verify, each of which costs a process, and codes typed at /i.
ACCOUNT_RATE_LIMITS = {"verify": "20/m/ip", "typed": "10/m/ip,60/h/ip"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
# Keys: passkeys and authenticator apps. Our own fresh check (letters/access.py) stands before allauth's pages.
MFA_ADAPTER = "letters.enter.keys.KeyAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_REAUTHENTICATION_REQUIRED = False
MFA_TOTP_ISSUER = SITE_NAME
SOCIALACCOUNT_ADAPTER = "letters.enter.outside.OutsideAdapter"
SOCIALACCOUNT_PROVIDERS = OUTSIDE.providers
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # only for addresses the other site calls verified
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
COORDINATORS_NEED_A_KEY = env.flag("SIGNON_COORDINATORS_NEED_A_KEY", True)
# Personal links stop opening so long after the letter was sealed, delivered or released; signing in still works.
LINK_LIFE = timedelta(days=env.number("SIGNON_LINK_DAYS", 180))
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("SIGNON_PROXY_COUNT", 0)

SESSION_ENGINE = "signon.sessions"
SESSION_COOKIE_NAME = "__Host-signon" if SECURE else "signon"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE and ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
# Not "no-referrer": browsers would send "Origin: null" with every form and the CSRF check would refuse it.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *OUTSIDE.origins],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Mail: over SMTP when a server is named, otherwise as files in the data folder.
SMTP_HOST = env.text("SIGNON_SMTP_HOST", "")
SMTP_TLS = env.text("SIGNON_SMTP_TLS", "starttls")
if SMTP_TLS not in ("starttls", "ssl", "none"):
    raise ImproperlyConfigured(f"SIGNON_SMTP_TLS is {SMTP_TLS!r}; write starttls, ssl or none.")
EMAIL_BACKEND = "signon.post.OverSMTP" if SMTP_HOST else "signon.post.ToFolder"
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = SMTP_HOST
EMAIL_PORT = env.number("SIGNON_SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("SIGNON_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.secret("SIGNON_SMTP_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = SMTP_TLS == "starttls", SMTP_TLS == "ssl"
EMAIL_TIMEOUT = 60
DEFAULT_FROM_EMAIL = env.text("SIGNON_MAIL_FROM", "letters@signon.example")
PROVIDER = provider.read()
MAIL_PROVIDER, ANYMAIL = PROVIDER.name, PROVIDER.anymail
DKIM_SELECTORS = env.words("SIGNON_DKIM_SELECTORS", "")
MAILBOX = env.flag("SIGNON_MAILBOX", False)
# Mail from journals: a maildir that is read, or a webhook whose sender knows the secret; without either none is taken.
INBOUND_MAILDIR, INBOUND_SECRET = inbound.read()

# What goes to a journal by mail waits so long and can be stopped meanwhile.
COOLING_OFF = timedelta(minutes=env.number("SIGNON_COOLING_OFF_MINUTES", 10))
# Where journals' answers come in: name@host takes name+<key of the submission>@host. Empty: to people alone.
INBOUND_ADDRESS = env.text("SIGNON_INBOUND_ADDRESS", "")
if INBOUND_ADDRESS and not (INBOUND_ADDRESS.count("@") == 1 and INBOUND_ADDRESS.strip("@") == INBOUND_ADDRESS):
    raise ImproperlyConfigured(f"SIGNON_INBOUND_ADDRESS is {INBOUND_ADDRESS!r}; write name@host or nothing.")

# The seal: a key made at first start in the data folder, a PKCS#12 file, or a key that stays in a PKCS#11 token.
SEAL_P12, SEAL_P12_PASSWORD = sealing.in_file()
SEAL_PKCS11, SEAL_PKCS11_TOKEN, SEAL_PKCS11_KEY, SEAL_PKCS11_PIN, SEAL_PKCS11_CERTIFICATE = sealing.in_token(SEAL_P12)

# Who confirms the time of a seal (RFC 3161). Once named, no seal is made without.
TSA_URL, TSA_ROOTS, SEAL_LEVEL = sealing.stamps()
TSA_USER = env.text("SIGNON_TSA_USER", "")
TSA_PASSWORD = env.secret("SIGNON_TSA_PASSWORD", "")
TSA_SECONDS = env.number("SIGNON_TSA_SECONDS", 20)

# A rule of a journal that was last checked longer ago than this warns.
RULES_STALE_DAYS = env.number("SIGNON_RULES_STALE_DAYS", 180)
# Where papers are looked up by DOI; empty: never. The address goes along as Crossref asks of those who look up often.
CROSSREF_URL = env.text("SIGNON_CROSSREF_URL", "https://api.crossref.org").rstrip("/")
if CROSSREF_URL and not CROSSREF_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured(f"SIGNON_CROSSREF_URL is {CROSSREF_URL!r}; write an https:// address or nothing.")
CROSSREF_MAIL = env.text("SIGNON_CROSSREF_MAIL", "")

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = ROOT / "staticfiles"
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024

LOGGING = logs.to_stderr(env.text("SIGNON_LOG_LEVEL", "INFO").upper())
