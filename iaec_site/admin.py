"""Accounts and rights: Django's own admins, in which no editor overwrites another unseen."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from desk.conflict_admin import ConflictAdmin

admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(ConflictAdmin, UserAdmin):
    """Passwords have a page of their own."""


@admin.register(Group)
class RoleAdmin(ConflictAdmin, GroupAdmin):
    """The roles that the site comes with are made what they are by each `migrate`: see `iaec_site.roles`."""
