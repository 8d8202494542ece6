"""What axes asks of us: from where somebody comes, what goes into its log, and what they see who are locked out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.shortcuts import render
from django.utils.translation import gettext

from entrance.visitor_address import visitor_address


def client_address(request) -> str | None:
    address = visitor_address(request)
    return str(address) if address else None


def nobody(*args, **kwargs) -> str:
    """Neither names nor addresses go into the log; the trail has what administrators need."""
    return "somebody"


def locked_out(request, *args, **kwargs):
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = admin.site.each_context(request) | {"title": gettext("Signing in is paused"), "minutes": minutes}
    response = render(request, "admin/entrance/locked_out.html", context, status=429)
    response.headers["Retry-After"] = str(minutes * 60)
    response.headers["Cache-Control"] = "no-store"
    return response
