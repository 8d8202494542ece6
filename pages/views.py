from django.shortcuts import render

from pages.models import Page
from publishing.public_page import public_page
from publishing.slugs import get_by_slug


@public_page
def page_detail(request, slug):
    return render_page(request, get_by_slug(public_pages, slug))


def public_pages():
    return Page.objects.published().select_related("picture")


def render_page(request, page):
    """Also called by the admin's preview, for drafts."""
    return render(request, "pages/page_detail.html", {"kept_as": ("page", page.pk), "item": page, "page": page})
