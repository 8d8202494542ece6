"""Rich text and pictures of the site as a letter can carry them: whole addresses, fixed sizes, nothing modern."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from newsletter.letter_addresses import absolute
from pictures.in_texts import ADDRESS, ANY_IMAGE, ATTRIBUTE, keys_in, unescaped
from pictures.models import Picture

# In cleaned HTML every value stands in double quotes and holds none.
OWN_ADDRESS = re.compile(r'(?<=\s)(href|src)="(/[^"]*)"')
COLUMN = 536  # pixels: the sheet's 600 without its margins


@dataclass(frozen=True)
class LetterPicture:
    """A rendition that every mail program knows, shown `width` × `height` pixels large."""

    address: str
    width: int
    height: int
    alt: str
    alt_language: str = ""
    credit: str = ""


def letter_picture(picture: Picture | None, language: str, width: int = COLUMN, alt: str = "") -> LetterPicture | None:
    """JPEG, or PNG where it is transparent; never larger than its file. `alt` takes the place of the library's."""
    if not picture or not picture.fallback["width"]:
        return None
    file = picture.fallback
    width = min(width, file["width"])
    height = max(1, round(width * file["height"] / file["width"]))
    with override(language):
        shown = picture.shown_alt()
    text, said_in = (alt, language) if alt else (shown.text, shown.language)
    other = said_in if text and said_in != language else ""
    return LetterPicture(absolute(picture.url_of(file)), width, height, text, other, picture.credit)


def letter_html(html: str, language: str) -> SafeString:
    """Rich text, cleaned by its field. One query where it shows pictures of the library; one that is gone is left out.

    `language` is the one that the text is written in.
    """
    keys = keys_in(html)
    by_key = {picture.key: picture for picture in Picture.objects.filter(key__in=keys)} if keys else {}

    def image(match) -> str:
        found = ADDRESS.search(match[0])
        if not found:
            return match[0]
        written = dict(ATTRIBUTE.findall(match[0]))
        wanted = int(written["width"]) if re.fullmatch(r"[1-9]\d{0,3}", written.get("width", "")) else COLUMN
        shown = letter_picture(by_key.get(found[1]), language, min(wanted, COLUMN), unescaped(written.get("alt", "")))
        return image_tag(shown) if shown else ""

    html = ANY_IMAGE.sub(image, html)
    html = OWN_ADDRESS.sub(lambda match: f'{match[1]}="{absolute(match[2])}"', html)
    return mark_safe(html)


def credits_in(html: str) -> list[str]:
    """Who made the pictures of a rich text. One query where it shows any of the library."""
    keys = keys_in(html)
    return list(Picture.objects.filter(key__in=keys).order_by("pk").values_list("credit", flat=True)) if keys else []


def image_tag(shown: LetterPicture) -> str:
    lang = format_html(' lang="{}"', shown.alt_language) if shown.alt_language else ""
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="{}"{}>', shown.address, shown.width, shown.height, shown.alt, lang
    )
