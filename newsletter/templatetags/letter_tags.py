from django import template
from django.utils.html import format_html

from translations.texts import current_language

register = template.Library()


@register.simple_tag
def lang_of(text):
    """` lang="es"` for the element that shows a `Text` in another language than the page; else nothing."""
    if not text.text or text.language == current_language():
        return ""
    return format_html(' lang="{}"', text.language)
