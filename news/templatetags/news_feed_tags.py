"""Addresses under which a choice of the news is to be had for feed readers."""

from django import template

from news.selection import NewsSelection

register = template.Library()


@register.simple_tag(takes_context=True)
def news_feeds(context, category=None, network=None):
    """`{% news_feeds network=network as feeds %}`: `.title`, whole addresses as `.atom` and `.json`, and
    the choice as parameters, `.query`.

    Without a choice: all news. Nothing of it asks the database.
    """
    selection = NewsSelection(category=category or None, network=network or None)
    request = getattr(context, "request", None) or context["request"]
    return {
        "title": selection.title,
        "query": selection.query,
        "atom": request.build_absolute_uri(selection.feed_address("news:post_atom_feed")),
        "json": request.build_absolute_uri(selection.feed_address("news:post_json_feed")),
    }
