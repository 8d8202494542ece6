"""Translated texts in templates.

Never print `{{ item.title }}` of a translated field: its language may not be the page's.
"""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from pictures.in_texts import with_library_pictures
from pictures.shown import request_of
from translations.language_names import name_here
from translations.texts import current_language, shown_language, text_of, title_field

register = template.Library()

ONE_LANGUAGE = re.compile(r'<span lang="([a-z-]+)">[^<]*</span>')


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


@register.simple_tag(takes_context=True)
def translated_html(context, item, field, language=""):
    """Rich text (cleaned by its field on the way into the database); inside `<div lang>` where needed.

    Pictures of the library come with all their renditions and their credits.
    """
    text, language = text_of(item, field, language)
    text = with_library_pictures(text, language, request_of(context))
    if not text or language == current_language():
        return mark_safe(text)
    return format_html('<div lang="{}">{}</div>', language, mark_safe(text))


@register.simple_tag
def lang_attribute(item, field):
    """` lang="es"` for the element that holds the text, or nothing where it is in the page's language."""
    language = shown_language(item, field)
    return "" if language == current_language() else format_html(' lang="{}"', language)


@register.filter
def language_of_markup(html):
    """` lang="es"` for the attribute that holds the text of what `translated` printed; nothing for mixed texts."""
    found = ONE_LANGUAGE.fullmatch(html.strip())
    return format_html(' lang="{}"', found[1]) if found else ""


@register.simple_tag
def joined_texts(texts, first=""):
    """Several texts, after a `first` one of the page itself, with commas; each in another language says so."""
    parts = [first] if first else []
    for text, language in texts:
        is_other = language != current_language()
        parts.append(format_html('<span lang="{}">{}</span>', language, text) if is_other else text)
    return format_html_join(", ", "{}", ((part,) for part in parts))


@register.simple_tag
def language_mark(item, form=""):
    """“in Spanish”, beside an item in a list whose title is in another language than the page; else nothing.

    `{% language_mark event "short" %}` shows the code alone where there is little room, and says the words.
    """
    language = shown_language(item, title_field(item))
    if language == current_language():
        return ""
    words = gettext("in %(language)s") % {"language": name_here(language)}
    if form == "short":
        return format_html(
            ' <span class="language-mark"><span aria-hidden="true">{}</span>'
            '<span class="visually-hidden">({})</span></span>',
            language,
            words,
        )
    return format_html('<span class="language-mark">{}</span>', words)
