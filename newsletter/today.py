"""Who reads the newsletter, and what its issues wait for."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from desk.admin import title_of
from desk.today import Block, Line, block_of_today
from newsletter.digest import readers_without_digest
from newsletter.models import Delivery, Issue, Subscriber
from publishing.shown_state import moment_text

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


# The states in which somebody has to do something, or may want to look.
UNFINISHED = [Issue.State.DRAFT, Issue.State.APPROVED, Issue.State.SENDING, Issue.State.PAUSED]
MOST_ISSUES = 5


@block_of_today(65)
def last_newsletter(request):
    """Issues that are being composed or sent, letters of which nobody knows whether they arrived, and the last issue.

    Six queries at most.
    """
    own = admin.site._registry[Issue]
    if not own.has_view_permission(request):
        return None
    sending = "admin:newsletter_issue_sending"
    uncertain = Delivery.objects.filter(state=Delivery.State.UNCERTAIN).order_by().values_list("issue")
    lines = [
        Line(
            ngettext(
                "%(count)d letter of which nobody knows whether it arrived",
                "%(count)d letters of which nobody knows whether they arrived",
                count,
            )
            % {"count": count},
            reverse(sending, args=[issue]),
            tone="error",
        )
        for issue, count in uncertain.annotate(Count("pk"))
    ]
    if own.has_add_permission(request) and (waiting := readers_without_digest()):
        text = ngettext(
            "No digest yet this month: %(count)d reader waits for it",
            "No digest yet this month: %(count)d readers wait for it",
            waiting,
        )
        address = f"{reverse('admin:newsletter_issue_add')}?audience={Issue.Audience.MONTHLY.value}"
        lines.append(Line(text % {"count": waiting}, address, note=gettext("compose it"), tone="soon"))
    for issue in Issue.objects.filter(state__in=UNFINISHED)[:MOST_ISSUES]:
        title, language = title_of(issue)
        page = "admin:newsletter_issue_change" if issue.is_draft else sending
        note = issue.get_state_display()
        if issue.state == Issue.State.APPROVED and issue.send_at:
            note = gettext("scheduled for %(moment)s") % {"moment": moment_text(issue.send_at)}
        address = reverse(page, args=[issue.pk])
        tone = "error" if issue.trouble else ""
        lines.append(Line(title, address, note=issue.trouble or note, language=language, tone=tone))
    last = Issue.objects.filter(state=Issue.State.SENT, finished_at__isnull=False).order_by("-finished_at").first()
    if last:
        title, language = title_of(last)
        note = gettext("sent on %(moment)s") % {"moment": moment_text(last.finished_at)}
        lines.append(Line(title, reverse(sending, args=[last.pk]), note=note, language=language))
    return Block("issues", gettext("Last newsletter"), lines)
