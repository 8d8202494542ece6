"""The desk's list of old addresses: find one, see where it leads, lead it elsewhere, add another."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desk.admin import ItemAdmin
from moving_in.leading import address_of
from moving_in.models import OldAddress


@admin.register(OldAddress)
class OldAddressAdmin(ItemAdmin):
    list_display = ["address", "target_column"]
    list_display_links = ["address"]
    search_fields = ["address", "leads_to"]
    search_help_text = _("Searches in old addresses: “2019/05”, “uploads”, “p=123”.")
    readonly_fields = ["target_column"]
    fieldsets = [
        (
            None,
            {
                "fields": ["address", "leads_to", "target_column"],
                "description": _(
                    "Where a visitor goes who comes by an address of the site that you had before. Pages of this site "
                    "go first: an old address is looked up only where nothing else answers. An imported one follows "
                    "its item wherever that moves; write another address to lead it elsewhere."
                ),
            },
        )
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("item")

    @admin.display(description=_("now leads to"))
    def target_column(self, row):
        place = address_of(row) if row.pk else ""
        if not place:
            return gettext("(nothing that is public)") if row.pk else ""
        return format_html('<a href="{}">{}</a>', place, place)
