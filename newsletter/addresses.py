"""E-mail addresses as the site keeps them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.encoding import punycode
from django.utils.translation import gettext_lazy as _

MAX_LENGTH = 254
INVALID_EMAIL = _("Please enter a complete e-mail address, for example name@example.org.")
# No `localhost`, which Django allows: letters only go out into the world.
validate_public_email = EmailValidator(message=INVALID_EMAIL, allowlist=[])


def one_spelling(email: str) -> str:
    """The address with its domain in lower case and ASCII, so that the database sees that two are the same.

    Raises ValidationError where it is none that a letter could go to.
    """
    validate_public_email(email)
    local, _at, domain = email.rpartition("@")
    # Allowed by the standard, but only ever typed in to try something.
    if local.startswith('"') or domain.startswith("["):
        raise ValidationError(INVALID_EMAIL)
    try:
        email = f"{local}@{punycode(domain).lower()}"
    except UnicodeError:
        raise ValidationError(INVALID_EMAIL) from None
    if len(email) > MAX_LENGTH:
        raise ValidationError(INVALID_EMAIL)
    return email
