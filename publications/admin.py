from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desk.admin import (
    ADDRESS,
    PUBLICATION,
    PublishableAdmin,
    TranslatedAdmin,
    date_in_words,
)
from desk.read_only_dates import ReadOnlyDatesInWords
from desk.scope import networks_of, within
from pictures.admin import PicturedAdmin
from publications.document_admin import DocumentAdmin, state_of_text
from publications.documents import Document
from publications.forms import FileLanguageField, FileRows, PublicationForm
from publications.models import Publication, PublicationFile, PublicationSeries
from publications.templatetags.publication_tags import file_facts
from publications.views import render_publication

__all__ = ["DocumentAdmin"]


@admin.register(PublicationSeries)
class PublicationSeriesAdmin(TranslatedAdmin):
    list_display = ["title_column", "order", "publications_column", "languages_column"]
    list_display_links = ["title_column"]
    list_editable = ["order"]
    search_fields = ["name"]
    fieldsets = [(None, {"fields": ["source_language", "name", "description", "order"]}), ADDRESS]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number_of_publications=Count("publications"))

    @admin.display(description=_("publications"))
    def publications_column(self, series):
        return series.number_of_publications


class PublicationFileInline(ReadOnlyDatesInWords, admin.TabularInline):
    model = PublicationFile
    formset = FileRows
    extra = 0
    view_on_site = False
    autocomplete_fields = ["document"]
    fields = ["language", "document", "facts", "text", "version"]
    readonly_fields = ["facts", "text", "version"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("document")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "language":
            return FileLanguageField(label=db_field.verbose_name)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """A network editor's own documents; one that is there already stays, or saving would lose it."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        networks = networks_of(request.user)
        if db_field.name == "document" and networks is not None:
            item = getattr(request, "item_of_form", None)
            offered = Document.objects.filter(offered__publication=item.pk if isinstance(item, Publication) else None)
            field.queryset = within(Document.objects.all(), "network", networks) | Document.objects.filter(
                pk__in=offered.order_by().values("pk")
            )
        return field

    @admin.display(description=_("file"))
    def facts(self, file):
        return file_facts(file.document) if file.document_id else ""

    @admin.display(description=_("text"))
    def text(self, file):
        return state_of_text(file.document) if file.document_id else ""


@admin.register(Publication)
class PublicationAdmin(PicturedAdmin, PublishableAdmin, TranslatedAdmin):
    network_path = "networks"
    render_page = staticmethod(render_publication)
    form = PublicationForm
    list_display = ["thumbnail", "title_column", "state_badge", "series", "date_column", "files_column"]
    list_display += ["languages_column"]
    list_display_links = ["title_column"]
    list_filter = ["series", "networks"]
    list_select_related = ["series"]
    search_fields = ["title", "summary", "number"]
    search_help_text = _("Searches in the title and summary of every language, and the number.")
    autocomplete_fields = ["networks", "cities", "edition", "page", "picture"]
    inlines = [PublicationFileInline]
    fieldsets = [
        (
            None,
            {
                "fields": ["source_language", "title", "summary", ("series", "number")],
                "description": _(
                    "What readers see of a publication; its files, one for each language, are at the end of this form."
                ),
            },
        ),
        (
            _("Date"),
            {"fields": ["date"], "description": _("Write the date as well as it is known, and no better.")},
        ),
        (
            _("What it belongs to"),
            {
                "fields": ["networks", "cities", "edition", "page"],
                "description": _("Each of these pages will offer its files, and its page will lead to them."),
            },
        ),
        (
            _("Cover"),
            {"fields": ["picture"], "description": _("Without a picture, a cover is drawn for it.")},
        ),
        PUBLICATION,
        (ADDRESS[0], ADDRESS[1] | {"fields": ["slug", "file_address"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("files")

    @admin.display(description=_("date"), ordering="day")
    def date_column(self, publication):
        return date_in_words(publication.date)

    @admin.display(description=_("files"))
    def files_column(self, publication):
        codes = [file.language for file in publication.files_in_order]
        return " · ".join(codes) or gettext("none")
