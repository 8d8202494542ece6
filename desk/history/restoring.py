"""An item as it was, put into its form and saved like anything else that an editor types.

So what was valid once and is not any more is refused with the form's own words, checks before publication look at it,
and whoever may not change a field does not change it this way either.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib import admin
from django.db import models
from django.forms import model_to_dict
from django.http import QueryDict
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext

from desk.conflict_admin import lock
from desk.form_run import FormRun
from desk.history import texts_of_translators
from desk.history.acts import Act
from desk.history.differences import ROWS, label_of_column
from desk.history.kinds import Kind, RowKind, kinds
from desk.history.recording import recorded, versions_of
from desk.history.snapshots import Snapshot, item_in_memory
from desk.item_digest import digest_of
from desk.kept_forms import numbered_rows, row_as_posted
from desk.posted_values import as_posted


class Overtaken(Exception):
    """Somebody saved the item after it was looked at."""


@dataclass
class Refused(Exception):
    """Why it cannot be restored: [(label, language, [text, …]), …], as forms say it."""

    errors: list


@dataclass
class Restoring:
    """`places` of an item of `own`'s, as they were in `old`. `notes` say what cannot come back, before it is done."""

    own: admin.ModelAdmin
    request: object
    item: models.Model
    old: Snapshot
    places: list[str]
    notes: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.kind = kinds()[self.own.model]
        self.old = self.without_what_is_gone()

    def allowed(self) -> set[str]:
        """The places that this person may restore, if they were to choose."""
        live = FormRun(self.own, self.request.user, self.fresh())
        return allowed_places(self.own, self.request, self.item, live)

    def fresh(self):
        return self.own.model._base_manager.get(pk=self.item.pk)

    def save(self, seen: str):
        """Raises Overtaken or Refused, and then nothing is written."""
        with recorded(self.request.user, Act.RESTORED):
            lock(self.own.model, pk=self.item.pk)
            if digest_of(self.item) != seen:
                raise Overtaken
            if self.own.has_change_permission(self.request, self.item):
                self.save_form()
            else:
                texts = {place: self.old.values[place] or "" for place in self.places}
                if errors := texts_of_translators.save(self.request, self.fresh(), texts):
                    raise Refused([("", "", errors)])

    def save_form(self):
        item = self.fresh()
        live = FormRun(self.own, self.request.user, item)
        run = FormRun(self.own, self.request.user, self.fresh(), self.data(live))
        if not run.is_valid():
            raise Refused(run.errors())
        saved = run.save_and_log(Act.RESTORED)
        if files_among(self.kind, self.places):
            self.own.restore_file(saved, self.old.values)

    def data(self, live: FormRun) -> QueryDict:
        """What a browser would send for the form if somebody had typed the old values into it."""
        old = item_in_memory(self.own.model, self.kind.columns, self.old.values, self.item.pk)
        old._state.adding = False
        before = FormRun(self.own, self.request.user, old)
        before.form.initial |= {relation.name: self.old.values.get(relation.name, []) for relation in self.kind.sets}
        values = {}
        for name in live.form.fields:
            values |= as_posted((before if name in self.places else live).form[name])
        for formset in live.formsets:
            values |= numbered_rows(formset, *self.rows(formset))
        data = QueryDict(mutable=True)
        for name, texts in values.items():
            data.setlist(name, texts)
        return data

    def rows(self, formset):
        """([row that exists, …], [new row, …]) as a browser sends them."""
        row = next((one for one in self.kind.rows if one.model is formset.model), None)
        live = {form.instance.pk: form for form in formset.initial_forms}
        if row is None:
            return [row_as_posted(form) for form in live.values()], []
        old, existing, new = self.old.rows.get(row.name, {}), [], []
        for pk, form in live.items():
            if not self.is_chosen(row, pk):
                existing.append(row_as_posted(form))
            elif pk in old:
                existing.append(row_as_it_was(form, row, old[pk], pk))
            else:
                existing.append(row_as_posted(form) | ({"DELETE": ["on"]} if formset.can_delete else {}))
        for pk, values in old.items():
            if pk not in live and self.is_chosen(row, pk):
                new.append(row_as_it_was(formset.empty_form, row, values, None) | {formset.model._meta.pk.name: [""]})
        return existing, new

    def is_chosen(self, row: RowKind, pk) -> bool:
        """Whether a row is to come back: by itself or with all of its kind."""
        return not {f"{ROWS}{row.name}", f"{ROWS}{row.name}:{pk}"}.isdisjoint(self.places)

    def without_what_is_gone(self) -> Snapshot:
        """The old version without relations to what was deleted since; what is left out is said in `notes`."""
        gone = Gone(self.old)
        values, rows = dict(self.old.values), {}
        for column in dict.fromkeys([*self.kind.shown, *self.kind.columns]):
            if column.remote_field and column.name in self.places and (missing := gone.of(column, values)):
                label = label_of_column(column)
                if isinstance(values[column.name], list):
                    values[column.name] = [key for key in values[column.name] if key not in missing]
                    text = gettext("%(label)s: %(names)s was deleted since and is left out.")
                else:
                    self.places = [place for place in self.places if place != column.name]
                    text = gettext("%(label)s: %(names)s was deleted since, so this stays as it is.")
                self.notes.append(text % {"label": label, "names": gone.names(column, missing)})
        for column in files_among(self.kind, self.places):
            if not column.storage.exists(values[column.name] or ""):
                self.places = [place for place in self.places if place != column.name]
                text = gettext("%(label)s: the file of that time was removed since, so this stays as it is.")
                self.notes.append(text % {"label": label_of_column(column)})
        for row in self.kind.rows:
            rows[row.name] = {}
            for pk, of_row in self.old.rows.get(row.name, {}).items():
                lost, of_row = self.row_without_what_is_gone(gone, row, pk, of_row)
                if not lost:
                    rows[row.name][pk] = of_row
        return Snapshot(self.old.kind, self.old.pk, values, rows)

    def row_without_what_is_gone(self, gone, row: RowKind, pk, values: dict):
        chosen = self.is_chosen(row, pk)
        lost = False
        for column in row.columns:
            if column.remote_field and column is not row.link and (missing := gone.of(column, values)):
                values = values | {column.name: None}
                lost |= not column.null
                if chosen:
                    names = {
                        "label": capfirst(str(row.model._meta.verbose_name)),
                        "names": gone.names(column, missing),
                    }
                    self.notes.append(gettext("%(label)s: %(names)s was deleted since and is left out.") % names)
        return lost, values


class Gone:
    """What an old version names and is not there any more; asked once for each kind of thing."""

    def __init__(self, snapshot: Snapshot):
        wanted: dict = {}
        parts = [([*snapshot.kind.columns, *snapshot.kind.sets], [snapshot.values])]
        parts += [(row.columns, snapshot.rows.get(row.name, {}).values()) for row in snapshot.kind.rows]
        for columns, several in parts:
            for column in columns:
                if column.remote_field:
                    keys = wanted.setdefault(column.remote_field.model, set())
                    keys.update(key for values in several for key in keys_of(values.get(column.name)))
        self.there = {
            model: set(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
            for model, keys in wanted.items()
            if keys
        }

    def of(self, column, values) -> list:
        there = self.there.get(column.remote_field.model, set())
        return [key for key in keys_of(values.get(column.name)) if key not in there]

    def names(self, column, keys) -> str:
        model = column.remote_field.model
        versions = versions_of(model).filter(object_id__in=[str(key) for key in keys])
        named = dict(versions.order_by("pk").values_list("object_id", "object_repr"))
        fallback = gettext("%(kind)s %(number)s")
        found = [
            gettext("“%(name)s”") % {"name": named[str(key)]}
            if named.get(str(key))
            else fallback % {"kind": model._meta.verbose_name, "number": key}
            for key in keys
        ]
        return get_text_list(found, gettext("and"))


def keys_of(value) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]


def row_as_it_was(form, row: RowKind, values: dict, pk):
    """What a browser would send for a row with its old values, by the names of its fields alone."""
    old = item_in_memory(row.model, row.columns, values, pk)
    known = {name: value for name, value in model_to_dict(old).items() if name in values and name != row.link.name}
    form.initial = form.initial | known
    return row_as_posted(form)


def allowed_places(own: admin.ModelAdmin, request, item, live: FormRun) -> set[str]:
    """What of an item somebody may restore: the fields of their form or, for a translator, texts."""
    if not own.has_change_permission(request, item):
        return texts_of_translators.columns_for(request, item)
    rows = {f"{ROWS}{formset.model._meta.label_lower}" for formset in live.formsets}
    files = {column.name for column in files_among(kinds()[own.model], live.form.fields)}
    return (set(live.form.fields) - (files if not hasattr(own, "restore_file") else set())) | rows


def files_among(kind: Kind, places) -> list[models.FileField]:
    return [column for column in kind.columns if isinstance(column, models.FileField) and column.name in places]
