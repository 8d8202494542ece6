"""Several pictures at once into the library: dropped into its list, or chosen in a plain form.

Each file is judged by itself: one that is refused, with the reason in words, keeps no other out. What arrives waits
for its alternative text (`Picture.lacks_alt`), which is written for all of them in one page: `pictures.describing`.
"""

from __future__ import annotations

import logging
from typing import NamedTuple

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from desk.full_disk import words_of
from desk.history.acts import Act
from desk.history.recording import recorded
from pictures.files import encoded_upload, files_removed_on_error
from pictures.models import Picture
from pictures.uploads import ACCEPTED_MEDIA_TYPES, MAX_BYTES, refusal
from publishing.trouble import TROUBLESOME, trouble_of

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 20  # in one request; a browser with scripts sends each file by itself


class Outcome(NamedTuple):
    name: str
    picture: Picture | None = None
    refused: str = ""


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """The files as they were sent: what becomes of each is said one by one."""

    def clean(self, data, initial=None):
        if not data:
            raise ValidationError(self.error_messages["required"], code="required")
        return data


class AddingForm(forms.Form):
    files = FilesField(
        label=_("Pictures"),
        widget=SeveralFiles(attrs={"accept": ACCEPTED_MEDIA_TYPES}),
        error_messages={"required": _("Choose at least one picture.")},
    )


class AddingAdmin(admin.ModelAdmin):
    change_list_template = "admin/pictures/picture/change_list.html"

    class Media:
        js = ["pictures/adding.js"]

    def get_urls(self):
        add_several = self.admin_site.admin_view(self.add_several_view)
        return [path("add-several/", add_several, name="pictures_picture_add_several"), *super().get_urls()]

    def adding_form(self, request, *data):
        form = AddingForm(*data)
        network = self.formfield_for_dbfield(Picture._meta.get_field("network"), request)
        if network is not None:
            # Without the links to add or look at a network, which belong to a form of its own.
            network.widget = forms.Select(attrs={"required": network.required} if network.required else {})
            network.widget.choices = network.choices
            form.fields["network"] = network
        return form

    def changelist_view(self, request, extra_context=None):
        context = extra_context or {}
        if self.has_add_permission(request):
            context |= {
                "adding_form": self.adding_form(request),
                "max_bytes": MAX_BYTES,
                "too_large": refusal("too_many_bytes").messages[0],
            }
        return super().changelist_view(request, context)

    @method_decorator(require_POST)
    def add_several_view(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        wants_json = request.headers.get("Accept", "").startswith("application/json")
        form = self.adding_form(request, request.POST, request.FILES)
        if not form.is_valid():
            problem = " ".join(message for errors in form.errors.values() for message in errors)
            if wants_json:
                return JsonResponse({"problem": problem}, status=400)
            self.message_user(request, problem, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:pictures_picture_changelist"))
        outcomes = self.add_files(request, request.FILES.getlist("files"), form.cleaned_data.get("network"))
        if wants_json:
            return JsonResponse({"outcomes": [as_json(outcome) for outcome in outcomes]})
        return self.told_in_messages(request, outcomes)

    def add_files(self, request, files, network):
        outcomes = [self.add_file(request, file, network) for file in files[:MOST_AT_ONCE]]
        too_many = gettext("Left out: %(number)d pictures at most can be sent at once. Send this one again.")
        return outcomes + [
            Outcome(file.name, refused=too_many % {"number": MOST_AT_ONCE}) for file in files[MOST_AT_ONCE:]
        ]

    def add_file(self, request, file, network):
        try:
            encoded_upload(file)  # before the transaction, which keeps other writers waiting
            with files_removed_on_error(), recorded(request.user, Act.ADDED):
                picture = Picture(file=file, network=network, source_language=get_language())
                picture.save()
                self.log_addition(request, picture, gettext("Added with others."))
        except ValidationError as error:
            return Outcome(file.name, refused=" ".join(error.messages))
        except TROUBLESOME as error:
            logger.exception("An uploaded picture could not be stored")
            if trouble := trouble_of(error):
                return Outcome(file.name, refused=words_of(trouble))
            return Outcome(file.name, refused=gettext("The site could not store this file. Try again in a while."))
        finally:
            file.close()
            file.encoded_picture = None  # twenty of them would be a lot of memory
        return Outcome(file.name, picture=picture)

    def told_in_messages(self, request, outcomes):
        for outcome in outcomes:
            if outcome.refused:
                text = gettext("“%(name)s” was not added. %(reason)s")
                self.message_user(request, text % {"name": outcome.name, "reason": outcome.refused}, messages.ERROR)
        added = [outcome.picture for outcome in outcomes if outcome.picture]
        if not added:
            return HttpResponseRedirect(reverse("admin:pictures_picture_changelist"))
        text = ngettext("%(count)d picture was added.", "%(count)d pictures were added.", len(added))
        self.message_user(request, text % {"count": len(added)}, messages.SUCCESS)
        keys = ",".join(str(picture.pk) for picture in added)
        return HttpResponseRedirect(f"{reverse('admin:pictures_picture_describe')}?pictures={keys}")


def as_json(outcome: Outcome) -> dict:
    if outcome.refused:
        return {"name": outcome.name, "refused": outcome.refused}
    return {"name": outcome.name, "picture": outcome.picture.pk}
