"""The search page, and what its box suggests while somebody types."""

from functools import wraps

from django.http import JsonResponse
from django.shortcuts import render

from entrance.search_limit import may_search
from publishing import clock
from publishing.paging import page_of
from publishing.public_page import public_page
from publishing.templatetags.date_tags import edtf_text
from search.finding import find
from search.kinds import kinds
from search.query import tidy
from translations.language_names import name_here
from translations.texts import ALL_LANGUAGES, current_language

PAGE_SIZE = 10
SUGGESTIONS = 8
FIGURES_OF_A_YEAR = 4


def limited(view):
    """Ready answers do not get here: this counts the work that a search makes."""

    @wraps(view)
    def page(request):
        if may_search(request):
            return view(request)
        response = render(request, "too_many_searches.html", status=429)
        response.headers["Retry-After"] = "60"
        response.headers["Cache-Control"] = "no-store"
        return response

    return page


def languages_here():
    """The site's languages, that of the page first."""
    here = current_language()
    return [here, *(code for code in ALL_LANGUAGES if code != here)]


@public_page
@limited
def search(request):
    text = tidy(request.GET.get("q", ""))
    kind, year = chosen_kind(request.GET.get("type")), chosen_year(request.GET.get("year"))
    found = find(text, languages_here(), clock.now(), kind=kind, year=year)
    page = page_of_found(found, request.GET.get("page"))
    query = {"q": text, "type": kind.parameter if kind else "", "year": str(year or "")}
    here = current_language()
    hits = [{"hit": hit, "language": "" if hit.language == here else name_here(hit.language)} for hit in page.found]
    asked = {name: value for name, value in query.items() if value}
    context = {
        # Results stand for the empty page in other search engines. What finds nothing may be anybody's advertisement.
        "noindex": bool(asked) and not found.ids,
        "stands_for": request.path if asked else "",
        "canonical_query": asked,
        "text": text,
        "found": found,
        "page": page,
        "own": [hit for hit in hits if not hit["language"]],
        "others": [hit for hit in hits if hit["language"]],
        "kinds": found.kinds(),
        "years": found.years(),
    }
    return render(request, "search.html", context)


@public_page
@limited
def suggestions(request):
    """Titles for what is typed so far, as JSON: at most eight, those of the page's language first."""
    found = find(request.GET.get("q", ""), languages_here(), clock.now(), as_typed=True)
    hits = found.hits(found.ids[:SUGGESTIONS])
    items = [
        {
            "title": hit.plain_title,
            "url": hit.url,
            "type": str(hit.kind.label),
            # Editions and yearly events have one title.
            "date": edtf_text(hit.date),
            "language": hit.language,
        }
        for hit in hits
    ]
    response = JsonResponse({"query": found.query.text, "suggestions": items})
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def chosen_kind(name):
    return next((kind for kind in kinds().values() if kind.parameter == name), None)


def chosen_year(text):
    return int(text) if text and len(text) == FIGURES_OF_A_YEAR and text.isascii() and text.isdecimal() else None


def page_of_found(found, number):
    """A page of the hits; its rows are fetched in one query."""
    page = page_of(found.ids, PAGE_SIZE, number)
    page.found = found.hits(page.object_list)
    return page
