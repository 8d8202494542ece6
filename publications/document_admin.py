"""The library of documents in the admin: a file is uploaded once, looked at, and never changed."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import Http404, HttpResponseNotAllowed
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from desk.admin import ItemAdmin
from pictures.files import files_removed_on_error
from publications.documents import Document, GivenUpFile, TextState
from publications.serving import pdf_response
from publications.templatetags.publication_tags import file_facts
from publications.uploads import inspected
from publishing.admin_address import admin_address

STATE_MARKS = {TextState.WAITING: "scheduled", TextState.FOUND: "published"}


def state_of_text(document):
    mark = STATE_MARKS.get(document.text_state, "draft")
    return format_html('<span class="state state-{}">{}</span>', mark, document.get_text_state_display())


@admin.register(Document)
class DocumentAdmin(ItemAdmin):
    network_path = "network"
    list_display = ["title_column", "facts", "text_column", "used", "created_at"]
    list_display_links = ["title_column"]
    list_filter = ["text_state", ("network", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["title"]
    autocomplete_fields = ["network"]
    ordering = ["-created_at", "-pk"]
    readonly_fields = ["present_file", "facts", "text_column", "is_tagged", "where_offered", "created_at"]

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": ["file", "title", "network"]})]
        return [
            (
                None,
                {
                    "fields": ["present_file", "title", "network"],
                    "description": _(
                        "A document stays what it is. To replace it, choose another one in the file’s row of the "
                        "publication, or add one there with “+”: the address of the file stays the same."
                    ),
                },
            ),
            (_("Facts"), {"fields": ["facts", "is_tagged", "text_column", "created_at"]}),
            (_("Where it is offered"), {"fields": ["where_offered"]}),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number_of_uses=Count("offered"))

    def get_urls(self):
        view = self.admin_site.admin_view(self.file_view)
        return [path("<int:pk>/file/", view, name="publications_document_file"), *super().get_urls()]

    def file_view(self, request, pk):
        """The file for the staff, public or not."""
        document = self.get_object(request, str(pk))
        if document is None:
            raise Http404
        if not self.has_view_permission(request, document):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = pdf_response(
            request, document, filename=f"document-{document.pk}.pdf", changed_at=document.created_at.timestamp()
        )
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and self.has_add_permission(request) and "file" in request.FILES:
            look_ahead(request.FILES["file"])
        with files_removed_on_error():
            return super().changeform_view(request, object_id, form_url, extra_context)

    def restore_file(self, document, values):
        """Within the transaction in which the history brings it back: the file of that time, if it is still there."""
        GivenUpFile.objects.filter(name=values["file"]).delete()
        kept = {name: values[name] for name in FACTS if name in values}
        for name, value in kept.items():
            setattr(document, name, value)
        Document.objects.filter(pk=document.pk).update(**kept)

    @admin.display(description=_("name"), ordering="title")
    def title_column(self, document):
        return str(document)

    @admin.display(description=_("file"))
    def facts(self, document):
        return file_facts(document)

    @admin.display(description=_("text"), ordering="text_state")
    def text_column(self, document):
        return state_of_text(document)

    @admin.display(description=_("used"))
    def used(self, document):
        return document.number_of_uses

    @admin.display(description=_("file"))
    def present_file(self, document):
        address = reverse("admin:publications_document_file", args=[document.pk])
        return format_html('<a href="{}">{}</a>', address, _("Open the file"))

    @admin.display(description=_("in"))
    def where_offered(self, document):
        files = document.offered.select_related("publication")
        if not files:
            return _("Nowhere yet")
        rows = ((admin_address(file.publication), file.publication, file.own_name) for file in files)
        return format_html(
            '<ul class="plain-list">{}</ul>', format_html_join("", '<li><a href="{}">{}</a> ({})</li>', rows)
        )


FACTS = ("file", "size", "digest", "pages", "is_tagged", "language_in_file", "text_state")


def look_ahead(upload):
    """From the form on, the admin is in a transaction; on SQLite that keeps all other writers waiting."""
    try:
        inspected(upload)
    except ValidationError:
        return  # the form asks again, and tells the editor
