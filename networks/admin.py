from django.contrib import admin
from django.db.models import Count
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from desk.admin import ADDRESS, PUBLICATION, ItemAdmin, PublishableAdmin, TranslatedAdmin
from networks.forms import CityForm, NetworkForm
from networks.list_filters import CountryFilter
from networks.models import City, Membership, Network, NetworkEditor
from networks.views import render_city, render_network
from pictures.admin import PicturedAdmin


class MembershipInline(admin.TabularInline):
    """A membership begins and ends; it does not turn into another. So rows are text, not hundreds of selects."""

    model = Membership
    extra = 0
    autocomplete_fields = ["city", "network"]
    ordering = ["city__sort_name"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("city", "network")

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(City)
class CityAdmin(PicturedAdmin, PublishableAdmin, TranslatedAdmin):
    render_page = staticmethod(render_city)
    form = CityForm
    list_display = ["thumbnail", "name_column", "state_badge", "country_column", "listed_as", "joined_year"]
    list_display_links = ["name_column"]
    list_filter = ["listed_as", "networks", CountryFilter]
    search_fields = ["name", "sort_name", "name_local", "exonym", "part_of", "region"]
    search_help_text = _("Finds a city by any of its names, its region or, for a district, its larger city.")
    autocomplete_fields = ["picture"]
    inlines = [MembershipInline]
    fieldsets = [
        (
            _("Names"),
            {
                "fields": ["name", "exonym", ("name_local", "name_local_language"), "official_names"],
                "description": _(
                    "A city goes by its own name in every language. Give another name only where readers of a "
                    "language use one: “Genoa” for Genova."
                ),
            },
        ),
        (
            _("Place"),
            {
                "fields": ["country", "region", "part_of", ("latitude", "longitude"), "timezone", "geonames_id"],
                "description": _(
                    "The latitude decides in which months spring and autumn lie, the time zone when an event begins."
                ),
            },
        ),
        (_("Membership"), {"fields": ["listed_as", "joined_year", "website"]}),
        (_("Picture"), {"fields": ["picture"]}),
        PUBLICATION,
        (
            _("Address of the page"),
            {
                "fields": ["slug"],
                "classes": ["collapse"],
                "description": _("Leave this empty and the address is made from the name. It is the same everywhere."),
            },
        ),
    ]

    def get_search_results(self, request, queryset, search_term):
        """As on the site: "Cordoba" finds Córdoba."""
        return (queryset.search(search_term) if search_term else queryset), False

    @admin.display(description=_("city"), ordering="sort_name")
    def name_column(self, city):
        return str(city)

    @admin.display(description=_("country"), ordering="country")
    def country_column(self, city):
        return city.country_name


@admin.register(Network)
class NetworkAdmin(PicturedAdmin, PublishableAdmin, TranslatedAdmin):
    network_path = "pk"
    render_page = staticmethod(render_network)
    form = NetworkForm
    list_display = ["name_column", "state_badge", "kind", "city_count", "shown_on_home", "order", "languages_column"]
    list_display_links = ["name_column"]
    list_editable = ["order"]
    list_filter = ["kind", "shown_on_home"]
    search_fields = ["official_name", "name", "acronym"]
    search_help_text = _("Searches in the official name, the acronym and the names of every language.")
    autocomplete_fields = ["parent_network", "coordinating_city", "coordination_committee", "picture"]
    inlines = [MembershipInline]
    fieldsets = [
        (
            _("Names"),
            {
                "fields": [
                    ("official_name", "official_language"),
                    "official_name_is_descriptive",
                    "acronym",
                    "source_language",
                    "name",
                    "description",
                ],
                "description": _(
                    "Readers see the official name first, as the network writes it, and below it the name in "
                    "their own language."
                ),
            },
        ),
        (
            _("What it is"),
            {"fields": ["kind", "parent_network", "countries", "website", "founded", "active"]},
        ),
        (
            _("Who coordinates it"),
            {"fields": ["coordinating_city", "coordination_committee", "coordination_period"]},
        ),
        (
            _("Members"),
            {
                "fields": [("reported_cities", "reported_at_least"), "reported_as_of"],
                "description": _(
                    "The member cities that have a page here are listed at the end of this form. "
                    "Where a source gives another number, write it here with its date."
                ),
            },
        ),
        (
            _("On the site"),
            {
                "fields": ["shown_on_home", "order", "picture"],
                "description": _("Networks linked from every page stand in a strip, the lowest number first."),
            },
        ),
        PUBLICATION,
        ADDRESS,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number_of_cities=Count("memberships"))

    @admin.display(description=_("network"))
    def name_column(self, network):
        if not network.acronym:
            return format_html('<span lang="{}">{}</span>', network.official_language, network.official_name)
        return format_html(
            '{} <span class="quiet" lang="{}">{}</span>',
            network.acronym,
            network.official_language,
            network.official_name,
        )

    @admin.display(description=_("cities"), ordering="number_of_cities")
    def city_count(self, network):
        return network.number_of_cities


@admin.register(NetworkEditor)
class NetworkEditorAdmin(ItemAdmin):
    autocomplete_fields = ["user", "networks"]
    list_display = ["user", "networks_column"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__first_name", "user__last_name"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("networks")

    @admin.display(description=_("networks"))
    def networks_column(self, row):
        return ", ".join(str(network) for network in row.networks.all())
