"""Once a week, each translator is told by letter what waits in their languages, if anything does."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django_tasks import task

from desk.letters_to_staff import can_be_written_to, letters_to
from desk.models import LettersToStaff
from publishing.letters import letter, send_or_try_again
from translations import ledger
from translations.today import waiting_for

MONDAY, HOUR = 0, 6  # by the secretariat's clock


def tell_translators_weekly() -> None:
    """Called every hour by whoever serves the site; bears being called twice at once."""
    now = timezone.localtime()
    if now.weekday() == MONDAY and now.hour >= HOUR:
        for user in translators():
            tell_once(user, now.date())


def translators():
    """Who was named as one. Others see in the desk what is out of date, and are not written to."""
    people = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="")
    return people.filter(translator_languages__isnull=False).order_by("pk")


def tell_once(user, day: date) -> None:
    with transaction.atomic():
        LettersToStaff.objects.get_or_create(user=user)
        due = Q(told_of_translations=None) | Q(told_of_translations__lt=day)
        wanted = LettersToStaff.objects.filter(due, user=user, translations=True)
        if wanted.update(told_of_translations=day):
            transaction.on_commit(partial(send_weekly_letter.enqueue, user.pk))


@task()
def send_weekly_letter(user_id, attempt=0):
    user = get_user_model().objects.filter(pk=user_id).first()
    if user is None or not can_be_written_to(user):
        return
    message = weekly_letter(user)
    if message is not None:
        send_or_try_again(message, send_weekly_letter, user_id, attempt=attempt)


def weekly_letter(user) -> EmailMultiAlternatives | None:
    """None where nothing waits."""
    ledger.refresh()
    asked_by = HttpRequest()
    asked_by.user = user
    waiting = waiting_for(asked_by)
    if not waiting:
        return None
    language = letters_to(user).language
    with override(language):
        rows = [
            {"waiting": row, "said": gettext(dict(settings.LANGUAGES)[row.language]), "url": site(row.address)}
            for row in waiting
        ]
    links = {"list_url": site(waiting[0].address), "letters_url": site(reverse("admin:my_letters"))}
    count = sum(row.stale + row.missing for row in waiting)
    return letter(
        "translations/mail/weekly",
        to=user.email,
        language=language,
        links=links,
        rows=rows,
        count=count,
        person=user.first_name or user.get_username(),
    )


def site(path: str) -> str:
    return settings.SITE_URL + path
