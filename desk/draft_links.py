"""Links by which somebody without an account sees a draft or a working copy: hard to guess, ending, revocable."""

import hashlib
import secrets
from contextlib import nullcontext
from datetime import timedelta

from django.conf import settings
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation

from desk import working_copies
from desk.form_run import admin_of
from desk.models import DraftLink
from desk.page_request import page_of_item, undone

DAYS = (1, 7, 30)
# 32 random bytes, 256 bits.
TOKEN_BYTES = 32
NOTED_EVERY = timedelta(minutes=1)


def hashed(token):
    return hashlib.sha256(token.encode()).hexdigest()


def make_link(item, *, days, by, kind, note=""):
    """The link and its token, which nobody can find out later. `kind` is the item's content type."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = DraftLink.objects.create(
        content_type=kind,
        object_id=item.pk,
        token_hash=hashed(token),
        note=note,
        made_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return link, token


def draft_page(request, token):
    """The page that a link leads to, in the language of the address; where there is none, a page that says why."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    response = answer(request, token)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # The address is the key: it goes to no other site, not even by a link that somebody follows.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def answer(request, token):
    link = DraftLink.objects.filter(token_hash=hashed(token)).select_related("made_by", "content_type").first()
    now = timezone.now()
    if link is None:
        return ended(request, "unknown")
    if link.revoked_at is not None:
        return ended(request, "revoked")
    if link.expires_at <= now:
        return ended(request, "expired")
    item = working_copies.item_of(link)
    if item is None:
        return ended(request, "gone")
    # A link shows no more than whoever made it could see today.
    model_admin = admin_of(type(item))
    if not working_copies.may_change(link.made_by, model_admin, item):
        return ended(request, "revoked")
    if request.method == "GET" and (link.opened_at is None or link.opened_at < now - NOTED_EVERY):
        DraftLink.objects.filter(pk=link.pk).update(opened_at=now)
    copy = working_copies.copy_of(item)
    if copy is None and item.is_public():
        return HttpResponseRedirect(item.get_absolute_url())
    return page_of_draft(request, item, copy, link, token)


def page_of_draft(request, item, copy, link, token):
    model_admin = admin_of(type(item))
    language = translation.get_language()
    notice = {"kind": "draft", "until": link.expires_at, "languages": addresses(token, language)}
    if copy is not None:
        run = working_copies.run_of(copy, link.made_by, item, errors_stop=False)
        if not run.is_valid():
            return ended(request, "incomplete")
    with undone() if copy is not None or model_admin.render_page is None else nullcontext():
        if copy is not None:
            item = type(item)._base_manager.get(pk=run.save().pk)
        return page_of_item(model_admin, item, language, request, notice)


def addresses(token, current):
    """`[{"code", "url", "is_current"}, …]` of the same draft in each language."""
    found = []
    for code, name in settings.LANGUAGES:
        with translation.override(code):
            url = reverse("desk:draft_page", args=[token])
        found.append({"code": code, "name": name, "url": url, "is_current": code == current})
    return found


def ended(request, reason):
    return render(request, "desk/no_draft.html", {"reason": reason, "noindex": True}, status=404)
