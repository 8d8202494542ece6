"""Where a picture is used: by which items, as their picture or in their texts."""

from __future__ import annotations

from typing import NamedTuple

from django.apps import apps
from django.contrib import admin
from django.db.models import Count, F, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from desk.admin import title_of
from pictures.models import Picture, PictureInText
from publishing.admin_address import admin_address

MOST_NAMED = 50  # of each kind


class Use(NamedTuple):
    kind: str
    title: str
    language: str
    address: str  # of its form; empty for an item without one
    in_text: bool


class Uses(NamedTuple):
    named: list[Use]
    unnamed: int  # of other networks, or beyond what a page can name

    @property
    def count(self) -> int:
        return len(self.named) + self.unnamed


def referring_fields():
    """Every foreign key to a picture, in whatever app."""
    return [
        relation.field
        for relation in Picture._meta.related_objects
        if relation.related_model is not PictureInText and not relation.related_model._meta.auto_created
    ]


def uses_of(picture, request) -> Uses:
    """Named as far as the person may see them: of other networks' items it only says that there are some."""
    named, unnamed = [], 0
    for model, condition, in_text in conditions(picture):
        total = model._base_manager.filter(**condition).count()
        if not total:
            continue
        found = [use_of(item, in_text) for item in visible(model, request).filter(**condition)[:MOST_NAMED]]
        named += found
        unnamed += total - len(found)
    return Uses(named, unnamed)


def conditions(picture):
    for field in referring_fields():
        yield field.model, {field.name: picture}, False
    kinds: dict[str, list[int]] = {}
    for kind, item in PictureInText.objects.filter(picture=picture).values_list("kind", "item"):
        kinds.setdefault(kind, []).append(item)
    for kind, items in sorted(kinds.items()):
        yield apps.get_model(kind), {"pk__in": items}, True


def visible(model, request):
    own = admin.site._registry.get(model)
    if own is None or not own.has_view_permission(request):
        return model._base_manager.none()
    return own.get_queryset(request)


def use_of(item, in_text):
    opts = item._meta
    title, language = title_of(item) if hasattr(type(item), "source_language") else (str(item), "")
    return Use(opts.verbose_name, title or str(item), language, admin_address(item), in_text)


def with_use_counts(pictures):
    """The queryset with `uses`, a number for each picture, in the same one query."""
    total = Value(0)
    for field in referring_fields():
        total = total + counted(field.model._base_manager.filter(**{field.name: OuterRef("pk")}), field.name)
    total = total + counted(PictureInText.objects.filter(picture=OuterRef("pk")), "picture")
    return pictures.annotate(uses=total)


def counted(rows, name):
    per_picture = rows.order_by().values(name).annotate(number=Count(F("pk"))).values("number")
    return Coalesce(Subquery(per_picture, output_field=IntegerField()), 0)
