"""The states of items and of their working copies, as the lists filter by them."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from desk.models import WorkingCopy
from publishing.list_filters import StateFilter

COPIES = {
    "changes": (_("changes not public"), Q()),
    "changes_scheduled": (_("changes scheduled"), Q(publish_at__isnull=False, failure="")),
    "changes_failed": (_("changes could not be published"), ~Q(failure="")),
}


class PublicationFilter(StateFilter):
    def lookups(self, request, model_admin):
        return [*super().lookups(request, model_admin), *((value, label) for value, (label, _q) in COPIES.items())]

    def queryset(self, request, queryset):
        if self.value() not in COPIES:
            return super().queryset(request, queryset)
        kind = ContentType.objects.get_for_model(queryset.model)
        copies = WorkingCopy.objects.filter(COPIES[self.value()][1], content_type=kind, object_id=OuterRef("pk"))
        return queryset.filter(Exists(copies))


def note_copies(items, model):
    """Gives each item of a list its `shown_copy`: the working copy without its text, or None. One query."""
    kind = ContentType.objects.get_for_model(model)
    copies = WorkingCopy.objects.filter(content_type=kind, object_id__in=[item.pk for item in items])
    by_item = {copy.object_id: copy for copy in copies.defer("data")}
    for item in items:
        item.shown_copy = by_item.get(item.pk)
