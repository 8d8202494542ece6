from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from agenda.admin_attention import AttentionAdmin, AttentionFilter
from agenda.admin_copying import CopyingAdmin
from agenda.forms import EventForm
from agenda.models import Event
from agenda.views import render_event
from desk.admin import ADDRESS, PUBLICATION, PublishableAdmin, TranslatedAdmin, date_in_words
from pictures.admin import PicturedAdmin
from publishing import clock
from publishing.list_filters import ConditionFilter


class ComingOrPast(ConditionFilter):
    title = _("when")
    parameter_name = "when"

    def lookups(self, request, model_admin):
        return [("coming", _("coming")), ("past", _("past"))]

    def condition(self, value, model):
        now = clock.now()
        return {"coming": Q(ends_at__gt=now), "past": Q(ends_at__lte=now)}.get(value)


@admin.register(Event)
class EventAdmin(PicturedAdmin, AttentionAdmin, CopyingAdmin, PublishableAdmin, TranslatedAdmin):
    render_page = staticmethod(render_event)
    form = EventForm
    network_path = "network"
    list_display = [
        "thumbnail",
        "title_column",
        "date_column",
        "attention_column",
        "state_badge",
        "languages_column",
    ]
    list_display_links = ["title_column"]
    list_filter = [AttentionFilter, ComingOrPast, "kind", "status", ("network", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["network", "city"]
    search_fields = ["title", "theme", "place", "city__name", "city__sort_name", "date"]
    search_help_text = _("Searches in the title and theme of every language, the place, the city and the date.")
    autocomplete_fields = ["city", "network", "edition", "picture"]
    fieldsets = [
        (
            None,
            {
                "fields": ["source_language", "title", "theme", "summary", "body"],
                "description": _(
                    "Write in one language first; the others may follow when somebody has time. "
                    "Where a language has no text, its readers see the original, marked as such."
                ),
            },
        ),
        (
            _("When"),
            {
                "fields": ["date", ("start_time", "end_time"), "timezone"],
                "description": _(
                    "Write the date as you would say it. Below the box you see at once how it is understood, and how "
                    "readers will see it. Say no more than is known: “autumn 2028” may become a day later."
                ),
            },
        ),
        (
            _("Where"),
            {
                "fields": ["place", "city", "country", "mode"],
                "description": _("Choose the city as well if it is in the list: its page will show the event."),
            },
        ),
        (
            _("What it is"),
            {
                "fields": [("kind", "status"), "network", ("edition", "ordinal"), "url"],
                "description": _("An event that was cancelled or postponed stays on the site and says so."),
            },
        ),
        (_("Picture"), {"fields": ["picture"]}),
        PUBLICATION,
        ADDRESS,
    ]

    @admin.display(description=_("date, kind and place"), ordering="starts_at")
    def date_column(self, event):
        """One column for what would not fit beside the others on a small screen; filters know kind and network."""
        details = filter(None, [event.get_kind_display(), event.place or event.city, event.network])
        return format_html(
            '{}<span class="list-details">{}</span>', date_in_words(event.date), " · ".join(map(str, details))
        )
