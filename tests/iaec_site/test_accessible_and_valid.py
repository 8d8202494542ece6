"""Every kind of public page in a real browser and before the W3C's checker.

In English, which has all texts of the sample, and in French, which has none: fallbacks have to be accessible too.
"""

import pytest

from tests.accessibility import axe_violations
from tests.html_validity import html_errors
from tests.iaec_site.public_site import addresses, make_site

LANGUAGES = ("en", "fr")


@pytest.mark.django_db
def test_every_kind_of_page_is_valid_html(client):
    items = make_site()
    documents = {
        f"{language} {kind}": client.get(address).content.decode()
        for language in LANGUAGES
        for kind, address in addresses(items, language).items()
    }
    documents["404"] = client.get("/en/agenda/never-heard-of/").content.decode()

    assert html_errors(documents) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_has_no_finding_of_axe(page, live_server, language, scheme):
    items = make_site()
    page.emulate_media(color_scheme=scheme)
    found = {}
    for kind, address in addresses(items, language).items():
        page.goto(live_server.url + address)
        found[kind] = axe_violations(page)
    page.goto(f"{live_server.url}/{language}/never/heard/of/")
    found["404"] = axe_violations(page)

    assert found == {kind: [] for kind in found}
    assert [error for error in page.errors if "404" not in error] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_is_wider_than_its_window(page, live_server, width):
    items = make_site()
    page.set_viewport_size({"width": width, "height": 800})
    found = {}
    for kind, address in addresses(items, "en").items():
        page.goto(live_server.url + address)
        found[kind] = page.evaluate("document.documentElement.scrollWidth")

    assert found == dict.fromkeys(found, width)
