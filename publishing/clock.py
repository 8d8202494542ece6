"""What time it is for readers. Whatever decides what a page shows asks here, and never the machine's clock itself.

So the staff can look at the site as it will be at another moment (`clock_set_to`). What is written into the database
(who did what and when) asks `django.utils.timezone`, which nobody can set.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_SET_TO = ContextVar("the moment that pages are shown as of", default=None)


def now():
    """The moment that is "now" on the page (aware)."""
    return _SET_TO.get() or timezone.now()


def today():
    """The day that is "today" on the page, by the secretariat's clock."""
    return timezone.localdate(now())


def is_set():
    """Whether pages are shown as of another moment than the real one."""
    return _SET_TO.get() is not None


@contextmanager
def clock_set_to(moment):
    """Within it, and in this thread alone, pages are made as of a moment (aware)."""
    token = _SET_TO.set(moment)
    try:
        yield
    finally:
        _SET_TO.reset(token)
