"""The states of items and of their working copies, as the lists filter by them."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from desk.listed_items import having_title, lacking_title, rows_of
from desk.models import WorkingCopy
from desk.row_keys import among
from publishing.list_filters import ConditionFilter, StateFilter
from publishing.slugs import languages

COPIES = {
    "changes": (_("changes not public"), Q()),
    "changes_scheduled": (_("changes scheduled"), Q(publish_at__isnull=False, failure="")),
    "changes_failed": (_("changes could not be published"), ~Q(failure="")),
}


class PublicationFilter(StateFilter):
    def lookups(self, request, model_admin):
        return [*super().lookups(request, model_admin), *((value, label) for value, (label, _q) in COPIES.items())]

    def condition(self, value, model):
        if value not in COPIES:
            return super().condition(value, model)
        kind = ContentType.objects.get_for_model(model)
        copies = WorkingCopy.objects.filter(COPIES[value][1], content_type=kind, object_id__isnull=False)
        return Q(pk__in=copies.values("object_id"))


class MissingLanguageFilter(ConditionFilter):
    """By the languages of the title, which are read in narrow rows: see `desk.listed_items`."""

    title = _("translation missing")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return settings.LANGUAGES

    def condition(self, value, model):
        return lacking_title(model, value) if value in languages() else None

    def count_facets(self, model, rows, keys):
        """The counts of all languages in one look at the narrow rows: of these keys, or of these rows of the list."""
        narrow = rows_of(model)
        if keys is not None:
            narrow = among(narrow, keys, "item")
        elif rows.query.where:
            narrow = narrow.filter(item__in=rows.values("pk"))
        codes = enumerate(code for code, _name in self.lookup_choices)
        return narrow.aggregate(**{f"{at}__c": Count("pk", filter=~having_title(code)) for at, code in codes})


def note_copies(items, model):
    """Gives each item of a list its `shown_copy`: the working copy without its text, or None. One query."""
    kind = ContentType.objects.get_for_model(model)
    copies = WorkingCopy.objects.filter(content_type=kind, object_id__in=[item.pk for item in items])
    by_item = {copy.object_id: copy for copy in copies.defer("data")}
    for item in items:
        item.shown_copy = by_item.get(item.pk)
