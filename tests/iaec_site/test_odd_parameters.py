"""Nonsense in an address, and one parameter given many times: every list answers, or says that it has no such page."""

from urllib.parse import quote

import pytest
from django.urls import get_resolver, reverse
from django.utils.translation import override

from tests.iaec_site.public_site import make_site

# Every parameter that some list reads, and two that none does.
NAMES = (
    "q page view kind when type year country city network theme target_group sdg principle language category series "
    "tentative unknown x[]"
).split()
WORDS = [
    *["", " ", "0", "-1", "²", "1e9", "٣", "9" * 400, "2024", "ES", "es", "ß", "barcelona", "\0", "a\0b", "%s%n{}"],
    *["../../etc/passwd", "' OR 1=1 --", "<svg onload=alert(1)>", "\r\nSet-Cookie: a=b", "😀", "달서구", "a" * 3000],
]
NO_UTF8 = ["%FF%FE", "%ED%A0%80", "%", "%zz"]
VALUES = [*map(quote, WORDS), *NO_UTF8]


def names_of_lists(resolver, namespace=""):
    """Names of the public addresses that need nothing but themselves, those of readers' letters left aside."""
    for pattern in resolver.url_patterns:
        if pattern.pattern.converters:
            continue
        if hasattr(pattern, "url_patterns"):
            if pattern.namespace != "admin":
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from names_of_lists(pattern, inner)
        elif pattern.name:
            yield namespace + pattern.name


@pytest.fixture
def lists(db):
    """Addresses of all lists as pages, data, feeds and calendars, those within an item too."""
    items = make_site()
    with override("en"):
        found = {reverse(name) for name in names_of_lists(get_resolver())}
        found |= {reverse("agenda:event_month", args=[2030, 5]), reverse("news:post_archive", args=[2025])}
        for kind in ("category", "series", "edition", "publication series", "network", "city", "issue"):
            found.add(items[kind].get_absolute_url())
        series, network = items["series"].get_absolute_url(), items["network"].slug
    found |= {f"{series}data.json", f"{series}data.csv", f"/en/networks/{network}.ics"}
    # What changes something, and the staff's own pages, answer to other rules.
    return sorted(address for address in found if address.startswith("/en/") and "newsletter/subscribe" not in address)


def status_of(client, address):
    response = client.get(address)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


def queries(turn):
    """Each parameter alone with one of the values, another one at each turn; then thirty times, and all at once."""
    for at, name in enumerate(NAMES):
        yield f"{name}={VALUES[(at + turn) % len(VALUES)]}"
    yield "&".join(f"{NAMES[turn % len(NAMES)]}={value}" for value in VALUES)
    yield "&".join(f"{name}={value}" for name in NAMES for value in ("", "2024"))


def test_no_list_breaks_at_nonsense_or_at_a_parameter_given_many_times(client, lists):
    client.raise_request_exception = False
    assert {address: status_of(client, address) for address in lists} == dict.fromkeys(lists, 200)
    asked = [f"{address}?{query}" for turn, address in enumerate(lists) for query in queries(turn * 5)]

    found = {address: status_of(client, address) for address in asked}

    assert {address: status for address, status in found.items() if status not in (200, 301, 302, 404)} == {}
    assert len(found) > 20 * len(lists) > 20 * 40
