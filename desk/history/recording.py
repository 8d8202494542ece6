"""Everything that is written within `recorded` becomes one revision: whose it is, what they did, what came of it.

Receivers note which items are written, with what they were before; when the block ends, they are read once more, and
what differs is kept. They stand here and not in each method that writes, because an item is written by many: forms,
lists, imports, tasks, and by its rows and relations, which have no method of ours at all.

What differs from the last version before anybody here touched it was written by `update()` or by hand. That becomes a
version of its own first, so that nobody is named for what they did not do.

django-reversion gives the tables. Its own way to fill them is not used: it serialises an item at every signal, asks
for each deferred column by itself, and writes a row for each row of an inline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import BigIntegerField, Exists, Max, OuterRef
from django.db.models.functions import Cast
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from django.utils import timezone
from reversion.models import Revision, Version

from desk.history.acts import Act, comment_of
from desk.history.kinds import Kind, kinds, referring, roots
from desk.history.snapshots import Snapshot, from_text, plain_rows, read

DATABASE = "default"
_current: ContextVar[Recording | None] = ContextVar("recording", default=None)


@dataclass
class Recording:
    user: object
    comment: str
    # (kind, key): what it was; None for what was made here.
    before: dict[tuple[Kind, int], Snapshot | None] = field(default_factory=dict)
    deleted: dict[tuple[Kind, int], Snapshot] = field(default_factory=dict)
    written: set[tuple[Kind, int]] = field(default_factory=set)
    told: set[tuple[Kind, int]] = field(default_factory=set)

    def note(self, kind: Kind, pks: Iterable[int]) -> None:
        """These items are about to be written."""
        pks = [pk for pk in pks if pk is not None and (kind, pk) not in self.before]
        for pk, snapshot in read(kind, pks).items():
            self.before[kind, pk] = snapshot

    def note_new(self, kind: Kind, pk: int) -> None:
        self.before.setdefault((kind, pk), None)

    def note_deletion(self, kind: Kind, pk: int) -> None:
        key = (kind, pk)
        if key not in self.before or key in self.written:
            self.deleted |= {(kind, there): snapshot for there, snapshot in read(kind, [pk]).items()}
        elif self.before[key]:
            self.deleted[key] = self.before[key]
        self.before.setdefault(key, self.deleted.get(key))

    def tell(self, model, pk: int) -> None:
        """This act on an item has a version even if nothing that versions hold differs: a new password."""
        self.told.add((kinds()[model], pk))

    def keep(self) -> None:
        """Write what came of it, in as many queries for many items as for one of each kind."""
        found, changed = [], []
        for kind in dict.fromkeys(kind for kind, _pk in self.before):
            before = {pk: snapshot for (of, pk), snapshot in self.before.items() if of is kind}
            there = [pk for pk in before if (kind, pk) not in self.deleted]
            after = read(kind, there)
            gone = {pk for pk in there if pk not in after}
            changes = [
                snapshot
                for pk, snapshot in after.items()
                if before[pk] is None or (kind, pk) in self.told or before[pk].as_read().differs(snapshot.as_read())
            ]
            touched = {snapshot.pk for snapshot in changes} | {pk for of, pk in self.deleted if of is kind}
            known = {pk: before[pk] for pk in touched - gone if before[pk] is not None}
            found += unrecorded(kind, known)
            changed += changes
        for act in (Act.FOUND, Act.OUTSIDE):
            keep_versions([one for one, why in found if why is act], None, comment_of(act))
        keep_versions(changed, self.user, self.comment)
        keep_versions(list(self.deleted.values()), self.user, comment_of(Act.DELETED))


@contextmanager
def recorded(user=None, act: Act = Act.SAVED, note: str = "") -> Iterator[Recording]:
    """All that is written within is one revision of `user`'s, in one transaction. Within another one it joins that.

    `user` is None where no person does it; `note` then says what does, such as the name of a command.
    """
    outer = _current.get()
    if outer is not None:
        yield outer
        return
    person = user if getattr(user, "pk", None) else None
    with transaction.atomic():
        recording = Recording(person, comment_of(act, note))
        token = _current.set(recording)
        try:
            yield recording
        finally:
            _current.reset(token)
        if recording.before and not transaction.get_rollback():
            recording.keep()


def note_before(model, pks: Iterable[int]) -> None:
    """Items that an act is about to write, read at once rather than each by itself. Needless, but quicker."""
    recording, kind = _current.get(), kinds().get(model)
    if recording is not None and kind is not None:
        recording.note(kind, pks)


def versions_of(model):
    """The versions of all items of a kind."""
    return Version.objects.filter(content_type=ContentType.objects.get_for_model(model), db=DATABASE)


def versions_of_gone(model):
    """The versions of items that are there no longer."""
    there = plain_rows(model).filter(pk=Cast(OuterRef("object_id"), BigIntegerField()))
    return versions_of(model).annotate(is_there=Exists(there)).filter(is_there=False)


def last_versions(kind: Kind, pks: Iterable[int]) -> dict[int, Snapshot]:
    of_items = versions_of(kind.model).filter(object_id__in=[str(pk) for pk in pks])
    last = of_items.order_by().values("object_id").annotate(last=Max("pk")).values("last")
    texts = Version.objects.filter(pk__in=list(last.values_list("last", flat=True)))
    snapshots = [from_text(kind, text) for text in texts.values_list("serialized_data", flat=True)]
    return {snapshot.pk: snapshot for snapshot in snapshots}


def unrecorded(kind: Kind, before: dict[int, Snapshot]) -> list[tuple[Snapshot, Act]]:
    """What nobody recorded of these items until now."""
    if not before:
        return []
    last = last_versions(kind, before)
    return [
        (snapshot, Act.OUTSIDE if pk in last else Act.FOUND)
        for pk, snapshot in before.items()
        if pk not in last or last[pk].differs(snapshot.as_read())
    ]


def keep_versions(snapshots: list[Snapshot], user, comment: str) -> None:
    if not snapshots:
        return
    revision = Revision.objects.create(date_created=timezone.now(), user=user, comment=comment)
    types = {kind: ContentType.objects.get_for_model(kind.model) for kind in {one.kind for one in snapshots}}
    Version.objects.bulk_create(
        [
            Version(
                revision=revision,
                content_type=types[snapshot.kind],
                object_id=str(snapshot.pk),
                db=DATABASE,
                format="json",
                serialized_data=snapshot.text,
                object_repr=snapshot.label,
            )
            for snapshot in snapshots
        ],
        batch_size=200,
    )


# --- receivers: they do nothing outside of `recorded` ---


def watch(model, row_models, relations) -> None:
    """Note what happens to items of a model from now on. Each sender is named: who listens to all makes all slow."""
    for sender in {model, *row_models}:
        for signal, receiver in ((pre_save, before_save), (post_save, after_save), (pre_delete, before_deletion)):
            signal.connect(receiver, sender=sender, dispatch_uid=f"history:{receiver.__name__}")
    for relation in relations:
        through = relation.remote_field.through
        m2m_changed.connect(relation_changes, sender=through, dispatch_uid="history:relation_changes")


def note_roots(recording: Recording, sender, instance) -> None:
    """The items that a row belongs to, and did until now."""
    for kind, column in roots().get(sender, ()):
        now = instance.__dict__.get(column)
        before = None if instance._state.adding else stored_link(sender, instance.pk, column)
        recording.note(kind, [pk for pk in (now, before) if pk is not None])


def stored_link(model, pk, column):
    return plain_rows(model).filter(pk=pk).values_list(column, flat=True).first()


def before_save(sender, instance, raw=False, **kwargs):
    recording = _current.get()
    if recording is None or raw:
        return
    note_roots(recording, sender, instance)
    kind = kinds().get(sender)
    if kind is not None and not instance._state.adding:
        recording.note(kind, [instance.pk])


def after_save(sender, instance, created=False, raw=False, **kwargs):
    recording, kind = _current.get(), kinds().get(sender)
    if recording is None or kind is None or raw:
        return
    recording.written.add((kind, instance.pk))
    if created:
        recording.note_new(kind, instance.pk)


def before_deletion(sender, instance, **kwargs):
    recording = _current.get()
    if recording is None:
        return
    note_roots(recording, sender, instance)
    kind = kinds().get(sender)
    if kind is not None:
        recording.note_deletion(kind, instance.pk)
        for other, column in referring(sender):
            named = plain_rows(other.model).filter(**{column.name: instance.pk})
            recording.note(other, named.values_list("pk", flat=True))


def relation_changes(sender, instance, action, reverse, model, pk_set, **kwargs):
    recording = _current.get()
    if recording is None or not action.startswith("pre_"):
        return
    kind = kinds().get(model if reverse else type(instance))
    if kind is None:
        return
    if not reverse:
        recording.note(kind, [instance.pk])
    elif pk_set is not None:
        recording.note(kind, pk_set)
    else:
        fields = [one for one in kind.sets if one.remote_field.through is sender]
        for one in fields:
            recording.note(kind, plain_rows(kind.model).filter(**{one.name: instance.pk}).values_list("pk", flat=True))
