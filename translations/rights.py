"""Who may see and write which translations: as far as the admin of each item lets them, and in their languages."""

from django.contrib import admin
from django.db.models import Q

from desk.scope import networks_of
from translations.kinds import Kind, kinds
from translations.models import TranslatorLanguages
from translations.texts import ALL_LANGUAGES


def languages_of_translator(user) -> list[str]:
    """In the site's order; all of them for whom nobody has chosen any."""
    chosen = TranslatorLanguages.objects.filter(user=user).values_list("languages", flat=True).first()
    return ALL_LANGUAGES if chosen is None else [code for code in ALL_LANGUAGES if code in chosen]


def admin_of(kind: Kind):
    """The admin in which items of this kind are edited; None for those that are a part of another item's form."""
    return admin.site._registry.get(kind.model)


def may(request, act: str, kind: Kind, item=None) -> bool:
    """`act` is "view" or "change" (its translations).

    A translator changes no item, but the translations of whatever they may see.
    """
    own = admin_of(kind)
    if own:
        if getattr(own, f"has_{act}_permission")(request, item):
            return True
        return act == "change" and may_translate(request, own, item)
    # A part of another item's form has no admin to say so, and says it itself.
    if act == "change" and not getattr(item, "is_open_to_translators", True):
        return False
    label, name = kind.model._meta.app_label, kind.model._meta.model_name
    acts = ("view", "change") if act == "view" else (act,)
    if act == "change" and request.user.has_perm(f"{label}.view_{name}") and may_translate(request):
        return True
    return any(request.user.has_perm(f"{label}.{act}_{name}") for act in acts)


def may_translate(request, own=None, item=None) -> bool:
    """Who translates what they may only look at: see the role "Translator" in `iaec_site.roles`.

    Not beyond the borders of somebody's networks: what belongs to none of them can only be looked at. `own` is the
    admin of the item, if it has one.
    """
    if not request.user.has_perm("translations.change_translateditem"):
        return False
    if own is not None and not own.has_view_permission(request, item):
        return False
    # An admin may say so of items whose texts are not to change for a while.
    if item is not None and not getattr(own, "is_open_to_translators", bool)(item):
        return False
    if networks_of(request.user) is None:
        return True
    return own is not None and bool(own.network_path) and own.is_in_scope(request, item)


def visible_kinds(request) -> list[Kind]:
    return [kind for kind in kinds().values() if may(request, "view", kind)]


def visible_items(request) -> Q | None:
    """The items in the ledger that somebody may see, as far as an admin shows its rows to them; None for all."""
    whole, parts = [], []
    for kind in visible_kinds(request):
        own = admin_of(kind)
        rows = own.get_queryset(request) if own else None
        if rows is not None and rows.query.where:
            parts.append(Q(kind=kind.name, item__in=rows.order_by().values("pk")))
        else:
            whole.append(kind.name)
    if len(whole) == len(kinds()):
        return None
    found = Q(kind__in=whole)
    for part in parts:
        found |= part
    return found


def may_change(request, kind: Kind, item=None) -> bool:
    """By the item's own admin, whose rules may be narrower than the permission, and its rows fewer."""
    own = admin_of(kind)
    if own and item:
        rows = own.get_queryset(request)
        if rows.query.where and not rows.filter(pk=item.pk).exists():
            return False
    return may(request, "change", kind, item)


def has_permission_to_change(user, item) -> bool:
    """By the permissions of the item's model alone, where nobody asks from a page of the admin (a command)."""
    opts = item._meta
    return user.has_perm(f"{opts.app_label}.change_{opts.model_name}")
