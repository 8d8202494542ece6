"""The site as it will be at another moment, for the staff: scheduled items, highlights and working copies together.

The real pages are made with the clock of `publishing.clock` set to that moment, under addresses of the staff's area,
for cookies exist nowhere else. Their links lead on within the same moment.
"""

import datetime
import re
from contextlib import nullcontext

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, get_resolver, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from desk.models import WorkingCopy
from desk.page_request import page_request, undone
from desk.working_copies import apply_until
from publishing.clock import clock_set_to

MOMENT = "%Y-%m-%dT%H:%M"
YEARS = range(1990, 2101)
LANGUAGES = "|".join(re.escape(code) for code, _name in settings.LANGUAGES)
LINK = re.compile(rf'(?<=\s)(href|action)="(/(?:{LANGUAGES})(?:/[^"]*)?)"')


class WhenForm(forms.Form):
    at = forms.DateTimeField(
        label=_("Date and time"),
        widget=forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"}),
        help_text=_("By the secretariat’s clock."),
    )
    page = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_at(self):
        moment = self.cleaned_data["at"]
        if moment.year not in YEARS:
            raise forms.ValidationError(
                _("Choose a year from %(first)d to %(last)d.") % {"first": YEARS[0], "last": YEARS[-1]}
            )
        return moment


def time_travel_urls(admin_site):
    """For the admin's `get_urls`."""
    return [
        path("as-of/", admin_site.admin_view(lambda request: choose(request, admin_site)), name="as_of"),
        path("as-of/<str:moment>/<path:address>", admin_site.admin_view(page_as_of), name="as_of_page"),
    ]


def choose(request, admin_site):
    """Which moment? Leads to the page asked for or, without one, to the home page in the editor's language."""
    form = WhenForm(request.GET if "at" in request.GET else None)
    if form.is_valid():
        moment = timezone.localtime(form.cleaned_data["at"]).strftime(MOMENT)
        page = form.cleaned_data["page"]
        # Taken apart here so that no address of another site comes out of it.
        address, _mark, query = page.lstrip("/").partition("?")
        if address.split("/")[0] not in dict(settings.LANGUAGES):
            address, query = f"{translation.get_language()}/", ""
        target = reverse("admin:as_of_page", args=[moment, address])
        return redirect(f"{target}?{query}" if query else target)
    context = {
        **admin_site.each_context(request),
        "title": _("The site on another day"),
        "form": form,
    }
    return TemplateResponse(request, "admin/desk/as_of.html", context)


def page_as_of(request, moment, address):
    """A public page as of a moment. What is no page of a language (pictures, the sitemap) has no other moment."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    at = read_moment(moment)
    language = address.split("/")[0]
    if at is None or language not in dict(settings.LANGUAGES):
        raise Http404
    scheduled = WorkingCopy.objects.filter(publish_at__lte=at, failure="").exists()
    with translation.override(language), clock_set_to(at), undone() if scheduled else nullcontext():
        failed = apply_until(at) if scheduled else 0
        response = public_response(request, address, moment, at, failed)
        if hasattr(response, "render"):
            response.render()
    lead_on(response, reverse("admin:as_of_page", args=[moment, "x"]).removesuffix("/x"))
    response.headers["Cache-Control"] = "no-store"
    return response


def read_moment(text):
    """An aware moment by the secretariat's clock, or None."""
    try:
        naive = datetime.datetime.strptime(text, MOMENT)
    except ValueError:
        return None
    return timezone.make_aware(naive) if naive.year in YEARS else None


def public_response(request, address, moment, at, failed):
    query = request.META.get("QUERY_STRING", "")
    public_address = f"/{address}?{query}" if query else f"/{address}"
    notice = {
        "kind": "moment",
        "moment": at,
        "value": moment,
        "page": public_address,
        "public_address": public_address,
        "form_address": reverse("admin:as_of"),
        "desk_address": reverse("admin:index"),
        "failed": failed,
    }
    try:
        page = page_request(request, f"/{address}", query)
    except Resolver404:
        page = page_request(request, f"/{translation.get_language()}/")
        page.desk_notice = notice
        return not_there(page)
    page.desk_notice = notice
    match = page.resolver_match
    if not getattr(match.func, "is_public_page", False):
        return leading_out(public_address)
    try:
        return match.func(page, *match.args, **match.kwargs)
    except Http404 as error:
        return not_there(page, error)


def leading_out(address):
    response = redirect(address)
    response.leads_out = True
    return response


def not_there(page, error=None):
    return get_resolver().resolve_error_handler(404)(page, exception=error)


def lead_on(response, prefix):
    """Links and redirects of the site lead to the same moment; only those of the bar lead out of it."""
    location = response.headers.get("Location", "")
    if location.startswith("/") and not getattr(response, "leads_out", False) and not location.startswith("//"):
        response.headers["Location"] = prefix + location
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    html = response.content.decode()
    head, bar, rest = html.partition('<section class="desk-bar')
    inside, end, rest = rest.partition("</section>")
    response.content = with_prefix(head, prefix) + bar + inside + end + with_prefix(rest, prefix)


def with_prefix(html, prefix):
    return LINK.sub(lambda link: f'{link[1]}="{prefix}{link[2]}"', html)
