"""A reader's own page: what was chosen is changed there, and what is kept about them given away or erased."""

from django.http import HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from newsletter import erasing, joining
from newsletter.forms import PreferencesForm
from newsletter.models import Subscriber
from newsletter.reader_data import data_of
from newsletter.token_pages import SeeOther, token_page
from newsletter.views import render_note
from publishing.public_page import public_page


def reader_page(view):
    """For the holder of a preferences link; the others learn that it does not work."""

    @token_page
    def page(request, token):
        subscriber = Subscriber.objects.filter(preferences_token=token).first()
        if subscriber is None:
            return render(request, "newsletter/link_unknown.html", status=404)
        return view(request, subscriber)

    return page


@reader_page
def preferences(request, subscriber):
    here = reverse("newsletter:preferences", kwargs={"token": subscriber.preferences_token})
    is_reader = subscriber.state == Subscriber.State.CONFIRMED
    form = None
    if request.method == "POST" and is_reader:
        form = PreferencesForm(request.POST, subscriber=subscriber)
        if form.is_valid():
            joining.change(subscriber, **form.choices(), **form.lists())
            return SeeOther(f"{here}?saved")
    elif request.method == "POST":
        return SeeOther(here)
    elif is_reader:
        form = PreferencesForm(subscriber=subscriber)
    context = {
        "form": form,
        "subscriber": subscriber,
        "saved": "saved" in request.GET and request.method != "POST",
    }
    return render(request, "newsletter/preferences.html", context, status=422 if form and form.errors else 200)


@reader_page
def reader_data(request, subscriber):
    """Everything that is kept about the reader, as a file."""
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    response = JsonResponse(data_of(subscriber), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = 'attachment; filename="newsletter-data.json"'
    return response


@reader_page
def new_links(request, subscriber):
    """For a reader whose link came into other hands: this page's address ends, its next one is sent by mail.

    Not shown here, where it would be the stranger who sees it.
    """
    if request.method != "POST" or subscriber.state != Subscriber.State.CONFIRMED:
        return SeeOther(reverse("newsletter:preferences", kwargs={"token": subscriber.preferences_token}))
    joining.renew_links(subscriber, leaving=True)
    return SeeOther(reverse("newsletter:links_sent"))


@token_page
def erase(request, token):
    """One button on a page of its own. The second press is answered like the first."""
    subscriber = Subscriber.objects.filter(preferences_token=token).first()
    if request.method == "POST":
        if subscriber:
            erasing.erase(subscriber)
        return SeeOther(reverse("newsletter:erased"))
    if subscriber is None:
        return render(request, "newsletter/link_unknown.html", status=404)
    return render(request, "newsletter/erase.html", {"subscriber": subscriber})


@public_page
def links_sent(request):
    return render_note(request, "newsletter/links_sent.html")


@public_page
def erased(request):
    return render_note(request, "newsletter/erased.html")
