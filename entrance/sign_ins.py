"""The browsers in which somebody is signed in: seen by themselves, and closed from afar."""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import Error as DatabaseError
from django.utils import timezone

from entrance.models import SignIn
from publishing.trouble import trouble_of

logger = logging.getLogger(__name__)

BEGAN, SEEN = "entrance_began", "entrance_seen"
# Often enough to tell which browser is still in use, seldom enough to cost nothing.
SEEN_AGAIN_AFTER = timedelta(minutes=10)
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_of(agent: str) -> str:
    """“Firefox, Linux”: enough to know one's own, too little to tell people apart."""
    found = [next((name for sign, name in table if re.search(sign, agent)), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found))


def remember(request, user, now: datetime) -> None:
    request.session[BEGAN] = request.session[SEEN] = int(now.timestamp())
    if request.session.session_key is None:
        request.session.create()
    browser = browser_of(request.META.get("HTTP_USER_AGENT", ""))
    SignIn.objects.update_or_create(
        session_key=request.session.session_key, defaults={"user": user, "browser": browser, "seen_at": now}
    )


def forget(session_key: str | None) -> None:
    SignIn.objects.filter(session_key=session_key).delete()


def is_over(session, now: datetime) -> bool:
    """Whether nobody used this session for too long, or it is too old altogether; none from before this rule is."""
    moment = now.timestamp()
    return (
        moment - session.get(SEEN, moment) > settings.STAFF_IDLE_HOURS * 3600
        or moment - session.get(BEGAN, moment) > settings.SESSION_COOKIE_AGE
    )


def see_again(request, now: datetime) -> None:
    """Note that the browser is still in use, and under which key its session goes; where the database takes it."""
    if now.timestamp() - request.session.get(SEEN, 0) > SEEN_AGAIN_AFTER.total_seconds():
        with passing_over_trouble():
            SignIn.objects.filter(session_key=request.session.session_key).update(seen_at=now)
            request.session[SEEN] = int(now.timestamp())


@contextmanager
def passing_over_trouble():
    """For what is noted beside: a database that may only be read keeps nobody from reading."""
    try:
        yield
    except DatabaseError as error:
        if trouble_of(error) is None:
            raise
        logger.warning("It could not be noted that a browser is in use: %s", error)


def follow(before: str | None, after: str | None) -> None:
    """A session that goes on under another key, as after a new password."""
    if before and after and before != after:
        SignIn.objects.filter(session_key=before).update(session_key=after)


def of(user) -> list[SignIn]:
    """Those that still are, the last used first."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return list(SignIn.objects.filter(user=user, session_key__in=alive))


def close(sign_ins) -> int:
    """Sign these browsers out, at once; returns how many."""
    keys = [one.session_key for one in sign_ins]
    Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(session_key__in=keys).delete()
    return len(keys)
