"""Alternative texts, credits and licences of several pictures in one page."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from desk.history.acts import Act
from desk.history.recording import note_before, recorded
from pictures.licences import Licence
from pictures.models import Picture, alt_field

MOST_IN_ONE_PAGE = 50


class DescribingForm(forms.ModelForm):
    """One picture. It may go on waiting for its alternative text; it may not lose the one that it has."""

    alt = forms.CharField(
        label=_("alternative text"),
        max_length=Picture._meta.get_field("alt").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Picture
        fields = ["source_language", "alt", "decorative", "credit", "licence"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        picture = self.instance
        self.lacked_alt = picture.lacks_alt
        picture.may_wait_for_alt = True
        self.initial |= {"alt": picture.alt_in(picture.source_language), "seen": picture.updated_at.isoformat()}
        for name in ("source_language", "alt", "decorative", "credit", "licence"):
            self.fields[name].help_text = ""  # said once, at the head of the page

    def clean(self):
        data = super().clean()
        if not self.lacked_alt and not data.get("alt", "").strip() and not data.get("decorative"):
            self.add_error(
                "alt", gettext("This picture has had an alternative text: change it, but do not take it away.")
            )
        now = self.instance.updated_at.isoformat()
        if self.has_changed() and data.get("seen") != now:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = now
            text = gettext(
                "Somebody changed this picture while you had it open. Its alternative text now: “%(alt)s”, its "
                "credit: “%(credit)s”. Save once more to replace that with what stands here."
            )
            present = Picture.objects.get(pk=self.instance.pk)
            self.add_error(None, text % {"alt": present.shown_alt().text, "credit": present.credit})
        return data

    def has_changed(self):
        return bool(set(self.changed_data) - {"seen"})

    def save(self, commit=True):
        """Only what was changed here; what others write meanwhile into other fields stays."""
        data, picture = self.cleaned_data, self.instance
        columns = set(self.changed_data) & {"source_language", "decorative", "credit", "licence"}
        if {"alt", "source_language"} & set(self.changed_data):
            column = alt_field(data["source_language"])
            setattr(picture, column, data["alt"].strip())
            columns.add(column)
        picture.save(update_fields=[*columns, "updated_at"])
        return picture


class ForAllForm(forms.Form):
    """What is the same for all of them is written once; it fills what stands empty."""

    credit = forms.CharField(label=_("credit"), max_length=200, required=False)
    licence = forms.ChoiceField(label=_("licence"), choices=[("", "---------"), *Licence.choices], required=False)


DescribingFormSet = forms.modelformset_factory(
    Picture, DescribingForm, extra=0, max_num=MOST_IN_ONE_PAGE, edit_only=True
)


class DescribingAdmin(admin.ModelAdmin):
    actions = ["describe"]

    def get_urls(self):
        describe = self.admin_site.admin_view(self.describe_view)
        return [path("describe/", describe, name="pictures_picture_describe"), *super().get_urls()]

    @admin.action(description=_("Write texts and credits"), permissions=["change"])
    def describe(self, request, queryset):
        keys = ",".join(str(key) for key in queryset.values_list("pk", flat=True)[:MOST_IN_ONE_PAGE])
        return HttpResponseRedirect(f"{reverse('admin:pictures_picture_describe')}?pictures={keys}")

    def described_pictures(self, request):
        """Those that the address names; without any, those that wait. Never another network's."""
        mine = self.get_queryset(request).order_by("-created_at", "-pk")
        named = request.GET.get("pictures", "")
        if named:
            keys = [int(key) for key in named.split(",") if key.isascii() and key.isdecimal() and len(key) < 19]
            return mine.filter(pk__in=keys[:MOST_IN_ONE_PAGE])
        waiting = mine.lacking_alt().values_list("pk", flat=True)[:MOST_IN_ONE_PAGE]
        return mine.filter(pk__in=list(waiting))

    def describe_view(self, request):
        if not self.has_change_permission(request):
            raise PermissionDenied
        with transaction.atomic():
            pictures = self.described_pictures(request)
            if request.method != "POST":
                return self.describe_page(request, DescribingFormSet(queryset=pictures), ForAllForm(prefix="all"))
            pictures = pictures.select_for_update(of=("self",))
            if not posted_keys(request) <= {str(picture.pk) for picture in pictures}:
                text = gettext(
                    "One of these pictures has been deleted, or is not yours. Go back, and open the list anew."
                )
                self.message_user(request, text, messages.ERROR)
                return HttpResponseRedirect(reverse("admin:pictures_picture_changelist"))
            formset = DescribingFormSet(request.POST, queryset=pictures)
            for_all = ForAllForm(request.POST, prefix="all")
            if not (formset.is_valid() and for_all.is_valid()):
                return self.describe_page(request, formset, for_all)
            written = self.write(request, formset, for_all)
        return self.after_describing(request, written, [form.instance for form in formset])

    def write(self, request, formset, for_all):
        with recorded(request.user, Act.DESCRIBED):
            note_before(Picture, [form.instance.pk for form in formset])
            return self.written(request, formset, for_all)

    def written(self, request, formset, for_all):
        written = []
        for form in formset:
            common = {name: value for name, value in for_all.cleaned_data.items() if value}
            filled = {name: value for name, value in common.items() if not form.cleaned_data[name]}
            if not (form.has_changed() or filled):
                continue
            if not self.has_change_permission(request, form.instance):
                raise PermissionDenied
            for name, value in filled.items():
                setattr(form.instance, name, value)
                form.changed_data.append(name)
            written.append(form.save())
            self.log_change(request, form.instance, [{"changed": {"fields": labels_of(form)}}])
        return written

    def after_describing(self, request, written, pictures):
        waiting = [picture for picture in pictures if picture.lacks_alt]
        text = ngettext("%(count)d picture was changed.", "%(count)d pictures were changed.", len(written))
        self.message_user(request, text % {"count": len(written)}, messages.SUCCESS)
        if not waiting:
            return HttpResponseRedirect(reverse("admin:pictures_picture_changelist"))
        text = ngettext(
            "%(count)d picture still waits for its alternative text. What shows it cannot be published before.",
            "%(count)d pictures still wait for their alternative texts. What shows them cannot be published before.",
            len(waiting),
        )
        self.message_user(request, text % {"count": len(waiting)}, messages.WARNING)
        keys = ",".join(str(picture.pk) for picture in waiting)
        return HttpResponseRedirect(f"{reverse('admin:pictures_picture_describe')}?pictures={keys}")

    def describe_page(self, request, formset, for_all):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Texts and credits of pictures"),
            "formset": formset,
            "for_all": for_all,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/pictures/picture/describe.html", context)


def posted_keys(request):
    return {value for name, value in request.POST.items() if name.startswith("form-") and name.endswith("-id")}


def labels_of(form):
    return [str(form.fields[name].label) for name in form.changed_data if name != "seen"]
