"""What was deleted, and bringing it back: with its number, so that its history goes on, its rows and its relations."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.utils.text import capfirst
from django.utils.translation import gettext

from desk.history.acts import Act
from desk.history.differences import ROWS, label_of_column
from desk.history.kinds import kinds
from desk.history.recording import recorded, versions_of, versions_of_gone
from desk.history.restoring import Restoring, files_among
from desk.history.snapshots import Snapshot, from_text, item_in_memory, plain_rows
from desk.scope import networks_of
from publishing.models import Publishable, State
from publishing.slugs import Sluggable


def deleted_versions(own: admin.ModelAdmin, request):
    """The last version of each item that is gone, as far as this person could have deleted it; newest first."""
    model = own.model
    last = versions_of_gone(model).order_by().values("object_id").annotate(last=Max("pk"))
    found = versions_of(model).filter(pk__in=last.values("last")).order_by("-pk")
    networks = networks_of(request.user)
    if networks is None or not own.network_path:
        return found
    kind = kinds()[model]
    texts = found.values_list("pk", "serialized_data").iterator()
    return found.filter(pk__in=[pk for pk, text in texts if is_of(own, from_text(kind, text), networks)])


def is_of(own, snapshot: Snapshot, networks: frozenset) -> bool:
    """Whether all networks that an item named are among these."""
    value = snapshot.pk if own.network_path == "pk" else snapshot.values.get(own.network_path)
    named = set(value if isinstance(value, list) else [value]) - {None}
    return bool(named) and named <= networks


@dataclass
class Recovering:
    """A deleted item, as it is about to come back; `chosen` are values for what cannot stay as it was."""

    own: admin.ModelAdmin
    request: object
    snapshot: Snapshot
    chosen: dict = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.kind = kinds()[self.own.model]
        places = [column.name for column in [*self.kind.columns, *self.kind.sets]]
        places += [f"{ROWS}{row.name}" for row in self.kind.rows]
        # The same as in a form, but that a relation which cannot come back has nothing to stay.
        restoring = Restoring(self.own, self.request, None, self.snapshot, places)
        self.notes = [*restoring.notes]
        self.old = restoring.old
        self.lost = [name for name in places if name not in restoring.places]
        self.item = self.as_it_was()

    def as_it_was(self) -> models.Model:
        values = self.old.values | dict.fromkeys(self.lost)
        item = item_in_memory(self.own.model, self.kind.columns, values, self.snapshot.pk)
        for name, value in self.chosen.items():
            setattr(item, name, value)
        if isinstance(item, Publishable) and item.state == State.PUBLISHED:
            item.state = State.DRAFT
        if hasattr(self.own, "complete_recovered"):
            self.notes += self.own.complete_recovered(item)
        return item

    @property
    def comes_back_as_draft(self) -> bool:
        return isinstance(self.item, Publishable) and self.snapshot.values.get("state") == State.PUBLISHED

    def clashes(self) -> dict[str, list[str]]:
        """{column or "": what is wrong}: an address that another item has by now, a number that is taken."""
        errors: dict[str, list[str]] = {}
        if any(column.name in self.lost for column in files_among(self.kind, self.columns())):
            return {"": [gettext("Its file was removed from the site, so it cannot come back.")]}
        if isinstance(self.item, Sluggable):
            for code, column in self.item.slug_columns().items():
                slug = getattr(self.item, column)
                if slug and self.item.is_taken(slug, code):
                    text = gettext("Another item has the address “%(slug)s” by now, or had it once.")
                    errors[column] = [text % {"slug": slug}]
        for constraint in self.item._meta.constraints:
            if column := self.column_of(constraint):
                try:
                    constraint.validate(type(self.item), self.item)
                except ValidationError as error:
                    errors.setdefault(column, error.messages)
        try:
            files = [column.name for column in files_among(self.kind, self.columns())]
            self.item.full_clean(exclude=[*errors, *files])
        except ValidationError as error:
            for name, texts in error.message_dict.items():
                name = "" if name == NON_FIELD_ERRORS or name not in self.columns() else name
                if not (name == "" and errors):  # a constraint says what the address said already
                    errors.setdefault(name, []).extend(texts)
        return errors

    def column_of(self, constraint) -> str:
        """What of a constraint somebody could choose anew: the number in “series and number”."""
        columns = self.columns()
        names = [name for name in getattr(constraint, "fields", ()) if name in columns]
        free = [name for name in names if columns[name].editable and not columns[name].remote_field]
        return free[-1] if free else ""

    def columns(self) -> dict[str, models.Field]:
        return {column.name: column for column in self.kind.columns}

    def proposal(self, column: str):
        """What could stand there instead."""
        value = getattr(self.item, self.columns()[column].attname)
        codes = {name: code for code, name in getattr(self.item, "slug_columns", dict)().items()}
        if value and column in codes and isinstance(self.item, Sluggable):
            return self.item.free_slug(value, codes[column])
        return value

    def label_of(self, column: str) -> str:
        found = self.columns()[column]
        language = getattr(found, "language", "") if hasattr(found, "translated_field") else ""
        label = label_of_column(found)
        return f"{label} ({language.upper()})" if language else capfirst(label)

    def save(self) -> models.Model:
        """The item, its relations and its rows. Whatever goes wrong, nothing of it stays."""
        with recorded(self.request.user, Act.RECOVERED), transaction.atomic():
            self.item.save(force_insert=True)
            stamps = {
                column.name: getattr(as_stored, column.attname)
                for as_stored in [item_in_memory(self.own.model, self.kind.columns, self.old.values, self.item.pk)]
                for column in self.kind.columns
                if getattr(column, "auto_now_add", False) and column.name in self.old.values
            }
            if stamps:
                plain_rows(self.own.model).filter(pk=self.item.pk).update(**stamps)
            for relation in self.kind.sets:
                getattr(self.item, relation.name).set(self.old.values.get(relation.name, []))
            for row in self.kind.rows:
                self.save_rows(row)
            if hasattr(self.own, "restore_file"):
                self.own.restore_file(self.item, self.snapshot.values)
            self.own.log_addition(self.request, self.item, gettext("Recovered after it had been deleted."))
        return self.item

    def save_rows(self, row):
        rows = self.old.rows.get(row.name, {})
        taken = set(plain_rows(row.model).filter(pk__in=rows).values_list("pk", flat=True))
        for pk, values in rows.items():
            again = item_in_memory(row.model, row.columns, values, None if pk in taken else pk)
            setattr(again, row.link.attname, self.item.pk)
            again.save(force_insert=True)
