"""What an editor sees whose form comes with an old token: they signed in again in another window meanwhile.

The scripts of the forms keep what was typed (`form-memory.js`, `translator-draft.js`), so the way back is to open the
page again, and not the browser's “back”.
"""

from django.contrib import admin
from django.shortcuts import render
from django.utils.translation import gettext


def refused_token(request, reason=""):
    """For CSRF_FAILURE_VIEW: 403. `reason` is Django's, in words for developers; its log has it."""
    context = admin.site.each_context(request) | {"title": gettext("This page was open for too long")}
    return render(request, "admin/refused_token.html", context, status=403)
