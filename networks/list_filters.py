from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from networks.countries import country_choices


class CountryFilter(admin.SimpleListFilter):
    """The countries that occur, by name."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request, model_admin):
        used = set(model_admin.get_queryset(request).order_by().values_list("country", flat=True).distinct())
        return [(code, name) for code, name in country_choices() if code in used]

    def queryset(self, request, queryset):
        return queryset.filter(country=self.value()) if self.value() else queryset
