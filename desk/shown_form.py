"""What a form showed when somebody opened it: a short digest of each value, signed, in a hidden field of the form.

A value's place is "title_en" in the item and "figures/12/value" in the row 12 of an inline; "figures/12" alone stands
for a row that can only be looked at or taken away.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b85encode
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.core import signing
from django.core.files import File
from django.db.models import Model, QuerySet
from django.utils import timezone

from publishing.rich_text import RichTextField
from publishing.text_words import fingerprint

FIELD = "_as_shown"
_SALT = "desk.shown_form"


@dataclass
class ShownForm:
    digests: dict[str, str]
    at: datetime
    # Places at which the form asked whose text is to stay.
    asked: list[str] = field(default_factory=list)

    def signed(self, key: str) -> str:
        content = {"of": key, "at": self.at.timestamp(), "values": self.digests, "asked": self.asked}
        return signing.dumps(content, salt=_SALT, compress=True)

    @classmethod
    def read(cls, text: str | None, key: str) -> ShownForm | None:
        """None for what is not ours or belongs to another item: then nothing is known of what was shown."""
        try:
            content = signing.loads(text or "", salt=_SALT)
        except signing.BadSignature:
            return None
        if content["of"] != key:
            return None
        at = datetime.fromtimestamp(content["at"], tz=timezone.get_current_timezone())
        return cls(content["values"], at, content["asked"])


def key_of(model, pk) -> str:
    return f"{model._meta.label_lower}:{pk}"


def column_of(form, name):
    """The model's field behind a field of a form; None where there is none."""
    return next((column for column in form._meta.model._meta.get_fields() if column.name == name), None)


def digest_of(column, value) -> str:
    """The same for a value as it is stored and as a form reads it."""
    if isinstance(column, RichTextField):
        return fingerprint(value, True)[:12]
    text = plain(value)
    return b85encode(hashlib.blake2b(text.encode(), digest_size=6).digest()).decode() if text else ""


def plain(value) -> str:
    if value is None or value == "" or value is False:
        return ""
    if isinstance(value, str):
        return "\n".join(value.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n"))
    if isinstance(value, datetime):
        # Forms show minutes.
        return value.astimezone(timezone.get_default_timezone()).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, QuerySet):
        return ",".join(sorted(str(row.pk) for row in value))
    if isinstance(value, File):
        return value.name or ""
    if isinstance(value, list | tuple | set):
        if value and all(isinstance(row, Model) for row in value):
            return ",".join(sorted(str(row.pk) for row in value))
        # Codes that are ticked come in the order of the boxes.
        entries = sorted(value) if all(isinstance(row, str) for row in value) else list(value)
        return json.dumps(entries, sort_keys=True, default=str) if entries else ""
    return str(value.normalize()) if hasattr(value, "normalize") else str(value)


def places(form, formsets, can_change):
    """`{place: (form, name)}` of an unbound form and its rows; `can_change(formset)` says whether rows have fields."""
    found = {name: (form, name) for name in form.fields if column_of(form, name) is not None}
    for formset in formsets:
        own = {formset.fk.name, formset.model._meta.pk.name, "DELETE"}
        for row in formset.initial_forms:
            start = f"{formset.prefix}/{row.instance.pk}"
            found[start] = (row, "")
            if can_change(formset):
                found |= {f"{start}/{name}": (row, name) for name in row.fields if name not in own}
    return found


def digests_of(found) -> dict[str, str]:
    """What stands at each place of an unbound form."""
    columns = {}
    result = {}
    for place, (form, name) in found.items():
        if not name:
            result[place] = "."
            continue
        model = form._meta.model
        if model not in columns:
            columns[model] = {column.name: column for column in model._meta.get_fields()}
        result[place] = digest_of(columns[model].get(name), form.get_initial_for_field(form.fields[name], name))
    return result
