"""The field that keeps a picture, and the only way by which files reach the storage.

Forms and `full_clean` refuse a bad file before anything is written. `PictureFile.save` is what
every other way ends in (`save`, `create`, `bulk_create`, `picture.file.save`), so it verifies and
re-encodes again unless that is done already.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django import forms
from django.apps import apps
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import models
from django.db.models.fields.files import ImageFieldFile

from pictures.renditions import EncodedPicture, Rendition, encode
from pictures.uploads import ACCEPTED_MEDIA_TYPES, MAX_BYTES, refusal

logger = logging.getLogger(__name__)
written_names: ContextVar[list[str] | None] = ContextVar("written_names", default=None)


def encoded_upload(upload: File) -> EncodedPicture:
    """Verified and encoded once, however often form, model and storage ask for it."""
    if not hasattr(upload, "encoded_picture"):
        if upload.size is not None and upload.size > MAX_BYTES:
            raise refusal("too_many_bytes")
        upload.open()
        data = upload.read(MAX_BYTES + 1)
        upload.seek(0)
        upload.encoded_picture = encode(data.encode() if isinstance(data, str) else data)
    return upload.encoded_picture


@contextmanager
def files_removed_on_error() -> Iterator[None]:
    """Files know no transaction: those that were written inside this block go when it fails.

    Blocks nest, so a failure after `Picture.save()` but inside the admin's transaction counts too.
    """
    outer, mine = written_names.get(), []
    token = written_names.set(mine)
    try:
        yield
    except BaseException:
        for name in mine:
            try:
                default_storage.delete(name)
            except Exception:
                logger.exception("The file %s of a picture that was not saved could not be removed", name)
        raise
    finally:
        written_names.reset(token)
    if outer is not None:
        outer.extend(mine)


def store(rendition: Rendition) -> str:
    """Equal content is kept once. A file cut short by a killed process is written again."""
    name = rendition.name
    # Wanted again. Whoever is just about to remove it holds this row until the file is gone.
    apps.get_model("pictures.FormerFile").objects.filter(name=name).delete()
    if default_storage.exists(name):
        if default_storage.size(name) == len(rendition.data):
            return name
        default_storage.delete(name)
    if (written := written_names.get()) is not None:
        written.append(name)  # before writing: a full disk leaves half a file
    stored_as = default_storage.save(name, ContentFile(rendition.data))
    if stored_as != name and written is not None:
        written.append(stored_as)
    return stored_as


class PictureFile(ImageFieldFile):
    def save(self, name, content, save=True):
        encoded = encoded_upload(content)
        picture = self.instance
        with files_removed_on_error():
            self.name = store(encoded.original)
            picture.renditions = {
                format_name: [{**rendition.as_json(), "name": store(rendition)} for rendition in group]
                for format_name, group in encoded.renditions.items()
            }
            picture.width, picture.height = encoded.original.width, encoded.original.height
            setattr(picture, self.field.attname, self.name)
            self._committed = True
            if save:
                picture.save()

    save.alters_data = True


class PictureFormField(forms.FileField):
    """Not Django's ImageField: that one asks every decoder Pillow has, and believes the name's ending."""

    def to_python(self, data):
        upload = super().to_python(data)
        if upload is not None:
            encoded_upload(upload)
        return upload

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"accept": ACCEPTED_MEDIA_TYPES}


class PictureFileField(models.ImageField):
    """Stands before `width`, `height` and `renditions` in its model: they are known when it has been saved."""

    attr_class = PictureFile

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        if value and not value._committed:
            encoded_upload(value.file)
        return value

    def formfield(self, **kwargs):
        # The name of the upload is not kept, so its length is nobody's concern.
        return super().formfield(**{"form_class": PictureFormField, **kwargs, "max_length": None})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ImageField", args, kwargs
