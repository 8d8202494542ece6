"""What is out of date in somebody's languages."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext

from desk.today import Block, Line, block_of_today
from translations import ledger
from translations.models import State, TranslatedItem
from translations.rights import languages_of_translator, visible_items
from translations.wanted import Wanted


@dataclass(frozen=True)
class Waiting:
    """How many items wait for a translator in one language; `address` is the list of just these."""

    language: str
    stale: int
    missing: int
    address: str


def waiting_for(request) -> list[Waiting]:
    """In the languages of whoever asks, of the items that they see, where there is anything."""
    chosen = languages_of_translator(request.user)
    visible = visible_items(request)
    items = None if visible is None else TranslatedItem.objects.filter(visible)
    counts = Wanted(tuple(chosen)).counts(items)
    address = reverse("admin:translations_translateditem_changelist")
    found = []
    for code in chosen:
        stale, missing = counts.get((code, State.STALE), 0), counts.get((code, State.MISSING), 0)
        state = State.STALE.value if stale else State.MISSING.value
        if stale or missing:
            found.append(Waiting(code, stale, missing, f"{address}?language={code}&state={state}"))
    return found


@block_of_today(40)
def out_of_date(request):
    """A line for each language in which there is something."""
    own = admin.site._registry[TranslatedItem]
    if not own.has_view_permission(request):
        return None
    ledger.refresh(limit=ledger.ITEMS_TO_CATCH_UP)
    lines = [line(waiting) for waiting in waiting_for(request)]
    return Block("translations", gettext("Translations"), lines, kind="work")


def line(waiting: Waiting) -> Line:
    language = gettext(dict(settings.LANGUAGES)[waiting.language])
    if not waiting.stale:
        text = gettext("missing in %(language)s") % {"language": language}
        return Line(text, waiting.address, count=waiting.missing)
    text = gettext("out of date in %(language)s") % {"language": language}
    note = gettext("%(count)d missing") % {"count": waiting.missing} if waiting.missing else ""
    return Line(text, waiting.address, count=waiting.stale, note=note)
