"""The state of an item as editors see it: two stored states and two dates make four words."""

from django.db.models import Q, TextChoices
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from publishing.date_text import date_text
from publishing.dates import EdtfDate
from publishing.models import State, visible


class ShownState(TextChoices):
    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


def shown_state(item, at=None):
    """The state of a row that is in memory."""
    at = at or timezone.now()
    if item.state != State.PUBLISHED:
        return ShownState.DRAFT
    if item.withdraw_at is not None and item.withdraw_at <= at:
        return ShownState.WITHDRAWN
    return ShownState.PUBLISHED if item.is_released(at) else ShownState.SCHEDULED


def in_shown_state(state, at=None):
    """The condition that finds the same rows in the database."""
    at = at or timezone.now()
    if state == ShownState.DRAFT:
        return Q(state=State.DRAFT)
    if state == ShownState.PUBLISHED:
        return visible(at)
    published = Q(state=State.PUBLISHED)
    if state == ShownState.WITHDRAWN:
        return published & Q(withdraw_at__lte=at)
    return published & Q(publish_at__gt=at) & (Q(withdraw_at__isnull=True) | Q(withdraw_at__gt=at))


def state_text(item, at=None):
    """The state in words: "scheduled for 3 May 2025, 09:00"."""
    state = shown_state(item, at)
    if state == ShownState.SCHEDULED:
        return gettext("scheduled for %(moment)s") % {"moment": moment_text(item.publish_at)}
    if state == ShownState.WITHDRAWN:
        return gettext("withdrawn on %(moment)s") % {"moment": moment_text(item.withdraw_at)}
    if state == ShownState.PUBLISHED and item.withdraw_at:
        return gettext("published until %(moment)s") % {"moment": moment_text(item.withdraw_at)}
    return str(state.label)


def moment_text(moment):
    """A moment by the secretariat's clock, in the editor's language."""
    local = timezone.localtime(moment)
    try:
        day = date_text(EdtfDate.from_days(local.date()), get_language() or "en")
    except ValueError:  # a year that no form takes any more, written long ago: no list fails because of it
        day = local.date().isoformat()
    return f"{day}, {formats.time_format(local)}"
