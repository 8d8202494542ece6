from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from desk.admin import FORM_FIELDS, TranslatedAdmin
from desk.lean_list import LeanChangeList
from pictures.adding import AddingAdmin
from pictures.choosing import ChoosingAdmin
from pictures.describing import DescribingAdmin
from pictures.files import PictureFileField, encoded_upload, files_removed_on_error
from pictures.models import FormerFile, Picture
from pictures.thumbnails import THUMBNAIL_STYLES, thumbnail
from pictures.uses import uses_of, with_use_counts


class PictureList(LeanChangeList):
    def get_results(self, request):
        """How often each picture is used: counted for the rows of the page alone, not while rows are counted."""
        self.queryset = with_use_counts(self.queryset)
        super().get_results(request)


class AltFilter(admin.SimpleListFilter):
    title = _("alternative text")
    parameter_name = "alt"

    def lookups(self, request, model_admin):
        return [("needed", _("needed")), ("done", _("there, or decorative"))]

    def queryset(self, request, queryset):
        if self.value() == "needed":
            return queryset.lacking_alt()
        if self.value() == "done":
            return queryset.exclude(pk__in=Picture.objects.lacking_alt().values("pk"))
        return queryset


class ReplacingFileInput(AdminFileWidget):
    """Without a link to the present file: originals have no address."""

    def is_initial(self, value):
        return False


@admin.register(Picture)
class PictureAdmin(AddingAdmin, ChoosingAdmin, DescribingAdmin, TranslatedAdmin):
    network_path = "network"
    formfield_overrides = FORM_FIELDS | {PictureFileField: {"widget": ReplacingFileInput}}
    list_display = ["thumbnail", "name", "shown_alt", "credit", "licence", "pixels", "used", "updated_at"]
    list_display_links = ["name"]
    list_filter = [
        AltFilter,
        "decorative",
        "licence",
        "source_language",
        ("network", admin.RelatedOnlyFieldListFilter),
    ]
    autocomplete_fields = ["network"]
    search_fields = ["title", "credit", "alt"]
    search_help_text = _("Searches in the name, the credit and the alternative text of every language.")
    ordering = ["-created_at", "-pk"]
    readonly_fields = ["focal_preview", "where_used", "pixels", "created_at", "updated_at"]
    fieldsets = [
        (None, {"fields": ["file", "title"]}),
        (
            _("For those who cannot see it"),
            {
                "fields": ["source_language", "alt", "decorative"],
                "description": _(
                    "Every picture needs an alternative text in its source language, unless it is decorative. "
                    "Where a language is empty, the text of the source language is read out, marked as such."
                ),
            },
        ),
        (_("Who made it"), {"fields": ["credit", "licence"]}),
        (_("Whose picture it is"), {"fields": ["network"]}),
        (
            _("How it is cropped"),
            {
                "fields": ["focal_preview", ("focal_x", "focal_y")],
                "description": _(
                    "Cards and the front page show a part of the picture. Click on what must stay in it, "
                    "move the mark with the arrow keys, or write the numbers."
                ),
            },
        ),
        (_("Where it is used"), {"fields": ["where_used"]}),
        (_("Facts"), {"fields": ["pixels", "created_at", "updated_at"]}),
    ]

    delete_confirmation_template = "admin/pictures/picture/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/pictures/picture/delete_selected_confirmation.html"

    class Media:
        css = {"all": THUMBNAIL_STYLES}
        js = ["pictures/focal_point.js"]

    def get_changelist(self, request, **kwargs):
        return PictureList

    def get_object(self, request, object_id, from_field=None):
        picture = super().get_object(request, object_id, from_field)
        if picture is not None:
            picture.looked_at_in = request  # a read-only field does not hear who is asking
        return picture

    @admin.display(description=_("used"))
    def used(self, picture):
        return ngettext("by %(count)d item", "by %(count)d items", picture.uses) % {"count": picture.uses}

    @admin.display(description=_("by"))
    def where_used(self, picture):
        request = getattr(picture, "looked_at_in", None)
        if request is None:
            return _("Nowhere yet")
        return render_to_string("pictures/_uses.html", {"uses": uses_of(picture, request)})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and (self.has_add_permission(request) or self.has_change_permission(request)):
            encode_ahead(request.FILES.get("file"))
        with files_removed_on_error():
            return super().changeform_view(request, object_id, form_url, extra_context)

    def restore_file(self, picture, values):
        """Within the transaction in which the history brings it back: the file of that time with what was made of it.

        Not by `save`, which would encode it again; what was there until now may wait to be wanted once more.
        """
        if picture.file.name != values["file"]:
            FormerFile.objects.note(picture)
        for name in ("file", "width", "height", "renditions"):
            setattr(picture, name, values[name])
        FormerFile.objects.filter(name__in=picture.files()).delete()
        Picture.objects.filter(pk=picture.pk).update(
            file=values["file"], width=values["width"], height=values["height"], renditions=values["renditions"]
        )
        transaction.on_commit(picture.complete_in_the_background, robust=True)

    @admin.display(description=_("picture"))
    def thumbnail(self, picture):
        return thumbnail(picture)

    @admin.display(description=_("name"), ordering="title")
    def name(self, picture):
        return str(picture)

    @admin.display(description=_("alternative text"))
    def shown_alt(self, picture):
        if picture.decorative:
            return _("(decorative)")
        text = picture.shown_alt().text
        if picture.lacks_alt:
            return format_html('{} <span class="state state-draft">{}</span>', text, _("needs an alternative text"))
        return text

    @admin.display(description=_("pixels"))
    def pixels(self, picture):
        return f"{picture.width}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}{picture.height}" if picture.width else ""

    @admin.display(description=_("preview"))
    def focal_preview(self, picture):
        # A form that came back with errors holds a file that was never stored.
        if not (picture.pk and picture.renditions):
            return render_to_string("pictures/_focal_preview.html", {"picture": None})
        context = {"picture": picture, "preview_url": picture.url_of(picture.fallback)}
        return render_to_string("pictures/_focal_preview.html", context)


class PicturedAdmin(admin.ModelAdmin):
    """A list of items with their pictures."""

    class Media:
        css = {"all": THUMBNAIL_STYLES}

    def get_list_select_related(self, request):
        related = super().get_list_select_related(request)
        return ["picture", *related] if related else ["picture"]

    @admin.display(description=_("picture"), empty_value="")
    def thumbnail(self, item):
        return thumbnail(item.picture)


def encode_ahead(upload):
    """From the form on, the admin is in a transaction; on SQLite that keeps all other writers waiting."""
    if upload is None:
        return
    try:
        encoded_upload(upload)
    except ValidationError:
        return  # the form asks again, and tells the editor
