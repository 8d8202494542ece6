"""Translated texts in templates.

Never print `{{ item.title }}` of a translated field: its language may not be the page's.
"""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from translations.texts import bearer, current_language, shown_language, text_of

register = template.Library()


def title_field(item):
    return getattr(bearer(item), "title_field", "title")


@register.simple_tag
def translated(item, field=""):
    """The text, escaped; inside `<span lang>` where it is in another language than the page.

    Without a field: the item's title.
    """
    field = field or title_field(item)
    text, language = text_of(item, field)
    if not text or language == current_language():
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.simple_tag
def translated_text(item, field="", language=""):
    """The bare text, for places that can carry no markup: `<title>`, `alt`, descriptions.

    In the page's language by default, as in the tag below.
    """
    field = field or title_field(item)
    return text_of(item, field, language).text


@register.simple_tag
def translated_html(item, field, language=""):
    """Rich text (cleaned by its field on the way into the database); inside `<div lang>` where needed."""
    text, language = text_of(item, field, language)
    if not text or language == current_language():
        return mark_safe(text)
    return format_html('<div lang="{}">{}</div>', language, mark_safe(text))


@register.simple_tag
def lang_attribute(item, field):
    """` lang="es"` for the element that holds the text, or nothing where it is in the page's language."""
    language = shown_language(item, field)
    return "" if language == current_language() else format_html(' lang="{}"', language)
