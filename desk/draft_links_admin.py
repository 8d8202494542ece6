"""The page that makes and revokes the links to an item's draft."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from desk import working_copies
from desk.draft_links import DAYS, make_link
from desk.models import DraftLink
from desk.preview_admin import preview_language

MOST_SHOWN = 50


class LinkForm(forms.Form):
    note = forms.CharField(
        label=_("For whom"), max_length=100, required=False, help_text=_("So that you know it again in the list.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    days = forms.TypedChoiceField(
        label=_("Works for"),
        coerce=int,
        initial=7,
        choices=[(number, ngettext_lazy("%d day", "%d days", number) % number) for number in DAYS],
    )


class DraftLinksAdmin(admin.ModelAdmin):
    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view(self.draft_links_view)
        return [path("<int:pk>/links/", view, name=f"{name}_draft_links"), *super().get_urls()]

    def draft_links_view(self, request, pk):
        item = self.get_object(request, str(pk))
        if item is None:
            raise Http404
        if not self.has_change_permission(request, item):
            raise PermissionDenied
        links = DraftLink.objects.of(item)
        if "_revoke" in request.POST:
            number = request.POST["_revoke"]
            if number.isdecimal() and len(number) < 19:
                links.filter(pk=number, revoked_at=None).update(revoked_at=timezone.now())
                self.message_user(
                    request, gettext("The link is revoked. Nobody can open it any more."), messages.SUCCESS
                )
            return redirect(self.page_of(item, "draft_links"))
        form = LinkForm(request.POST or None, initial={"language": preview_language(item)})
        address = self.new_address(request, item, form) if request.method == "POST" and form.is_valid() else ""
        context = self.desk_context(request, item, _("Share a draft")) | {
            "form": form if not address else LinkForm(initial={"language": preview_language(item)}),
            "address": address,
            "links": links.select_related("made_by").order_by("-made_at", "-pk")[:MOST_SHOWN],
            "now": timezone.now(),
            "copy": working_copies.copy_of(item),
            "is_public": item.is_public(),
        }
        response = TemplateResponse(request, "admin/desk/draft_links.html", context)
        # The new link is shown once, and the way back in the browser does not show it again.
        response.headers["Cache-Control"] = "no-store"
        return response

    def new_address(self, request, item, form):
        kind = ContentType.objects.get_for_model(self.model)
        chosen = form.cleaned_data
        _link, token = make_link(item, days=chosen["days"], by=request.user, kind=kind, note=chosen["note"])
        with translation.override(chosen["language"]):
            return request.build_absolute_uri(reverse("desk:draft_page", args=[token]))
