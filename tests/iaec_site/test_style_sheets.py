import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

from iaec_site.page_cache.encodings import BROTLI, packed
from iaec_site.style_sheets import BUNDLES

SHEETS = settings.BASE_DIR / "static" / "css"
# For paper, and for the bar above pages that staff look at: linked by themselves.
ALONE = {"print", "desk-notice"}
CLASS = re.compile(r"\.([a-z][\w-]*)")


def source(bundle):
    return "\n".join((SHEETS / f"{name}.css").read_text() for name in BUNDLES[bundle].split())


def classes_with_rules(bundle):
    return set(CLASS.findall(re.sub(r"/\*.*?\*/|url\([^)]*\)", "", source(bundle), flags=re.DOTALL)))


def test_each_style_sheet_is_in_one_bundle():
    named = [name for names in BUNDLES.values() for name in names.split()]

    assert sorted(named) == sorted({sheet.stem for sheet in SHEETS.glob("*.css")} - ALONE)


def test_a_bundle_says_to_a_browser_what_its_sheets_say(browser):
    page = browser.new_page()
    rules = """css => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        return [...sheet.cssRules].map(rule => rule.cssText.replace(/\\s+/g, " "));
    }"""

    for bundle in BUNDLES:
        made = Path(finders.find(bundle)).read_text()
        assert page.evaluate(rules, made) == page.evaluate(rules, source(bundle))
        assert len(made) < len(source(bundle))
    page.close()


def test_a_bundle_follows_its_sheets(settings, tmp_path):
    (tmp_path / "css").mkdir()
    for name in " ".join(BUNDLES.values()).split():
        (tmp_path / "css" / f"{name}.css").write_text(f"/* Words */ .{name} {{ color: red; }}")
    settings.STATICFILES_DIRS = [tmp_path]
    settings.VAR_DIR = tmp_path / "var"
    finders.get_finder.cache_clear()
    try:
        before = Path(finders.find("css/pages.css")).read_text()
        (tmp_path / "css" / "prose.css").write_text(".prose { color: blue; }")
        after = Path(finders.find("css/pages.css")).read_text()
    finally:
        finders.get_finder.cache_clear()

    assert before == " ".join(f".{name} {{ color: red; }}" for name in BUNDLES["css/pages.css"].split()) + "\n"
    assert after == before.replace(".prose { color: red; }", ".prose { color: blue; }")


@pytest.mark.django_db
def test_the_home_page_does_with_its_own_sheet_and_comes_in_one_round_trip(client):
    call_command("load_starter_content", verbosity=0)
    beyond = classes_with_rules("css/pages.css") - classes_with_rules("css/site.css")
    # Static files are packed as well as can be, once and for all; pages as they come.
    sheet = len(brotli.compress(Path(finders.find("css/site.css")).read_bytes()))

    for code, _ in settings.LANGUAGES:
        page = client.get(f"/{code}/").content
        used = {name for names in re.findall(r'class="([^"]*)"', page.decode()) for name in names.split()}

        assert used & beyond == set()
        assert re.findall(rb'rel="stylesheet" href="/static/css/(\w+).css">', page) == [b"site"]
        assert len(packed(page, BROTLI)) + sheet <= 14 * 1024
