"""The archive: every issue that went out, on the site, in every language. Nothing of any reader is in it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from newsletter.archive_feeds import feed_items, head_of
from newsletter.letter_contents import contents_of
from newsletter.models import Issue
from publishing.feed_response import ATOM, JSON_FEED, feed_response
from publishing.feeds import build_atom, build_json_feed
from publishing.kept import once_per_change
from publishing.paging import page_of
from publishing.public_page import public_page
from translations.texts import columns, current_language

PAGE_SIZE = 24


@public_page
def issue_list(request):
    issues = Issue.objects.archived().only(*columns("subject"), "source_language", "number", "started_at")
    page = page_of(issues, PAGE_SIZE, request.GET.get("page"))
    return render(request, "newsletter/issue_list.html", {"page": page})


@public_page
def issue_detail(request, number):
    """Where “read in your browser” leads: the whole issue, as somebody gets it who chose no network and no theme."""
    if number > Issue.LARGEST_NUMBER:
        raise Http404
    issue = get_object_or_404(Issue.objects.archived(), number=number)
    others = Issue.objects.archived().only(*columns("subject"), "source_language", "number")
    context = {
        "item": issue,
        "issue": issue,
        "contents": contents_of(issue, current_language()),
        "newer": others.filter(number__gt=number).order_by("number").first(),
        "older": others.filter(number__lt=number).first(),
    }
    return render(request, "newsletter/issue_detail.html", context)


@public_page
def issue_atom_feed(request):
    return archive_feed(request, "newsletter:issue_atom_feed", build_atom, ATOM)


@public_page
def issue_json_feed(request):
    return archive_feed(request, "newsletter:issue_json_feed", build_json_feed, JSON_FEED)


def archive_feed(request, name, build, content_type):
    head = head_of(request, name)
    body = once_per_change(("feed", head.feed_url), lambda: build(head, feed_items(request)))
    return feed_response(request, body, content_type, address=head.feed_url)
