"""Who saved an item last, as far as the admin's log knows."""

from typing import NamedTuple

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import formats, timezone
from django.utils.translation import gettext


class Saved(NamedTuple):
    by: str  # "" for what nobody did in the admin: a command, an import
    at: object = None

    def in_words(self):
        """“Anna Puig, 10:32” or “Anna Puig, 3 May 2026, 10:32”."""
        name = self.by or gettext("somebody else")
        if self.at is None:
            return name
        moment = timezone.localtime(self.at)
        today = moment.date() == timezone.localdate()
        when = f"{moment:%H:%M}" if today else formats.date_format(moment, "DATETIME_FORMAT")
        return gettext("%(name)s, %(when)s") % {"name": name, "when": when}


def last_saved(model, pk, since=None) -> Saved:
    return newest(model, pk, since=since)


def deleted(model, pk) -> Saved:
    return newest(model, pk, action_flag=DELETION)


def newest(model, pk, since=None, **conditions):
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_id=str(pk), **conditions
    )
    if since:
        entries = entries.filter(action_time__gte=since)
    entry = entries.select_related("user").order_by("-action_time", "-pk").first()
    return Saved(name_of(entry.user), entry.action_time) if entry else Saved("")


def name_of(user):
    return user.get_full_name() or user.get_username()
