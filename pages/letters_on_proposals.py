"""Letters about proposals for the front page: to who decides that there is one, to the proposer what came of it."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override
from django_tasks import task

from desk.last_saved import name_of
from desk.letters_to_staff import can_be_written_to, letters_to
from pages.models import FrontPageProposal
from publishing.admin_address import admin_address
from publishing.letters import letter, send_or_try_again
from translations.texts import text_of

MAY_DECIDE = "pages.change_frontpageproposal"


def tell_who_decides(proposal: FrontPageProposal) -> None:
    """A task for each of them, so that one address that fails keeps no letter from the others."""
    people = get_user_model().objects.with_perm(MAY_DECIDE, include_superusers=False)
    for user in people.exclude(pk=proposal.proposed_by_id).distinct():
        transaction.on_commit(partial(send_proposal.enqueue, proposal.pk, user.pk))


def tell_proposer(proposal: FrontPageProposal) -> None:
    """What was decided, unless they decided it themselves."""
    if proposal.proposed_by_id and proposal.proposed_by_id != proposal.decided_by_id:
        transaction.on_commit(partial(send_decision.enqueue, proposal.pk))


@task()
def send_proposal(proposal_id, user_id, attempt=0):
    """Nothing where it was decided meanwhile, or whom it was for has gone or wants no such letters."""
    waiting = FrontPageProposal.objects.filter(pk=proposal_id, decision=FrontPageProposal.Decision.WAITING).first()
    user = get_user_model().objects.filter(pk=user_id).first()
    if waiting is None or user is None or not user.has_perm(MAY_DECIDE):
        return
    send(waiting, user, "proposal", send_proposal, proposal_id, user_id, attempt=attempt)


@task()
def send_decision(proposal_id, attempt=0):
    decided = FrontPageProposal.objects.exclude(decision=FrontPageProposal.Decision.WAITING)
    proposal = decided.filter(pk=proposal_id, proposed_by__isnull=False).first()
    if proposal is not None:
        send(proposal, proposal.proposed_by, "decision", send_decision, proposal_id, attempt=attempt)


def send(proposal, user, name, task, *args, attempt):
    chosen = letters_to(user)
    item = proposal.target_item
    if item is None or not chosen.proposals or not can_be_written_to(user):
        return
    with override(chosen.language):
        title = text_of(item, getattr(item, "title_field", "title")).text
    message = letter(
        f"pages/mail/{name}",
        to=user.email,
        language=chosen.language,
        links={
            "proposal_url": settings.SITE_URL + admin_address(proposal),
            "letters_url": settings.SITE_URL + reverse("admin:my_letters"),
        },
        proposal=proposal,
        title=title,
        proposer=name_of(proposal.proposed_by) if proposal.proposed_by else "",
        decider=name_of(proposal.decided_by) if proposal.decided_by else "",
        is_approved=proposal.decision == FrontPageProposal.Decision.APPROVED,
    )
    send_or_try_again(message, task, *args, attempt=attempt)
