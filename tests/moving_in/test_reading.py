"""The reader of exports: what WordPress really writes, and what somebody writes to do harm."""

import io
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from moving_in.wxr.reading import Reader
from moving_in.wxr.records import Item, Site, Term
from moving_in.wxr.source import Source, Unreadable
from tests.moving_in.exports import category, item, wxr

ROOT = Path(__file__).resolve().parents[2]


def read(text, notes=None):
    """The records of an export, given as text or bytes; `notes` gathers (line, what was left out)."""

    def note(line, what):
        if notes is not None:
            notes.append((line, what))

    data = text.encode() if isinstance(text, str) else text
    return list(Reader(note).records(Source(io.BytesIO(data), note)))


def items(text, notes=None):
    return [record for record in read(text, notes) if isinstance(record, Item)]


def refused(text):
    with pytest.raises(Unreadable) as error:
        read(text)
    return str(error.value)


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_every_version_of_the_format_is_read(version):
    [found] = items(wxr(item(7, "A & B", "<p>x ]]> y</p>", terms=[("category", "news")]), version=version))

    assert (found.number, found.title, found.content, found.kind, found.status, found.name) == (
        7,
        "A & B",
        "<p>x ]]> y</p>",
        "post",
        "publish",
        "item-7",
    )
    assert found.terms == [("category", "news", "News")]
    assert found.date_gmt == "2019-05-03 08:00:00"


def test_sites_terms_and_fields_are_read():
    records = read(wxr(category(3, "news", "News", parent="all"), item(1, meta={"_thumbnail_id": "9"})))

    site = records[-1]
    assert isinstance(site, Site)
    assert (site.base_blog_url, site.language, site.version) == ("https://old.example.org", "en-US", "1.2")
    [found] = [record for record in records if isinstance(record, Term)]
    assert (found.taxonomy, found.number, found.slug, found.parent, found.name) == (
        "category",
        3,
        "news",
        "all",
        "News",
    )
    assert records[-2].meta == {"_thumbnail_id": "9"}


def test_prefixes_are_told_by_their_namespace_not_by_their_letters():
    text = wxr(item(1, "Told")).replace("wp:", "zz:").replace("xmlns:wp=", "xmlns:zz=")

    assert [(one.number, one.title) for one in items(text)] == [(1, "Told")]


def test_control_characters_go_and_are_told_with_their_line():
    notes = []
    text = wxr(item(1, "Bell\x07s", "one\x00two\x1fthree"))

    [found] = items(text, notes)

    assert (found.title, found.content) == ("Bells", "onetwothree")
    line = text[: text.index("\x07")].count("\n") + 1
    assert (line, "a control character") in notes
    assert len(notes) == 3


def test_references_to_control_characters_go_even_across_pieces(monkeypatch):
    monkeypatch.setattr("moving_in.wxr.source.CHUNK", 7)
    text = wxr(item(1)).replace("<![CDATA[A title]]>", "a&#8;b&#x1F;c&#233;&eacute;&nbsp;d&nonsense;e")
    notes = []

    [found] = items(text, notes)

    assert found.title == "abcéé\N{NO-BREAK SPACE}de"
    assert [what for _line, what in notes] == [
        "a reference to a control character",
        "a reference to a control character",
        "the unknown entity &nonsense;",
    ]


def test_bytes_that_are_no_utf_8_become_a_sign_and_are_told():
    notes = []
    data = wxr(item(1, "caf@")).encode().replace(b"caf@", b"caf\xe9")

    [found] = items(data, notes)

    assert found.title == "caf�"
    assert [what for _line, what in notes] == ["bytes that are no letters (shown as �)"]


def test_an_old_blog_in_latin_1_is_read():
    data = wxr(item(1, "Educació · Éducation “ici”"), encoding="ISO-8859-1").encode("cp1252")

    assert [one.title for one in items(data)] == ["Educació · Éducation “ici”"]


def test_blank_lines_and_a_mark_before_the_declaration_do_no_harm():
    notes = []

    assert len(items("\ufeff\n\n" + wxr(item(1)), notes)) == 1
    assert notes == [(1, "blank lines before the first tag")]


BILLION_LAUGHS = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>
<rss><channel><title>&lol2;</title></channel></rss>"""
NO_DTD = "it declares a document type"
HOSTILE = {
    "an entity bomb": (BILLION_LAUGHS, NO_DTD),
    "a quadratic bomb": (f'<!DOCTYPE a [<!ENTITY a "{"x" * 50_000}">]><rss>{"&a;" * 50_000}</rss>', NO_DTD),
    "an outside entity": ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>', NO_DTD),
    "an outside parameter entity": ('<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x">%x;]><rss/>', NO_DTD),
    "an outside DTD": ('<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd"><rss/>', NO_DTD),
    "a plain document type": ("<!DOCTYPE rss><rss/>", NO_DTD),
    "UTF-16": (wxr(item(1)).encode("utf-16"), "It is written in UTF-16"),
    "UTF-16 without a mark": (wxr(item(1)).encode("utf-16-le"), "It is written in UTF-16"),
    "UTF-7 by declaration": (wxr(item(1), encoding="UTF-7"), "It says of itself to be written in utf-7"),
    "EBCDIC": (wxr(item(1)).encode("cp500"), "It does not begin as XML does"),
    "gzip": (b"\x1f\x8b\x08\x00aaaa", "It is compressed (gzip). Unpack it first: gunzip FILE."),
    "a ZIP archive": (b"PK\x03\x04aaaa", "It is a ZIP archive."),
    "no XML at all": ("Warning: Cannot modify header information", "It does not begin as XML does, but with"),
    "nothing": ("", "It is empty."),
    "HTML": ("<!doctype html><html><body>Log in</body></html>", "not well-formed XML"),
    "another feed": ("<rss><channel><title>News</title></channel></rss>", "no WordPress export: it does not say"),
    "another kind of XML": ("<feed><title>News</title></feed>", "it begins with <feed>, not <rss><channel>"),
    "deep nesting": (wxr("<a>" * 100_000), "elements lie more than 24 deep"),
    "a cut-off file": (wxr(item(1))[:-400], "before it is complete: the export was cut off"),
    "cut off within a text": (wxr(item(1))[:1500], "before it is complete: the export was cut off"),
    "a wrong end": (wxr(item(1)).replace("</item>", "</itm>"), "not well-formed XML (mismatched tag)"),
    "a long attribute": (wxr(f'<wp:tag x="{"a" * 3_000_000}"/>'), "a tag or a comment that does not end"),
    "a long name of a tag": (wxr(f"<{'a' * 3_000_000}/>"), "a tag or a comment that does not end"),
    "a long comment": (wxr(f"<!--{'a' * 3_000_000}-->"), "a tag or a comment that does not end"),
    "a long text": (wxr(item(1, content="a" * 17_000_000)), "a text of more than 16 million characters"),
    "many parts": (wxr(item(1, more="<wp:comment/>" * 30_000)), "one item has more than 20000 parts"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_or_broken_is_refused_in_words(name):
    text, words = HOSTILE[name]

    assert words in refused(text)


def test_nothing_is_asked_for_outside_of_the_file(monkeypatch):
    """Whatever opens a file or a connection while a hostile export is read fails the test."""
    opened = []
    sys.addaudithook(lambda event, arguments: opened.append(event) if event in ("socket.connect", "open") else None)
    data = HOSTILE["an outside entity"][0].encode()
    source = Source(io.BytesIO(data), lambda line, what: None)
    opened.clear()

    with pytest.raises(Unreadable):
        list(Reader(lambda line, what: None).records(source))

    assert opened == []


def test_numbers_that_no_database_holds_are_no_numbers():
    numbers = ["99999999999999999999", "-5", "1e3", "٣", "12 "]
    texts = [item(1).replace("<wp:post_id>1<", f"<wp:post_id>{number}<") for number in numbers]

    assert [one.number for one in items(wxr(*texts))] == [0, -5, 0, 0, 12]


def test_memory_stays_small_however_long_the_file():
    """60 MB come through a pipe into a process that may not use more than a fraction of it."""
    program = textwrap.dedent("""
        import resource, sys
        from moving_in.wxr.reading import Reader
        from moving_in.wxr.records import Item
        from moving_in.wxr.source import Source
        nothing = lambda line, what: None
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        number = sum(isinstance(one, Item) for one in Reader(nothing).records(Source(sys.stdin.buffer, nothing)))
        print(number, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    """)
    head, foot = (part.encode() for part in wxr("@@@").split("@@@"))
    one = item(1, content="<p>" + "Educating city. " * 2000 + "</p>").encode()
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    process.stdin.write(head)
    for _ in range(1800):
        process.stdin.write(one)
    process.stdin.write(foot)
    told, _ = process.communicate(timeout=60)

    number, grown = map(int, told.split())
    assert 1800 * len(one) > 55_000_000
    assert number == 1800
    assert grown < 20_000  # KiB
