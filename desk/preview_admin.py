"""Preview: the page as it would be if the form were saved now. The form is saved, the page is made, all is undone."""

import re
from urllib.parse import unquote

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, resolve
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from desk.form_run import FormRun
from desk.page_request import page_of_item, undone
from publishing.models import State

# The pages' own; what editors write holds none.
SCRIPT = re.compile(rb"<script\b.*?</script>", re.DOTALL)
# It may stand in a frame of ours, runs no script and leads nowhere.
PREVIEW_POLICY = "; ".join(
    [
        "default-src 'none'",
        "img-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
        # Its own origin, for without one it could not load the site's type.
        "sandbox allow-same-origin",
    ]
)


class PreviewAdmin(admin.ModelAdmin):
    # The function of the app's views that makes the item's page: `render_page = staticmethod(render_event)`.
    # Without one, the page at the item's address is made as if the item were public.
    render_page = None

    class Media:
        js = ["admin-look/preview.js"]

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view(require_POST(self.preview_view))
        return [
            path("add/preview/", view, name=f"{name}_add_preview"),
            path("<int:pk>/preview/", view, name=f"{name}_preview"),
            *super().get_urls(),
        ]

    def preview_view(self, request, pk=None):
        item = self.get_object(request, str(pk)) if pk is not None else None
        if pk is not None and item is None:
            raise Http404
        if not (self.has_change_permission(request, item) if item else self.has_add_permission(request)):
            raise PermissionDenied
        run = FormRun(self, request.user, item, request.POST.copy(), request.FILES, errors_stop=False)
        if not run.is_valid():
            context = {"errors": run.errors()}
            response = TemplateResponse(request, "admin/desk/preview_errors.html", context, status=422)
            return for_a_frame(response)
        with undone():
            # Read again: what the page shows is what the database would hand out.
            saved = self.model._base_manager.get(pk=run.save().pk)
            notice = {"kind": "preview"} | errors_in_words(run.publication_errors())
            response = page_of_item(self, saved, language_wanted(request, saved), request, notice)
        return for_a_frame(response)

    def preview_address(self, item):
        return item.get_absolute_url()

    def preview_response(self, request, item):
        """The page itself; called within a transaction that is undone."""
        if self.render_page is not None:
            return self.render_page(request, item)
        self.model._base_manager.filter(pk=item.pk).update(state=State.PUBLISHED, publish_at=None, withdraw_at=None)
        match = resolve(unquote(request.path))
        return match.func(request, *match.args, **match.kwargs)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if (add and self.has_add_permission(request)) or (change and self.has_change_permission(request, obj)):
            context |= {
                "preview_address": self.page_of(obj if change else None, "preview"),
                "preview_languages": settings.LANGUAGES,
                "preview_language": preview_language(obj),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)


def errors_in_words(found):
    """For the notice above the page, in the editor's language: the page itself may be in another."""
    return {
        "errors_lead": gettext("Errors that keep it from being published"),
        "errors": [(one.place, one.text) for one in found],
        "language": get_language(),
    }


def preview_language(item):
    return getattr(item, "source_language", "") or get_language()


def language_wanted(request, item):
    wanted = request.POST.get("_preview_language", "")
    return wanted if wanted in dict(settings.LANGUAGES) else preview_language(item)


def for_a_frame(response):
    """With the headers of what stands in a frame of the form's page, and is not kept anywhere."""
    if not getattr(response, "is_rendered", True):
        response.render()
    # The policy would stop them, and browsers report that as an error.
    response.content = SCRIPT.sub(b"", response.content)
    response.headers["Content-Security-Policy"] = PREVIEW_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
