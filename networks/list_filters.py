from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from networks.countries import country_choices
from publishing.list_filters import ConditionFilter


class CountryFilter(ConditionFilter):
    """The countries that occur, by name."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request, model_admin):
        used = set(model_admin.get_queryset(request).order_by().values_list("country", flat=True).distinct())
        return [(code, name) for code, name in country_choices() if code in used]

    def condition(self, value, model):
        return Q(country=value) if value else None
