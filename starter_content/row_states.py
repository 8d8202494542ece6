"""What an editor can see and change of a row, as one digest: a row with another digest was edited.

Left out is what nobody edits (derived columns, time stamps: those that are not editable) and the untranslated column
behind a translated field, which only repeats the language that was active at the last save. A column that is empty or
has its default says nothing, so that a new column in a later version does not make every row look edited.
"""

import hashlib
import json
from collections import defaultdict
from datetime import UTC, datetime
from functools import cache

from django.apps import apps
from django.conf import settings

# Rows that belong to a row: they are written, compared and counted with it.
OWN_ROWS = {
    "networks.city": ("memberships",),
    "editions.edition": ("figures", "recognitions"),
    "pages.siteidentity": ("social_links", "member_counts"),
}
AT_ONCE = 500


def digest(value):
    """Of anything that JSON can say, independent of the order of keys."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=written)
    return hashlib.sha256(text.encode()).hexdigest()


def written(value):
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)


def row_digests(model, pks):
    """`{pk: digest}` of the rows that (still) exist, in few queries for any number of rows."""
    pks, states = sorted(pks), {}
    for start in range(0, len(pks), AT_ONCE):
        states |= row_states(model, pks[start : start + AT_ONCE])
    return {pk: digest(state) for pk, state in states.items()}


def row_states(model, pks):
    states = {pk: {"columns": row} for pk, row in read_rows(model, "pk", pks)}
    for field in model._meta.many_to_many:
        if not field.remote_field.through._meta.auto_created:
            continue
        source, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        pairs = field.remote_field.through._base_manager.filter(**{f"{source}__in": pks})
        for pk, other in pairs.order_by(target).values_list(source, target):
            states[pk].setdefault(field.name, []).append(other)
    for name in OWN_ROWS.get(model._meta.label_lower, ()):
        relation = model._meta.get_field(name)
        rows = defaultdict(list)
        for pk, row in read_rows(relation.related_model, relation.field.attname, pks):
            rows[pk].append(row)
        for pk, own in rows.items():
            states[pk][name] = sorted(own, key=digest)
    return states


def read_rows(model, owner, pks):
    """(owner's pk, {column: value}) of each row; `owner` is "pk" or the column that refers to the owner."""
    columns = [field for field in editable_columns(model._meta.label) if field.attname != owner]
    rows = model._base_manager.filter(**{f"{owner}__in": pks})
    for pk, *values in rows.values_list(owner, *[field.attname for field in columns]):
        row = {}
        for field, value in zip(columns, values, strict=True):
            if isinstance(value, str):
                value = value.replace("\r\n", "\n")  # as browsers send what they were given
            if value not in (None, "", [], {}) and value != field.get_default():
                row[field.attname] = value
        yield pk, row


@cache
def editable_columns(label):
    columns = apps.get_model(label)._meta.concrete_fields
    names = {field.name for field in columns}
    return [
        field
        for field in columns
        if field.editable and not field.primary_key and f"{field.name}_{settings.LANGUAGE_CODE}" not in names
    ]
