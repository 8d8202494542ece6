from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from desk.admin import ItemAdmin, TranslatedAdmin
from newsletter import issue_admin  # noqa: F401 - registers the admin of issues
from newsletter.models import ConsentText, Subscriber


@admin.register(Subscriber)
class SubscriberAdmin(ItemAdmin):
    """What readers chose is theirs: staff read it, and delete a reader who asks for that."""

    list_display = ["email", "state", "language", "frequency", "signed_up_at", "confirmed_at"]
    list_filter = ["state", "language", "frequency", "networks", "themes"]
    date_hierarchy = "signed_up_at"
    search_fields = ["email"]
    search_help_text = _("Searches in the e-mail addresses.")
    save_on_top = False
    # Whoever asks to be forgotten is: no version may keep their address.
    keeps_history = False
    fieldsets = [
        (
            None,
            {
                "fields": ["email", "state", "language", "frequency", "networks", "themes"],
                "description": _(
                    "Readers sign up, confirm and leave by themselves, so nothing can be changed here. "
                    "If a reader asks to be forgotten, delete the entry."
                ),
            },
        ),
        (
            _("Consent"),
            {"fields": ["consent", "consent_language", "source_path", "signed_up_at", "confirmed_at"]},
        ),
    ]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


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
