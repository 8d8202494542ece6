"""The site's search as browsers take it up: OpenSearch 1.1."""

from django.shortcuts import render

from publishing.public_page import public_page

# By the specification; a longer name would make the description invalid.
LONGEST_NAME = 16


@public_page
def opensearch(request):
    """The description of the search in the page's language."""
    context = {"longest": LONGEST_NAME}
    return render(
        request, "opensearch.xml", context, content_type="application/opensearchdescription+xml; charset=utf-8"
    )
