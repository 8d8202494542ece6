"""What the admins of all items have in common: languages, publication, search and lean lists."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminURLFieldWidget
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from desk.checking_admin import CheckingAdmin
from desk.conflict_admin import ConflictAdmin
from desk.draft_links_admin import DraftLinksAdmin
from desk.history.comparing_admin import ComparingAdmin
from desk.history.history_admin import HistoryAdmin
from desk.history.recovering_admin import RecoveringAdmin
from desk.lean_list import LeanChangeList, PlainSearchAdmin
from desk.list_conflicts import ListConflictAdmin
from desk.list_filters import MissingLanguageFilter, PublicationFilter
from desk.listed_items import title_field
from desk.preview_admin import PreviewAdmin
from desk.read_only_dates import ReadOnlyDatesInWords
from desk.scope import ScopedAdmin
from desk.several_items import SeveralItemsAdmin
from desk.working_copy_admin import WorkingCopyAdmin
from desk.working_copy_pages import WorkingCopyPagesAdmin
from publishing.date_text import date_text
from publishing.dates import parse_edtf
from publishing.forms import TranslatedForm
from publishing.moment_field import MomentField
from publishing.rich_text import RichTextField
from publishing.search_columns import is_translated
from publishing.shown_state import moment_text, shown_state, state_text
from publishing.slugs import languages

# Fieldsets that many forms share.
PUBLICATION = (
    _("Publication"),
    {
        "fields": ["state", "publish_at", "withdraw_at"],
        "description": _(
            "A draft is seen by editors only. Once published, the item shows at once, or from the moment that you "
            "set here by the secretariat’s clock; at “show until” it goes again by itself. "
            "Nobody has to be there when it happens."
        ),
    },
)
ADDRESS = (
    _("Address of the page"),
    {
        "fields": ["slug"],
        "classes": ["collapse"],
        "description": _(
            "Leave this empty and the address is made from the title, in every language. "
            "If you change it later, the old address leads to the new one."
        ),
    },
)
FORM_FIELDS = {
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})},
    models.URLField: {"widget": AdminURLFieldWidget, "assume_scheme": "https"},
    # One field with a label of its own, where the admin's two have none.
    models.DateTimeField: {
        "form_class": MomentField,
        "widget": forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    },
}


class ItemAdmin(
    RecoveringAdmin,
    ComparingAdmin,
    HistoryAdmin,
    ListConflictAdmin,
    ConflictAdmin,
    ReadOnlyDatesInWords,
    ScopedAdmin,
    PlainSearchAdmin,
):
    """The base of every admin of ours."""

    save_on_top = True
    list_per_page = 50
    formfield_overrides = FORM_FIELDS
    change_form_template = "admin/desk/change_form.html"

    class Media:
        css = {"all": ["admin-look/desk.css", "admin-look/word-changes.css", "admin-look/edit-conflicts.css"]}
        js = ["admin-look/names-of-selects.js", "admin-look/form-memory.js"]

    def get_changelist(self, request, **kwargs):
        return LeanChangeList

    def get_view_on_site_url(self, obj=None):
        """The address itself: the admin's own way round it would lead anybody to any item."""
        return obj.get_absolute_url() if obj is not None and hasattr(obj, "get_absolute_url") else None

    def render_change_form(self, request, context, *args, **kwargs):
        response = super().render_change_form(request, context, *args, **kwargs)
        # The security headers are looser where CKEditor works, and only there.
        response.shows_rich_text_editor = any(isinstance(field, RichTextField) for field in self.opts.get_fields())
        return response


class TranslatedAdmin(ItemAdmin, TranslationAdmin):
    """A form with a language bar; a list that says in which languages an item exists."""

    form = TranslatedForm
    change_form_template = "admin/translated_change_form.html"

    class Media:
        css = {"all": ["admin-look/language-bar.css"]}
        js = ["admin-look/language-bar.js"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return prepared_for_language(field, db_field)

    def render_change_form(self, request, context, *args, **kwargs):
        return super().render_change_form(request, context | {"form_languages": settings.LANGUAGES}, *args, **kwargs)

    def get_changeform_initial_data(self, request):
        """Whoever works in French most likely writes in French."""
        return {"source_language": get_language()} | super().get_changeform_initial_data(request)

    def get_list_filter(self, request):
        filters = super().get_list_filter(request)
        return [*filters, MissingLanguageFilter] if is_translated(self.model, title_field(self.model)) else filters

    @admin.display(description=_("title"))
    def title_column(self, item):
        text, language = title_of(item)
        if not text:
            return gettext("(no title)")
        return format_html('<span lang="{}">{}</span>', language, text)

    @admin.display(description=_("languages"))
    def languages_column(self, item):
        existing = {code for code in languages() if getattr(item, f"{title_field(item)}_{code}")}
        return format_html(
            '<span class="language-marks">{}</span>',
            format_html_join(
                "",
                '<abbr class="{}" title="{}">{}</abbr>',
                (
                    ("exists", name, code.upper())
                    if code in existing
                    else ("missing", gettext("%(language)s: missing") % {"language": name}, f"– {code}")
                    for code, name in settings.LANGUAGES
                ),
            ),
        )


class TranslatedTabularInline(ReadOnlyDatesInWords, TranslationTabularInline):
    extra = 0
    form = TranslatedForm
    formfield_overrides = FORM_FIELDS

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return prepared_for_language(field, db_field)


class PublishableAdmin(
    SeveralItemsAdmin,
    DraftLinksAdmin,
    PreviewAdmin,
    WorkingCopyPagesAdmin,
    WorkingCopyAdmin,
    CheckingAdmin,
    ItemAdmin,
):
    """State in words, acts on several items, "view on site" only where there is something to view."""

    def get_list_filter(self, request):
        return [PublicationFilter, *super().get_list_filter(request)]

    def get_view_on_site_url(self, obj=None):
        if obj is None or not type(obj).objects.published().filter(pk=obj.pk).exists():
            return None
        return obj.get_absolute_url()

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, item):
        state = shown_state(item)
        # A moment makes it long: the list then gives it more room.
        kind = f"{state.value} state-at" if state_text(item) != state.label else state.value
        badge = format_html('<span class="state state-{}">{}</span>', kind, state_text(item))
        copy = getattr(item, "shown_copy", None)
        if copy is None:
            return badge
        return badge + format_html(' <span class="state state-changes">{}</span>', copy_text(copy))


def copy_text(copy):
    """The state of a working copy in words."""
    if copy.failure:
        return gettext("changes could not be published")
    if copy.publish_at:
        return gettext("changes scheduled for %(moment)s") % {"moment": moment_text(copy.publish_at)}
    return gettext("changes not public")


def title_of(item):
    """The title and the language that it is in: the editor's where it exists, else the source, else any."""
    for code in (get_language(), getattr(item, "source_language", settings.LANGUAGE_CODE), *languages()):
        if text := getattr(item, f"{title_field(item)}_{code}", None):
            return text, code
    return "", ""


def date_in_words(edtf):
    """How the admin's lists show a date as it is known: "autumn 2025"."""
    if not edtf:
        return ""
    return date_text(parse_edtf(edtf), get_language() or settings.LANGUAGE_CODE)


def prepared_for_language(field, db_field):
    """Marks the widget of one language's text for the browser and for the language bar."""
    if field is None or not hasattr(db_field, "translated_field"):
        return field
    # Modeltranslation asks for the default language; TranslatedForm asks for the one that the item is written in.
    field.required = field.widget.is_required = False
    field.widget.attrs["lang"] = db_field.language
    if not db_field.translated_field.blank:
        field.widget.attrs["data-needed"] = ""
    if isinstance(db_field.translated_field, RichTextField):
        field.widget.config = field.widget.config | {"contentsLanguage": db_field.language}
    return field
