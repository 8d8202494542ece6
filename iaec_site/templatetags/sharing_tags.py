"""The picture that goes with a link to this page on social networks."""

from django import template

from iaec_site.sharing_cards import card_address

register = template.Library()


@register.simple_tag(takes_context=True)
def sharing_card_url(context):
    """The absolute address of the page's sharing card, in its language; the site's own where the page has none.

    Needs `site`, optionally `item`. No query, as long as the view fetched what the item's `cover` reads.
    """
    request = context.get("request")
    if request is None:
        return ""
    return request.build_absolute_uri(card_address(context.get("item"), context.get("site")))
