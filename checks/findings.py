"""What a check found, in words: errors, by which a reader is harmed, apart from advice."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Mapping

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.html import format_html
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.admin_address import admin_address
from publishing.shown_state import moment_text


class Severity(models.TextChoices):
    """An error keeps an item from being published, advice never does."""

    ERROR = "error", _("error")
    ADVICE = "advice", _("advice")


VALUE = re.compile(r"%\((\w+)\)s")
# By name, so that what was stored can be said again in the language of whoever reads it.
MATTERS: dict[str, Matter] = {}


@dataclasses.dataclass(frozen=True)
class Matter:
    """A kind of thing that can be wrong. `words` name values of the finding: “%(address)s”.

    Three names are spoken, whatever they hold: "field" (a field of the item), "languages" and "moment".
    What another list counts already (missing translations) is shown with its item, but not `kept` for the desk.
    Where something else than the item has to be mended, `mended_in` is its kind, "pictures.picture", `named_by` the
    value that becomes the link to it, and the value "pk" says which one it is.
    """

    name: str
    severity: Severity
    words: object
    kept: bool = True
    mended_in: str = ""
    named_by: str = ""

    def __post_init__(self):
        MATTERS[self.name] = self

    def found(self, item, column="", language="", **values) -> Finding:
        """In an item; `column` and `language` say in which of its texts."""
        return Finding(self.name, self.severity, item._meta.label_lower, column, language, values)


@dataclasses.dataclass(frozen=True)
class Finding:
    matter: str
    severity: Severity
    model: str
    field: str = ""
    language: str = ""
    values: Mapping = dataclasses.field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR

    @property
    def is_kept(self) -> bool:
        return MATTERS[self.matter].kept

    @property
    def column(self) -> str:
        """The field of a form in which it can be mended; "" for none."""
        return f"{self.field}_{self.language}" if self.field and self.language else self.field

    @property
    def key(self) -> tuple:
        """Equal for the same fault in the same place, however often it is looked for."""
        return self.matter, self.field, self.language, tuple(sorted((k, str(v)) for k, v in self.values.items()))

    @property
    def text(self) -> str:
        """In the current language."""
        matter = MATTERS.get(self.matter)
        return str(matter.words) % self.spoken() if matter else self.matter

    @property
    def shown(self) -> str:
        """The text, with a link to whatever else has to be mended."""
        matter = MATTERS.get(self.matter)
        if not matter or not matter.mended_in or "pk" not in self.values:
            return self.text
        said, name = self.spoken(), matter.named_by
        address = admin_address(matter.mended_in, self.values["pk"])
        said[name] = format_html('<a href="{}">{}</a>', address, said[name])
        return format_html(VALUE.sub(r"{\1}", str(matter.words)), **said)

    @property
    def place(self) -> str:
        """Which text it is about: “Text, Spanish”; "" where it is about the item."""
        parts = [capfirst(field_label(self.model, self.field)) if self.field else "", language_name(self.language)]
        return ", ".join(filter(None, parts))

    def spoken(self) -> dict:
        said = dict(self.values)
        if "field" in said:
            said["field"] = field_label(self.model, said["field"])
        if "languages" in said:
            said["languages"] = get_text_list([language_name(code) for code in said["languages"]], gettext("and"))
        if "moment" in said:
            said["moment"] = moment_text(datetime.datetime.fromisoformat(said["moment"]))
        return said


def field_label(model: str, name: str) -> str:
    """The name that editors see; the field's own where there is no such field any more."""
    try:
        return str(apps.get_model(model)._meta.get_field(name).verbose_name)
    except (LookupError, ValueError):
        return name


def language_name(code: str) -> str:
    return gettext(dict(settings.LANGUAGES)[code]) if code in dict(settings.LANGUAGES) else code
