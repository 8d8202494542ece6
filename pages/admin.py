from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from checks.looking import findings, with_what_checks_read
from checks.site import keep_findings
from desk.admin import ADDRESS, FORM_FIELDS, PUBLICATION, PublishableAdmin, TranslatedAdmin
from desk.read_only_dates import ReadOnlyDatesInWords
from desk.single_row import SingleRowAdmin
from pages.forms import SiteIdentityForm
from pages.models import FrontPageProposal, Highlight, MemberCount, MenuItem, Page, SiteIdentity, SocialLink
from pages.proposals import FrontPageProposalAdmin
from pages.targets import ITEM_FIELDS
from pages.views import render_page
from pictures.admin import PicturedAdmin

TARGET = (
    _("Where it leads"),
    {
        "fields": ["section", *ITEM_FIELDS, "external_url"],
        "description": _(
            "Fill in exactly one of these. The link shows only while its target is public, so an entry may be "
            "prepared before the page that it leads to."
        ),
    },
)


class TargetedAdmin(TranslatedAdmin):
    """Lists say where each link leads."""

    autocomplete_fields = ["page", "edition", "network", "city", "event", "post", "experience", "publication"]
    list_display_links = ["title_column"]
    search_fields = ["label", "external_url"]

    def get_queryset(self, request):
        # Whole targets, not `with_targets()`: the list calls them by their names.
        return super().get_queryset(request).select_related(*ITEM_FIELDS, "edition__series")

    @admin.display(description=_("leads to"))
    def target_column(self, item):
        target = item.target_item
        text = str(target) if target else item.get_section_display() or item.external_url
        url = item.target_url()
        if not url:
            return format_html('{} <span class="quiet">{}</span>', text, gettext("(not public)"))
        return format_html('<a href="{}">{}</a>', url, text)


@admin.register(Page)
class PageAdmin(PicturedAdmin, PublishableAdmin, TranslatedAdmin):
    render_page = staticmethod(render_page)
    network_path = "network"
    list_display = ["thumbnail", "title_column", "state_badge", "network", "key", "languages_column"]
    list_display_links = ["title_column"]
    list_filter = [("network", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["network"]
    search_fields = ["title", "teaser", "key"]
    search_help_text = _("Searches in the title and teaser of every language.")
    autocomplete_fields = ["picture", "network"]
    fieldsets = [
        (
            None,
            {
                "fields": ["source_language", "title", "teaser", "body"],
                "description": _("A page is found through the menu: add an entry there that leads to it."),
            },
        ),
        (_("Picture"), {"fields": ["picture"]}),
        (_("Whose page it is"), {"fields": ["network"]}),
        PUBLICATION,
        ADDRESS,
        (_("For the webmaster"), {"fields": ["key"], "classes": ["collapse"]}),
    ]


class LookedAtAdmin(admin.ModelAdmin):
    """What stands on pages without being published: the findings of the checks follow each save."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        item = with_what_checks_read(self.model._base_manager.filter(pk=form.instance.pk)).get()
        keep_findings([item], [findings(item)])


@admin.register(MenuItem)
class MenuItemAdmin(LookedAtAdmin, TargetedAdmin):
    list_display = [
        "title_column",
        "target_column",
        "in_main",
        "in_quick",
        "in_footer",
        "order",
        "languages_column",
    ]
    list_editable = ["order"]
    list_filter = ["in_main", "in_quick", "in_footer"]
    fieldsets = [
        (
            None,
            {
                "fields": ["source_language", "label", ("in_main", "in_quick", "in_footer"), "parent", "order"],
                "description": _(
                    "Readers see the label. The menu has two levels; within each, the lowest number comes first."
                ),
            },
        ),
        TARGET,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("parent")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "parent":
            kwargs["queryset"] = MenuItem.objects.filter(parent=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("label"))
    def title_column(self, item):
        label = super().title_column(item)
        if item.parent is None:
            return label
        return format_html('<span class="quiet">{} ›</span> {}', super().title_column(item.parent), label)


@admin.register(Highlight)
class HighlightAdmin(PicturedAdmin, PublishableAdmin, TargetedAdmin):
    list_display = ["thumbnail", "title_column", "state_badge", "target_column", "order", "languages_column"]
    list_editable = ["order"]
    autocomplete_fields = [*TargetedAdmin.autocomplete_fields, "picture"]
    fieldsets = [
        (
            None,
            {
                "fields": ["source_language", "label", "order", "picture"],
                "description": _("A poster on the home page. The lowest number comes first."),
            },
        ),
        TARGET,
        PUBLICATION,
    ]

    def get_view_on_site_url(self, obj=None):
        return reverse("home") if obj else None

    def preview_address(self, item):
        return reverse("home")


class SocialLinkInline(admin.TabularInline):
    model = SocialLink
    extra = 0
    formfield_overrides = FORM_FIELDS


class MemberCountInline(ReadOnlyDatesInWords, admin.TabularInline):
    model = MemberCount
    extra = 0


@admin.register(SiteIdentity)
class SiteIdentityAdmin(LookedAtAdmin, SingleRowAdmin, TranslatedAdmin):
    """There is one: the link in the index leads straight to it."""

    form = SiteIdentityForm
    autocomplete_fields = ["seat_city"]
    inlines = [SocialLinkInline, MemberCountInline]
    fieldsets = [
        (
            _("Who we are"),
            {
                "fields": ["source_language", "name", "acronym", "tagline", "introduction", "official_languages"],
                "description": _("The name and acronym stand at the head of every page, the rest at its foot."),
            },
        ),
        (
            _("How to reach us"),
            {"fields": ["street", "postal_code", "seat_city", "phone", "email", "website"]},
        ),
        (
            pgettext_lazy("of the association", "History"),
            {
                "fields": [
                    "movement_started",
                    "association_founded",
                    "charter_proclaimed",
                    "charter_revised",
                    "unesco_agreement",
                ],
                "classes": ["collapse"],
                "description": _(
                    "Write each date as well as it is known: “30 November 1990”, “November 2020” or “1994”."
                ),
            },
        ),
    ]

    def get_list_filter(self, request):
        return []


admin.site.register(FrontPageProposal, FrontPageProposalAdmin)
