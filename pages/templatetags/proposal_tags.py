from django import template
from django.urls import reverse

from pages.proposals import field_for

register = template.Library()


@register.simple_tag(takes_context=True)
def propose_address(context, item):
    """Where an item is proposed for the front page; "" for whoever may not, and for what cannot stand there."""
    field = field_for(type(item))
    may = context["user"].has_perm("pages.add_frontpageproposal") and context.get("has_change_permission")
    return reverse("admin:propose", args=[field, item.pk]) if field and may else ""
