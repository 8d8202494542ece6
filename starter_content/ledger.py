"""Which item of the files became which row, and whether somebody changed either since."""

from collections import defaultdict
from enum import StrEnum

from django.contrib.contenttypes.models import ContentType

from starter_content.models import LoadedItem
from starter_content.row_states import digest, row_digests

# To be raised when loaders make something else of the same items: rows that nobody edited are then written anew.
MAKING = 1
NEVER = ""  # no row has this digest: a row so noted is an editor's


class Verdict(StrEnum):
    NEW = "new"
    EDITED = "edited"  # or deleted
    CHANGED = "changed"  # in the file
    UNCHANGED = "unchanged"


def source_digest(item):
    return digest([MAKING, item])


class Ledger:
    """Reads all records and the state of their rows at once, and writes what was loaded at the end."""

    def __init__(self):
        self.records = {(record.file, record.item_id): record for record in LoadedItem.objects.all()}
        self.written = {}
        pks = defaultdict(list)
        for record in self.records.values():
            pks[record.content_type_id].append(record.object_id)
        self.found = {
            (type_id, pk): found
            for type_id, wanted in pks.items()
            if (model := ContentType.objects.get_for_id(type_id).model_class())
            for pk, found in row_digests(model, wanted).items()
        }

    def judge(self, file, name, source):
        """The verdict on an item, and the pk of its row (None where it has none, or not any more)."""
        record = self.records.get((file, name))
        if record is None:
            return Verdict.NEW, None
        row_digest = self.found.get((record.content_type_id, record.object_id))
        if row_digest is None:
            return Verdict.EDITED, None
        if row_digest != record.row_digest:
            return Verdict.EDITED, record.object_id
        if record.source_digest != source_digest(source):
            return Verdict.CHANGED, record.object_id
        return Verdict.UNCHANGED, record.object_id

    def note(self, file, name, source, model, pk):
        """This run wrote the row; its state is read when everything else is written too."""
        self.written[file, name] = (source_digest(source), model, pk)

    def note_as_edited(self, file, name, source, model, pk):
        """An editor made a row for this item before the item was first loaded: it stays theirs."""
        record = LoadedItem(
            file=file,
            item_id=name,
            content_type=ContentType.objects.get_for_model(model),
            object_id=pk,
            source_digest=source_digest(source),
            row_digest=NEVER,
        )
        record.save()

    def close(self):
        """Keeps the digests of all rows that this run wrote."""
        pks = defaultdict(list)
        for _source, model, pk in self.written.values():
            pks[model].append(pk)
        states = {model: row_digests(model, wanted) for model, wanted in pks.items()}
        new, known = [], []
        for (file, name), (source, model, pk) in self.written.items():
            record = self.records.get((file, name))
            (known if record else new).append(record := record or LoadedItem(file=file, item_id=name))
            record.content_type = ContentType.objects.get_for_model(model)
            record.object_id, record.source_digest, record.row_digest = pk, source, states[model][pk]
        LoadedItem.objects.bulk_create(new, batch_size=500)
        LoadedItem.objects.bulk_update(known, ["source_digest", "row_digest"], batch_size=100)
