from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from desk.admin import ADDRESS, PUBLICATION, PublishableAdmin, TranslatedAdmin, date_in_words
from news.models import Category, Post
from news.views import render_post
from pictures.admin import PicturedAdmin


@admin.register(Category)
class CategoryAdmin(TranslatedAdmin):
    list_display = ["title_column", "order", "languages_column"]
    list_display_links = ["title_column"]
    list_editable = ["order"]
    search_fields = ["name"]
    fieldsets = [(None, {"fields": ["source_language", "name", "order"]}), ADDRESS]


@admin.register(Post)
class PostAdmin(PicturedAdmin, PublishableAdmin, TranslatedAdmin):
    network_path = "networks"
    render_page = staticmethod(render_post)
    list_display = ["thumbnail", "title_column", "state_badge", "date_column", "languages_column"]
    list_display_links = ["title_column"]
    list_filter = ["categories", "networks"]
    date_hierarchy = "date"
    search_fields = ["title", "teaser"]
    search_help_text = _("Searches in the title and teaser of every language.")
    autocomplete_fields = [
        "networks",
        "cities",
        "editions",
        "events",
        "experiences",
        "focus_issue",
        "picture",
    ]
    fieldsets = [
        (
            None,
            {
                "fields": ["source_language", "title", "teaser", "body", "video_url"],
                "description": _("Lists and the home page show the title and the teaser; the text is one click away."),
            },
        ),
        (
            _("Date"),
            {
                "fields": ["date", "date_edtf", "date_confirmed"],
                "description": _("The day of the news itself. When it shows on the site is set under “Publication”."),
            },
        ),
        (_("Categories"), {"fields": ["categories"]}),
        (
            _("What it is about"),
            {
                "fields": ["networks", "cities", "editions", "events", "experiences", "focus_issue", "sdgs"],
                "classes": ["collapse"],
                "description": _("Each of these pages will list this post, and this post will lead to it."),
            },
        ),
        (_("Picture"), {"fields": ["picture"]}),
        PUBLICATION,
        ADDRESS,
    ]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in ("categories", "sdgs"):
            kwargs["widget"] = forms.CheckboxSelectMultiple(attrs={"class": "ticks"})
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("date"), ordering="date")
    def date_column(self, post):
        return date_in_words(post.date_edtf or post.date.isoformat())
