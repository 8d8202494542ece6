from itertools import groupby

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from publications.languages import normalised, primary
from publications.models import FILES, Publication, PublicationSeries
from publications.selection import PublicationForm, PublicationSelection, read_selection
from publications.serving import pdf_response
from publishing.former_slugs import ever_moved, mark
from publishing.paging import page_of
from publishing.public_page import public_page
from publishing.slugs import get_by_slug
from translations.texts import current_language

PAGE_SIZE = 24


@public_page
def publication_list(request):
    """Series by series; `?series=…&language=…&year=…&network=…` chooses."""
    selection = read_selection(request.GET)
    return render_list(request, selection, noindex=bool(selection), canonical_query=selection.query)


@public_page
def series_detail(request, slug):
    series = get_by_slug(PublicationSeries.objects.all(), slug)
    return render_list(request, PublicationSelection(series=series), item=series, series=series)


def render_list(request, selection, **context):
    name = ("publications", selection)
    page = page_of(selection.publications().for_cards(), PAGE_SIZE, request.GET.get("page"), name)
    context |= {
        "kept_as": (*name, page.number),
        "page": page,
        "groups": SimpleLazyObject(lambda: in_groups(page)),
        "elsewhere": [] if page.paginator.count else selection.publications_of_all_languages().languages_to_read(),
        "selection": selection,
        "form": PublicationForm(selection),
    }
    return render(request, "publications/publication_list.html", context)


def in_groups(publications):
    """Series by series; they come in that order."""
    groups = groupby(publications, key=lambda publication: publication.series)
    return [{"series": series, "publications": list(found)} for series, found in groups]


@public_page
def publication_detail(request, slug):
    return render_publication(request, get_by_slug(public_publications, slug))


def public_publications():
    return Publication.objects.published().select_related("series", "picture", "edition__series", "page")


def render_publication(request, publication):
    """Also called by the admin's preview, for drafts."""
    files = files_of(publication)
    context = {
        "kept_as": ("publication", publication.pk),
        "item": publication,
        "publication": publication,
        "files": files,
        # The button's: only what is really in the language of the page.
        "file_here": next((file for file in files if primary(file.language) == current_language()), None),
        "networks": publication.networks.published(),
        "cities": publication.cities.published(),
        "others": others_of_series(publication),
    }
    return render(request, "publications/publication_detail.html", context)


def files_of(publication):
    """With their documents, in one query, in the order of the page's language."""
    rows = list(publication.files.select_related("document"))
    publication._prefetched_objects_cache = {"files": rows}
    return publication.files_in_order


def others_of_series(publication, most=4):
    if publication.series_id is None:
        return []
    others = Publication.objects.published().listed().filter(series=publication.series_id).exclude(pk=publication.pk)
    return others.newest_first().for_cards()[:most]


@public_page
def document_file(request, address, language):
    """The lasting address of a publication's file in one language, whichever document stands there at the time."""
    publication = by_file_address(address)
    code = language.lower()
    files = list(publication.files.select_related("document"))
    for file in files:
        file.publication = publication
    found = next((file for file in files if file.language.lower() == code), None) or next(
        (file for file in files if code in file.former_languages.lower().split()), None
    )
    if found is None:
        raise Http404
    if found.get_absolute_url() != request.path:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    response = pdf_response(
        request,
        found.document,
        filename=found.filename,
        changed_at=found.changed_at.timestamp(),
        language=normalised(found.language),
    )
    if len(files) > 1:
        response.headers["Link"] = ", ".join(
            f'<{request.build_absolute_uri(file.get_absolute_url())}>; rel="alternate"; hreflang="{file.language}"'
            for file in files
        )
    return response


def by_file_address(address):
    """The public publication whose files are, or once were, at this address; raises Http404."""
    published = Publication.objects.published()
    found = published.filter(file_address=address.lower()).first()
    if found is None:
        found = ever_moved(published).filter(former_slugs__contains=mark(FILES, address.lower())).first()
    if found is None:
        raise Http404
    return found
