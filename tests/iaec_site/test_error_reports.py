"""A report of an error, as it is mailed or shown, and the log beside it."""

import logging
import sys

import pytest
from django.contrib.auth import authenticate
from django.views.debug import ExceptionReporter

SECRETS = {
    "SECRET_KEY": "sign-me-0123456789",
    "EMAIL_HOST_PASSWORD": "post-pass",
    "GENERATION_URL": "redis://:gen-pass@127.0.0.1:6379/1",
    "BOUNCE_MAILBOX_URL": "imaps://bounces:mailbox-pass@mail.example.org/INBOX",
    "CACHES": {"default": {"BACKEND": "x", "LOCATION": "redis://user:cache-pass@127.0.0.1/0"}},
    "ANYMAIL": {"WEBHOOK_SECRET": "provider:hook-pass", "SENDGRID_X": "anymail-pass"},
    "BACKUP_IDENTITY": "/root/identity-of-backups",
}
WORDS = (
    "sign-me post-pass gen-pass mailbox-pass cache-pass hook-pass anymail-pass identity-of-backups "
    "session-key typed-password reader@example.org local-secret"
).split()


@pytest.fixture
def broken(rf, settings):
    """A form of the desk whose view breaks; gives its report as text and as HTML."""
    for name, value in SECRETS.items():
        setattr(settings, name, value)
    request = rf.post(
        "/admin/login/",
        {"password": "typed-password", "email": "reader@example.org"},
        headers={"cookie": "sessionid=session-key", "authorization": "Basic session-key"},
    )
    try:
        password = "local-secret"
        raise ValueError(f"It broke at {len(password)}")
    except ValueError:
        reporter = ExceptionReporter(request, *sys.exc_info(), is_email=True)
        return reporter.get_traceback_text() + reporter.get_traceback_html()


def test_a_report_holds_no_secret_and_nothing_that_was_typed(broken):
    found = [word for word in WORDS if word in broken]

    # The report is one: it says what broke, and which boxes there were.
    assert ("It broke at 12" in broken, "mail.example.org/INBOX" in broken, "password" in broken) == (True, True, True)
    assert found == []


def test_a_wrong_password_gets_into_no_log(db, rf, caplog):
    with caplog.at_level(logging.DEBUG):
        authenticate(rf.post("/admin/login/"), username="ana", password="typed-password")

    assert [one for one in caplog.records if "typed-password" in one.getMessage()] == []
