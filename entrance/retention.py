"""What the worker takes away when its time is over."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from entrance.models import Count, SignIn, TrailEntry


def forget_what_is_over() -> None:
    now = timezone.now()
    Count.objects.filter(ends_at__lt=now).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - timedelta(days=1)).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    SignIn.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    TrailEntry.objects.forget_before(now - timedelta(days=settings.TRAIL_DAYS))
