"""Signals of Django's and of axes' that are lines of the trail: wherever somebody comes in or rights change."""

from __future__ import annotations

from axes.signals import user_locked_out
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.utils import timezone

from entrance import second_step, sign_ins
from entrance.models import TrailEntry
from entrance.trail import note

FLAGS = ("is_active", "is_staff", "is_superuser")
Act = TrailEntry.Act


def listen() -> None:
    for signal, receiver, sender in (
        (user_logged_in, came_in, None),
        (user_logged_out, went_out, None),
        (user_login_failed, failed, None),
        (user_locked_out, locked_out, None),
        (pre_save, flags_before, User),
        (post_save, flags_after, User),
        (m2m_changed, rights_changed, User.groups.through),
        (m2m_changed, rights_changed, User.user_permissions.through),
    ):
        signal.connect(receiver, sender=sender, dispatch_uid=f"entrance:{receiver.__name__}:{sender}")


def came_in(sender, request, user, **kwargs):
    second_step.ask_for(request.session, user)
    sign_ins.remember(request, user, timezone.now())
    note(Act.SIGNED_IN, actor=user.get_username())


def went_out(sender, request, user, **kwargs):
    if user is not None:
        sign_ins.forget(request.session.session_key)
        note(Act.SIGNED_OUT, actor=user.get_username())


def failed(sender, credentials, request=None, **kwargs):
    """A name that nobody has may be a password in the wrong box, and is not kept."""
    name = str(credentials.get("username") or "")
    if request is not None and not getattr(request, "axes_locked_out", False):
        is_known = get_user_model().objects.filter(username=name).exists()
        note(Act.FAILED, actor=name if is_known else "")


def locked_out(sender, request, username, **kwargs):
    is_known = get_user_model().objects.filter(username=username or "").exists()
    note(Act.LOCKED, actor=username if is_known else "")


def flags_before(sender, instance, raw=False, **kwargs):
    stored = None if raw or instance._state.adding else User.objects.filter(pk=instance.pk).values(*FLAGS).first()
    instance._flags_before = stored


def flags_after(sender, instance, created, raw=False, **kwargs):
    if raw:
        return
    if created:
        note(Act.ACCOUNT, instance.get_username())
    elif instance._password is not None:  # None where Django hashes the same one anew
        note(Act.PASSWORD, instance.get_username())
    before = instance._flags_before
    if before and (changed := [name for name in FLAGS if before[name] != getattr(instance, name)]):
        words = ", ".join(f"{name}={getattr(instance, name)}" for name in changed)
        note(Act.ROLES, f"{instance.get_username()}: {words}")


def rights_changed(sender, instance, action, model, pk_set, reverse, **kwargs):
    sign = {"post_add": "+", "post_remove": "−", "post_clear": "−"}.get(action)
    if sign is None or (action != "post_clear" and not pk_set):
        return
    if reverse:
        names = ", ".join(User.objects.filter(pk__in=pk_set or ()).values_list("username", flat=True))
        note(Act.ROLES, f"{names}: {sign}{instance}")
        return
    what = ", ".join(str(one) for one in model.objects.filter(pk__in=pk_set or ())) or "…"
    note(Act.ROLES, f"{instance.get_username()}: {sign}{what}")
