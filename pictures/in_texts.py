"""Library pictures in rich text.

The text holds `<img src="/picture/<key>" alt="…">` and no more: the address leads to the picture's present file, so a
replaced one shows everywhere. Pages show it with all its renditions, its size, and its credit beside it: see
`with_library_pictures`. An alternative text written in the text comes first; where there is none, the library's is
read out. A picture that was deleted is left out.

Which items show which picture is kept in `PictureInText`, so that nobody has to search all texts for it.
"""

from __future__ import annotations

import re
from functools import cache

from django.apps import apps
from django.template.loader import render_to_string
from django.utils.html import escape

from pictures.models import Picture, PictureInText, ShownAlt
from pictures.shown import note_shown, picture_context
from publishing.rich_text import RichTextField

# In cleaned HTML every value stands in double quotes and holds none.
KEY = r"[A-Za-z0-9_-]{8,16}"
ADDRESS = re.compile(rf'src="/picture/({KEY})"')
IMAGE = r'<img(?:[^>"]|"[^"]*")*>'
LINK = r'<a(?:[^>"]|"[^"]*")*>'
ALONE = re.compile(rf"<p[^>]*>\s*({LINK})?\s*({IMAGE})\s*(</a>)?\s*</p>")
FIGURE = re.compile(r"<figure([^>]*)>(.*?)</figure>", re.DOTALL)
ANY_IMAGE = re.compile(IMAGE)
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
WIDEST_OF_ITS_OWN = 640  # narrower pictures keep the width that the editor gave them; wider ones fill the column


def keys_in(html: str) -> set[str]:
    """Keys of the library pictures that a rich text shows."""
    return set(ADDRESS.findall(html or ""))


def with_library_pictures(html: str, language: str, request=None) -> str:
    """Cleaned rich text for a page. One query where it shows pictures of the library, none where it does not."""
    keys = keys_in(html)
    if not keys:
        return html
    shown = InText(Picture.objects.filter(key__in=keys), language, request)
    html = FIGURE.sub(shown.figure, html)
    html = ALONE.sub(shown.alone, html)
    return ANY_IMAGE.sub(shown.among_text, html)


class InText:
    def __init__(self, pictures, language, request):
        self.by_key = {picture.key: picture for picture in pictures}
        self.language = language
        self.request = request

    def image(self, tag: str) -> tuple[Picture | None, str]:
        """The picture, and its markup; none for an image that is not of the library, and stays as it is."""
        found = ADDRESS.search(tag)
        if not found:
            return None, tag
        picture = self.by_key.get(found[1])
        if picture is None:
            return None, ""
        written = dict(ATTRIBUTE.findall(tag))
        context = picture_context(picture, "content", None)
        # Escaped in the text already, and escaped once more by the template.
        if alt := unescaped(written.get("alt", "")):
            context |= shown_alt(ShownAlt(alt, self.language), self.language)
        else:
            context |= shown_alt(picture.shown_alt(), self.language)
        width = int(written["width"]) if written.get("width", "").isdecimal() and len(written["width"]) < 5 else 0
        if 0 < width <= WIDEST_OF_ITS_OWN and picture.width:
            context |= {
                "width": width,
                "height": max(1, round(width * picture.height / picture.width)),
                "classes": "picture-in-text",
                "sizes": f"min({width}px, 92vw)",
            }
        return picture, render_to_string("pictures/_picture.html", context).strip()

    def alone(self, match) -> str:
        """A picture that is a paragraph of its own becomes a figure with its credit."""
        opened, tag, closed = match[1] or "", match[2], match[3] or ""
        picture, markup = self.image(tag)
        if picture is None:
            return match[0] if markup else ""
        return f'<figure class="picture-figure">{opened}{markup}{closed}{self.caption(picture)}</figure>'

    def figure(self, match) -> str:
        """The editor's own figure: the credit goes into its caption."""
        credits = []

        def shown(tag):
            picture, markup = self.image(tag[0])
            if picture is not None:
                credits.append(self.credit(picture))
            return markup

        inside = ANY_IMAGE.sub(shown, match[2])
        credit = " ".join(filter(None, credits))
        if not credit:
            return f"<figure{match[1]}>{inside}</figure>"
        if "</figcaption>" in inside:
            inside = inside.replace("</figcaption>", f" {credit}</figcaption>", 1)
        else:
            inside += f"<figcaption>{credit}</figcaption>"
        return f"<figure{match[1]}>{inside}</figure>"

    def among_text(self, match) -> str:
        """Within a line there is no room for a credit: the page names it at its end."""
        if "/picture/" not in match[0]:
            return match[0]
        picture, markup = self.image(match[0])
        if picture is not None:
            note_shown(self.request, picture)
        return markup

    def credit(self, picture) -> str:
        return render_to_string("pictures/_credit.html", {"picture": picture}).strip()

    def caption(self, picture) -> str:
        credit = self.credit(picture)
        return f'<figcaption class="picture-caption">{credit}</figcaption>' if credit else ""


def shown_alt(alt: ShownAlt, around: str) -> dict:
    return {"alt": alt.text, "alt_language": alt.language if alt.language != around else ""}


def unescaped(value: str) -> str:
    for character in '<>"':
        value = value.replace(escape(character), character)
    return value.replace("&amp;", "&").strip()


# --- where pictures are used ---


@cache
def models_with_rich_text() -> dict:
    """Model: the columns of its rich texts, in all languages."""
    found = {}
    for model in apps.get_models():
        columns = [field.attname for field in model._meta.concrete_fields if isinstance(field, RichTextField)]
        if columns:
            found[model] = columns
    return found


def kind_of(model) -> str:
    return model._meta.label_lower


def note_uses(sender, instance, raw=False, **kwargs):
    """After each save of an item with rich text. `update()` sends no signal: do not write rich text by it."""
    columns = models_with_rich_text().get(sender)
    if columns is None:
        return
    keys = {key for column in columns for key in keys_in(instance.__dict__.get(column))}
    if instance.get_deferred_fields() & set(columns):
        return  # it was not read whole, so its texts were not written
    rows = PictureInText.objects.filter(kind=kind_of(sender), item=instance.pk)
    noted = dict(rows.values_list("picture_id", "pk"))
    shown = set(Picture.objects.filter(key__in=keys).values_list("pk", flat=True)) if keys else set()
    if gone := set(noted) - shown:
        rows.filter(picture__in=gone).delete()
    PictureInText.objects.bulk_create(
        [PictureInText(picture_id=pk, kind=kind_of(sender), item=instance.pk) for pk in shown - set(noted)],
        ignore_conflicts=True,
    )


def forget_uses(sender, instance, **kwargs):
    """After an item was deleted."""
    if sender in models_with_rich_text():
        PictureInText.objects.filter(kind=kind_of(sender), item=instance.pk).delete()
