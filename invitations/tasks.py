"""Letters with links that open an account, sent in the background. Links are made there: no queue holds any."""

from django.contrib.auth import get_user_model
from django_tasks import task

from desk.letters_to_staff import can_be_written_to
from invitations import mail
from invitations.models import Invitation
from publishing.letters import send_or_try_again


@task()
def send_invitation(invitation_id, attempt=0):
    """Nothing where it was accepted or revoked meanwhile."""
    invited = Invitation.objects.acceptable().select_related("invited_by").filter(pk=invitation_id).first()
    if invited is not None:
        send_or_try_again(mail.invitation(invited), send_invitation, invitation_id, attempt=attempt)


@task()
def send_new_passwords(user_ids):
    """To all accounts of one address, a task each. Asked for with no account at all where none has the address."""
    for user_id in user_ids:
        send_new_password.enqueue(user_id)


@task()
def send_new_password(user_id, attempt=0):
    user = get_user_model().objects.filter(pk=user_id).first()
    if user is not None and can_be_written_to(user):
        send_or_try_again(mail.new_password(user), send_new_password, user_id, attempt=attempt)
