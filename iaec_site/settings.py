"""The one settings file. Environments differ by variables alone; `.env.example` explains each.

Without any variable the site runs on this machine for somebody who tries it: an SQLite file,
mail as files in a folder, a secret key made once and kept in `var/`. With PRODUCTION=1 nothing
is made up: what is missing is named and stops the start.
"""

from datetime import timedelta
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from iaec_site.caches import cache_settings
from iaec_site.databases import database_settings
from iaec_site.log_settings import check_log_settings, logging_settings
from iaec_site.metrics.address import metrics_address
from iaec_site.secret_key import local_secret_key
from iaec_site.storage import storage_settings

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

PRODUCTION = env.bool("PRODUCTION", default=False)
DEBUG = env.bool("DEBUG", default=False)
# Relative paths start from this folder, wherever a command is called from. Defaults are paths and never URLs:
# in a URL a folder's space, # or % would mean something else.
VAR_DIR = (BASE_DIR / (env.str("VAR_DIR", default="") or "var")).resolve()

if PRODUCTION:
    # Without the last two, letters would come from "localhost" and lead to this machine, and nobody here would notice.
    needed = ("SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "SITE_URL", "DEFAULT_FROM_EMAIL")
    missing = [name for name in needed if not env.str(name, default="")]
    if missing:
        raise ImproperlyConfigured(
            f"PRODUCTION is set, but these variables are missing: {', '.join(missing)}. See .env.example."
        )

SECRET_KEY = env.str("SECRET_KEY", default="") or local_secret_key(VAR_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
# The address that letters and feeds name when no request tells it.
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "iaec_site.refused_token.refused_token"

INSTALLED_APPS = [
    # modeltranslation has to stand before the admin.
    "modeltranslation",
    "iaec_site.admin_site.SiteAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "iaec_site.static_app.SiteStaticConfig",
    "ckeditor",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "reversion",
    "publishing",
    "entrance",
    # Before `search`: what each of them adds to a commit has to be in this order, see iaec_site/page_cache/commits.py.
    "iaec_site.page_cache.apps.PageCacheConfig",
    "iaec_site.workers.apps.WorkersConfig",
    "checks",
    "desk",
    "pictures",
    "translations",
    "search",
    "networks",
    "editions",
    "agenda",
    "experiences",
    "news",
    "pages",
    "publications",
    "newsletter",
    "invitations",
    "starter_content",
    "moving_in",
    "iaec_site",
]

MIDDLEWARE = [
    "iaec_site.security_headers.SecurityHeadersMiddleware",
    "iaec_site.long_addresses.LongAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "iaec_site.compression.TextCompressionMiddleware",
    "iaec_site.preload.PreloadMiddleware",
    "iaec_site.staff_area.StaffSessionMiddleware",
    "iaec_site.address_language.AddressLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "iaec_site.unavailable.UnavailableMiddleware",
    "desk.full_disk.NotSavedMiddleware",
    "iaec_site.staff_area.StaffCsrfMiddleware",
    "iaec_site.staff_area.StaffAuthenticationMiddleware",
    "iaec_site.staff_area.StaffMessageMiddleware",
    "entrance.middleware.EntranceMiddleware",
    "axes.middleware.AxesMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "iaec_site.urls"
WSGI_APPLICATION = "iaec_site.wsgi.application"

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
            ],
        },
    }
]

# 1: while the site is being maintained it is read and not written to. See docs/operate.md.
READ_ONLY = env.bool("READ_ONLY", default=False)
DATABASES = {"default": database_settings(env.str("DATABASE_URL", default=""), VAR_DIR / "site.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Processes of the web server, and threads in each of them that make the pages that are not ready.
WEB_PROCESSES = env.int("WEB_PROCESSES", default=1)
WEB_THREADS = env.int("WEB_THREADS", default=4)
# Seconds from the signal to stop until the web server stops; meanwhile /readyz says so to a load balancer.
DRAIN_SECONDS = env.float("DRAIN_SECONDS", default=0)
# Memory of each web server process for ready pages; 0: every page is made anew. Where several machines serve the site,
# they share one number of its content: in the database, or in Redis.
PAGE_CACHE_MB = env.int("PAGE_CACHE_MB", default=64)
# What many pages show alike is made once for each change of content. Only tests that look at the making switch it off.
KEEP_BLOCKS = True
GENERATION_URL = env.str("GENERATION_URL", default="")
CACHES = {"default": cache_settings(env.str("CACHE_URL", default=""))}

# Once a week all links are followed; those to other sites only if somebody says so, for it asks these sites.
CHECK_EXTERNAL_LINKS = env.bool("CHECK_EXTERNAL_LINKS", default=False)
CHECK_PRIVATE_ADDRESSES = env.bool("CHECK_PRIVATE_ADDRESSES", default=False)

# The terms under which lists are given away as CSV and JSON, as the page about open data says them.
DATA_LICENCE_NAME = env.str("DATA_LICENCE_NAME", default="Creative Commons Attribution 4.0 (CC BY 4.0)")
DATA_LICENCE_URL = env.str("DATA_LICENCE_URL", default="https://creativecommons.org/licenses/by/4.0/")

# For so many days every version of every item is kept, and what was deleted can be recovered; 0: for ever.
HISTORY_DAYS = env.int("HISTORY_DAYS", default=730)

# `manage.py backup`: where archives go, whom they are encrypted for, how many stay (days, weeks, months).
BACKUP_DIR = (BASE_DIR / (env.str("BACKUP_DIR", default="") or VAR_DIR / "backups")).resolve()
BACKUP_RECIPIENT = env.str("BACKUP_RECIPIENT", default="")
BACKUP_IDENTITY = env.str("BACKUP_IDENTITY", default="")
BACKUP_KEEP = env.str("BACKUP_KEEP", default="") or "7,4,12"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="newsletter@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Seconds; without a limit a mail server that says nothing would hold up the background work for ever.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=30)
NEWSLETTER_PER_SECOND = env.float("NEWSLETTER_PER_SECOND", default=0)
# Where letters that cannot be delivered go back to (its server must take `bounces+anything@` for `bounces@`), and the
# mailbox in which the site finds them.
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", default="")
BOUNCE_MAILBOX_URL = env.str("BOUNCE_MAILBOX_URL", default="")

# Providers of mail that tell by webhook which letters came back; needs django-anymail (requirements-extras.txt).
BOUNCE_WEBHOOKS = env.list("BOUNCE_WEBHOOKS", default=[])
if BOUNCE_WEBHOOKS:
    INSTALLED_APPS.append("anymail")
    # ANYMAIL_POSTMARK_SERVER_TOKEN and the like, under anymail's own names. Each process has only what it is given.
    ANYMAIL = {
        name.removeprefix("ANYMAIL_"): text for name, text in env.ENVIRON.items() if name.startswith("ANYMAIL_")
    }
    if len(ANYMAIL.get("WEBHOOK_SECRET", "").partition(":")[2]) < 16:
        raise ImproperlyConfigured(
            "BOUNCE_WEBHOOKS is set, but not ANYMAIL_WEBHOOK_SECRET as “user:password” with a password of 16 letters "
            "or more: without it anybody could take readers off the list. See .env.example."
        )

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# The link in a letter about a forgotten password works this long, and once.
PASSWORD_RESET_TIMEOUT = 4 * 60 * 60  # seconds
ADMIN_PATH = env.str("ADMIN_PATH", default="admin").strip("/") + "/"
# Whose X-Forwarded-For is believed. Behind https there has to be a proxy; by default one on this machine.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=["127.0.0.0/8", "::1/128"] if PRODUCTION else [])

# Who comes in; see docs/decisions/0036-security.md.
AUTHENTICATION_BACKENDS = ["entrance.backend.EntranceBackend"]
# Whether every member of staff needs the second step. Who has switched it on needs it in any case.
STAFF_TWO_FACTOR = env.bool("STAFF_TWO_FACTOR", default=False)
STAFF_IDLE_HOURS = env.int("STAFF_IDLE_HOURS", default=72)
# So many searches that are not ready may one network ask for in a minute; 0: any number.
SEARCHES_PER_MINUTE = env.int("SEARCHES_PER_MINUTE", default=240)
# Whom to tell of a hole, as /.well-known/security.txt says it: mailto: or https:. Empty: the site's own mail address.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")
# For so many days from the day it is asked for the file says that it is right.
SECURITY_TXT_DAYS = env.int("SECURITY_TXT_DAYS", default=180)
# For so many days it can be looked up who signed in, changed rights and took personal data along.
TRAIL_DAYS = env.int("TRAIL_DAYS", default=365)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "entrance.locked_out.locked_out"
AXES_CLIENT_IP_CALLABLE = "entrance.locked_out.client_address"
AXES_CLIENT_STR_CALLABLE = "entrance.locked_out.nobody"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "csrfmiddlewaretoken", "next"]
LOGIN_URL = LOGIN_REDIRECT_URL = f"/{ADMIN_PATH}"

# Languages. Every language has its prefix, English too.
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("ca", _("Catalan")),
    ("pt", _("Portuguese")),
]
# The second holds what Django and other packages leave in English; `make messages` does not touch it.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale_of_django"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
# Only a safety net for labels in the admin and for __str__: readers get texts through
# translations.texts, which falls back to the item's own source language.
MODELTRANSLATION_FALLBACK_LANGUAGES = tuple(code for code, name in LANGUAGES)
# What readers meet first stands first in the list of translations.
TRANSLATIONS_FIRST_MET = "iaec_site.first_met.tiers"
FORMAT_MODULE_PATH = ["iaec_site.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Madrid"  # the secretariat's clock; each event has its own

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "iaec_site.style_sheets.BundleFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
DEFAULT_STORAGE, MEDIA_ROOT = storage_settings(env.str("STORAGE_URL", default=""), VAR_DIR / "media")
STORAGES = {
    "default": DEFAULT_STORAGE,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Scripts, styles and fonts are for pages of ours; what others may show says so itself.
WHITENOISE_ALLOW_ALL_ORIGINS = False
# CKEditor loads files by unhashed names, so both must stay (never WHITENOISE_KEEP_ONLY_HASHED_FILES).

CKEDITOR_CONFIGS = {
    "default": {
        "toolbar": [
            ["Format", "Bold", "Italic", "Subscript", "Superscript"],
            ["NumberedList", "BulletedList", "Blockquote"],
            ["Link", "Unlink", "Image", "Table", "SpecialChar"],
            ["PasteText", "RemoveFormat", "Undo", "Redo", "Maximize", "Source"],
        ],
        "format_tags": "p;h2;h3;h4",
        "entities": False,
        "disableNativeSpellChecker": False,
        # The text on the page's own paper, in light and dark alike.
        "contentsCss": [
            lazy(static, str)(name)
            for name in ("css/tokens.css", "css/base.css", "css/prose.css", "admin-look/editor-text.css")
        ],
        "bodyClass": "prose",
        "width": "auto",
        "height": 320,
        "removePlugins": (
            "exportpdf,scayt,wsc,preview,print,newpage,save,templates,forms,smiley,about,iframe,language,"
            "bidi,div,font,colorbutton,colordialog,find,flash,uploadimage"
        ),
        # The picture dialog: the library, and no styles, links or uploads of its own; see picture-dialog.js.
        "pictureLibrary": _("Choose from the library"),
        "image_previewText": " ",
        "filebrowserImageBrowseUrl": f"/{ADMIN_PATH}pictures/picture/choose/",
        "filebrowserWindowWidth": 900,
        "filebrowserWindowHeight": 700,
        "removeDialogTabs": "image:Link;image:advanced",
        # Sizes, borders and places are the page's, and nothing of them is kept: so the dialog has no boxes for them.
        "disallowedContent": "img{*}",
        # Never set allowedContent to true: it switches off the filter against pasted scripts.
    }
}
# W001 warns that CKEditor 4 is out of support. What follows from that stands in docs/decisions/0003-rich-text.md.
# W003 looks for Django's own protection of forms by name; ours is a subclass of it (StaffCsrfMiddleware).
# W005 and W021 ask for HSTS on subdomains and for preloading. Both bind all names below the site's own, the second for
# years and in every browser: whoever owns the domain decides (HSTS_SUBDOMAINS, HSTS_PRELOAD).
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001", "security.W003", "security.W005", "security.W021"]

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
if env.bool("HTTPS", default=PRODUCTION):
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

DEFAULT_EXCEPTION_REPORTER_FILTER = "iaec_site.error_reports.SiteReportFilter"
# Lines for people or for programs, and whom letters about errors go to.
LOG_FORMAT = env.str("LOG_FORMAT", default="") or "plain"
LOG_IP = env.bool("LOG_IP", default=False)
ACCESS_LOG = env.str("ACCESS_LOG", default="") or ("made" if PRODUCTION else "off")
ERRORS_TO = env.list("ERRORS_TO", default=[])
ADMINS = [("", address) for address in ERRORS_TO]
check_log_settings(LOG_FORMAT, ACCESS_LOG)
# Where Prometheus may ask how the site does; None: nowhere. Each process keeps what it counts in this folder.
METRICS_ADDRESS = metrics_address(env.str("METRICS_LISTEN", default=""), env.str("METRICS_TOKEN", default=""))
METRICS_DIR = VAR_DIR / "metrics"
LOGGING = logging_settings(LOG_FORMAT, env.str("LOG_LEVEL", default="WARNING"), has_letters=bool(ERRORS_TO))
