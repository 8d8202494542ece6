"""No silent overwriting in the form of any item; see desk/edit_conflicts.py."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.db import connections, router
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from desk.edit_conflicts import Merge, Outcome, label_of
from desk.full_disk import FullDiskAdmin
from desk.last_saved import deleted, last_saved
from desk.posted_rows import read_rows, write_rows
from desk.shown_form import FIELD, ShownForm, column_of, digests_of, key_of, places
from desk.value_words import words_of_value

# A form that comes back from the browser's memory is shown again, not saved; see static/admin-look/form-memory.js.
RESTORE = "_restore"


class ConflictAdmin(FullDiskAdmin):
    def _changeform_view(self, request, object_id, form_url, extra_context):
        """Inside Django's transaction around every form that is saved."""
        is_save = request.method == "POST" and "_saveasnew" not in request.POST
        request.form_is_held = is_save and RESTORE in request.POST
        if is_save and object_id is not None:
            item, shown = self.item_to_change(request, object_id), None
            if item is not None:
                request.edit_outcome = self.merged(request, item)
                request.form_is_held |= request.edit_outcome.must_ask
            elif shown := self.shown_of_deleted(request, object_id):
                return self.deleted_meanwhile(request, object_id, shown, extra_context)
        response = super()._changeform_view(request, object_id, form_url, extra_context)
        self.tell_what_others_did(request)
        return response

    def item_to_change(self, request, object_id):
        """The item as this request may change it, its row locked; None where there is none."""
        to_field = request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR))
        item = self.get_object(request, unquote(object_id), to_field)
        if item is None or not self.has_change_permission(request, item):
            return None
        if request.form_is_held:
            return item  # shown again and not saved: nobody has to wait for that
        lock(self.model, pk=item.pk)
        return self.get_object(request, unquote(object_id), to_field)

    def merged(self, request, item) -> Outcome:
        key = key_of(self.model, item.pk)
        shown = ShownForm.read(request.POST.get(FIELD), key)
        for inline in self.get_inline_instances(request, item) if not request.form_is_held else ():
            lock_rows(inline, item)
        form, formsets, found = self.stored_form(request, item)
        now = digests_of(found)
        if shown and shown.digests == now and not shown.asked:
            return Outcome(request.POST, request.FILES, shown)
        request.POST = request.POST.copy()
        # Another copy in memory: to validate a form changes its item.
        typed = self.typed_form(request, self.get_object(request, str(item.pk)))
        saved = last_saved(self.model, item.pk, since=shown and shown.at)
        merge = Merge((form, formsets), typed, found, shown, now, request.POST, request.FILES, saved)
        return merge.run()

    def stored_form(self, request, item):
        """The form and its rows as they would be shown now, and `{place: (form, name)}`."""
        form = self.form_for(request, item)(instance=item)
        formsets, changeable = [], set()
        for formset_class, inline in self.get_formsets_with_inlines(request, item):
            formset = formset_class(
                instance=item, prefix=prefix_of(formset_class, formsets), queryset=inline.get_queryset(request)
            )
            formsets.append(formset)
            if inline.has_change_permission(request, item):
                changeable.add(formset.prefix)
        return form, formsets, places(form, formsets, lambda formset: formset.prefix in changeable)

    def typed_form(self, request, item):
        form = self.form_for(request, item)(request.POST, request.FILES, instance=item)
        formsets = []
        for formset_class, inline in self.get_formsets_with_inlines(request, item):
            prefix = prefix_of(formset_class, formsets)
            kwargs = {"instance": item, "prefix": prefix, "queryset": inline.get_queryset(request)}
            formsets.append(formset_class(request.POST.copy(), request.FILES, **kwargs))
        return form, formsets

    def form_for(self, request, item):
        held, request.form_is_held = getattr(request, "form_is_held", False), False
        try:
            fields = flatten_fieldsets(self.get_fieldsets(request, item))
            return self.get_form(request, item, change=True, fields=fields)
        finally:
            request.form_is_held = held

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if not getattr(request, "form_is_held", False):
            return form
        outcome = getattr(request, "edit_outcome", None)
        return held(form, outcome.notes if outcome else {})

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        outcome = getattr(request, "edit_outcome", None)
        for formset in formsets:
            for (prefix, index), notes in (outcome.row_notes if outcome else {}).items():
                if prefix == formset.prefix and index < len(formset.forms):
                    add_notes(formset.forms[index], notes)
        return formsets, inlines

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj is not None and context.get("has_change_permission", True):
            context["as_shown"] = self.as_shown(request, context, obj).signed(key_of(self.model, obj.pk))
        if not context.get("is_popup"):
            context["form_memory"] = f"form-memory:{request.user.pk}:{request.path}"
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def as_shown(self, request, context, item):
        outcome = getattr(request, "edit_outcome", None)
        if outcome is not None:
            return outcome.shown
        form = context["adminform"].form
        rows = context["inline_admin_formsets"]
        if form.is_bound:
            # What it shows came from somewhere else, such as a working copy.
            found = self.stored_form(request, self.get_object(request, str(item.pk)))[2]
        else:
            changeable = {inline.formset.prefix for inline in rows if inline.has_change_permission}
            found = places(form, [inline.formset for inline in rows], lambda f: f.prefix in changeable)
        return ShownForm(digests_of(found), timezone.now())

    def shown_of_deleted(self, request, object_id):
        """What the form had shown of an item that is gone for everybody."""
        try:
            pk = self.opts.pk.to_python(unquote(object_id))
            is_there = self.model._base_manager.filter(pk=pk).exists()
        except (ValidationError, ValueError):
            return None
        return None if is_there else ShownForm.read(request.POST.get(FIELD), key_of(self.model, pk))

    def deleted_meanwhile(self, request, object_id, shown, extra_context):
        """The form to add an item, with all that was typed; for those who may add none, what they typed to copy."""
        who = deleted(self.model, unquote(object_id)).in_words()
        if not self.has_add_permission(request):
            form = self.form_for(request, None)(request.POST, request.FILES)
            context = {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": gettext("Deleted meanwhile"),
                "who": who,
                "texts": typed_texts(form),
            }
            return render(request, "admin/desk/deleted_meanwhile.html", context, status=409)
        data = request.POST.copy()
        for formset_class, _inline in self.get_formsets_with_inlines(request):
            prefix, key = formset_class.get_default_prefix(), formset_class.model._meta.pk.name
            rows = [row for row in read_rows(data, request.FILES, prefix, key) if not row.is_ticked_off]
            for row in rows:
                row.values = {n: texts for n, texts in row.values.items() if n not in (key, formset_class.fk.name)}
            write_rows(data, request.FILES, prefix, [], [row for row in rows if row.values])
        request.POST, request.form_is_held = data, True
        text = gettext(
            "This item was deleted while you were writing (%(who)s), so nothing was saved. What you typed is all "
            "here: to save it makes a new item of it."
        )
        self.message_user(request, text % {"who": who}, messages.WARNING)
        add = reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_add")
        return super()._changeform_view(request, None, add, extra_context)

    def tell_what_others_did(self, request):
        outcome = getattr(request, "edit_outcome", None)
        if outcome and outcome.merged:
            text = gettext("Changed by somebody else while you were writing, and kept: %(names)s.")
            self.message_user(request, text % {"names": ", ".join(dict.fromkeys(outcome.merged))}, messages.INFO)
        if outcome and outcome.must_ask:
            count = len(outcome.notes) + sum(len(notes) for notes in outcome.row_notes.values())
            text = ngettext(
                "Not saved yet: one thing was changed by somebody else too while you were writing. Everything that "
                "you typed is still here. Choose at the mark below, then save again.",
                "Not saved yet: %(count)d things were changed by somebody else too while you were writing. "
                "Everything that you typed is still here. Choose at the marks below, then save again.",
                count,
            )
            self.message_user(request, text % {"count": count}, messages.WARNING)
        elif getattr(request, "form_is_held", False):
            text = gettext("Here is what you had typed. It is not saved yet. Files have to be chosen again.")
            self.message_user(request, text, messages.WARNING)


def held(form_class, notes):
    """The form as it was typed, with notes at its fields; whatever stands in it, it will not be saved."""

    class HeldForm(form_class):
        def full_clean(self):
            super().full_clean()
            add_notes(self, notes)

        def is_valid(self):
            super().is_valid()
            return False

    return HeldForm


def add_notes(form, notes):
    form.errors  # noqa: B018 - cleans the form first
    for name, note in notes.items():
        form.add_error(name or None, note)


def lock(model, **conditions):
    """Nobody else writes these rows before the transaction ends. On SQLite the transaction itself sees to that."""
    if connections[router.db_for_write(model)].features.has_select_for_update:
        list(model._base_manager.select_for_update().filter(**conditions).order_by("pk").values_list("pk", flat=True))


def lock_rows(inline, item):
    for field in inline.model._meta.get_fields():
        leads_here = field.many_to_one and field.concrete and isinstance(item, field.related_model or ())
        if leads_here and inline.fk_name in (None, field.name):
            lock(inline.model, **{field.name: item.pk})


def prefix_of(formset_class, others):
    """As Django numbers several inlines of one model."""
    prefix = formset_class.get_default_prefix()
    same = sum(1 for other in others if type(other).get_default_prefix() == prefix)
    return f"{prefix}-{same + 1}" if same else prefix


def typed_texts(form):
    """`[(label, words), …]` of what somebody typed into a form."""
    form.is_valid()
    found = []
    for name in form.fields:
        value = form.cleaned_data.get(name, form[name].value())
        words = words_of_value(column_of(form, name), value, form.fields[name])
        if words:
            found.append((capfirst(label_of(form, name)), words))
    return found
