"""Keeping, publishing and scheduling the working copies of items.

Nothing runs at the moment when an item itself is to show or to go: its row simply starts to match. A working copy,
though, has to be put in the place of the public version. A task does it within seconds of its moment; should the
worker be away then, `publish_due` finds the copy when it is back.
"""

import logging
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language

from desk.form_run import FormRun, admin_of, staff_request
from desk.history.acts import Act
from desk.item_digest import digest_of
from desk.kept_forms import fitted, kept_form
from desk.models import Failure, WorkingCopy

logger = logging.getLogger(__name__)


class Overtaken(Exception):
    """Somebody saved the working copy since it was looked at; `copy` is theirs, None where it is gone."""

    def __init__(self, copy):
        super().__init__()
        self.copy = copy


class NotPublished(Exception):
    """Why a working copy could not go public; `errors` are those of its form, see `FormRun.errors`."""

    def __init__(self, failure, errors=()):
        super().__init__(failure)
        self.failure, self.errors = failure, errors


@dataclass(frozen=True)
class Seen:
    """What somebody had before their eyes when they decided: which copy, beside which public version."""

    version: int
    live_digest: str = ""


NOT_SCHEDULED = {"publish_at": None, "scheduled_by": None, "scheduled_in": "", "failure": ""}


def copy_of(item):
    """The working copy of an item, or None."""
    if item is None or item.pk is None:
        return None
    return WorkingCopy.objects.of(item).select_related("changed_by").first()


def item_of(copy):
    """The item as it is stored, or None where it was deleted."""
    model = copy.content_type.model_class()
    return model and model._base_manager.filter(pk=copy.object_id).first()


def run_of(copy, user, item=None, **checks):
    """The item's form with the data of the copy, made to fit; `checks` say how errors are taken, see FormRun."""
    item = item or (item_of(copy) if copy.object_id else None)
    model_admin = admin_of(copy.content_type.model_class())
    live = FormRun(model_admin, user, item)
    # Validation changes the item in memory, so each form has one of its own.
    item = item_of(copy) if copy.object_id else None
    return FormRun(model_admin, user, item, fitted(copy.data, live), **checks)


def keep(run, *, kind, by, seen_version=0, copy=None, item=None):
    """Save a form as the item's working copy. Raises Overtaken where it is not the one that `by` had seen.

    `copy` is that of an item that was begun and has no id yet.
    """
    values = {"data": kept_form(run), "title": title_typed(run)[:200], "changed_by": by}
    with transaction.atomic():
        found = WorkingCopy.objects.filter(pk=copy.pk) if copy and item is None else None
        if item is not None:
            found = WorkingCopy.objects.of(item)
        stored = (
            found.select_for_update(of=("self",)).select_related("changed_by").first() if found is not None else None
        )
        if (stored.version if stored else 0) != seen_version:
            raise Overtaken(stored)
        if stored is None:
            digest = digest_of(item) if item is not None else ""
            pk = item.pk if item is not None else None
            try:
                with transaction.atomic():
                    return WorkingCopy.objects.create(content_type=kind, object_id=pk, live_digest=digest, **values)
            except IntegrityError:  # there was none to lock, and somebody else began one at the same moment
                raise Overtaken(WorkingCopy.objects.of(item).select_related("changed_by").first()) from None
        # What somebody scheduled was the copy that they had read.
        for name, value in (values | NOT_SCHEDULED).items():
            setattr(stored, name, value)
        stored.version += 1
        stored.save()
        return stored


def title_typed(run):
    """The title as it stands in the form, in the language that it is written in or else in any."""
    name = getattr(run.form._meta.model, "title_field", "title")
    source = run.form.data.get("source_language", "")
    names = [f"{name}_{source}", *(field for field in run.form.fields if field.startswith(f"{name}_")), name]
    return next(filter(None, (run.form.data.get(name, "").strip() for name in names)), "")


def schedule(copy, moment, by, seen):
    """Let the copy take the place of the public version at a moment; None takes the appointment back."""
    with transaction.atomic():
        changed = WorkingCopy.objects.filter(pk=copy.pk, version=seen.version).update(
            publish_at=moment,
            scheduled_by=by if moment else None,
            scheduled_in=(get_language() or "") if moment else "",
            live_digest=seen.live_digest if moment else F("live_digest"),
            failure="",
        )
        if not changed:
            raise Overtaken(WorkingCopy.objects.filter(pk=copy.pk).first())
    copy.refresh_from_db()


def publish(copy, user, seen, act=Act.COPY, at=None):
    """Put the copy in the place of the public version, as `user`. Raises NotPublished and changes nothing else.

    The publication checks ask what readers would meet then: `at`, or now.

    `seen.live_digest` is that of the public version which the copy is to replace.
    """
    item = item_of(copy)
    if item is None:
        raise NotPublished(Failure.ITEM_GONE)
    model_admin = admin_of(type(item))
    if not may_change(user, model_admin, item):
        raise NotPublished(Failure.NO_RIGHT)
    run = run_of(copy, user, item, shows_at=at)
    if not run.is_valid():
        raise NotPublished(Failure.INVALID, run.errors())
    with transaction.atomic():
        current = WorkingCopy.objects.select_for_update().filter(pk=copy.pk).first()
        if current is None or current.version != seen.version:
            raise Overtaken(current)
        if digest_of(item) != seen.live_digest:
            raise NotPublished(Failure.PUBLIC_CHANGED)
        published = run.save_and_log(act)
        current.delete()
    return published


def may_change(user, model_admin, item):
    """By the item's own admin, whose rules may be narrower than the permission, and its rows fewer."""
    if user is None or not user.is_active or not user.is_staff:
        return False
    request = staff_request(user)
    return model_admin.get_queryset(request).filter(pk=item.pk).exists() and model_admin.has_change_permission(
        request, item
    )


def publish_due(at=None):
    """Publish every scheduled copy whose moment has come; returns how many. What fails is kept, with the reason."""
    count = 0
    due = WorkingCopy.objects.filter(publish_at__lte=at or timezone.now(), failure="")
    for copy in due.order_by("publish_at", "pk").select_related("scheduled_by", "content_type"):
        count += publish_scheduled(copy)
    return count


def publish_scheduled(copy):
    """Whether the copy went public; where not, editors find the reason beside it and whoever scheduled it is told."""
    try:
        publish(copy, copy.scheduled_by, Seen(copy.version, copy.live_digest), Act.SCHEDULED)
        return True
    except Overtaken:
        return False  # taken back, changed or already published by another process
    except NotPublished as error:
        failure = error.failure
    except Exception:
        # The copies that are due after it do not wait for it, nor is it tried again each time.
        logger.exception("The working copy %s could not be published.", copy.pk)
        failure = Failure.BROKEN
    note_failure(copy, failure)
    return False


def note_failure(copy, failure):
    """Said once, by whichever process comes first."""
    waiting = WorkingCopy.objects.filter(pk=copy.pk, version=copy.version, failure="")
    with transaction.atomic():
        if waiting.update(failure=failure):
            from desk.tasks import tell_of_failure

            tell_of_failure.enqueue(copy.pk, copy.version)


def apply_until(moment, most=50):
    """Within a transaction that will be undone: the scheduled copies that will be public by then, as if they were.

    Returns how many could not be applied.
    """
    failed = 0
    due = WorkingCopy.objects.filter(publish_at__lte=moment, failure="").order_by("publish_at", "pk")
    for copy in due.select_related("scheduled_by", "content_type")[:most]:
        try:
            publish(copy, copy.scheduled_by, Seen(copy.version, copy.live_digest), at=moment)
        except (Overtaken, NotPublished):
            failed += 1
    return failed
