"""Whose items somebody works on: a network editor's rights end at the borders of their networks.

Who is named as an editor of networks (`networks.NetworkEditor`), or is in the role of one, sees and edits the items of
these networks alone: in lists, in the boxes that look for items, by typed address. Everybody else's rights are those
of their permissions. A new admin joins by saying how its items name their networks: `network_path`.
"""

from __future__ import annotations

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet

# The role's name; `iaec_site.roles` says what it may do.
NETWORK_EDITOR = "Network editor"


def networks_of(user) -> frozenset[int] | None:
    """Primary keys of the networks whose items somebody may see and edit; None for all of them, and all other items.

    Asked once in a request: the answer is kept with the user.
    """
    if user.is_superuser or not user.is_authenticated:
        return None
    if not hasattr(user, "_networks_of"):
        chosen = apps.get_model("networks.NetworkEditor").objects.filter(user=user).prefetch_related("networks")
        own = [network.pk for row in chosen for network in row.networks.all()]
        limited = bool(chosen) or user.groups.filter(name=NETWORK_EDITOR).exists()
        user._networks_of = frozenset(own) if limited else None
    return user._networks_of


def within(queryset: QuerySet, path: str, networks: frozenset[int] | None) -> QuerySet:
    """The rows of these networks. `path` leads from a row to them: "network", "networks", or "pk" for a network."""
    if networks is None or not path:
        return queryset
    own = queryset.model._base_manager.filter(**{f"{path}__in": networks}).order_by().values("pk")
    return queryset.filter(pk__in=own)


def shown_rows(request, own: admin.ModelAdmin) -> QuerySet:
    """The rows that an admin shows to somebody, without all that its list fetches beside them.

    Plain ones: modeltranslation's would put columns that are asked for into an order of their own.
    """
    rows = own.get_queryset(request)
    everything = QuerySet(own.model)
    return everything.filter(pk__in=rows.order_by().values("pk")) if rows.query.where else everything


class ScopedAdmin(admin.ModelAdmin):
    """An admin that shows to network editors what is theirs, and lets them change what is theirs alone."""

    # The lookup from an item to its networks; "" for items that belong to none, such as cities.
    network_path = ""

    def get_queryset(self, request):
        return within(super().get_queryset(request), self.network_path, networks_of(request.user))

    def get_object(self, request, object_id, from_field=None):
        """Another network's item is refused, rather than said not to be there."""
        found = super().get_object(request, object_id, from_field)
        if found is None and self.network_path and networks_of(request.user) is not None:
            field = self.model._meta.get_field(from_field) if from_field else self.model._meta.pk
            try:
                exists = self.model._base_manager.filter(**{field.name: field.to_python(object_id)}).exists()
            except (ValueError, TypeError, ValidationError):
                exists = False
            if exists:
                raise PermissionDenied
        return found

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and self.is_in_scope(request, obj, some=True)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.is_in_scope(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.is_in_scope(request, obj)

    def is_in_scope(self, request, item, some=False) -> bool:
        """Whether all networks of an item, or `some` of them, are those of the user."""
        networks = networks_of(request.user)
        if item is None or item.pk is None or networks is None or not self.network_path:
            return True
        named = set(type(item)._base_manager.filter(pk=item.pk).values_list(self.network_path, flat=True)) - {None}
        return bool(named & networks) and (some or named <= networks)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return self.narrowed(super().formfield_for_foreignkey(db_field, request, **kwargs), db_field, request)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return self.narrowed(super().formfield_for_manytomany(db_field, request, **kwargs), db_field, request)

    def narrowed(self, field, db_field, request):
        """A choice among the user's own items. What an item names already stays, or saving it would lose it."""
        networks = networks_of(request.user)
        if field is None or networks is None:
            return field
        related = self.admin_site._registry.get(db_field.remote_field.model)
        path = getattr(related, "network_path", "")
        if path:
            everything = db_field.remote_field.model._default_manager.all()
            named = self.named_already(db_field, request)
            field.queryset = within(everything, path, networks) | everything.filter(pk__in=named)
        if db_field.name == self.network_path:
            field.required = field.widget.is_required = True
            if len(networks) == 1:
                field.initial = list(networks) if db_field.many_to_many else next(iter(networks))
        return field

    def get_form(self, request, obj=None, **kwargs):
        request.item_of_form = obj  # the fields of the form are not told whose they are
        return super().get_form(request, obj, **kwargs)

    def named_already(self, db_field, request) -> list:
        item = getattr(request, "item_of_form", None)
        if item is None or item.pk is None or not isinstance(item, self.model):
            return []
        rows = self.model._base_manager.filter(pk=item.pk)
        return [value for value in rows.values_list(db_field.name, flat=True) if value is not None]
