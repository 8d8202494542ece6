"""An admin of which there is one row only: the link in the index leads straight to it."""

from django.contrib import admin
from django.shortcuts import redirect


class SingleRowAdmin(admin.ModelAdmin):
    def has_add_permission(self, request):
        return super().has_add_permission(request) and not self.model.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False

    def get_model_perms(self, request):
        """For the side bar of every page: without asking the database whether the one is there."""
        view, change = self.has_view_permission(request), self.has_change_permission(request)
        return {"add": False, "change": change, "delete": False, "view": view}

    def changelist_view(self, request, extra_context=None):
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"
        only = self.model.objects.only("pk").first()
        return redirect(f"{name}_change", only.pk) if only else redirect(f"{name}_add")
