"""The picture that social networks show beside a link: the item's drawn cover with its title, per language."""

from django.http import Http404

from agenda.models import Event
from editions.models import Edition
from experiences.models import Experience, FocusIssue
from news.models import Post
from pages.models import Page
from publishing.public_page import public_page

KINDS = {
    "event": Event,
    "edition": Edition,
    "experience": Experience,
    "focus": FocusIssue,
    "post": Post,
    "page": Page,
}


@public_page
def sharing_card(request, kind, pk):
    raise Http404
