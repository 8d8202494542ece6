import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import expect

from tests.factories import make_editor


@pytest.fixture
def desk(client, db):
    """The client of somebody who may do everything in the admin."""
    client.force_login(get_user_model().objects.first() or make_editor())
    return client


@pytest.fixture
def desk_page(page, live_server):
    """A browser in which an editor is signed in; `desk_page.open(address)` opens a page of the admin."""
    user = make_editor()
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": live_server.url}]
    )
    # As long as every other wait: a busy machine needs more than the five seconds that are usual here.
    expect.set_options(timeout=10_000)
    page.open = lambda path: page.goto(live_server.url + path, wait_until="networkidle")
    yield page
    assert page.errors == []
