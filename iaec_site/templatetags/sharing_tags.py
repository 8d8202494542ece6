"""The picture that goes with a link to this page on social networks."""

from django import template
from django.urls import reverse

from iaec_site.sharing_cards import KINDS

register = template.Library()


@register.simple_tag(takes_context=True)
def sharing_card_url(context):
    """The absolute address of the page's sharing card, in its language; the site's own where the page has none."""
    request, item = context.get("request"), context.get("item")
    if request is None:
        return ""
    kind = item._meta.model_name if item is not None else ""
    where = {"kind": kind, "pk": item.pk} if kind in KINDS else {"kind": "site", "pk": 1}
    return request.build_absolute_uri(reverse("sharing_card", kwargs=where))
