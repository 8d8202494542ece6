"""Is an item still what it was? A short name of everything that its form writes, the rows of other tables included."""

import hashlib

from django.forms.models import _get_foreign_key

from desk.form_run import admin_of


def digest_of(item):
    """The same as long as nobody, by whatever way, changes the stored item, its relations or the rows of its form."""
    model = type(item)
    stored = model._base_manager.filter(pk=item.pk)
    # What is no part of a version may change, such as when an account was last used.
    unrecorded = getattr(admin_of(model), "unrecorded_fields", ())
    editable = [field for field in model._meta.concrete_fields if field.editable]
    columns = [field.attname for field in editable if field.name not in unrecorded]
    parts = [list(stored.values_list(*columns))]
    for field in model._meta.many_to_many:
        parts.append(sorted(stored.exclude(**{field.name: None}).values_list(field.name, flat=True)))
    for inline in admin_of(model).inlines:
        to_item = _get_foreign_key(model, inline.model, fk_name=inline.fk_name)
        row_columns = [field.attname for field in inline.model._meta.concrete_fields]
        rows = inline.model._base_manager.filter(**{to_item.name: item.pk}).order_by("pk")
        parts.append(list(rows.values_list(*row_columns)))
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()
