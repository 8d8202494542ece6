import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


def test_the_admin_asks_search_engines_to_stay_out_and_nobody_tells_where_it_is(client):
    robots = client.get("/robots.txt")

    assert robots.content.decode() == "User-agent: *\nDisallow:\n\nSitemap: http://testserver/sitemap.xml\n"
    assert robots.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "X-Robots-Tag" not in robots.headers
    admin_pages = [reverse("admin:index"), reverse("admin:login"), "/admin/nothing/"]
    assert [client.get(page).headers["X-Robots-Tag"] for page in admin_pages] == ["noindex"] * 3


def test_only_pictures_may_be_shown_by_other_sites(client):
    factories.make_site_identity()
    picture = factories.make_picture()
    card = client.get("/en/card/site/1-0.png").url
    addresses = [
        f"/media/{picture.fallback['name']}",
        card,
        "/en/",
        "/robots.txt",
        "/media/nothing",
        "/en/card/site/1-0.png",
    ]

    policies = [client.get(address).headers["Cross-Origin-Resource-Policy"] for address in addresses]

    assert policies == ["cross-origin"] * 2 + ["same-origin"] * 4
