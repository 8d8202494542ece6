"""An issue that is being sent, for the tests of all that can happen to it on the way."""

from email import message_from_bytes, policy

from newsletter import issue_states
from newsletter.models import Delivery, Issue
from newsletter.queueing import queue
from newsletter.sending_issues import take_a_turn
from newsletter.turns import end_turn, take_turn
from tests import factories

State = Delivery.State


def started(*items, **fields):
    """An issue whose sending begins now; nothing was queued yet."""
    issue = factories.make_issue(*(items or [factories.make_post()]), state=Issue.State.APPROVED, **fields)
    assert issue_states.start(issue)
    return issue


def queue_all(issue):
    """A delivery for each reader, and nothing sent yet."""
    assert take_turn(issue.pk, "queues")
    for _number in queue(issue):
        pass
    end_turn(issue.pk, "queues")


def states(issue):
    """{"reader@example.org": "sent", …}"""
    rows = Delivery.objects.filter(issue=issue).values_list("subscriber__email", "state")
    return {address.partition("@")[0]: state for address, state in rows}


def send(issue):
    turn = take_a_turn(issue.pk, seconds=60)
    issue.refresh_from_db()
    return turn


def parsed(message):
    return message_from_bytes(message, policy=policy.default)
