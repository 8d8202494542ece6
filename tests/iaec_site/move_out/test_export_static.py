"""The copy of a site on a bare server, under another host, port and path than it was made for."""

import json
import re
import xml.etree.ElementTree as ET

import pytest

from tests.html_validity import html_errors
from tests.iaec_site.move_out.bare_server import Links, crawl, served

LANGUAGES = ("en", "es", "fr", "ca", "pt")
SITE = "http://127.0.0.1:8000"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture(scope="module")
def crawled(copy):
    with served(copy.folder.parent) as address:
        yield crawl(f"{address}/a%20copy/")


def below(address):
    return address.partition("/a%20copy/")[2]


def test_no_link_is_broken_in_five_languages(crawled, copy):
    answers, broken = crawled
    pages = [links for status, kind, links in answers.values() if isinstance(links, Links)]

    assert broken == []
    assert copy.said.splitlines()[-1] == "All links lead to a file: none is broken."
    counts = {code: sum(links.language == code for links in pages) for code in LANGUAGES}
    assert min(counts.values()) > 200
    # Each language has what the others have; only the items of one language alone make a difference.
    assert max(counts.values()) - min(counts.values()) < 20


def test_every_page_of_the_sitemap_and_every_page_of_the_copy_is_reached(crawled, copy):
    reached = {below(address) for address, (status, _, _) in crawled[0].items() if status == 200}
    index = ET.fromstring(copy.text("sitemap.xml"))
    named = [
        loc.text.removeprefix(f"{SITE}/")
        for sitemap in index.iter(LOC)
        for loc in ET.fromstring(copy.text(sitemap.text.removeprefix(f"{SITE}/"))).iter(LOC)
    ]

    assert len(named) > 100
    assert sorted(set(named) - reached) == []
    stubs = {path for path in copy.paths("*.html") if 'http-equiv="refresh"' in copy.text(path)}
    pages = {path.removesuffix("index.html") for path in set(copy.paths("*.html")) - stubs if "404" not in path}
    assert sorted(pages - reached) == []


def test_no_form_sends_anything_and_every_form_leads_to_the_search(crawled):
    forms = {
        (method, bool(re.search(r"(^\.|search|buscar|rechercher|cercar|pesquisar)/$", action)))
        for _, _, links in crawled[0].values()
        if isinstance(links, Links)
        for method, action in links.forms
    }

    assert forms == {("get", True)}


def test_only_what_is_public_is_there(copy, site):
    endings = (".html", ".json", ".xml", ".atom", ".csv", ".ics")
    texts = "\n".join(copy.text(path) for path in copy.paths() if path.endswith(endings))
    private = ("Unpublished", "reader@example.org", "editor-of-turin", "/admin/", "/draft/")
    assert [word for word in private if word in texts] == []

    files = json.loads(
        site.python(
            "import django, json; django.setup()\nfrom news.models import Post\n"
            "picture = Post.objects.get(state='draft').picture\n"
            "print(json.dumps([picture.file.name, picture.renditions]))"
        )
    )
    media = [path.removeprefix("media/") for path in copy.paths() if path.startswith("media/")]
    assert media
    assert [path for path in media if path in json.dumps(files)] == []


def test_feeds_calendars_and_data_are_files_with_the_right_ending(copy):
    kinds = {}
    for path in copy.paths():
        kinds.setdefault(path.rpartition(".")[2], []).append(path)

    for code, agenda in (("en", "agenda"), ("fr", "agenda"), ("pt", "agenda")):
        assert copy.text(f"{code}/{agenda}.ics").startswith("BEGIN:VCALENDAR")
        assert ET.fromstring(copy.text(f"{code}/{agenda}.atom")).tag == "{http://www.w3.org/2005/Atom}feed"
    assert json.loads(copy.text("en/news.json"))["version"] == "https://jsonfeed.org/version/1.1"
    assert copy.text("en/bank-of-experiences/data.csv").count("\n") > 1
    assert {
        "html",
        "ics",
        "atom",
        "json",
        "csv",
        "xml",
        "txt",
        "png",
        "css",
        "js",
        "woff2",
        "svg",
        "pdf",
    } <= kinds.keys()
    assert {"avif", "webp", "jpg"} & kinds.keys()


def test_lines_of_calendars_are_folded_as_the_standard_wants_it(copy):
    for path in copy.paths("*.ics"):
        body = (copy.folder / path).read_bytes()
        assert body.endswith(b"END:VCALENDAR\r\n")
        assert max(map(len, body.split(b"\r\n"))) <= 75


def test_pages_of_lists_lie_below_them(copy):
    first, second = copy.text("en/news/index.html"), copy.text("en/news/page/2/index.html")

    assert 'href="page/2/"' in first
    assert 'rel="prev" href="../../"' in second
    assert f'<link rel="canonical" href="{SITE}/en/news/page/2/">' in second


def test_what_is_frozen_is_said_with_its_day(copy):
    day = json.loads(copy.text("export.json"))["made_at"][:4]
    page = copy.text("en/agenda/index.html")

    assert re.search(rf"This is a copy of the site as it was on \d+ \w+ {day}\.", page)
    assert re.search(rf"As of \d+ \w+ {day}<", page)
    assert "nothing can be sent from here" in copy.text("en/newsletter/index.html")


def test_former_addresses_lead_on(copy):
    lines = copy.text("_redirects").splitlines()
    moved = next(
        line.split() for line in lines if line.endswith("/en/news/another-address/ 301") and " p=" not in line
    )
    stub = copy.text(f"{moved[0].strip('/')}/index.html")

    assert f'<link rel="canonical" href="{SITE}/en/news/another-address/">' in stub
    assert '<meta http-equiv="refresh" content="0; url=../another-address/">' in stub
    assert "/en/news/ page=2 /en/news/page/2/ 301" in lines
    assert f'    "{moved[0]}" "/en/news/another-address/";' in copy.text("redirects.nginx.conf").splitlines()
    # A series and its editions in the one language in which its address changed, and a network's calendar.
    assert {line.split()[1].split("/")[1] for line in lines if "/otra-serie/" in line.split()[1]} == {"es"}
    calendar = next(line.split()[0] for line in lines if line.endswith("/en/networks/another-network.ics 301"))
    assert (copy.folder / calendar.strip("/")).read_bytes() == (
        copy.folder / "en/networks/another-network.ics"
    ).read_bytes()


def test_addresses_of_the_site_before_this_one_lead_on(copy):
    lines, nginx = copy.text("_redirects").splitlines(), copy.text("redirects.nginx.conf").splitlines()

    assert {
        "/ p=7 /en/news/another-address/ 301",
        "/2019/05/report /en/news/ 301",
        "/2019/05/report/ /en/news/ 301",
    } <= set(lines)
    assert '    "/?p=7" "/en/news/another-address/";' in nginx
    assert 'content="0; url=../../../en/news/"' in copy.text("2019/05/report/index.html")


def test_dead_links_of_the_site_itself_become_text_and_are_told(copy):
    page = copy.text("en/agenda/reading-in-libraries-2030/index.html")

    assert "See <span>this</span> and <span>that</span>." in page
    assert "  /en/nothing-there/ (linked from /en/agenda/reading-in-libraries-2030/)" in copy.said.splitlines()


def test_the_manifest_names_every_file(copy):
    manifest = json.loads(copy.text("export.json"))

    assert sorted(manifest["files"]) == [path for path in copy.paths() if path != "export.json"]
    assert (manifest["format"], manifest["address"], manifest["languages"]) == (
        "iaec-static-export",
        SITE,
        list(LANGUAGES),
    )
    assert manifest["broken_links"] == []


def test_pages_are_valid_html(copy):
    paths = [
        "index.html",
        "404.html",
        "en/index.html",
        "fr/agenda/index.html",
        "en/bank-of-experiences/index.html",
        "en/cities/index.html",
        "en/search/index.html",
        "es/news/index.html" if (copy.folder / "es/news").exists() else "es/noticias/index.html",
        "en/newsletter/index.html",
        "en/publications/index.html",
        next(path for path in copy.paths("*.html") if 'http-equiv="refresh"' in copy.text(path)),
    ]

    assert html_errors({path: copy.text(path) for path in paths}) == []


def test_a_page_shown_anywhere_begins_its_links_at_the_root(copy):
    page = copy.text("404.html")

    assert 'href="/en/agenda/"' in page
    assert re.findall(r'\s(?:href|src|action)="(?!/|#|https?:|mailto:|tel:)[^"]*"', page) == []
