"""The folder of an export: whole or not there, never over anything of others; and the look over what was written."""

import json
import shutil
import time

import pytest

from iaec_site.static_export.checking import Broken, Checker
from tests.iaec_site.move_out.bare_server import crawl, served


@pytest.fixture(scope="module")
def exported(small_site, tmp_path_factory):
    """Made for an address with a path."""
    folder = tmp_path_factory.mktemp("served") / "archive"
    small_site.manage("export_static", folder, "--site-url", "https://old.example.org/kept/archive/")
    return folder


@pytest.fixture
def changed(exported, tmp_path):
    return shutil.copytree(exported, tmp_path / "archive")


def refusal(site, *arguments):
    done = site.try_to("export_static", *arguments)
    assert done.returncode == 1
    return done.stderr.strip().removeprefix("CommandError: Nothing was exported. ")


def test_whole_addresses_are_those_of_the_copy(exported):
    home = (exported / "en/index.html").read_text(encoding="utf-8")

    assert '<link rel="canonical" href="https://old.example.org/kept/archive/en/">' in home
    assert 'hreflang="x-default" href="https://old.example.org/kept/archive/">' in home
    assert (
        (exported / "robots.txt").read_text().endswith("Sitemap: https://old.example.org/kept/archive/sitemap.xml\n")
    )
    assert '<a href="agenda/"' in home or 'href="agenda/"' in home
    not_there = (exported / "404.html").read_text(encoding="utf-8")
    assert 'href="/kept/archive/en/agenda/"' in not_there
    everything = "".join(
        path.read_text(errors="replace")
        for path in exported.rglob("*.*")
        if path.is_file() and path.name != "export.json"
    )
    assert "127.0.0.1:8000" not in everything


def test_the_copy_works_under_another_path_than_it_was_made_for(exported):
    with served(exported.parent) as address:
        answers, broken = crawl(f"{address}/archive/")

    assert broken == []
    assert len(answers) > 100


def test_an_earlier_export_gives_way_only_if_nobody_changed_it(small_site, changed):
    (changed / "en/index.html").write_text("better")
    words = f"{changed} is not replaced: en/index.html was changed since. Move it away, or name another folder."
    assert refusal(small_site, changed, "--replace") == words
    assert (changed / "en/index.html").read_text() == "better"

    shutil.rmtree(changed / "en")
    (changed / "notes.txt").write_text("mine")
    words = (
        f"{changed} is not replaced: notes.txt is no part of the earlier export. Move it away, or name another folder."
    )
    assert refusal(small_site, changed, "--replace") == words

    (changed / "notes.txt").unlink()
    small_site.manage("export_static", changed, "--replace")
    assert (changed / "en/index.html").exists()
    assert [path.name for path in changed.parent.iterdir()] == [changed.name]


def test_other_places_are_refused_in_words(small_site, tmp_path):
    folder, file, link = tmp_path / "folder", tmp_path / "file", tmp_path / "link"
    folder.mkdir()
    (folder / "mine").write_text("mine")
    file.write_text("mine")
    link.symlink_to(folder)

    assert refusal(small_site, folder) == (
        f"{folder} is not empty. Name another folder, or add --replace if it is an earlier export."
    )
    assert refusal(small_site, folder, "--replace") == (
        f"{folder} is not replaced: it has no export.json of an earlier export. Move it away, or name another folder."
    )
    assert refusal(small_site, file) == f"{file} is a file. Name a folder, or one that does not exist yet."
    assert refusal(small_site, link) == f"{link} is a link. Name the folder itself."
    assert refusal(small_site, tmp_path / "not" / "there") == f"{tmp_path / 'not'} does not exist. Make it first."
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder", "link"]


def test_killed_halfway_nothing_looks_whole_and_the_next_run_clears_up(small_site, tmp_path):
    folder = tmp_path / "archive"
    process = small_site.start("export_static", folder)
    unfinished = tmp_path / ".archive.unfinished"
    end = time.monotonic() + 60
    while sum(1 for _ in unfinished.rglob("*.html")) < 5 and time.monotonic() < end:
        time.sleep(0.05)
    process.kill()
    process.wait()

    assert unfinished.exists()
    assert not folder.exists()
    assert not (unfinished / "export.json").exists()

    (unfinished / "left.html").write_text("of the killed run")
    small_site.manage("export_static", folder)
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]
    assert not (folder / "left.html").exists()


def test_a_page_that_cannot_be_made_stops_the_export(small_site, tmp_path):
    shutil.copytree(small_site.folder, tmp_path / "site")
    site = type(small_site)(tmp_path / "site")
    site.python(
        "import django; django.setup()\nfrom django.db import connection\n"
        "connection.cursor().execute('ALTER TABLE experiences_focusissue RENAME TO lost')"
    )
    done = site.try_to("export_static", tmp_path / "archive")

    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("CommandError: Nothing was exported. /")
    assert "the site cannot make this page" in last
    assert not (tmp_path / "archive").exists()


def test_the_look_over_the_files_finds_what_is_broken(changed):
    checker = Checker(changed, "https://old.example.org/kept/archive")
    assert list(checker.broken()) == []

    (changed / "test.html").write_text(
        '<a href="en/#main">1</a><a href="en/#nowhere">2</a><a href="en/gone/">3</a><img src="../x.png" alt="">'
        '<img srcset="en/index.html 1x, lost.png 2x" alt=""><a href="https://old.example.org/kept/archive/lost/">4</a>'
        '<a href="https://elsewhere.example.org/lost">5</a><form action="nothing/"></form><a href="en">6</a>'
        '<meta http-equiv="refresh" content="0; url=lost.html"><a href="mailto:a@example.org">7</a>'
    )
    (changed / "test.css").write_text("/* url(a.png) */ b { background: url('lost.svg') } @import \"lost.css\";")
    (changed / "test.xml").write_text("<loc>https://old.example.org/kept/archive/lost.xml</loc>")

    assert list(Checker(changed, "https://old.example.org/kept/archive").broken()) == [
        Broken("test.css", "lost.svg", "no such file"),
        Broken("test.css", "lost.css", "no such file"),
        Broken("test.html", "en/#nowhere", "no such place in the page"),
        Broken("test.html", "en/gone/", "no such file"),
        Broken("test.html", "../x.png", "outside of the copy"),
        Broken("test.html", "lost.png", "no such file"),
        Broken("test.html", "https://old.example.org/kept/archive/lost/", "no such file"),
        Broken("test.html", "nothing/", "no such file"),
        Broken("test.html", "en", "a folder without its slash"),
        Broken("test.html", "lost.html", "no such file"),
        Broken("test.xml", "https://old.example.org/kept/archive/lost.xml", "no such file"),
    ]


def test_an_address_that_is_none_is_refused(small_site, tmp_path):
    done = small_site.try_to("export_static", tmp_path / "archive", "--site-url", "old.example.org")

    assert (done.returncode, done.stderr) == (
        1,
        "CommandError: --site-url is an address as in https://www.example.org/archive, not “old.example.org”.\n",
    )


def test_the_manifest_says_for_which_address_it_was_made(exported):
    manifest = json.loads((exported / "export.json").read_text(encoding="utf-8"))

    assert (manifest["site"], manifest["address"]) == ("http://127.0.0.1:8000", "https://old.example.org/kept/archive")


def test_a_host_that_the_site_does_not_answer_for_is_told(small_site, tmp_path):
    done = small_site.try_to("export_static", tmp_path / "archive", SITE_URL="https://elsewhere.example.org")

    assert (done.returncode, done.stderr) == (
        1,
        "CommandError: Nothing was exported. / answers 400. Is the host of SITE_URL (https://elsewhere.example.org) "
        "among ALLOWED_HOSTS?\n",
    )
