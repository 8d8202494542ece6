"""The admin's forms of publications and their files."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from publications.documents import Document
from publications.languages import choices, normalised
from publications.models import PublicationFile
from publishing.forms import TranslatedForm

MOST_FILES = 200


class FileLanguageField(forms.ChoiceField):
    """Chosen by name; a code that the list lacks stays possible."""

    def __init__(self, **kwargs):
        for name in ("encoder", "max_length", "empty_value"):
            kwargs.pop(name, None)
        super().__init__(choices=choices, **kwargs)

    def prepare_value(self, value):
        if value and not super().valid_value(value):
            self.choices = [*choices(), (value, value)]
        return value

    def valid_value(self, value):
        return True

    def clean(self, value):
        value = super().clean(value)
        return normalised(value) if value else value


class FileRows(forms.BaseInlineFormSet):
    def add_fields(self, form, index):
        """Their names stand above the columns, where a screen reader does not find them: each field gets its own."""
        super().add_fields(form, index)
        for field in form.fields.values():
            if field.label and not field.widget.is_hidden:
                field.widget.attrs.setdefault("aria-label", capfirst(field.label))


class PublicationForm(TranslatedForm):
    """Tells the checks which files the form holds: its rows are saved only after these have looked."""

    def clean(self):
        data = super().clean()
        if "files-TOTAL_FORMS" in self.data:
            self.instance.files_in_form = files_in(self.data)
        return data


def files_in(data):
    """The files (unsaved, with their documents) that the rows of a form name and do not take away."""
    try:
        count = min(int(data["files-TOTAL_FORMS"]), MOST_FILES)
    except ValueError:
        return []
    rows = []
    for number in range(max(0, count)):
        values = {name: data.get(f"files-{number}-{name}", "") for name in ("language", "document", "DELETE")}
        if values["document"].isascii() and values["document"].isdigit() and not values["DELETE"]:
            try:
                rows.append((normalised(values["language"]), int(values["document"][:15])))
            except ValidationError:
                continue
    documents = Document.objects.in_bulk([pk for language, pk in rows])
    return [PublicationFile(language=language, document=documents[pk]) for language, pk in rows if pk in documents]
