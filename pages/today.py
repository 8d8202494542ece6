"""What waits for the secretariat's decision today."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from desk.today import Block, Line, block_of_today
from pages.models import FrontPageProposal

WAITING = FrontPageProposal.Decision.WAITING


@block_of_today(10)
def proposals_waiting(request):
    """For whoever decides."""
    own = admin.site._registry[FrontPageProposal]
    if not own.has_change_permission(request):
        return None
    count = own.get_queryset(request).filter(decision=WAITING).order_by().count()
    if not count:
        return None
    text = ngettext("proposal for the front page waits", "proposals for the front page wait", count)
    address = f"{reverse('admin:pages_frontpageproposal_changelist')}?decision__exact={WAITING.value}"
    return Block("proposals", gettext("To decide"), [Line(text, address, count=count, tone="soon")], kind="work")
