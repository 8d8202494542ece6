"""The form for the texts of an item in one language: what was typed, held against what is stored by now."""

from __future__ import annotations

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.text import capfirst

from desk.admin import prepared_for_language
from publishing.text_words import fingerprint
from publishing.word_diff import Piece, readable, shortened, word_diff
from translations.digests import digest
from translations.kinds import Kind


def fields_of(kind: Kind) -> list[str]:
    """In the order of the model, which is that of its form."""
    return [field.name for field in kind.model._meta.concrete_fields if field.name in kind.fields]


def label_of(kind: Kind, field: str) -> str:
    return capfirst(str(kind.model._meta.get_field(field).verbose_name))


class TextsForm(forms.ModelForm):
    """Validates as the admin's form would, but what is wrong elsewhere in the item is no translator's business."""

    def _update_errors(self, errors):
        if hasattr(errors, "error_dict"):
            for name in [name for name in errors.error_dict if name not in {*self.fields, NON_FIELD_ERRORS}]:
                del errors.error_dict[name]
            if not errors.error_dict:
                return
        super()._update_errors(errors)


def form_class(kind: Kind, language: str, fields: list[str], heights: dict[str, int] | None = None):
    columns = {f"{field}_{language}": field for field in fields}

    def formfield(db_field, **kwargs):
        name = columns[db_field.name]
        if name in kind.rich:
            made = db_field.formfield(**kwargs)
            if heights and name in heights:
                made.widget.config = made.widget.config | {"height": heights[name]}
        elif db_field.get_internal_type() == "TextField":
            made = db_field.formfield(widget=AdminTextareaWidget(attrs={"rows": 5}), **kwargs)
        else:
            made = db_field.formfield(widget=AdminTextInputWidget, **kwargs)
        made.label = label_of(kind, name)
        made.help_text = ""
        made.widget.attrs["spellcheck"] = "true"
        return prepared_for_language(made, db_field)

    return forms.modelform_factory(kind.model, form=TextsForm, fields=list(columns), formfield_callback=formfield)


class Submission:
    """What came in, field by field: changed by this person or not, overtaken by somebody else's text, by a new source.

    `item` has to be locked, so that nothing comes between looking and saving.
    """

    def __init__(self, kind: Kind, language: str, item, data):
        source = kind.source_of(vars(item))
        self.data = data.copy()
        self.fields = [field for field in fields_of(kind) if f"text-{field}" in data]
        self.changed, self.overtaken, self.moved = [], [], {}
        # Digests of the source texts that this person had before their eyes.
        self.sources = {field: digest(data.get(f"source-{field}")) for field in self.fields}
        for field in self.fields:
            column, rich = f"{field}_{language}", field in kind.rich
            stored, now = getattr(item, column) or "", getattr(item, f"{field}_{source}")
            typed, shown = fingerprint(data.get(column), rich), data[f"text-{field}"]
            if typed in (shown, fingerprint(stored, rich)):
                # Not theirs to write: it may have become another text meanwhile.
                self.data[column] = stored
                continue
            self.changed.append(field)
            if fingerprint(stored, rich) != shown:
                self.overtaken.append(field)
            if digest(now, rich) != self.sources[field]:
                self.moved[field] = changes(data.get(f"source-{field}", ""), readable(now or "", rich))
        self.form = form_class(kind, language, self.fields)(self.data, instance=item)
        self.columns = [f"{field}_{language}" for field in self.changed]

    def may_be_saved(self) -> bool:
        return not self.overtaken and not self.moved and self.form.is_valid()

    def save(self):
        """Writes the columns that this person changed, and no other."""
        item = self.form.instance
        stamps = [field.name for field in item._meta.concrete_fields if getattr(field, "auto_now", False)]
        item.save(update_fields=[*self.columns, *stamps])
        self.form.changed_data = self.columns
        return item


def changes(before: str, after: str) -> list[Piece]:
    return shortened(word_diff(before.replace("\r\n", "\n"), after))
