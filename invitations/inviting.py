"""Inviting somebody, and making the account of whoever accepts."""

from __future__ import annotations

from functools import partial

from django.contrib.auth import get_user_model
from django.db import transaction

from desk.history.acts import Act
from desk.history.recording import recorded
from desk.models import LettersToStaff
from invitations.models import Invitation
from invitations.tasks import send_invitation
from networks.models import NetworkEditor


def has_account(email: str) -> bool:
    """By the address or by the name to sign in with, which an address becomes."""
    people = get_user_model().objects.all()
    return people.filter(email__iexact=email).exists() or people.filter(username__iexact=email).exists()


def send(invitation: Invitation) -> None:
    transaction.on_commit(partial(send_invitation.enqueue, invitation.pk))


def send_again(invitation: Invitation) -> bool:
    """With a new link, which ends the former one. False where there is nothing to accept any more."""
    with transaction.atomic():
        is_renewed = invitation.renew()
        if is_renewed:
            send(invitation)
    return is_renewed


def accept(invitation: Invitation, account) -> bool:
    """Save the account, whose names and password the invited person has set, with the rights that were meant for it.

    False where the link does not work any more, or somebody with this address has got an account meanwhile.
    """
    with recorded(None, Act.INVITED) as recording:
        if has_account(invitation.email) or not invitation.claim():
            return False
        account.is_staff = True
        account.save()
        account.groups.add(invitation.role)
        networks = list(invitation.networks.all())
        if networks:
            NetworkEditor.objects.create(user=account).networks.set(networks)
        LettersToStaff.objects.create(user=account, language=invitation.language)
        recording.user = account
    return True
