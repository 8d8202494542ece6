"""What every field means, as JSON Schema (2020-12), made from the models."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from iaec_site.content_export.columns import Field, Kind, all_kinds, languages

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
REFERENCE = {"$ref": "#/$defs/reference"}
TYPES: dict[str, dict[str, Any]] = {
    "integer": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "text": {"type": "string"},
    "decimal": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string", "format": "time"},
    "moment": {"type": "string", "format": "date-time"},
    "uuid": {"type": "string", "format": "uuid"},
    "json": {},
    "reference": REFERENCE,
    "file": {"$ref": "#/$defs/file"},
    "slugs": {"$ref": "#/$defs/formerSlugs"},
    "item": {"$ref": "#/$defs/item"},
}
_NAME = {"type": "string", "description": "Kind and name of an item: “networks.city:barcelona”; “” if it is gone."}
DEFINITIONS = {
    "reference": {
        "type": "object",
        "description": "Another item of the export.",
        "properties": {"id": {"type": "integer"}, "ref": _NAME},
        "required": ["id", "ref"],
        "additionalProperties": False,
    },
    "item": {
        "type": "object",
        "description": "Another item, of any kind.",
        "properties": {"kind": {"type": "string"}, "id": {"type": "integer"}, "ref": _NAME},
        "required": ["kind", "id", "ref"],
        "additionalProperties": False,
    },
    "file": {
        "type": "object",
        "description": "A file by its path in the site's storage (MEDIA_ROOT, or a bucket).",
        "properties": {
            "path": {"type": "string"},
            "bytes": {"type": ["integer", "null"], "description": "null: the storage does not have it"},
            "sha256": {"type": ["string", "null"]},
        },
        "required": ["path", "bytes", "sha256"],
        "additionalProperties": False,
    },
    "formerSlugs": {
        "type": "array",
        "description": "Last parts of addresses that the item had before and that still lead to it.",
        "items": {
            "type": "object",
            "properties": {
                "language": {"type": "string", "description": "“” for all languages; “files”: of its files"},
                "slug": {"type": "string"},
            },
            "required": ["language", "slug"],
            "additionalProperties": False,
        },
    },
}


def schema() -> dict:
    """Of the whole document."""
    with override("en"):
        kinds = {kind.name: {"type": "array", "items": of_kind(kind)} for kind in all_kinds().values()}
    head = {
        "format": {"const": "iaec-content"},
        "version": {"const": 1},
        "made_at": {"type": "string", "format": "date-time"},
        "site": {"type": "string", "format": "uri"},
        "languages": {"type": "array", "items": {"enum": languages()}},
        "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
        "left_out": {"type": "object", "additionalProperties": {"type": "string"}},
        "schema": {"type": "object"},
        "content": {"type": "object", "properties": kinds, "required": list(kinds), "additionalProperties": False},
    }
    return {"$schema": SCHEMA, "type": "object", "properties": head, "required": list(head), "$defs": DEFINITIONS}


def of_kind(kind: Kind) -> dict:
    properties: dict[str, Any] = {"ref": {"type": "string", "description": "What other items call this one."}}
    for field in kind.fields:
        properties[field.name] = of_field(kind, field)
    for relation in kind.relations:
        field = kind.model._meta.get_field(relation.name)
        properties[relation.name] = {"type": "array", "items": REFERENCE, "description": words_of(field)}
    return {
        "type": "object",
        "title": str(kind.model._meta.verbose_name),
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def of_field(kind: Kind, field: Field) -> dict:
    name = "content_type" if field.kind == "item" else field.name
    model_field = kind.model._meta.get_field(name)
    one: dict[str, Any] = dict(TYPES[field.kind])
    if choices := [value for value, _label in model_field.flatchoices]:
        one = {"enum": [*dict.fromkeys([*choices, *([""] if model_field.blank else [])])]}
    is_by_language = field.columns.keys() != {""} and field.kind != "item"
    # What is kept as a list has an empty one instead of null.
    if (model_field.null and field.kind != "slugs") or is_by_language or field.kind == "file":
        one = {"anyOf": [one, {"type": "null"}]}
    if is_by_language:
        of_each = dict.fromkeys(field.columns, one)
        one = {
            "type": "object",
            "properties": of_each,
            "required": list(of_each),
            "additionalProperties": False,
        }
    return one | {"description": words_of(model_field)}


def words_of(field) -> str:
    """As editors read it beside the field; dates as known are EDTF, texts with a format HTML."""
    words = [str(field.verbose_name), str(field.help_text)]
    match type(field).__name__:
        case "RichTextField":
            words.append("HTML.")
        case "EDTFField" | "EventDateField":
            words.append("EDTF (ISO 8601-2).")
    return ". ".join(filter(None, (word.strip().rstrip(".") for word in words)))
