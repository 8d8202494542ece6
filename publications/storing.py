"""The field that keeps a document's file, and the only way by which one reaches the storage.

Files lie in the storage's folder `documents/`, each under a name that nobody can guess and that tells nothing. The
public gets them at other addresses, through `publications.serving`, which knows what is public.
"""

import secrets

from django import forms
from django.db import models
from django.db.models.fields.files import FieldFile

from pictures.files import files_removed_on_error, written_names
from publications.uploads import ACCEPTED, inspected

FOLDER = "documents"


def unguessable_name(instance, filename):
    token = secrets.token_hex(16)
    return f"{FOLDER}/{token[:2]}/{token}.pdf"


class DocumentFile(FieldFile):
    def save(self, name, content, save=True):
        """Looked at again unless that is done: `create` and `document.file.save` come this way too."""
        facts = inspected(content)
        document = self.instance
        with files_removed_on_error():
            wanted = self.field.generate_filename(document, name)
            written_names.get().append(wanted)  # before writing: a full disk leaves half a file
            self.name = self.storage.save(wanted, content)
            setattr(document, self.field.attname, self.name)
            self._committed = True
            document.size, document.digest, document.pages = facts.size, facts.digest, facts.pages
            document.is_tagged, document.language_in_file = facts.is_tagged, facts.language
            if save:
                document.save()

    save.alters_data = True


class DocumentFormField(forms.FileField):
    def to_python(self, data):
        upload = super().to_python(data)
        if upload is not None:
            inspected(upload)
        return upload

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"accept": ACCEPTED}


class DocumentFileField(models.FileField):
    """Stands before the columns that are known when it has been saved."""

    attr_class = DocumentFile

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        if value and not value._committed:
            inspected(value.file)
        return value

    def formfield(self, **kwargs):
        # The name of the upload is not kept, so its length is nobody's concern.
        return super().formfield(**{"form_class": DocumentFormField, **kwargs, "max_length": None})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs
