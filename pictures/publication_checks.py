"""A picture needs a text for whoever cannot see it, beside an item or in its texts; links to files need the file."""

from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext_lazy as _

from checks.addresses import page_of, probe
from checks.findings import Matter, Severity
from checks.looking import publication_check
from checks.publication_checks import brings_its_text
from checks.texts import rich_texts
from pictures.models import Picture
from pictures.views import NAME

PICTURE_WITHOUT_ALT = Matter(
    "picture_without_alt",
    Severity.ERROR,
    _("The picture “%(picture)s” has no alternative text and is not marked as decorative."),
    mended_in="pictures.picture",
    named_by="picture",
)

page_of("library_picture", Picture, key="key")
brings_its_text(Picture, lambda picture: picture.shown_alt().text)


def is_kept(path):
    """Whether there is a file of ours by this name: what else somebody wrote is not asked for on the disk."""
    return bool(NAME.fullmatch(path)) and default_storage.exists(path)


probe("pictures:media_file", lambda arguments: is_kept(arguments["path"]))


@publication_check(models.Model, reads=["picture"])
def check_picture(item, known):
    if not any(field.name == "picture" and field.related_model is Picture for field in item._meta.concrete_fields):
        return
    picture = item.picture
    if picture is not None and picture.lacks_alt:
        yield PICTURE_WITHOUT_ALT.found(item, column="picture", picture=str(picture), pk=picture.pk)


@publication_check()
def check_pictures_in_texts(item, known):
    """A text written for the place comes first; where there is none, the library's is read out, if it has one."""
    for column, html in rich_texts(item):
        for image in known.markup(html).images:
            for picture in known.target(image.address).rows:
                if isinstance(picture, Picture) and not image.alt and picture.lacks_alt:
                    where = {"column": column.field, "language": column.language}
                    yield PICTURE_WITHOUT_ALT.found(item, **where, picture=str(picture), pk=picture.pk)
