from copy import copy

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desk.admin import ItemAdmin, TranslatedAdmin
from entrance.models import TrailEntry
from entrance.trail import note
from newsletter import issue_admin  # noqa: F401 - registers the admin of issues
from newsletter.erasing import erase
from newsletter.joining import renew_links
from newsletter.models import Bounce, ConsentText, Subscriber
from newsletter.moving_admin import export, moving_page


class BounceInline(admin.TabularInline):
    """What came back of the letters to a reader: told, never changed."""

    model = Bounce
    fields = ["at", "kind", "issue", "status", "report"]
    readonly_fields = fields
    extra = 0
    show_change_link = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("issue")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("newsletter.view_subscriber")


@admin.register(Subscriber)
class SubscriberAdmin(ItemAdmin):
    """What readers chose is theirs: staff read it, and do for them what readers ask for in a letter."""

    list_display = ["email", "state", "language", "frequency", "signed_up_at", "confirmed_at"]
    list_filter = ["state", "language", "frequency", "networks", "themes"]
    date_hierarchy = "signed_up_at"
    search_fields = ["email"]
    search_help_text = _("Searches in the e-mail addresses.")
    save_on_top = False
    # Whoever asks to be forgotten is: no version may keep their address.
    keeps_history = False
    inlines = [BounceInline]
    change_form_template = "admin/newsletter/subscriber/change_form.html"
    change_list_template = "admin/newsletter/subscriber/change_list.html"
    fieldsets = [
        (
            None,
            {
                "fields": ["email", "state", "language", "frequency", "networks", "themes", "soft_bounces", "left_at"],
                "description": _(
                    "Readers sign up, confirm and leave by themselves, so nothing can be changed here. "
                    "If a reader asks to be forgotten, delete the entry: a fingerprint of the address stays, "
                    "so that no import brings it back."
                ),
            },
        ),
        (
            _("Consent"),
            {
                "fields": [
                    *("consent", "consent_language", "source_path", "consent_source"),
                    *("signed_up_at", "confirmed_at", "imported_at"),
                ]
            },
        ),
    ]

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("moving/", view(self.moving_view), name="newsletter_subscriber_moving"),
            path("moving/all.zip", view(self.export_view), name="newsletter_subscriber_export"),
            path("<int:pk>/act/", view(self.act_view), name="newsletter_subscriber_act"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    # --- at a reader's wish ---

    def act_view(self, request, pk):
        """The two buttons of a reader's page; whoever may delete a reader may press them."""
        reader = get_object_or_404(Subscriber, pk=pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_delete_permission(request, reader):
            raise PermissionDenied
        if "leave" in request.POST and reader.leave():
            self.log_change(request, nameless(reader), gettext("Taken off the list."))
            messages.success(request, gettext("The reader gets no more letters."))
        elif "links" in request.POST and reader.state == Subscriber.State.CONFIRMED:
            renew_links(reader, leaving=True)
            self.log_change(request, nameless(reader), gettext("Links renewed."))
            messages.success(request, gettext("The former links have ended. The new ones go out by mail."))
        return redirect("admin:newsletter_subscriber_change", pk)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        reader = self.get_object(request, object_id)
        may_act = reader is not None and self.has_delete_permission(request, reader)
        acts = {
            "may_be_taken_off": may_act and reader.state not in (Subscriber.State.LEFT, Subscriber.State.PENDING),
            "may_have_links_renewed": may_act and reader.state == Subscriber.State.CONFIRMED,
        }
        return super().change_view(request, object_id, form_url, acts | (extra_context or {}))

    def delete_model(self, request, reader):
        erase(reader)
        note(TrailEntry.Act.ERASED)

    def delete_queryset(self, request, queryset):
        for reader in queryset:
            erase(reader)
            note(TrailEntry.Act.ERASED)

    def log_deletions(self, request, queryset):
        return super().log_deletions(request, [nameless(reader) for reader in queryset])

    # --- moving in and out ---

    def may_move(self, request):
        return request.user.has_perm("newsletter.add_subscriber") and self.has_view_permission(request)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"may_move": self.may_move(request)} | (extra_context or {}))

    def moving_view(self, request):
        if not self.may_move(request):
            raise PermissionDenied
        return moving_page(request, self.admin_site)

    def export_view(self, request):
        if not self.may_move(request):
            raise PermissionDenied
        return export(request)


def nameless(reader):
    """For the log of the admin, which outlives readers: whoever is erased must not stay in it under their address."""
    stand_in = copy(reader)
    stand_in.email = gettext("reader %(number)d") % {"number": reader.pk}
    return stand_in


@admin.register(ConsentText)
class ConsentTextAdmin(TranslatedAdmin):
    list_display = ["version", "languages_column", "created_at"]
    search_fields = ["version", "text"]
    fieldsets = [
        (
            None,
            {
                "fields": ["version", "source_language", "text"],
                "description": _(
                    "The sentence that a reader agrees to when signing up. As soon as somebody has agreed to a "
                    "version it stays as it is: to change the sentence, add a new version."
                ),
            },
        )
    ]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.subscribers.exists())

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.subscribers.exists())
