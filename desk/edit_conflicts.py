"""Two editors in one item: what each of them changed is told apart, field by field, before anything is saved.

The form says what it showed (`ShownForm`), the database what there is now, the browser what this editor wants. What
only the other changed stays as the other left it. Where both changed the same, the editor is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext

from desk.last_saved import Saved
from desk.posted_rows import PostedRow, read_rows, write_rows
from desk.posted_values import as_posted
from desk.shown_form import ShownForm, column_of, digest_of
from desk.value_words import stored_value, words_of_value
from publishing.rich_text import RichTextField
from publishing.word_diff import readable, shortened, word_diff

CHOICE = "_choice-"
MINE, THEIRS = "mine", "theirs"


@dataclass
class Outcome:
    """What becomes of a form that came in."""

    data: object  # the request's data, with what the other changed
    files: object
    shown: ShownForm  # what the form shows if it comes back
    merged: list[str] = field(default_factory=list)  # labels of what the other changed and this editor did not
    notes: dict[str, str] = field(default_factory=dict)  # boxes, by the name of the field in the form
    row_notes: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)

    @property
    def must_ask(self):
        return bool(self.notes or self.row_notes)


class Merge:
    """One form. `stored` and `typed` are (form, formsets), unbound and bound; `found` the places of the first."""

    def __init__(self, stored, typed, found, shown, now, data, files, saved: Saved):
        self.stored, self.typed, self.found, self.now = stored, typed, found, now
        # A form that does not say what it showed may overwrite nothing.
        self.before = shown.digests if shown else {}
        self.asked = set(shown.asked if shown else ())
        self.saved = saved
        self.outcome = Outcome(data, files, ShownForm(dict(now), timezone.now()))

    def run(self) -> Outcome:
        form, formsets = self.stored
        mine, my_formsets = self.typed
        mine.is_valid()
        data, files = self.outcome.data, self.outcome.files
        item = PostedRow("", {name: data.getlist(name) for name in data})
        for name in form.fields:
            if name in self.found:
                self.settle(name, form, name, mine, item)
        for name in item.replaced:
            data.setlist(name, item.values[name]) if item.values[name] else data.pop(name, None)
            files.pop(name, None)
        self.outcome.notes = {name: rendered(note, name) for name, note in item.notes.items()}
        for formset, my_formset in zip(formsets, my_formsets, strict=True):
            self.settle_rows(formset, my_formset)
        return self.outcome

    def settle(self, place, form, name, mine, row):
        """One field; `row` changes where the text of the other stays, and gets a note where both have one."""
        moved = self.before.get(place) != self.now[place]
        was_asked = place in self.asked
        if not moved and not was_asked:
            return
        wanted = digest_of(column_of(form, name), mine.cleaned_data[name]) if name in mine.cleaned_data else None
        if wanted == self.now[place]:
            return
        if was_asked and not moved:
            choice = self.outcome.data.get(f"{CHOICE}{mine.add_prefix(name)}")
            if choice == MINE:
                return
            if choice == THEIRS:
                take_theirs(form, name, row)
                return
        elif place in self.before and wanted == self.before[place]:
            take_theirs(form, name, row)
            self.outcome.merged.append(label_of(form, name))
            return
        self.outcome.shown.asked.append(place)
        row.notes[name] = self.question(form, name, mine, third=was_asked and moved)

    def settle_rows(self, formset, my_formset):
        prefix, key = formset.prefix, formset.model._meta.pk.name
        stored = {str(row.instance.pk): row for row in formset.initial_forms}
        before = {place.split("/")[1] for place in self.before if place.startswith(f"{prefix}/")}
        existing, new = {}, []
        for index, row in enumerate(read_rows(self.outcome.data, self.outcome.files, prefix, key)):
            mine = my_formset.forms[index] if index < len(my_formset.forms) else None
            if not row.pk or mine is None:
                new.append(row)
            elif row.pk in stored:
                self.settle_row(formset, stored[row.pk], mine, row)
                existing[row.pk] = row
            elif self.is_worth_keeping(prefix, row, mine):
                text = gettext("This row was deleted meanwhile (%(who)s). Save again to add it anew, or remove it.")
                row.notes[""] = text % {"who": self.saved.in_words()}
                row.values[key], row.pk = [""], ""
                new.append(row)
            elif not row.is_ticked_off:
                self.outcome.merged.append(name_of_row(formset))
        for pk, form in stored.items():
            if pk not in existing:
                existing[pk] = row_as_stored(form, formset)
                if pk not in before:
                    self.outcome.merged.append(name_of_row(formset))
        rows = [existing[pk] for pk in stored]
        write_rows(self.outcome.data, self.outcome.files, prefix, rows, new)
        for index, row in enumerate([*rows, *new]):
            if row.notes:
                self.outcome.row_notes[prefix, index] = {
                    name: rendered(note, f"{prefix}-{index}-{name}") for name, note in row.notes.items()
                }

    def settle_row(self, formset, form, mine, row):
        start = f"{formset.prefix}/{row.pk}"
        names = [name for name in form.fields if f"{start}/{name}" in self.found]
        if row.is_ticked_off:
            if any(self.before.get(f"{start}/{name}") != self.now[f"{start}/{name}"] for name in names):
                row.values = row_as_stored(form, formset).values
                text = gettext(
                    "You wanted to delete this row, and it was changed meanwhile (%(who)s). "
                    "Look at it, then tick “delete” again if it is still to go."
                )
                row.notes[""] = text % {"who": self.saved.in_words()}
            return
        mine.is_valid()
        for name in names:
            self.settle(f"{start}/{name}", form, name, mine, row)

    def is_worth_keeping(self, prefix, row, mine):
        """Whether this editor changed a row that is gone."""
        if row.is_ticked_off:
            return False
        start = f"{prefix}/{row.pk}"
        names = [name for name in mine.fields if f"{start}/{name}" in self.before]
        if not names:
            return start not in self.before and len(row.values) > 2  # more than its number and that of the item
        mine.is_valid()
        cleaned = getattr(mine, "cleaned_data", {})
        return any(
            name not in cleaned or digest_of(column_of(mine, name), cleaned[name]) != self.before[f"{start}/{name}"]
            for name in names
        )

    def question(self, form, name, mine, third):
        column = column_of(form, name)
        theirs = words_of_value(column, stored_value(form, name), form.fields[name])
        if name in getattr(mine, "cleaned_data", {}):
            typed = words_of_value(column, mine.cleaned_data[name], form.fields[name])
        else:
            typed = readable(str(mine[name].value() or ""), isinstance(column, RichTextField))
        is_text = column.get_internal_type() in ("TextField", "CharField") and not column.choices
        return {
            "label": label_of(form, name),
            "language": form.fields[name].widget.attrs.get("lang", ""),
            "saved": self.saved,
            "theirs": theirs,
            "pieces": shortened(word_diff(typed, theirs)) if is_text and typed and theirs else [],
            "third": third,
        }


def rendered(note, name):
    """The box for a field of this name in the form that comes back; a plain sentence stays one."""
    if isinstance(note, str):
        return note
    return render_to_string("admin/desk/_edit_conflict.html", note | {"name": f"{CHOICE}{name}"})


def take_theirs(form, name, row):
    for posted, texts in as_posted(form[name]).items():
        posted = posted.removeprefix(f"{form.prefix}-") if form.prefix else posted
        row.values[posted] = texts
        row.files.pop(posted, None)
        row.replaced.append(posted)


def label_of(form, name):
    label = form[name].label
    return str(label)[:1].upper() + str(label)[1:]


def name_of_row(formset):
    text = gettext("a row of “%(name)s”")
    return text % {"name": formset.model._meta.verbose_name_plural}


def row_as_stored(form, formset):
    own = formset.model._meta.pk.name
    values = {}
    for name in form.fields:
        if name != "DELETE":
            for posted, texts in as_posted(form[name]).items():
                values[posted.removeprefix(f"{form.prefix}-")] = texts
    values[own] = [str(form.instance.pk)]
    return PostedRow(str(form.instance.pk), values)
