"""Who reads the newsletter. Its issues come with the sending."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from desk.today import Block, Line, block_of_today
from newsletter.models import Subscriber

LATELY = timedelta(days=7)


@block_of_today(70)
def readers(request):
    """Readers who confirmed, and how many of them did within the last week."""
    own = admin.site._registry[Subscriber]
    if not own.has_view_permission(request):
        return None
    confirmed = Q(state=Subscriber.State.CONFIRMED)
    numbers = Subscriber.objects.aggregate(
        readers=Count("pk", filter=confirmed),
        new=Count("pk", filter=confirmed & Q(confirmed_at__gte=timezone.now() - LATELY)),
    )
    if not numbers["readers"]:
        return None
    text = ngettext("reader of the newsletter", "readers of the newsletter", numbers["readers"])
    note = gettext("%(count)d new within a week") % {"count": numbers["new"]} if numbers["new"] else ""
    address = f"{reverse('admin:newsletter_subscriber_changelist')}?state__exact=confirmed"
    line = Line(text, address, count=numbers["readers"], note=note)
    return Block("newsletter", gettext("Newsletter"), [line], kind="work")
