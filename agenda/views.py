from urllib.parse import urlencode

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from agenda.models import Event
from agenda.selection import read_selection
from publishing.paging import page_of
from publishing.public_page import public_page
from publishing.slugs import get_by_slug

PAGE_SIZE = 20


@public_page
def event_list(request):
    """Coming events, or the choice that the address names: see `agenda.selection`."""
    selection = read_selection(request.GET)
    page = page_of(selection.events().for_cards(), PAGE_SIZE, request.GET.get("page"))
    context = {
        "page": page,
        "selection": selection,
        "years": Event.objects.published().years(),
        "canonical_query": selection.query,
    }
    return render(request, "agenda/event_list.html", context)


@public_page
def event_archive(request, year):
    """The year's own address; what is there is a choice like any other."""
    if year not in Event.objects.published().years():
        raise Http404
    return HttpResponsePermanentRedirect(f"{reverse('agenda:event_list')}?{urlencode({'year': year})}")


@public_page
def event_detail(request, slug):
    events = Event.objects.published().select_related("city", "network", "edition__series", "picture")
    return render_event(request, get_by_slug(events, slug))


def render_event(request, event):
    """Also called by the admin's preview, for drafts."""
    posts = event.posts.published().newest_first().for_cards()
    return render(request, "agenda/event_detail.html", {"item": event, "event": event, "posts": posts})
