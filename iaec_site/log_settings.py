"""What Django's LOGGING is, by a few words of the environment."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

KNOWN = {"LOG_FORMAT": ("plain", "json"), "ACCESS_LOG": ("off", "made", "all")}


def check_log_settings(log_format: str, access_log: str) -> None:
    """Raises ImproperlyConfigured for a word that means nothing."""
    for (name, known), value in zip(KNOWN.items(), (log_format, access_log), strict=True):
        if value not in known:
            raise ImproperlyConfigured(f"{name} is “{value}”; it is one of: {', '.join(known)}.")


def logging_settings(log_format: str, level: str, *, has_letters: bool) -> dict:
    """Lines go to standard error, in the form of `iaec_site.log_lines`; with letters, errors are written of, too."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {"()": "iaec_site.log_lines.PlainFormatter"},
            "json": {"()": "iaec_site.log_lines.JsonFormatter"},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": log_format},
            "letters": {"class": "iaec_site.error_letters.ErrorLetters", "level": "ERROR", "formatter": "plain"},
        },
        "root": {"handlers": ["console", "letters"] if has_letters else ["console"], "level": level},
        "loggers": {
            # Django's own handlers would write each line twice.
            "django": {"handlers": [], "level": "NOTSET"},
            # Whoever asks for a foreign host gets a 400; a page of traceback for each would fill the disk.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }
