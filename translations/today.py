"""What is out of date in somebody's languages."""

from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext

from desk.today import Block, Line, block_of_today
from translations.models import State, TranslatedItem
from translations.rights import languages_of_translator, visible_items
from translations.wanted import Wanted


@block_of_today(40)
def out_of_date(request):
    """A line for each language in which there is something; it leads to the list of just these."""
    own = admin.site._registry[TranslatedItem]
    if not own.has_view_permission(request):
        return None
    chosen = languages_of_translator(request.user)
    visible = visible_items(request)
    items = None if visible is None else TranslatedItem.objects.filter(visible)
    counts = Wanted(tuple(chosen)).counts(items)
    address = reverse("admin:translations_translateditem_changelist")
    lines = []
    for code, name in settings.LANGUAGES:
        stale, missing = counts.get((code, State.STALE), 0), counts.get((code, State.MISSING), 0)
        if code not in chosen or not (stale or missing):
            continue
        lines.append(line(f"{address}?language={code}", gettext(name), stale, missing))
    return Block("translations", gettext("Translations"), lines, kind="work")


def line(address, language, stale, missing):
    if not stale:
        text = gettext("missing in %(language)s") % {"language": language}
        return Line(text, f"{address}&state={State.MISSING.value}", count=missing)
    text = gettext("out of date in %(language)s") % {"language": language}
    note = gettext("%(count)d missing") % {"count": missing} if missing else ""
    return Line(text, f"{address}&state={State.STALE.value}", count=stale, note=note)
