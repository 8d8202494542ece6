from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from desk.admin import (
    ADDRESS,
    PUBLICATION,
    PublishableAdmin,
    TranslatedAdmin,
    TranslatedTabularInline,
    date_in_words,
)
from editions.forms import EditionForm
from editions.models import Edition, Figure, Recognition, Series
from editions.views import render_edition
from pictures.admin import PicturedAdmin


@admin.register(Series)
class SeriesAdmin(PublishableAdmin, TranslatedAdmin):
    list_display = ["title_column", "state_badge", "key", "order", "languages_column"]
    list_display_links = ["title_column"]
    list_editable = ["order"]
    search_fields = ["name", "key"]
    fieldsets = [
        (
            None,
            {
                "fields": ["key", "source_language", "name", "description", "order"],
                "description": _("A series is what editions are numbered in: the Congress, the Award, the Day."),
            },
        ),
        PUBLICATION,
        ADDRESS,
    ]


class FigureInline(admin.TabularInline):
    model = Figure
    extra = 0


class RecognitionInline(TranslatedTabularInline):
    model = Recognition
    autocomplete_fields = ["city"]
    fields = ["kind", "city", "project", "source_language", "order"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("city")


@admin.register(Edition)
class EditionAdmin(PicturedAdmin, PublishableAdmin, TranslatedAdmin):
    render_page = staticmethod(render_edition)
    form = EditionForm
    list_display = [
        "thumbnail",
        "title_column",
        "date_column",
        "state_badge",
        "languages_column",
        "series",
        "ordinal",
        "host_city",
        "status",
    ]
    list_display_links = ["title_column"]
    list_filter = ["series", "status", "year"]
    list_select_related = ["series", "host_city"]
    search_fields = ["title", "theme", "year", "host_city__name", "host_city__sort_name"]
    search_help_text = _("Searches in the title and theme of every language, the year and the host city.")
    autocomplete_fields = ["host_city", "ceremony_city", "picture"]
    inlines = [FigureInline, RecognitionInline]
    fieldsets = [
        (
            None,
            {
                "fields": ["series", ("ordinal", "year"), "status", "source_language", "title", "theme", "note"],
                "description": _(
                    "The number is the announced one. A cancelled edition has none: the next one held takes it."
                ),
            },
        ),
        (
            _("When and where"),
            {
                "fields": ["date", "host_city", "country"],
                "description": _("Write the date as well as it is known, and no better."),
            },
        ),
        (
            _("Candidatures"),
            {
                "fields": [("call_opened", "deadline"), ("jury_met", "decision")],
                "classes": ["collapse"],
                "description": _("From the opening of the call until its deadline the site says that it is open."),
            },
        ),
        (
            _("Ceremony"),
            {"fields": ["ceremony_date", "ceremony_city", "ceremony_mode"], "classes": ["collapse"]},
        ),
        (
            _("Results"),
            {
                "fields": ["finalists_complete", "distinguished_complete", "url"],
                "description": _("Winners, finalists and figures are listed at the end of this form."),
            },
        ),
        (_("Picture"), {"fields": ["picture"]}),
        PUBLICATION,
        ADDRESS,
    ]

    @admin.display(description=_("date"), ordering="earliest")
    def date_column(self, edition):
        return date_in_words(edition.date)
