from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from agenda.filters import EventFilter, parts_of, undated
from agenda.grouping import grouped, month_text
from agenda.models import Event
from agenda.month import month_beside, month_bounds, month_grid, weekday_names
from agenda.selection import EventSelection, address_of, agenda_of, read_selection
from publishing import clock
from publishing.kept import once_per_change
from publishing.paging import in_order_of, page_of
from publishing.prepared import prepared
from publishing.public_page import public_page
from publishing.slugs import get_by_slug
from publishing.year_converter import YEARS
from translations.texts import current_language

PAGE_SIZE = 20
# So many dates that are not known to the day stand beneath a month.
VAGUE_SIZE = 12


@public_page
def event_list(request):
    """Coming events, or the choice that the address names: see `agenda.selection`."""
    selection, now = read_selection(request.GET), clock.now()
    listed, name = selection.events(now).for_cards(), ("events", selection)
    page = page_of(listed, PAGE_SIZE, request.GET.get("page"), name, cards_of)
    years = years_of_agenda(now)
    today = clock.today()
    year = selection.year or today.year
    parts, is_empty = parts_of(selection), not page.paginator.count
    context = {
        "kept_as": (*name, page.number),
        "page": page,
        "groups": SimpleLazyObject(lambda: grouped(page, selection.when, now, current_language())),
        "selection": selection,
        "filter": EventFilter(selection, request.path, years=years, at=now),
        "years": years,
        "calendar_address": month_address(year, today.month if year == today.year else 1, selection),
        "elsewhere": selection.events_of_all_languages(now).languages_to_read() if is_empty else [],
        "canonical_query": selection.query,
        "noindex": parts > 1 or (parts == 1 and is_empty),
    }
    return render(request, "agenda/event_list.html", context)


@public_page
def event_month(request, year, month):
    """A month as a calendar, of the same choice as the list's; the year and "past" of an address do not count here."""
    selection, now = undated(read_selection(request.GET)), clock.now()
    first, last = month_bounds(year, month)
    of_all_languages = selection.narrowed(Event.objects.published(now).in_year(year)).between(first, last)
    events = of_all_languages.listed()
    today, kept_as = clock.today(), ("month", year, month, selection)
    grid = SimpleLazyObject(lambda: month_grid(year, month, in_order(events.filter(vagueness=0)), today))
    in_vague_order = events.filter(vagueness__gt=0).order_by("vagueness", "starts_at", "pk")
    vague_keys = in_vague_order.values_list("pk", flat=True)[: VAGUE_SIZE + 1]
    vague = SimpleLazyObject(lambda: in_order_of(list(vague_keys), cards_of))
    years = years_of_agenda(now)
    name = month_text(first, current_language())
    is_empty = once_per_change(("empty", *kept_as), lambda: grid.is_empty and not vague)
    context = {
        "kept_as": kept_as,
        "title": agenda_of(name, *selection.words),
        "month": first,
        "month_name": name,
        "grid": grid,
        "weekdays": weekday_names(current_language()),
        "vague": SimpleLazyObject(lambda: vague[:VAGUE_SIZE]),
        "vague_has_more": SimpleLazyObject(lambda: len(vague) > VAGUE_SIZE),
        "selection": selection,
        "filter": EventFilter(selection, request.path, at=now),
        "previous": neighbour(year, month, -1, selection, [*years, today.year]),
        "next": neighbour(year, month, 1, selection, [*years, today.year]),
        "today_address": "" if first == today.replace(day=1) else month_address(today.year, today.month, selection),
        "list_address": address_of(reverse("agenda:event_list"), selection),
        "year_address": address_of(reverse("agenda:event_list"), selection, year=year),
        "elsewhere": of_all_languages.languages_to_read() if is_empty else [],
        "canonical_query": selection.query,
        "noindex": selection.is_filtered or is_empty,
    }
    return render(request, "agenda/event_month.html", context)


def neighbour(year, month, step, selection, years):
    """The month beside this one, as far as a year on either side of those that have events: beyond is nothing."""
    year, month = month_beside(year, month, step)
    if year not in YEARS or not min(years) - 1 <= year <= max(years) + 1:
        return None
    return {
        "address": month_address(year, month, selection),
        "name": month_text(month_bounds(year, month)[0], current_language()),
    }


def month_address(year, month, selection):
    path = reverse("agenda:event_month", kwargs={"year": year, "month": month})
    return address_of(path, undated(selection))


def years_of_agenda(at):
    return once_per_change(("years of the agenda",), lambda: Event.objects.published(at).listed().years())


def in_order(events):
    """The events of a month. Put in order here: for the sake of an order SQLite would read all events there are."""
    keys = sorted(events.order_by().values_list("starts_at", "vagueness", "ends_at", "pk"))
    return in_order_of([pk for *_, pk in keys], cards_of)


@prepared
def cards_of(*keys):
    return Event.objects.published().for_cards().filter(pk__in=keys).order_by()


@public_page
def event_archive(request, year):
    """The year's own address; what is there is a choice like any other."""
    if year not in Event.objects.published().years():
        raise Http404
    return HttpResponsePermanentRedirect(address_of(reverse("agenda:event_list"), EventSelection(), year=year))


@public_page
def event_detail(request, slug):
    return render_event(request, get_by_slug(public_events, slug))


def public_events():
    return Event.objects.published().select_related("city", "network", "edition__series", "picture")


def render_event(request, event):
    """Also called by the admin's preview, for drafts."""
    context = {
        "kept_as": ("event", event.pk),
        "item": event,
        "event": event,
        "posts": SimpleLazyObject(lambda: posts_of(event.pk)),
    }
    return render(request, "agenda/event_detail.html", context)


@prepared
def posts_of(event):
    return Event(pk=event).posts.published().listed().newest_first().for_cards()
