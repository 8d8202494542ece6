"""A letter as its readers of one kind get it: subject, plain text and HTML, made once for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import gettext, override

from newsletter.letter_addresses import absolute, addresses_of
from newsletter.letter_contents import Contents, Entry, SectionOfLetter, contents_of, note_of_language
from newsletter.letter_markup import LetterPicture, credits_in, letter_html, letter_picture
from newsletter.models import Issue
from newsletter.plain_letter import heading, paragraphs, plain_html, wrapped
from pages.models import SiteIdentity
from publishing.letter_markup import with_styles_inlined
from translations.texts import Text, text_of

KIB = 1024
# Slow lines and full boxes; beyond the second, Gmail cuts the letter and hides its end with the link to leave.
ADVISED_SIZE, LARGEST_SIZE = 30 * KIB, 90 * KIB
THUMB = 132  # pixels
FIRST_WORDS = 150


@dataclass(frozen=True)
class RenderedLetter:
    """`text` and `html` hold the placeholders of `newsletter.placeholders` in the reader's own addresses."""

    subject: str
    text: str
    html: str

    @property
    def size(self) -> int:
        """Bytes of the HTML, which mail programs cut by."""
        return len(self.html.encode())


@dataclass(frozen=True)
class Foot:
    """Who writes, from where, and what the reader can do about it."""

    name: Text
    acronym: Text
    postal: str
    email: str
    links: dict[str, str]


def render(issue: Issue, language: str, part_ids: Iterable[int]) -> RenderedLetter | None:
    """The letter in a language with these parts (ids of `IssuePart`). None where nothing remains to be said.

    A part whose item was withdrawn meanwhile is left out. The same number of queries for any number of parts of the
    same kinds.
    """
    contents = contents_of(issue, language, part_ids)
    if contents is None:
        return None
    with override(language):
        foot = foot_of(issue, language)
        subject = " ".join(contents.subject.text.split())
        return RenderedLetter(subject, text_part(contents, foot), html_part(issue, contents, foot, language))


def foot_of(issue: Issue, language: str) -> Foot:
    site = SiteIdentity.objects.select_related("seat_city").first()
    return Foot(
        text_of(site, "name"),
        text_of(site, "acronym"),
        site.postal_address if site else "",
        site.email if site else "",
        addresses_of(issue, language),
    )


# --- plain text ---


def text_part(contents: Contents, foot: Foot) -> str:
    blocks = [heading(contents.subject.text, "="), noted_language(contents.intro, plain_html(contents.intro.text))]
    for section in contents.sections:
        blocks += ["", heading(section.label.upper(), "-"), *map(entry_in_text, section.entries)]
    blocks += ["-- ", *foot_in_text(foot)]
    # A line with "-- " alone is where mail programs take the foot from.
    return paragraphs(blocks).replace("\n\n-- \n\n", "\n\n-- \n") + "\n"


def entry_in_text(entry: Entry) -> str:
    title = f"{entry.title.text} ({entry.said_in})" if entry.said_in else entry.title.text
    if entry.number:
        title = f"#{entry.number} {title}"
    lines = [wrapped(entry.note.text)] if entry.note.text else []
    lines.append(wrapped(title, "  ", "* "))
    if facts := " · ".join(filter(None, [entry.urgent, *entry.facts])):
        lines.append(wrapped(facts, "  "))
    if entry.words.text:
        words = f"[{entry.words_said_in}] {entry.words.text}" if entry.words_said_in else entry.words.text
        lines.append(wrapped(words, "  "))
    lines.append(f"  {absolute(entry.path)}")
    return "\n".join(lines)


def noted_language(text: Text, plain: str) -> str:
    here = note_of_language(text)
    return paragraphs([f"[{here}]", plain]) if here and plain else plain


def foot_in_text(foot: Foot) -> list[str]:
    links = [
        (gettext("Read this letter in your browser:"), foot.links["archive"]),
        (gettext("Change your language, subjects or how often we write:"), foot.links["preferences"]),
        (gettext("Leave the newsletter:"), foot.links["leave"]),
    ]
    return [
        "\n".join(filter(None, [wrapped(foot.name.text), wrapped(foot.postal), foot.email])),
        wrapped(why(foot)),
        *(f"{wrapped(words)}\n{address}" for words, address in links),
    ]


def why(foot: Foot) -> str:
    return gettext(
        "You get this letter because you asked for it on the site of %(name)s and confirmed that by e-mail."
    ) % {"name": foot.name.text or foot.links["home"]}


# --- HTML ---


@dataclass(frozen=True)
class ShownEntry:
    """An entry with its whole address and the picture in the size that its place asks for."""

    entry: Entry
    address: str
    picture: LetterPicture | None
    is_large: bool


def html_part(issue: Issue, contents: Contents, foot: Foot, language: str) -> str:
    sections = [(section, shown_entries(section, language)) for section in contents.sections]
    pictures = [shown.picture for _section, entries in sections for shown in entries if shown.picture]
    credits = [*credits_in(contents.intro.text), *(picture.credit for picture in pictures)]
    context = {
        "language": language,
        "issue": issue,
        "contents": contents,
        "first_words": first_words(contents),
        "intro": letter_html(contents.intro.text, contents.intro.language),
        "intro_note": note_of_language(contents.intro),
        "sections": sections,
        "foot": foot,
        "why": why(foot),
        "credits": list(dict.fromkeys(filter(None, credits))),
    }
    return with_styles_inlined(render_to_string("newsletter/letter/letter.html", context))


# Lists of many; the covers of publications are higher than they are wide.
NEVER_LARGE = ("bank", "publications")


def shown_entries(section: SectionOfLetter, language: str) -> list[ShownEntry]:
    """Focus Experiences and the first item with a picture are shown large; dates have their block instead."""
    shown, has_large = [], False
    for entry in section.entries:
        is_large = bool(entry.picture) and (section.key == "focus" or not has_large) and section.key not in NEVER_LARGE
        has_large |= is_large
        picture = None if entry.block else letter_picture(entry.picture, language, *([] if is_large else [THUMB]))
        shown.append(ShownEntry(entry, absolute(entry.path), picture, is_large and picture is not None))
    return shown


def first_words(contents: Contents) -> str:
    """What mail programs show beside the subject."""
    if contents.first_words.text:
        return contents.first_words.text
    intro = " ".join(strip_tags(contents.intro.text.replace("<", " <")).split())
    titles = " · ".join(entry.title.text for entry in contents.entries)
    words = intro or titles
    return words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rsplit(" ", 1)[0] + " …"
