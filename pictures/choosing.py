"""The library in a window of its own, from which the rich text editor's picture dialog takes a picture.

CKEditor opens the address of `filebrowserImageBrowseUrl` and tells which of its fields asks; the script of the page
(static/pictures/choosing.js) gives the chosen picture back to it.
"""

import re

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

PER_PAGE = 24


class ChoosingAdmin(admin.ModelAdmin):
    def get_urls(self):
        choose = self.admin_site.admin_view(require_safe(self.choose_view))
        return [path("choose/", choose, name="pictures_picture_choose"), *super().get_urls()]

    def choose_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        query = request.GET.get("q", "").strip()[:200]
        pictures, _may_repeat = self.get_search_results(request, self.get_queryset(request), query)
        page = Paginator(pictures.order_by("-created_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
        language = language_of_editor(request.GET.get("CKEditor", ""))
        callback = request.GET.get("CKEditorFuncNum", "")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Choose a picture"),
            "is_popup": True,
            "query": query,
            "page": page,
            "choices": [{"picture": picture, "alt": alt_for(picture, language)} for picture in page],
            "callback": callback if callback.isascii() and callback.isdecimal() else "",
            # Stays with every search and page.
            "kept": {name: request.GET[name] for name in ("CKEditor", "CKEditorFuncNum") if name in request.GET},
            "media": self.media,
        }
        return TemplateResponse(request, "admin/pictures/picture/choose.html", context)


def language_of_editor(name):
    """The language of the text that is being written: its field's name ends in it, as in "id_body_es"."""
    match = re.search(r"_([a-z]{2,3}(?:_[a-z]+)?)$", name)
    code = match[1].replace("_", "-") if match else ""
    return code if code in dict(settings.LANGUAGES) else get_language()


def alt_for(picture, language):
    """In the language of the text, or none: what stands empty is read out in the best language that there is."""
    return "" if picture.decorative else picture.alt_in(language)
