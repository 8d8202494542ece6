"""What has to be right before an issue is approved: errors, which keep it back, apart from advice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.text import get_text_list
from django.utils.translation import gettext

from checks.findings import Finding, Severity, language_name
from checks.looking import findings_of_several
from newsletter.digest import digest_of_month
from newsletter.holdings import public_items
from newsletter.kinds_of_reader import parts_for, topics_of
from newsletter.letter_text import ADVISED_SIZE, KIB, LARGEST_SIZE, render
from newsletter.models import Issue, Subscriber
from newsletter.reach import readers_by_language
from publishing.admin_address import admin_address
from translations.texts import languages_of, title_field

# What the checks of items find and no reader of a letter meets.
OF_PAGES_ONLY = {"missing_languages", "missing_texts", "no_title", "title_used", "heading_skips", "empty_text"}


@dataclass(frozen=True)
class Remark:
    """One thing to mend. `address` leads to where that can be done; "" for the issue itself."""

    severity: Severity
    text: str
    where: str = ""
    address: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR


def remarks_on(issue: Issue) -> list[Remark]:
    """Errors first. As many queries for many parts as for one of each kind."""
    read = list(readers_by_language(issue))
    found = [*on_texts(issue, read), *on_readers(issue), *on_parts(issue, read), *on_links(issue), *on_letters(issue)]
    return sorted(dict.fromkeys(found), key=lambda remark: not remark.is_error)


def error(text: str, **more) -> Remark:
    return Remark(Severity.ERROR, text, **more)


def advice(text: str, **more) -> Remark:
    return Remark(Severity.ADVICE, text, **more)


def on_texts(issue: Issue, read: list[str]) -> Iterator[Remark]:
    there = languages_of(issue, "subject")
    if issue.source_language not in there:
        yield error(gettext("There is no subject in the language in which the issue is written."))
    if not read:
        yield error(gettext("Nobody would get it: no reader is concerned by what it holds."))
    if lacking := [code for code in read if code not in there and code != issue.source_language]:
        text = gettext("There is no subject in %(languages)s, where readers wait for the letter.")
        yield advice(text % {"languages": in_words(lacking)})
    for field, label in (("intro", gettext("introduction")), ("preview_text", gettext("first words"))):
        written = languages_of(issue, field)
        if written and (lacking := [code for code in read if code not in written]):
            text = gettext("The %(field)s is missing in %(languages)s.")
            yield advice(text % {"field": label, "languages": in_words(lacking)})


def on_readers(issue: Issue) -> Iterator[Remark]:
    """Who asked for one digest a month does not get two letters unless somebody wants that."""
    if issue.audience == Issue.Audience.EACH_ISSUE:
        return
    before = digest_of_month()
    waiting = Subscriber.objects.confirmed().filter(frequency=Subscriber.Frequency.MONTHLY)
    if before is not None and waiting.exists():
        text = gettext("Readers of the monthly digest have had a letter this month, number %(number)d.")
        yield advice(text % {"number": before.number})


def on_parts(issue: Issue, read: list[str]) -> Iterator[Remark]:
    parts = [part for part in issue.parts.all() if part.is_kept]
    items = public_items(parts)
    if not items and not languages_of(issue, "intro"):
        yield error(gettext("There is nothing in it: no introduction, and no item that readers may see."))
    if hidden := sum(part.pk not in items for part in parts):
        text = gettext("Not public any more, so left out of the letters: %(count)d of the items.")
        yield advice(text % {"count": hidden})
    for part in parts:
        item = items.get(part.pk)
        if item is None:
            continue
        where = {"where": str(item), "address": admin_address(item)}
        if lacking := [code for code in read if code not in languages_of(item, title_field(item))]:
            shown = issue.untranslated == Issue.Untranslated.ORIGINAL
            text = gettext("Not translated into %(languages)s: these readers get the original.")
            other = gettext("Not translated into %(languages)s: left out of these letters.")
            yield advice((text if shown else other) % {"languages": in_words(lacking)}, **where)
        picture = getattr(item, "picture", None)
        if picture and picture.lacks_alt:
            text = gettext("The picture has no alternative text.")
            yield error(text, where=str(item), address=admin_address(picture))


def on_links(issue: Issue) -> Iterator[Remark]:
    """Of the introduction, as the checks of all rich texts have it."""
    for finding in findings_of_several([issue])[0]:
        if finding.matter not in OF_PAGES_ONLY:
            yield remark_of(finding)


def remark_of(finding: Finding) -> Remark:
    return Remark(finding.severity, finding.text, where=finding.place)


def on_letters(issue: Issue) -> Iterator[Remark]:
    """By the letter of somebody who chose nothing, which is the longest of each language."""
    topics = topics_of(issue)
    for code, _name in settings.LANGUAGES:
        letter = render(issue, code, parts_for(topics, code, untranslated=issue.untranslated))
        if letter is None or letter.size <= ADVISED_SIZE:
            continue
        values = {"language": language_name(code), "size": -(-letter.size // KIB)}
        if letter.size > LARGEST_SIZE:
            text = gettext("%(language)s: %(size)d KB. Gmail cuts letters of more than 90 KB and hides their end.")
            yield error(text % values)
        else:
            text = gettext("%(language)s: %(size)d KB. Below 30 KB a letter is quick everywhere.")
            yield advice(text % values)


def in_words(codes: list[str]) -> str:
    return get_text_list([language_name(code) for code in codes], gettext("and"))
