"""An item's picture needs a text for whoever cannot see it; links to files need the file."""

from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext_lazy as _

from checks.addresses import probe
from checks.findings import Matter, Severity
from checks.looking import publication_check
from pictures.models import Picture
from pictures.views import NAME

PICTURE_WITHOUT_ALT = Matter(
    "picture_without_alt",
    Severity.ERROR,
    _("The picture “%(picture)s” has no alternative text and is not marked as decorative."),
)


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
        yield PICTURE_WITHOUT_ALT.found(item, column="picture", picture=str(picture))
