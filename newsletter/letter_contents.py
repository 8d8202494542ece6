"""What stands in an issue for one kind of reader, in one language, before it becomes HTML, plain text or a page.

Letters, their text part and the archive all say the same, because all of them are made of this.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext, ngettext, override

from agenda.models import Event
from agenda.templatetags.agenda_tags import ShownDates
from editions.models import Edition
from experiences.models import Experience, FocusIssue
from networks.models import Network
from news.models import Post
from newsletter.holdings import SECTIONS, holding_of, in_order, public_items
from newsletter.models import Issue, IssuePart
from pictures.models import Picture
from publications.models import Publication
from publishing.date_text import DateBlock, date_text
from publishing.dates import EdtfDate, parse_edtf
from translations.language_names import name_here
from translations.texts import Text, current_language, text_of, title_field

NO_TEXT = Text("", "")


@dataclass(frozen=True)
class Entry:
    """One item. `facts` are short words below or above its title, in the letter's language; `urgent` is one of them
    that has to be seen ("12 days left", "Cancelled"). `said_in` names the language of a title in another one,
    `words_said_in` that of words below a title in the letter's.
    """

    part_id: int
    path: str
    title: Text
    words: Text = NO_TEXT
    note: Text = NO_TEXT
    facts: tuple[str, ...] = ()
    urgent: str = ""
    block: DateBlock | None = None
    number: int | None = None
    picture: Picture | None = None
    said_in: str = ""
    words_said_in: str = ""


@dataclass(frozen=True)
class SectionOfLetter:
    key: str
    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Contents:
    subject: Text
    first_words: Text
    intro: Text
    sections: tuple[SectionOfLetter, ...]

    @property
    def entries(self) -> list[Entry]:
        return [entry for section in self.sections for entry in section.entries]


def contents_of(issue: Issue, language: str, part_ids: Iterable[int] | None = None) -> Contents | None:
    """The issue in a language (a code of the site's), with these parts, or with all that are kept.

    A part that was dropped, or whose item readers may not see (any more), is left out, and a section without parts
    too. None where nothing remains: an introduction by itself is a letter only if the issue holds nothing else.

    Three queries and one for each kind of item that occurs, however many there are.
    """
    wanted = None if part_ids is None else set(part_ids)
    kept = [part for part in in_order(issue.parts.all()) if part.is_kept]
    parts = [part for part in kept if wanted is None or part.pk in wanted]
    items = public_items(parts)
    with override(language):
        entries = [(part, entry_of(issue, part, items[part.pk])) for part in parts if part.pk in items]
        sections = tuple(
            SectionOfLetter(key, str(key.label), here)
            for key in SECTIONS
            if (here := tuple(entry for part, entry in entries if part.section == key))
        )
        intro = own_text(issue, issue, "intro")
        if not sections and (kept or not intro.text):
            return None
        return Contents(text_of(issue, "subject"), own_text(issue, issue, "preview_text"), intro, sections)


def own_text(issue: Issue, item: models.Model, field: str) -> Text:
    """In the letter's language; else in the original one or not at all, as the editor chose for this issue."""
    found = text_of(item, field)
    if issue.untranslated == Issue.Untranslated.LEFT_OUT and found.language != current_language():
        return NO_TEXT
    return found


def entry_of(issue: Issue, part: IssuePart, item: models.Model) -> Entry:
    title, words = text_of(item, title_field(item)), own_text(issue, item, holding_of(type(item)).words)
    said_in, words_said_in = note_of_language(title), note_of_language(words)
    more = {
        "words": words,
        "note": own_text(issue, part, "note"),
        "picture": getattr(item, "picture", None),
        "said_in": said_in,
        "words_said_in": "" if words_said_in == said_in else words_said_in,
    }
    more |= FACTS.get(type(item), no_facts)(item)
    return Entry(part.pk, item.get_absolute_url(), title, **more)


def note_of_language(text: Text) -> str:
    """“in Spanish” for a text that is in another language than the letter; else nothing."""
    if not text.text or text.language == current_language():
        return ""
    return gettext("in %(language)s") % {"language": name_here(text.language)}


# --- facts of each kind of item, in the active language ---


def no_facts(item) -> dict:
    return {}


def facts_of_event(event: Event) -> dict:
    dates = ShownDates(event)
    place = event.place or (str(event.city) if event.city_id else "")
    if not place and event.mode == Event.Mode.ONLINE:
        place = gettext("Online")
    facts = (html.unescape(strip_tags(dates.full)), place, event.get_kind_display())
    return {"facts": present(facts), "urgent": urgent_words(event, dates.days_left), "block": dates.block}


def urgent_words(event: Event, days: int | None) -> str:
    if event.status == Event.Status.CANCELLED:
        return gettext("Cancelled")
    if event.status == Event.Status.POSTPONED:
        return gettext("Postponed")
    if days is None:
        return ""
    if days == 0:
        return gettext("Last day today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def facts_of_post(post: Post) -> dict:
    when = parse_edtf(post.date_edtf) if post.date_edtf else EdtfDate.from_days(post.date)
    return {"facts": (date_text(when, current_language()),)}


def facts_of_experience(experience: Experience) -> dict:
    return {"facts": present((experience.place_name, experience.country_name))}


def facts_of_focus(issue: FocusIssue) -> dict:
    return facts_of_experience(issue.experience) | {"number": issue.number}


def facts_of_edition(edition: Edition) -> dict:
    host = str(edition.host_city) if edition.host_city_id else ""
    return {"facts": present((date_text(parse_edtf(edition.date), current_language()), host, edition.country_name))}


def facts_of_publication(publication: Publication) -> dict:
    series = text_of(publication.series, "name").text if publication.series_id else ""
    number = gettext("no. %(number)s") % {"number": publication.number} if publication.number else ""
    when = date_text(parse_edtf(publication.date), current_language()) if publication.date else ""
    return {"facts": present((" ".join(present((series, number))), when))}


def facts_of_network(network: Network) -> dict:
    # Under the name that it has itself, where the title is another one.
    return {"facts": (network.official_name,) if network.name_differs else ()}


FACTS: dict[type, Callable[[models.Model], dict]] = {
    Event: facts_of_event,
    Post: facts_of_post,
    Experience: facts_of_experience,
    FocusIssue: facts_of_focus,
    Edition: facts_of_edition,
    Network: facts_of_network,
    Publication: facts_of_publication,
}


def present(facts: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(fact) for fact in facts if fact)
