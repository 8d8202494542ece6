"""The fields that can be changed in a list: nobody overwrites there what another changed meanwhile."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db import router, transaction
from django.utils import timezone
from django.utils.translation import gettext

from desk.conflict_admin import lock
from desk.history.recording import note_before
from desk.last_saved import last_saved
from desk.posted_rows import read_rows, write_rows
from desk.posted_values import as_posted
from desk.shown_form import FIELD, ShownForm, column_of, digest_of
from desk.value_words import words_of_value


class ListConflictAdmin(admin.ModelAdmin):
    def changelist_view(self, request, extra_context=None):
        if not (request.method == "POST" and self.list_editable and "_save" in request.POST):
            return super().changelist_view(request, extra_context)
        with transaction.atomic(using=router.db_for_write(self.model)):
            if self.has_change_permission(request):
                self.keep_changes_of_others(request)
            return super().changelist_view(request, extra_context)

    def keep_changes_of_others(self, request):
        """What only another changed goes into the data as it is now; where both did, the list asks once more."""
        formset_class = super().get_changelist_formset(request)
        rows = self._get_list_editable_queryset(request, formset_class.get_default_prefix())
        lock(self.model, pk__in=rows.values("pk"))
        note_before(self.model, rows.values_list("pk", flat=True))
        shown = ShownForm.read(request.POST.get(FIELD), self.key_of_list())
        before = shown.digests if shown else {}
        data = request.POST.copy()
        stored = {str(form.instance.pk): form for form in formset_class(queryset=rows).forms if form.instance.pk}
        typed = formset_class(request.POST, request.FILES, queryset=rows)
        merged, request.list_notes = [], {}
        for mine in typed.initial_forms:
            pk = str(mine.instance.pk)
            for name in [name for name in self.list_editable if pk in stored and name in stored[pk].fields]:
                form, column = stored[pk], column_of(mine, name)
                now = digest_of(column, form.get_initial_for_field(form.fields[name], name))
                if before.get(f"{pk}/{name}") == now:
                    continue
                mine.is_valid()
                wanted = digest_of(column, mine.cleaned_data[name]) if name in mine.cleaned_data else None
                if wanted == now:
                    continue
                if f"{pk}/{name}" in before and wanted == before[f"{pk}/{name}"]:
                    for texts in as_posted(form[name]).values():
                        data.setlist(mine.add_prefix(name), texts) if texts else data.pop(mine.add_prefix(name), None)
                    merged.append(str(mine.instance))
                    continue
                request.list_notes[pk, name] = self.note(form, name, shown)
        self.leave_out_deleted(request, data, formset_class, stored)
        request.POST = data
        if merged:
            text = gettext("Changed by somebody else while you were looking at this list, and kept: %(names)s.")
            self.message_user(request, text % {"names": ", ".join(dict.fromkeys(merged))}, messages.INFO)

    def leave_out_deleted(self, request, data, formset_class, stored):
        prefix, key = formset_class.get_default_prefix(), self.opts.pk.name
        rows = read_rows(data, {}, prefix, key)
        there = [row for row in rows if row.pk in stored]
        if len(there) < len(rows):
            write_rows(data, {}, prefix, there, [])
            text = gettext("Something in this list was deleted by somebody else while you were looking at it.")
            self.message_user(request, text, messages.INFO)

    def note(self, form, name, shown):
        item = form.instance
        theirs = words_of_value(column_of(form, name), form.get_initial_for_field(form.fields[name], name))
        text = gettext("Changed meanwhile to “%(value)s” (%(who)s). Save again to replace that with yours.")
        who = last_saved(self.model, item.pk, since=shown and shown.at).in_words()
        return text % {"value": theirs, "who": who}

    def key_of_list(self):
        return f"{self.model._meta.label_lower}:list"

    def get_changelist_formset(self, request, **kwargs):
        formset_class = super().get_changelist_formset(request, **kwargs)
        notes = getattr(request, "list_notes", {})
        key = self.key_of_list()
        names = self.list_editable

        class AskingFormSet(formset_class):
            def add_fields(self, form, index):
                """Each says whose it is: the column's head alone names a dozen fields alike."""
                super().add_fields(form, index)
                for name in names:
                    if name in form.fields and form.instance.pk:
                        field = form.fields[name]
                        field.widget.attrs["aria-label"] = f"{field.label}: {form.instance}"

            def full_clean(self):
                super().full_clean()
                for form in self.initial_forms if self.is_bound else ():
                    for name in names:
                        if note := notes.get((str(form.instance.pk), name)):
                            form.add_error(name, note)

            @property
            def as_shown(self):
                digests = {
                    f"{form.instance.pk}/{name}": digest_of(
                        column_of(form, name), form.get_initial_for_field(form.fields[name], name)
                    )
                    for form in self.initial_forms
                    for name in names
                    if name in form.fields
                }
                return ShownForm(digests, timezone.now()).signed(key)

        return AskingFormSet
