"""The trail, for administrators to read; secrets of the second step are nobody's to see."""

from django.contrib import admin
from django_otp.plugins.otp_totp.models import TOTPDevice

from entrance.models import TrailEntry

admin.site.unregister(TOTPDevice)


@admin.register(TrailEntry)
class TrailAdmin(admin.ModelAdmin):
    list_display = ["at", "actor", "act", "about", "network"]
    list_display_links = None
    list_filter = ["act"]
    search_fields = ["actor", "about"]
    date_hierarchy = "at"
    actions = None
    list_per_page = 50

    class Media:
        css = {"all": ["admin-look/entrance.css"]}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
