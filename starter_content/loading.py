"""Puts the items of the files into the database, in the order in which they refer to each other."""

from collections import Counter
from dataclasses import dataclass, field
from enum import IntEnum

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import Error, transaction
from django.utils.translation import override

from desk.history.acts import Act
from desk.history.recording import recorded
from publishing.slugs import Sluggable, languages
from starter_content.ledger import Ledger, Verdict
from starter_content.models import LoadedItem
from starter_content.reading import SECTIONS, BadData
from starter_content.row_states import OWN_ROWS


class Outcome(IntEnum):
    """What became of an item; of one that is several rows, the greatest counts."""

    UNCHANGED = 0
    ADDED = 1
    UPDATED = 2
    KEPT = 3


@dataclass
class Row:
    """A row to be written for an item.

    `sets` are many-to-many fields with the pks that they hold, `own` the rows that belong to this one. `identity`
    finds a row of an editor's that already stands for the item. The row is not made where something that it `needs`
    (a pk) is not there any more. `part` tells several rows of an item apart; `reference` is what later rows ask for,
    (section, id) unless it says otherwise.
    """

    model: type
    section: str
    item: dict
    values: dict
    sets: dict = field(default_factory=dict)
    own: dict = field(default_factory=dict)
    identity: dict = field(default_factory=dict)
    needs: tuple = ()
    part: str = ""
    reference: tuple = ()
    fixed: bool = False  # once written, never changed by a later run

    @property
    def file(self):
        return SECTIONS[self.section].file

    @property
    def name(self):
        return SECTIONS[self.section].name_of(self.item["id"])

    @property
    def record(self):
        """The row's name in the ledger."""
        return f"{self.name}/{self.part}" if self.part else self.name


class Loading:
    """One run over all items. Loaders ask it for the rows that earlier items became."""

    def __init__(self, content, progress):
        self.content = content
        self.progress = progress
        self.ledger = Ledger()
        self.outcomes = {}
        self.pks = {}
        self.was_written = set()

    def pk(self, section, item_id):
        """The pk of the row that an item became: None where there is no item, or its row was deleted."""
        return self.pks.get((section, item_id))

    def pks_of(self, section, item_ids):
        """Those of the items that (still) have a row, each once, in order."""
        found = (self.pk(section, item_id) for item_id in item_ids)
        return [pk for pk in dict.fromkeys(found) if pk is not None]

    def store(self, row):
        """Writes the row if it is new, or if the file changed and nobody else changed the row."""
        verdict, pk = self.ledger.judge(row.file, row.record, row.item)
        if verdict is Verdict.CHANGED and row.fixed:
            verdict = Verdict.EDITED
        outcome = {Verdict.EDITED: Outcome.KEPT, Verdict.UNCHANGED: Outcome.UNCHANGED}.get(verdict)
        if outcome is None:
            try:
                outcome, pk = self.write(row, pk)
            except (Error, ValidationError, ValueError) as error:
                raise BadData([f"{row.file}: {row.name}: {one_line(error)}"]) from error
        self.pks[row.reference or (row.section, row.item["id"])] = pk
        if (row.file, row.name) not in self.outcomes:
            self.progress.advance(row.file)
        self.outcomes[row.file, row.name] = max(outcome, self.outcomes.get((row.file, row.name), outcome))

    def write(self, row, pk):
        if None in row.needs:
            return Outcome.KEPT, pk
        theirs = row.model._base_manager.filter(**row.identity).first() if row.identity and pk is None else None
        if theirs is not None:
            self.ledger.note_as_edited(row.file, row.record, row.item, row.model, theirs.pk)
            return Outcome.KEPT, theirs.pk
        is_new = pk is None
        item = row.model() if is_new else row.model._base_manager.get(pk=pk)
        for name, value in row.values.items():
            setattr(item, name, value)
        if isinstance(item, Sluggable):
            take_free_slugs(item, row.values)
        item.save()
        for name, pks in row.sets.items():
            if pks or not is_new:
                getattr(item, name).set(pks)
        for name in OWN_ROWS.get(row.model._meta.label_lower, ()):
            if name in row.own:
                self.replace_own_rows(item, name, row.own[name])
        self.ledger.note(row.file, row.record, row.item, row.model, item.pk)
        self.was_written.add((row.section, row.item["id"]))
        return (Outcome.ADDED if is_new else Outcome.UPDATED), item.pk

    def replace_own_rows(self, item, name, rows):
        relation = item._meta.get_field(name)
        relation.related_model._base_manager.filter(**{relation.field.name: item}).delete()
        relation.related_model._base_manager.bulk_create(
            [relation.related_model(**{relation.field.attname: item.pk}, **values) for values in rows]
        )

    def totals(self):
        """`{file: Counter of outcomes}`, in the order of the files."""
        totals = {section.file: Counter() for section in SECTIONS.values()}
        for (file, _name), outcome in self.outcomes.items():
            totals[file][outcome] += 1
        return {file: counter for file, counter in totals.items() if counter}


def take_free_slugs(item, values):
    """A slug of the files gives way to the same slug of an editor's item."""
    for code in languages():
        if slug := values.get(f"slug_{code}"):
            setattr(item, f"slug_{code}", item.free_slug(slug, code))


def one_line(error):
    messages = getattr(error, "messages", None) or [str(error)]
    return " ".join(" ".join(messages).split())


def load(content, loaders, progress, dry_run=False):
    """Runs the loaders in one transaction, which a dry run takes back. Returns `{file: Counter of outcomes}`."""
    # The column behind a translated field holds the language that is active when a row is saved.
    with override("en"), recorded(act=Act.STARTER):
        # Two servers that start at once take turns; on SQLite the transaction itself is the lock.
        this = ContentType.objects.get_for_model(LoadedItem)
        list(ContentType.objects.select_for_update().filter(pk=this.pk))
        loading = Loading(content, progress)
        for loader in loaders:
            loader(loading)
        loading.ledger.close()
        if dry_run:
            transaction.set_rollback(True)
    return loading.totals()
