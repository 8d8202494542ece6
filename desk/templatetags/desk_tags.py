"""What the desk's pages say about moments and people."""

from django import template
from django.utils.translation import gettext

from desk.last_saved import name_of
from publishing.shown_state import moment_text

register = template.Library()


@register.filter
def moment(value):
    """As in “3 May 2026, 09:00”, by the secretariat's clock, in the editor's language."""
    return moment_text(value) if value else ""


@register.filter
def person(user):
    """The name by which colleagues know somebody; “somebody” for an account that is gone."""
    return name_of(user) if user else gettext("somebody")
