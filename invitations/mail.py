"""Letters to those who are invited, and to those who forgot their password; templates are in `invitations/mail/`."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from desk.last_saved import name_of
from desk.letters_to_staff import language_for
from invitations.models import VALID, Invitation
from publishing.letters import letter

HOUR = 60 * 60


def invitation(invited: Invitation) -> EmailMultiAlternatives:
    address = reverse("admin:invitation", args=[invited.pk, invited.token])
    return letter(
        "invitations/mail/invitation",
        to=invited.email,
        language=invited.language,
        links={"accept_url": settings.SITE_URL + address},
        valid_days=VALID.days,
        inviter=name_of(invited.invited_by) if invited.invited_by else "",
    )


def new_password(user) -> EmailMultiAlternatives:
    key, token = urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
    return letter(
        "invitations/mail/new_password",
        to=user.email,
        language=language_for(user),
        links={"password_url": settings.SITE_URL + reverse("admin:new_password", args=[key, token])},
        valid_hours=settings.PASSWORD_RESET_TIMEOUT // HOUR,
        username=user.get_username(),
    )
