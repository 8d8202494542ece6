"""Visitors' pages, made by the desk: with the real views and templates, for a request that no visitor sent."""

from contextlib import contextmanager
from io import BytesIO

from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.urls import resolve
from django.utils import translation

# What an address's beginning is made of. Nothing of who asks comes along: no cookie, no account.
OF_THE_SITE = ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "wsgi.url_scheme")


def page_request(like, path, query=""):
    """A visitor's request for a page of the site that `like` came to. Asks for the path's language to be active."""
    environ = {name: like.META[name] for name in OF_THE_SITE if name in like.META}
    environ |= {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "wsgi.input": BytesIO(),
    }
    environ.setdefault("wsgi.url_scheme", like.scheme)
    request = WSGIRequest(environ)
    request.LANGUAGE_CODE = translation.get_language()
    request.resolver_match = resolve(path)
    return request


def page_of_item(model_admin, item, language, like, notice):
    """The item's page in a language, whatever its state; `notice` is said above it, see `_desk_notice.html`."""
    with translation.override(language):
        address = model_admin.preview_address(item)
        request = page_request(like, address)
        request.desk_notice = notice
        response = model_admin.preview_response(request, item)
        response.headers["Content-Language"] = language
        return response


@contextmanager
def undone():
    """A transaction of which nothing stays, whatever happens in it: no row, and no effect that waits for its end.

    SQLite lets nobody else write meanwhile, so only what needs it stands within.
    """
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
