"""“Save draft” in the form of every item that can be published.

What is public stays as it is: the form is kept as the item's working copy and comes back when somebody opens the item
again. A draft is simply saved, and what cannot be saved yet (a text that is needed is missing) is kept as well.
"""

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from desk import working_copies
from desk.comparison import changes
from desk.form_run import FormRun
from desk.kept_forms import fitted
from desk.models import WorkingCopy
from publishing.models import State

SAVE_DRAFT = "_save_draft"
SEEN_VERSION = "_working_copy"


class WorkingCopyAdmin(admin.ModelAdmin):
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        item = self.get_object(request, unquote(object_id)) if object_id else None
        is_popup = IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST
        if is_popup or not self.may_keep_drafts(request, object_id, item):
            return super().changeform_view(request, object_id, form_url, extra_context)
        copy = self.working_copy(request, item)
        if request.method == "POST" and SAVE_DRAFT in request.POST:
            try:
                response = self.keep_draft(request, item, copy)
            except working_copies.Overtaken as overtaken:
                return self.overtaken_view(request, object_id, item, overtaken.copy, form_url, extra_context)
            if response is not None:
                return response
        context = (extra_context or {}) | {"keeps_drafts": True, "working_copy": copy, "is_draft": is_draft(item)}
        if request.method == "POST":
            return self.saved(request, object_id, copy, form_url, context)
        if copy is not None and "public" in request.GET:
            context |= {"working_copy": None, "hidden_working_copy": copy}
        elif copy is not None:
            request.form_data = fitted(copy.data, FormRun(self, request.user, item))
        if item is None:
            context["begun"] = self.begun_by(request).exclude(pk=copy and copy.pk)[:10]
        elif copy is not None:
            context["public_has_changed"] = copy.live_digest != working_copies.digest_of(item)
        return super().changeform_view(request, object_id, form_url, context)

    def may_keep_drafts(self, request, object_id, item):
        if object_id:
            return item is not None and self.has_change_permission(request, item)
        return self.has_add_permission(request)

    def working_copy(self, request, item):
        """The item's; on the page that adds an item, the one that the address names among the editor's own."""
        if item is not None:
            return working_copies.copy_of(item)
        number = request.GET.get("begun", "")
        return self.begun_by(request).filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None

    def begun_by(self, request):
        """Items of this kind that the editor began and could not save yet."""
        kind = ContentType.objects.get_for_model(self.model)
        return WorkingCopy.objects.filter(content_type=kind, object_id=None, changed_by=request.user).order_by(
            "-changed_at"
        )

    def seen_version(self, request):
        version = request.POST.get(SEEN_VERSION, "")
        return int(version) if version.isdecimal() and len(version) < 10 else 0

    def keep_draft(self, request, item, copy):
        """The response to "Save draft", or None where the form can simply be saved as the draft that it is."""
        # Validation changes the item in memory, so the form has one of its own.
        own = self.get_object(request, str(item.pk)) if item is not None else None
        run = FormRun(self, request.user, own, request.POST.copy(), request.FILES)
        valid = run.is_valid()
        if valid and is_draft(item):
            data = request.POST.copy()
            # Whatever is chosen under "state": who saves a draft wants no page.
            data["state"] = State.DRAFT.value
            data["_continue"] = "1"
            request.POST = data
            return None
        kind = ContentType.objects.get_for_model(self.model)
        seen = self.seen_version(request)
        kept = working_copies.keep(run, kind=kind, by=request.user, seen_version=seen, copy=copy, item=item)
        self.tell_what_was_kept(request, item, errors=0 if valid else len(run.errors()))
        if item is None:
            return redirect(f"{self.page_of(None)}?begun={kept.pk}")
        return redirect(self.page_of(item))

    def tell_what_was_kept(self, request, item, errors):
        if is_draft(item):
            text = gettext("Kept as you typed it, though it is not complete yet.")
        else:
            text = gettext("Draft saved. The public page stays as it is until you publish the changes.")
        if errors:
            text += " " + ngettext(
                "%(count)d thing has to be mended before it can be published; it is marked below.",
                "%(count)d things have to be mended before it can be published; they are marked below.",
                errors,
            ) % {"count": errors}
        self.message_user(request, text, messages.WARNING if errors else messages.SUCCESS)

    def page_of(self, item, page="change"):
        """The address of one of the item's pages; without an item, of the page that adds one."""
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"
        if item is None:
            return reverse(f"{name}_add_{page}" if page != "change" else f"{name}_add")
        return reverse(f"{name}_{page}", args=[item.pk])

    def saved(self, request, object_id, copy, form_url, context):
        """The ordinary way of saving. The copy that the form was made from has then done its work."""
        with transaction.atomic():
            response = super().changeform_view(request, object_id, form_url, context)
            if copy is not None and response.status_code == 302:
                # One that somebody saved meanwhile stays, and says that the public version has changed.
                WorkingCopy.objects.filter(pk=copy.pk, version=self.seen_version(request)).delete()
            return response

    def overtaken_view(self, request, object_id, item, theirs, form_url, extra_context):
        """The form as it was typed, beside what another editor kept meanwhile. Saving once more replaces that."""
        request.form_data = request.POST.copy()
        context = (extra_context or {}) | {"keeps_drafts": True, "working_copy": theirs, "is_draft": is_draft(item)}
        context["overtaken"] = True
        if theirs is not None:
            mine = FormRun(self, request.user, item, request.POST.copy(), request.FILES)
            context["changes_overtaken"] = changes(mine, working_copies.run_of(theirs, request.user))
        request.method = "GET"
        return super().changeform_view(request, object_id, form_url, context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        data = getattr(request, "form_data", None)
        return form if data is None else with_data(form, data)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        data = getattr(request, "form_data", None)
        return kwargs if data is None else kwargs | {"data": data.copy(), "files": {}}


def is_draft(item):
    """Whether no page depends on the item, so that saving it is all that a draft needs."""
    return item is None or item.state == State.DRAFT


def with_data(form_class, data):
    """The form as if the data had been posted: it shows them, with what is wrong in them."""

    class FilledForm(form_class):
        def __init__(self, *args, initial=None, **kwargs):
            super().__init__(data, *args, **kwargs)

    return FilledForm
