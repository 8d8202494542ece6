"""What was chosen in a list to do something to it: which of it one may change, and why the rest is left alone."""

from __future__ import annotations

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext

from desk.conflict_admin import lock
from desk.history.recording import note_before

# The keys, with commas between them, of what a page asks about once more.
ASKED_ABOUT = "asked_about"


class ChosenItemsAdmin(admin.ModelAdmin):
    def response_action(self, request, queryset):
        """No list has a box whose value is no key: the database would stumble over it."""
        try:
            self.keys_of_texts(request.POST.getlist(ACTION_CHECKBOX_NAME))
            self.chosen_keys(request)
        except ValidationError as error:
            raise BadRequest("No key of a row.") from error
        return super().response_action(request, queryset)

    def chosen_to_write(self, request, queryset: QuerySet) -> list:
        """The `changeable` ones as they are now; nobody else writes them before the transaction ends."""
        pks = [item.pk for item in self.as_shown_before(request, queryset)]
        lock(self.model, pk__in=pks)
        note_before(self.model, pks)
        return self.changeable(request, queryset.all())

    def changeable(self, request, queryset: QuerySet) -> list:
        """Those of the chosen items that the user may change; tells why each other one stays as it is.

        `queryset` is what Django makes of the choice: rows that the list still shows to this user.
        """
        queryset = self.as_shown_before(request, queryset)
        items = list(queryset)
        self.tell_of_what_is_not_listed(request, {item.pk for item in items})
        kept, shared = [], []
        for item in items:
            (kept if self.has_change_permission(request, item) else shared).append(item)
        if shared:
            text = gettext("Left alone, because they belong to other networks as well: %(names)s.")
            self.message_user(request, text % {"names": names_of(shared)}, messages.WARNING)
        return kept

    def tell_of_what_is_not_listed(self, request, listed: set):
        missing = self.chosen_keys(request) - listed
        if not missing:
            return
        own = list(self.get_queryset(request).filter(pk__in=missing))
        if own:
            text = gettext("Left alone, because somebody changed it meanwhile, and the list left it out: %(names)s.")
            self.message_user(request, text % {"names": names_of(own)}, messages.WARNING)
        hidden = missing - {item.pk for item in own}
        # Not by name: whose item it is may be known, what is in it may not.
        foreign = self.model._base_manager.filter(pk__in=hidden).count()
        if foreign:
            text = ngettext(
                "%(count)d item is left alone, because it belongs to another network.",
                "%(count)d items are left alone, because they belong to other networks.",
                foreign,
            )
            self.message_user(request, text % {"count": foreign}, messages.WARNING)
        if gone := len(hidden) - foreign:
            text = ngettext(
                "%(count)d item is not there any more: somebody deleted it meanwhile.",
                "%(count)d items are not there any more: somebody deleted them meanwhile.",
                gone,
            )
            self.message_user(request, text % {"count": gone}, messages.WARNING)

    def as_shown_before(self, request, queryset: QuerySet) -> QuerySet:
        """A page that asks once more names what it asked about; "all of the list" may be more by then."""
        return queryset.filter(pk__in=self.chosen_keys(request)) if ASKED_ABOUT in request.POST else queryset

    def chosen_keys(self, request) -> set:
        """The keys that the form names; none where "all of the list" was chosen."""
        if ASKED_ABOUT in request.POST:
            texts = request.POST[ASKED_ABOUT].split(",")
        elif request.POST.get("select_across") == "1":
            return set()
        else:
            texts = request.POST.getlist(ACTION_CHECKBOX_NAME)
        return self.keys_of_texts(texts)

    def keys_of_texts(self, texts) -> set:
        """Raises ValidationError for what is no key, or a number that no column holds."""
        keys = {self.opts.pk.to_python(text) for text in texts}
        for key in keys:
            self.opts.pk.run_validators(key)
        return keys

    def tell_of_unchanged(self, request, items: list, text: str):
        """Of those of the chosen items to which nothing had to be done. `text` says why, with their %(names)s."""
        if items:
            self.message_user(request, text % {"names": names_of(items)}, messages.WARNING)


def names_of(items, most=5):
    names = [gettext("“%(name)s”") % {"name": item} for item in items[:most]]
    return ", ".join(names) + (" …" if len(items) > most else "")
