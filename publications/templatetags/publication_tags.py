"""Publications beside other items, their files in words, and what search engines read of them."""

from django import template
from django.urls import reverse
from django.utils.translation import ngettext

from publications.selection import PublicationSelection
from publications.sizes import size_text
from publications.structured_data import publication_data
from publishing.structured_data import data_block
from translations.texts import text_of

register = template.Library()


@register.simple_tag
def publications_of(item):
    """`{% publications_of edition as publications %}`: those listed of a network, city, edition or page.

    The newest first, with all that `publications/_of_item.html` shows. Two queries, one where there are none.
    """
    return list(item.publications.published().listed().for_cards().newest_first())


@register.simple_tag
def file_facts(document):
    """ "PDF, 1.2 MB, 24 pages", in the page's language."""
    pages = ngettext("%(count)d page", "%(count)d pages", document.pages) % {"count": document.pages}
    return ", ".join(["PDF", size_text(document.size).replace(" ", "\N{NO-BREAK SPACE}"), pages])


@register.simple_tag(takes_context=True)
def publication_feeds(context, series=None, selection=None):
    """`.title`, whole addresses as `.atom` and `.json`, and the choice as parameters, `.query`. No query."""
    chosen = selection or PublicationSelection(series=series or None)
    request = getattr(context, "request", None) or context["request"]
    return {
        "title": chosen.title,
        "query": chosen.query,
        "atom": request.build_absolute_uri(chosen.address("publications:publication_atom_feed")),
        "json": request.build_absolute_uri(chosen.address("publications:publication_json_feed")),
    }


@register.simple_tag(takes_context=True)
def publication_structured_data(context, publication, files):
    """JSON-LD, a data block that no browser runs; asks the database nothing that the page did not fetch."""
    request = context.get("request")
    if request is None:
        return ""
    absolute = request.build_absolute_uri
    data = publication_data(
        publication,
        files,
        url=context.get("canonical") or absolute(publication.get_absolute_url()),
        publisher=text_of(context.get("site"), "name").text,
        home=absolute(reverse("home")),
        absolute=absolute,
    )
    return data_block(data)
