"""In which language of the site a thing of WordPress is, and which things are translations of one another.

Polylang puts each post into a term of the taxonomy `language`, and all posts that are translations of one another into
one of `post_translations`, whose description is a serialised array {language: number of the post}. WPML's exporter
writes fields: `_wpml_import_language_code`, `_wpml_import_source_language_code`, `_wpml_import_translation_group`.
"""

from __future__ import annotations

import re

from moving_in.staging import Staging
from moving_in.wxr.php_values import NotPhp, read_php
from moving_in.wxr.records import Item, Term
from publishing.slugs import languages

WPML_LANGUAGE = "_wpml_import_language_code"
WPML_SOURCE = "_wpml_import_source_language_code"
WPML_GROUP = "_wpml_import_translation_group"
CODE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,2}", re.IGNORECASE)


class Languages:
    """`by_code` are the webmaster's own words for codes; `default` is the language of what bears no mark."""

    def __init__(self, default: str, by_code: dict[str, str]):
        self.default = default
        self.by_code = {spelled(code): language for code, language in by_code.items()}

    def of_code(self, code: str) -> str | None:
        """The site's language for a code such as `pt-br`, `pt_PT` or `en_GB`; None for one that it has not."""
        code = spelled(code)
        if code in self.by_code:
            return self.by_code[code]
        for known in (code, code.partition("-")[0]):
            if known in languages():
                return known
        return None

    def of_item(self, item: Item | Term) -> tuple[str | None, str]:
        """(the site's language or None, the code as WordPress has it, "" where there is no mark)."""
        code = item.meta.get(WPML_LANGUAGE, "").strip()
        if not code and isinstance(item, Item):
            code = next(iter(item.slugs("language")), "")
        return (self.of_code(code), code) if code else (self.default, "")


def spelled(code: str) -> str:
    return code.strip().lower().replace("_", "-")


def note_languages(staging: Staging, known: Languages) -> None:
    """Write down the language of every item that becomes something; leave out those in a language of nobody's."""
    report, foreign, coded = staging.report, {}, {}
    for item in staging.items("becomes != ''"):
        language, code = known.of_item(item)
        if language is None:
            foreign[code] = foreign.get(code, 0) + 1
            report.note("left_out", f"“{item.title}” is in “{code}”, a language that the site has not", item.number)
            staging.set(item.number, becomes="", language="")
            continue
        coded[code, language] = coded.get((code, language), 0) + 1
        if len(item.slugs("language")) > 1:
            report.note(
                "language", f"“{item.title}” is marked with several languages; “{code}” was taken", item.number
            )
        staging.set(item.number, language=language)
    for code, number in sorted(foreign.items()):
        report.note(
            "language",
            f"{number} items in “{code}”, which the site has not. To bring them in as another: --language {code}=CODE",
        )
    for (code, language), number in sorted(coded.items()):
        report.note(
            "language", f"{number} items {f'marked “{code}”' if code else 'without a mark'} became “{language}”"
        )


def join_translations(staging: Staging) -> None:
    """Give each item the number of its group's leader: the one that the others were translated from."""
    joined: set[int] = set()
    for name, members in [*groups_of_polylang(staging), *groups_of_wpml(staging)]:
        join(staging, name, members, joined)


def groups_of_polylang(staging: Staging):
    """(name, [(code, number), …]) of each term that joins posts."""
    for term in staging.terms("post_translations"):
        try:
            value = read_php(term.description)
        except NotPhp as error:
            staging.report.note("joining", f"the list of translations “{term.slug}” cannot be read: {error}")
            continue
        if isinstance(value, dict):
            pairs = [(str(code), number) for code, number in value.items() if isinstance(number, int) and number > 0]
            yield term.slug, [pair for pair in pairs if CODE.fullmatch(pair[0])]


def groups_of_wpml(staging: Staging):
    """The original, which names no source, goes first."""
    groups: dict[tuple[str, str], list] = {}
    for item in staging.items("becomes != ''"):
        if name := item.meta.get(WPML_GROUP, "").strip():
            is_translation = bool(item.meta.get(WPML_SOURCE, "").strip())
            group = groups.setdefault((item.kind, name), [])
            group.append((is_translation, item.number, item.meta.get(WPML_LANGUAGE, "")))
    for (_kind, name), members in groups.items():
        yield name, [(code, number) for _is_translation, number, code in sorted(members)]


def join(staging: Staging, name: str, members: list[tuple[str, int]], joined: set[int]) -> None:
    report, taken, kind = staging.report, {}, None
    order = [number for _code, number in members]
    for code, number in members:
        row = staging.database.execute("SELECT becomes, language FROM items WHERE number = ?", (number,)).fetchone()
        if row is None:
            report.note("joining", f"“{name}” names {number} for “{code}”, which is not in the export", number)
            continue
        becomes, language = row
        if not becomes:
            continue  # told already: a language of nobody's, or a kind without a place here
        if number in joined:
            report.note("joining", f"it is named by two lists of translations; “{name}” comes second", number)
        elif kind is not None and becomes != kind:
            report.note("joining", f"it is a {becomes}, its translation a {kind}: they stay apart", number)
        elif language in taken:
            report.note(
                "joining", f"{taken[language]} is its group's text in “{language}” already: it stays apart", number
            )
        else:
            kind = becomes
            taken[language] = number
    if not taken:
        return
    joined.update(taken.values())
    # WPML tells the original; of Polylang, the first that was written.
    numbers = list(taken.values())
    leader = min(numbers, key=order.index) if is_of_wpml(staging, numbers[0]) else min(numbers)
    for number in taken.values():
        staging.set(number, leader=leader)
    if len(taken) > 1:
        report.count("groups of translations joined")


def is_of_wpml(staging: Staging, number: int) -> bool:
    item = staging.item(number)
    return item is not None and bool(item.meta.get(WPML_GROUP))
