"""Every address that stands in a letter: whole, so that it can be followed from anywhere."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from newsletter.models import Issue
from newsletter.placeholders import LEAVE_TOKEN, PREFERENCES_TOKEN


def absolute(address: str) -> str:
    """A path of the site, or an address elsewhere, as a whole address."""
    return urljoin(f"{settings.SITE_URL}/", address)


def page_address(name: str, language: str, **kwargs) -> str:
    with override(language):
        return absolute(reverse(name, kwargs=kwargs))


def addresses_of(issue: Issue, language: str) -> dict[str, str]:
    """`leave` and `preferences` hold placeholders for the reader's own tokens; `archive` is the issue on the site.

    An issue that is still being composed has no number, and leads to the list of those that went out.
    """
    if issue.number:
        archive = page_address("newsletter:issue_detail", language, number=issue.number)
    else:
        archive = page_address("newsletter:issue_list", language)
    return {
        "leave": page_address("newsletter:leave", language, token=LEAVE_TOKEN),
        "preferences": page_address("newsletter:preferences", language, token=PREFERENCES_TOKEN),
        "archive": archive,
        "home": page_address("home", language),
    }
