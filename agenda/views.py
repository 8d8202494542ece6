from django.http import Http404
from django.shortcuts import render

from agenda.models import Event
from publishing.paging import page_of
from publishing.public_page import public_page
from publishing.slugs import get_by_slug

PAGE_SIZE = 20
ARCHIVE_PAGE_SIZE = 100


@public_page
def event_list(request):
    events = Event.objects.published()
    page = page_of(events.upcoming().for_cards(), PAGE_SIZE, request.GET.get("page"))
    return render(request, "agenda/event_list.html", {"page": page, "years": events.years()})


@public_page
def event_archive(request, year):
    events = Event.objects.published()
    years = events.years()
    if year not in years:
        raise Http404
    page = page_of(events.in_year(year).for_cards(), ARCHIVE_PAGE_SIZE, request.GET.get("page"))
    return render(
        request,
        "agenda/event_archive.html",
        {"page": page, "year": year, "years": years},
    )


@public_page
def event_detail(request, slug):
    events = Event.objects.published().select_related("city", "network", "edition__series", "picture")
    return render_event(request, get_by_slug(events, slug))


def render_event(request, event):
    """Also called by the admin's preview, for drafts."""
    posts = event.posts.published().newest_first().for_cards()
    return render(request, "agenda/event_detail.html", {"item": event, "event": event, "posts": posts})
