"""What to do when the mail server does not take a letter."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

# How long a letter waits before each further attempt.
PAUSES = [timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1)]


def is_final(error):
    """Did the mail server refuse for good (5xx)? Anything else may pass."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, reason in error.recipients.values())
    return isinstance(error, SMTPResponseException) and error.smtp_code >= 500
