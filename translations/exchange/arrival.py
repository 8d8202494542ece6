"""Brings texts that came back into the items, one by one, and says of each what became of it.

Each text is judged by itself: a translator whose second paragraph is refused should not have to send the other forty
again. What is taken of one item is written in one save, with its row locked from the first look at the source, so that
no source can move on in between. Some items share a transaction, because to read, lock and keep the history of each by
itself takes twice as long; one that cannot be saved takes no other with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.history.acts import Act
from desk.history.recording import note_before, recorded
from translations import ledger
from translations.digests import digest
from translations.exchange.markup import accepted
from translations.exchange.units import BrokenMarkup, Returned, lines_alike
from translations.kinds import Kind, kinds
from translations.models import State, TranslationEntry
from translations.rights import has_permission_to_change, languages_of_translator
from translations.texts import ALL_LANGUAGES

# Items whose rows are locked at a time: on SQLite others wait to write meanwhile, about a third of a second.
TOGETHER = 25

SOURCE_MOVED = gettext_lazy("the source has changed since this was exported; export it again")

REPLACES = gettext_lazy("replaces a translation that is up to date")


class Outcome(models.TextChoices):
    WRITTEN = "written", gettext_lazy("written")
    CONFIRMED = "confirmed", gettext_lazy("confirmed as it was")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    SKIPPED = "skipped", gettext_lazy("not translated yet")
    REFUSED = "refused", gettext_lazy("refused")


@dataclass
class Line:
    """One text in the report."""

    text: Returned
    outcome: Outcome = Outcome.REFUSED
    reason: str = ""
    title: str = ""


class Refused(Exception):
    """Why a text cannot be taken, for people."""


def bring_in(
    texts: Iterable[Returned],
    *,
    by=None,
    may_change: Callable = has_permission_to_change,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> list[Line]:
    """Write what can be written; returns a line for each text, in their order.

    `by` is the user who does it and whose rights count (`may_change` says of a user and an item); without one, as on
    the command line, everything may be changed. A dry run writes nothing and reports the same.
    """
    lines = [Line(text) for text in texts]
    for done in bring_in_by_steps(lines, by=by, may_change=may_change, dry_run=dry_run):
        progress(done, len(lines))
    return lines


def bring_in_by_steps(
    lines: list[Line], *, by=None, may_change: Callable = has_permission_to_change, dry_run: bool = False
) -> Iterator[int]:
    """As `bring_in`, which says what the arguments are; fills in `lines` and yields how many of them are done."""
    items: dict[Kind, dict[int, list[Line]]] = {}
    done = 0
    for line in lines:
        try:
            kind, pk = named(line.text.name)
            items.setdefault(kind, {}).setdefault(pk, []).append(line)
        except Refused as error:
            refuse([line], str(error))
            done += 1
    ledger.refresh()
    desk = Desk(by, may_change, set(ALL_LANGUAGES if by is None else languages_of_translator(by)), dry_run)
    for kind, of_kind in items.items():
        pks = list(of_kind)
        for at in range(0, len(pks), TOGETHER):
            several = {pk: of_kind[pk] for pk in pks[at : at + TOGETHER]}
            desk.take(kind, several)
            done += sum(map(len, several.values()))
            yield done


@dataclass
class Desk:
    """Where items arrive: for whom, and whether anything is written."""

    by: object
    may_change: Callable
    languages: set[str]
    dry_run: bool

    def take(self, kind: Kind, items: dict[int, list[Line]]) -> None:
        """Some items of one kind in one transaction."""
        if self.dry_run:
            self.take_each(kind, items, {item.pk: item for item in kind.model._base_manager.filter(pk__in=items)})
            return
        act = (Act.IMPORTED,) if self.by else (Act.COMMAND, "import_translations")
        try:
            with recorded(self.by, *act):
                rows = kind.model._base_manager.filter(pk__in=items).order_by("pk").select_for_update()
                found = {item.pk: item for item in rows}
                note_before(kind.model, found)
                self.take_each(kind, items, found)
        except DatabaseError as error:
            refuse([line for lines in items.values() for line in lines], not_saved(error))

    def take_each(self, kind: Kind, items: dict[int, list[Line]], found: dict[int, models.Model]) -> None:
        for pk, lines in items.items():
            try:
                arrival = Arrival(kind, found.get(pk), self)
                if self.dry_run:
                    arrival.judge_all(lines)
                else:
                    with transaction.atomic():
                        arrival.take(lines)
            except Refused as error:
                refuse(lines, str(error))
            except ledger.SourceMoved:
                refuse(lines, str(SOURCE_MOVED))
            except (DatabaseError, ValidationError) as error:
                refuse(lines, not_saved(error))


def not_saved(error) -> str:
    return _("the item could not be saved: %(error)s") % {"error": error}


def refuse(lines: Iterable[Line], reason: str) -> None:
    for line in lines:
        undecided = line.outcome is Outcome.REFUSED and not line.reason
        if undecided or line.outcome in {Outcome.WRITTEN, Outcome.CONFIRMED}:
            line.outcome, line.reason = Outcome.REFUSED, reason


def named(name: str) -> tuple[Kind, int]:
    kind, _colon, pk = name.partition(":")
    # The number of an item, and no more digits than a database takes.
    if kind not in kinds() or not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        raise Refused(_("there is no such item"))
    return kinds()[kind], int(pk)


class Arrival:
    """The texts of one item, as they come in."""

    def __init__(self, kind: Kind, item: models.Model | None, desk: Desk):
        self.kind, self.item, self.by, self.languages = kind, item, desk.by, desk.languages
        if item is None:
            raise Refused(_("there is no such item"))
        if self.by and not desk.may_change(self.by, item):
            raise Refused(_("you may not change this item"))
        self.source_language = kind.source_of({"source_language": getattr(self.item, "source_language", "")})
        self.title = kind.title_of(vars(self.item))
        self.new: dict[str, str] = {}  # by column
        self.seen: set[str] = set()
        self.stale: dict[str, set[str]] = {}

    def judge_all(self, lines: list[Line]) -> dict[str, list[Line]]:
        """Give each line its outcome; returns, by language, those that are to be confirmed."""
        vouched: dict[str, list[Line]] = {}
        for line in lines:
            line.title = self.title
            try:
                self.judge(line)
            except (Refused, BrokenMarkup) as error:
                line.outcome, line.reason = Outcome.REFUSED, str(error)
                continue
            if line.outcome is Outcome.CONFIRMED:
                vouched.setdefault(line.text.language, []).append(line)
        return vouched

    def take(self, lines: list[Line]) -> None:
        vouched = self.judge_all(lines)
        if self.new:
            self.save()
        for language, confirmed in vouched.items():
            ledger.confirm(
                self.kind,
                self.item.pk,
                language,
                by=self.by,
                fields=[line.text.field for line in confirmed],
                sources={line.text.field: line.text.digest for line in confirmed},
            )
        if self.by and (self.new or vouched):
            self.log(sorted({*self.new, *(column_of(line.text) for group in vouched.values() for line in group)}))

    def judge(self, line: Line) -> None:
        """Give the line its outcome, and keep the text if it is to be written; raises Refused or BrokenMarkup."""
        text = line.text
        self.check_address(text)
        if text.problem:
            raise Refused(text.problem)
        if not text.text.strip():
            line.outcome = Outcome.SKIPPED
            return
        column, rich = column_of(text), text.field in self.kind.rich
        source = getattr(self.item, f"{text.field}_{self.source_language}")
        if digest(source, rich) != text.digest:
            raise Refused(SOURCE_MOVED)
        present = getattr(self.item, column) or ""
        wanted = accepted(text.text) if rich else text.text
        line.outcome = Outcome.UNCHANGED
        if lines_alike(wanted) != lines_alike(present):
            self.new[column] = self.valid(column, wanted)
            line.outcome = Outcome.WRITTEN
            if digest(present, rich) and not self.is_stale(text):
                # Somebody may have written it since the file went out.
                line.reason = str(REPLACES)
        if text.reviewed and digest(wanted, rich) == digest(present, rich) and self.is_stale(text):
            # Written anew in the same words (with another link, for example), a text is no fresher for it.
            line.outcome = Outcome.CONFIRMED

    def check_address(self, text: Returned) -> None:
        if text.field not in self.kind.fields:
            raise Refused(_("this kind of item has no translated text of this name"))
        if text.language not in ALL_LANGUAGES:
            raise Refused(_("“%(language)s” is no language of this site") % {"language": text.language[:20]})
        if text.source_language != self.source_language:
            raise Refused(_("the item is written in another language than the file says"))
        if text.language == self.source_language:
            raise Refused(_("this is the language that the item is written in"))
        if text.language not in self.languages:
            raise Refused(_("you may not write in this language"))
        column = column_of(text)
        if column in self.seen:
            raise Refused(_("the file has this text twice; the first one counts"))
        self.seen.add(column)

    def valid(self, column: str, text: str) -> str:
        field = self.kind.model._meta.get_field(column)
        if "\0" in text:
            raise Refused(_("it has a character that no text can have"))
        if field.max_length and len(text) > field.max_length:
            told = {"most": field.max_length, "count": len(text)}
            raise Refused(_("it is too long: %(count)d characters, where %(most)d have room") % told)
        if not isinstance(field, models.TextField) and "\n" in text.strip():
            raise Refused(_("it has a line break, where there is one line only"))
        try:
            field.run_validators(text)
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
        return text

    def is_stale(self, text: Returned) -> bool:
        if text.language not in self.stale:
            entries = TranslationEntry.objects.filter(
                translated__kind=self.kind.name,
                translated__item=self.item.pk,
                language=text.language,
                state=State.STALE,
            )
            self.stale[text.language] = set(entries.values_list("field", flat=True))
        return text.field in self.stale[text.language]

    def save(self) -> None:
        columns = [*self.new]
        for column, text in self.new.items():
            setattr(self.item, column, text)
        # What dates itself does so in whatever is saved, if it is.
        columns += [field.name for field in self.item._meta.concrete_fields if getattr(field, "auto_now", False)]
        self.item.save(update_fields=columns)

    def log(self, columns: list[str]) -> None:
        """The admin's log tells the ledger, too, who wrote a text."""
        message = [{"changed": {"fields": columns}}]
        LogEntry.objects.log_actions(self.by.pk, [self.item], CHANGE, change_message=message, single_object=True)


def column_of(text: Returned) -> str:
    return f"{text.field}_{text.language}"
