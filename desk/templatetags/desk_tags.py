"""What the desk's pages say about moments."""

from django import template

from publishing.shown_state import moment_text

register = template.Library()


@register.filter
def moment(value):
    """As in “3 May 2026, 09:00”, by the secretariat's clock, in the editor's language."""
    return moment_text(value) if value else ""
