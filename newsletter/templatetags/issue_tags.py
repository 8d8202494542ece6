"""What the composing page says of each item."""

from django import template
from django.conf import settings

from desk.admin import title_of
from publishing.admin_address import admin_address
from translations.texts import languages_of

register = template.Library()


@register.simple_tag
def item_row(part):
    """`{% item_row part as row %}`: title with its language, kind, address of its form, which languages it has, and
    whether readers may see it. For an item that was deleted, that alone.
    """
    item = part.item
    if item is None:
        return {"is_gone": True}
    title, language = title_of(getattr(item, "texts", item))
    there = languages_of(item)
    return {
        "title": title or str(item),
        "language": language,
        "kind": item._meta.verbose_name,
        "address": admin_address(item),
        "languages": [(code, name, code in there) for code, name in settings.LANGUAGES],
        "is_public": item.is_public(),
        "date": item.date_in_words() if hasattr(item, "date_in_words") else getattr(item, "sent_on", ""),
    }


@register.filter
def item_kind(item):
    """“news post”: the kind of an item, in the editor's language."""
    return str(item._meta.verbose_name)
