"""What the admin's search looks into: a translated text in every language, any text whatever its accents."""

from django.db import models
from modeltranslation.translator import translator

from publishing.plain_text import HoldsPlainly, Together
from publishing.slugs import languages

PLAINLY = "__holds_plainly"
SIGNS = "^=@"  # Django's: starts with, equals, full text


def search_columns(model, paths):
    """`["title", "city__exonym"]` → the columns of all languages, looked for plainly; other paths stay as they are."""
    return [column for path in paths for column in columns_of(model, path)]


def columns_of(model, path):
    sign = path[0] if path[0] in SIGNS else ""
    *relations, name = path.removeprefix(sign).split("__")
    for relation in relations:
        field = model._meta.get_field(relation)
        if field.related_model is None:  # what follows is a lookup: "name__startswith"
            return [path]
        model = field.related_model
    columns = [f"{name}_{code}" for code in languages()] if is_translated(model, name) else [name]
    plainly = "" if sign or not is_text(model, name) else PLAINLY
    return [sign + "__".join([*relations, column]) + plainly for column in columns]


def parts_of(columns):
    """Columns that are looked for plainly, as (own ones, {path of a relation: its columns})."""
    own, related = [], {}
    for column in columns:
        path, _, name = column.removesuffix(PLAINLY).rpartition("__")
        (related.setdefault(path, []) if path else own).append(name)
    return own, related


def rows_with_words(rows, columns, words):
    """Those of the rows that hold each of the words in one of `columns`, which are all looked for plainly."""
    together = Together(*(models.F(column.removesuffix(PLAINLY)) for column in columns))
    for word in words:
        rows = rows.filter(HoldsPlainly(together, word))
    return rows


def is_text(model, name):
    return isinstance(model._meta.get_field(name), models.CharField | models.TextField)


def is_translated(model, name):
    return model in translator.get_registered_models() and name in translator.get_options_for_model(model).all_fields
