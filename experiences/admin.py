from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from desk.admin import (
    ADDRESS,
    PUBLICATION,
    PublishableAdmin,
    TranslatedAdmin,
    TranslatedTabularInline,
    date_in_words,
    title_of,
)
from experiences.models import Experience, FocusIssue
from experiences.taxonomy import CharterPart, CharterPrinciple, Sdg, TargetGroup, Theme
from experiences.views import render_experience, render_focus_issue
from networks.list_filters import CountryFilter
from pictures.admin import PicturedAdmin

# Short lists: all choices at once are quicker than two boxes with arrows between them.
TICKED = ("themes", "target_groups", "sdgs", "charter_principles")


@admin.register(Experience)
class ExperienceAdmin(PicturedAdmin, PublishableAdmin, TranslatedAdmin):
    render_page = staticmethod(render_experience)
    list_display = ["thumbnail", "title_column", "state_badge", "place_column", "country_column", "languages_column"]
    list_display_links = ["title_column"]
    list_filter = ["themes", "target_groups", CountryFilter]
    list_select_related = ["city"]
    search_fields = ["title", "summary", "city__name", "city__sort_name", "city_name"]
    search_help_text = _("Searches in the title and summary of every language and in the city’s name.")
    autocomplete_fields = ["city", "editions", "picture"]
    fieldsets = [
        (
            None,
            {
                "fields": ["source_language", "title", "summary", "body"],
                "description": _("What a city does, so that another city could do it too."),
            },
        ),
        (_("Where and since when"), {"fields": ["city", "city_name", "country", "started"]}),
        (
            _("How it is found"),
            {
                "fields": TICKED,
                "description": _("Readers look through the bank by these. The first theme also colours the cover."),
            },
        ),
        (_("Award and congress"), {"fields": ["award_year", "editions"]}),
        (_("Picture"), {"fields": ["picture"]}),
        PUBLICATION,
        ADDRESS,
    ]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in TICKED:
            kwargs["widget"] = forms.CheckboxSelectMultiple(attrs={"class": "ticks"})
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("city"), ordering="city__sort_name")
    def place_column(self, experience):
        return experience.place_name

    @admin.display(description=_("country"), ordering="country")
    def country_column(self, experience):
        return experience.country_name


@admin.register(FocusIssue)
class FocusIssueAdmin(PublishableAdmin):
    render_page = staticmethod(render_focus_issue)
    list_display = ["number_column", "experience_column", "city_column", "published_column", "state_badge"]
    list_select_related = ["experience__city"]
    ordering = ["-number"]
    search_fields = ["number", "experience__title", "experience__city__name", "experience__city__sort_name"]
    search_help_text = _("Searches for the number, the experience’s title in every language and its city.")
    autocomplete_fields = ["experience"]
    fieldsets = [
        (
            None,
            {
                "fields": ["series", "number", "experience", "published"],
                "description": _(
                    "An issue presents one record of the bank, and its texts and picture are those of the record: "
                    "write the record first. The issue with the highest number leads the home page."
                ),
            },
        ),
        PUBLICATION,
    ]

    def get_changeform_initial_data(self, request):
        newest = FocusIssue.objects.newest_first().first()
        proposed = {"series": newest.series_id, "number": newest.number + 1} if newest else {}
        return proposed | super().get_changeform_initial_data(request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "series":
            related = db_field.related_model
            kwargs["queryset"] = related.objects.filter(key=related.Key.FOCUS_EXPERIENCE)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("number"), ordering="number")
    def number_column(self, issue):
        return f"#{issue.number}"

    @admin.display(description=_("experience"))
    def experience_column(self, issue):
        text, language = title_of(issue.experience)
        return format_html('<span lang="{}">{}</span>', language, text)

    @admin.display(description=_("city"), ordering="experience__city__sort_name")
    def city_column(self, issue):
        return issue.experience.place_name

    @admin.display(description=_("published"), ordering="published")
    def published_column(self, issue):
        return date_in_words(issue.published)


class VocabularyAdmin(TranslatedAdmin):
    """The words by which experiences are found: short texts in a fixed order."""

    list_display_links = ["title_column"]


@admin.register(Theme, TargetGroup)
class KeyedVocabularyAdmin(VocabularyAdmin):
    list_display = ["title_column", "key", "order", "languages_column"]
    list_editable = ["order"]
    search_fields = ["name", "key"]
    fieldsets = [
        (
            None,
            {
                "fields": ["source_language", "name", "key", "order"],
                "description": _("The lowest number comes first. Leave the key as it is: addresses are made with it."),
            },
        )
    ]


class PrincipleInline(TranslatedTabularInline):
    model = CharterPrinciple
    fields = ["number", "label", "source_language"]


@admin.register(CharterPart)
class CharterPartAdmin(KeyedVocabularyAdmin):
    inlines = [PrincipleInline]


@admin.register(CharterPrinciple)
class CharterPrincipleAdmin(VocabularyAdmin):
    list_display = ["number", "title_column", "part", "languages_column"]
    list_filter = ["part"]
    list_select_related = ["part"]
    search_fields = ["number", "label"]
    fieldsets = [(None, {"fields": ["number", "source_language", "label", "part"]})]


@admin.register(Sdg)
class SdgAdmin(VocabularyAdmin):
    list_display = ["number", "title_column", "color", "languages_column"]
    search_fields = ["number", "name"]
    fieldsets = [
        (
            None,
            {
                "fields": ["number", "source_language", "name", ("color", "text_color")],
                "description": _("The colours are those that the United Nations give the goals."),
            },
        )
    ]
