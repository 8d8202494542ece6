"""The trail of what staff did: who they are is known here, wherever in the code it happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from entrance.models import TrailEntry
from entrance.visitor_address import network_of, visitor_address

_request: ContextVar = ContextVar("request", default=None)


@contextmanager
def acting(request) -> Iterator[None]:
    """What is noted within is the act of this request's person. `None`: a command's."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def current_request():
    return _request.get()


def note(act: TrailEntry.Act, about: str = "", *, actor: str | None = None) -> None:
    """Write a line; the actor is the person of the request, if nothing else is said."""
    request = current_request()
    address = visitor_address(request) if request is not None else None
    if actor is None:
        user = getattr(request, "user", None)
        actor = user.get_username() if user is not None and user.is_authenticated else ""
    network = network_of(address) if address else ""
    TrailEntry.objects.create(act=act, actor=actor[:150], about=about[:300], network=network)
