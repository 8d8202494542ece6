"""Browsers hear of style sheets and fonts with the first line of an answer."""

import re

import pytest

from tests.iaec_site.public_site import addresses, make_site


@pytest.mark.django_db
def test_every_page_names_the_styles_and_the_font_of_its_head(client):
    differing = {}
    for kind, address in addresses(make_site(), "en").items():
        response = client.get(address)
        head = response.content.decode().split("</head>")[0]
        links = re.findall(r"<link [^>]+>", head)
        wanted = [
            (re.search('href="([^"]+)"', link)[1], "style" if 'rel="stylesheet"' in link else "font")
            for link in links
            if ('rel="stylesheet"' in link and 'media="print"' not in link) or 'as="font"' in link
        ]
        named = re.findall(r"<([^>]+)>; rel=preload; as=(\w+)", response.headers["Link"])
        if sorted(named) != sorted(wanted) or len(wanted) < 2:
            differing[kind] = named

    assert differing == {}


@pytest.mark.django_db
def test_feeds_and_data_name_none(client):
    make_site()

    found = {address: client.get(address).headers.get("Link", "") for address in ("/en/agenda.ics", "/en/news.atom")}

    assert found == dict.fromkeys(found, "")
