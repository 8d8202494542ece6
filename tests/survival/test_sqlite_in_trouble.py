"""The file of an SQLite site: held by another program, without permissions, moved away, or on a full disk."""

import os
import signal
import sqlite3

from tests.admin.forms import as_it_stands
from tests.survival.breakable import Served, room, wait_until

FORM, PAGE = "/admin/pages/page/1/change/", "/en/about/"


def prepared(served):
    """Signed in, the page ready; returns its form as it stands."""
    with served.visitor():
        assert served.get(PAGE).status == 200
    served.sign_in()
    return as_it_stands(served.get(FORM))


def assert_all_is_right(served, form):
    """Without anybody's help: an editor saves, and visitors see it at once."""
    assert served.post(FORM, form | {"title_en": "After it"}).status == 302
    with served.visitor():
        page = served.get(PAGE)
        assert (page.status, page.is_stale, "After it" in page.text) == (200, False, True)
        thanks = served.post("/en/newsletter/subscribe/", sign_up(served))
        assert (thanks.status, thanks.headers["location"]) == (303, "/en/newsletter/thanks/")


def sign_up(served):
    return as_it_stands(served.get("/en/newsletter/")) | {
        "email": "eva@example.org",
        "consent": consent(served),
    }


def consent(served):
    text = served.get("/en/newsletter/").text
    return text.split('name="consent"')[1].split('value="')[1].split('"')[0]


def test_another_program_holds_the_database(tmp_path, copied):
    with Served(copied(tmp_path)) as served:
        form, reader = prepared(served), sign_up(served)
        other = sqlite3.connect(tmp_path / "site.sqlite3", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with served.visitor():
            ready, made = served.get(PAGE), served.get("/ca/")
            signed_up = served.post("/en/newsletter/subscribe/", reader)
        refused = served.post(FORM, form | {"title_en": "Typed with care"})
        other.rollback()
        other.close()

        assert (ready.status, ready.is_stale, made.status) == (200, False, 200)
        assert (signed_up.status, "Nothing was stored" in signed_up.text) == (503, True)
        assert (refused.status, "was busy for too long" in refused.text) == (503, True)
        assert "Typed with care" in refused.text
        assert_all_is_right(served, form)


def test_nobody_may_write_to_the_database(tmp_path, copied):
    data = tmp_path / "data"
    site = copied(data)
    site.folder = tmp_path / "var"
    site.environment["VAR_DIR"] = str(site.folder)
    site.folder.mkdir()
    with Served(site, heeds_permissions=True) as served:
        form, reader = prepared(served), sign_up(served)
        for path in data.iterdir():
            path.chmod(0o444)
        data.chmod(0o555)
        # Open files stay writable: only who opens them anew meets the permissions.
        [server] = served.children("iaec_site.web_server")
        os.kill(server, signal.SIGKILL)
        wait_until(lambda: served.children("iaec_site.web_server") not in ([], [server]), "another web server")
        wait_until(served.answers, "an answer")

        with served.visitor():
            page = served.get(PAGE)
            signed_up = served.post("/en/newsletter/subscribe/", reader)
        desk, refused = served.get(FORM), served.post(FORM, form | {"title_en": "Typed with care"})
        data.chmod(0o755)
        for path in data.iterdir():
            path.chmod(0o644)

        assert (page.status, desk.status) == (200, 200)
        assert (signed_up.status, "Nothing was stored" in signed_up.text) == (503, True)
        assert (refused.status, "may read and not write" in refused.text) == (503, True)
        assert "Typed with care" in refused.text
        assert_all_is_right(served, form)


def test_the_file_is_moved_away_and_comes_back(tmp_path, copied):
    data, away = tmp_path / "data", tmp_path / "away"
    away.mkdir()
    with Served(copied(data)) as served:
        form, reader = prepared(served), sign_up(served)
        for path in data.glob("site.sqlite3*"):
            path.rename(away / path.name)

        with served.visitor():
            page, other = served.get(PAGE), served.get("/pt/")
            signed_up = served.post("/en/newsletter/subscribe/", reader)
        refused = served.post(FORM, form | {"title_en": "Typed with care"})
        assert list(data.glob("site.sqlite3*")) == []
        for path in away.iterdir():
            path.rename(data / path.name)

        assert (page.status, other.status, '<html lang="pt">' in other.text) == (200, 503, True)
        assert (signed_up.status, "Nothing was stored" in signed_up.text) == (503, True)
        assert (refused.status, "the database does not answer" in refused.text) == (503, True)
        assert "Typed with care" in refused.text
        assert_all_is_right(served, form)


def test_the_disk_is_full(tmp_path, copied):
    with room(tmp_path / "small", "64m") as small, Served(copied(small)) as served:
        form, reader = prepared(served), sign_up(served)
        filling = small / "filling"
        fill(filling)
        long = "<p>" + "Typed with care. " * 40000 + "</p>"

        with served.visitor():
            page, other = served.get(PAGE), served.get("/pt/")
            searched = served.get("/en/search/?q=text")
        refused = served.post(FORM, form | {"body_en": long})
        with served.visitor():
            signed_up = [served.post("/en/newsletter/subscribe/", reader) for _ in range(3)][-1]
        still = served.get(PAGE)
        filling.unlink()

        assert (page.status, other.status, searched.status, still.status) == (200, 200, 200, 200)
        assert (refused.status, "there is no room left" in refused.text) == (507, True)
        assert "Typed with care. Typed" in refused.text
        # A few rows may find room in pages of the file that are free.
        assert signed_up.status in (303, 507)
        assert "Typed with care" not in served.get(PAGE).text
        assert_all_is_right(served, form)


def fill(path):
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
