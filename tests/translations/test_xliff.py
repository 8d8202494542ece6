"""What is built is XLIFF 2.0 by the standard's own schema, and what real tools read and write comes back whole."""

import json
import shutil
import subprocess
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import playwright
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.storage.xliff2 import Xliff2File

from publishing.rich_text import clean_html
from scripts.fetch_test_tools import TOOLS_DIR
from translations.digests import digest
from translations.exchange import xliff
from translations.exchange.units import Outgoing, Unreadable, lines_alike
from translations.exchange.xliff_reader import MAX_DEPTH, MAX_ELEMENTS, read

HERE = Path(__file__).parent
SCHEMA = etree.XMLSchema(file=str(HERE / "xliff_schemas" / "xliff-core-2.0.xsd"))
XLF = {"x": xliff.NAMESPACE}
BODY = (
    '<h2>Head</h2><p>One <strong>two</strong> <a href="/x" title="Tip &amp; top" rel="noopener">link</a></p>'
    "<ul><li>A<ul><li>B</li></ul></li></ul>"
    '<figure><img src="/a.jpg" alt="A river"><figcaption>cap</figcaption></figure>'
)


def text(source, *, rich=False, **overrides):
    return Outgoing(
        **{
            "kind": "agenda.event",
            "kind_name": "event",
            "item": 12,
            "title": "Night <of> museums",
            "field": "body" if rich else "title",
            "field_name": "text" if rich else "title",
            "rich": rich,
            "max_length": None if rich else 200,
            "source_language": "en",
            "source": source,
            "language": "fr",
            "state": "missing",
            "translation": "",
            "previous_source": "",
            "digest": digest(source, rich),
        }
        | overrides
    )


def build(*texts, **options):
    return xliff.build(texts, source_language="en", language="fr", **options)


def back(content):
    return read(content, is_rich=lambda kind, field: field == "body")


def tree(content):
    found = etree.fromstring(content)
    assert SCHEMA.validate(found), SCHEMA.error_log
    return found


def translated(content, change=lambda words: words):
    """The file as a good tool gives it back: each segment's source, codes and all, with other words as its target."""
    document = tree(content)
    for segment in document.iterfind(".//x:segment", XLF):
        source = segment.find("x:source", XLF)
        if (old := segment.find("x:target", XLF)) is not None:
            segment.remove(old)
        target = etree.SubElement(segment, f"{{{xliff.NAMESPACE}}}target")
        target.text = source.text and change(source.text)
        for child in source:
            target.append(deepcopy(child))
        for node in target.iter():
            if node is not target:
                node.text, node.tail = node.text and change(node.text), node.tail and change(node.tail)
    return etree.tostring(document, encoding="utf-8", xml_declaration=True)


def test_one_item_as_it_goes_out():
    content = build(
        text("Museums", state="stale", translation="Musées", previous_source="The museums"), text(BODY, rich=True)
    )

    assert tree(content) is not None
    assert content.decode() == (HERE / "event.xlf").read_text(encoding="utf-8")


def test_a_translated_rich_text_keeps_its_markup():
    [returned] = back(translated(build(text(BODY, rich=True)), str.upper))

    assert returned.problem == ""
    assert clean_html(returned.text) == (
        '<h2>HEAD</h2><p>ONE <strong>TWO</strong> <a href="/x" title="TIP &amp; TOP" rel="noopener">LINK</a></p>'
        "<ul><li>A<ul><li>B</li></ul></li></ul>"
        '<figure><img src="/a.jpg" alt="A RIVER"><figcaption>CAP</figcaption></figure>'
    )


def test_a_translation_with_other_paragraphs_comes_back_as_it_went_out():
    content = build(text(BODY, rich=True, state="stale", translation="<p>Autre</p><p>texte <em>ici</em></p>"))

    assert len(tree(content).findall(".//x:segment", XLF)) == 1
    assert back(content)[0].text == "<p>Autre</p><p>texte <em>ici</em></p>"


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ADDRESS = st.sampled_from(["/a", "https://example.org/?a=1&amp;b=2", "/x title="])


@st.composite
def inline(draw, depth=2):
    if depth == 0 or draw(st.booleans()):
        return draw(WORDS).replace("&", "&amp;").replace("<", "&lt;")
    inner = draw(inline(depth=depth - 1))
    words = draw(WORDS).replace("&", "&amp;").replace('"', "&quot;")
    return draw(
        st.sampled_from(
            [
                f"a <strong>{inner}</strong> b",
                f'<a href="{draw(ADDRESS)}" title="{words}">{inner}</a>',
                f'<img src="/a.jpg" alt="{words}">{inner}',
                f'<abbr title="{words}">x</abbr><br>{inner}',
                f'<span lang="ko">{inner}</span> ',
            ]
        )
    )


@st.composite
def rich_text(draw):
    blocks = []
    for _number in range(draw(st.integers(0, 4))):
        inner, other = draw(inline()), draw(inline())
        blocks.append(
            draw(
                st.sampled_from(
                    [
                        f"<p>{inner}</p>",
                        f"{inner}<hr>",
                        f"<ul><li>{inner}<ol><li>{other}</li></ol></li></ul>\n",
                        f"<blockquote><p>{inner}</p>{other}</blockquote>",
                        f'<table><tbody><tr><td>{inner}</td><th scope="row">{other}</th></tr></tbody></table>',
                        f'<a href="/z" title="Title"><h2>{inner}</h2></a>',
                        f'<figure class="align-left"><img src="/b.jpg"><figcaption>{inner}</figcaption></figure>',
                    ]
                )
            )
        )
    return clean_html("".join(blocks))


@settings(deadline=None, max_examples=60)
@given(source=rich_text(), target=rich_text())
def test_whatever_rich_text_comes_back_as_it_went_out(source, target):
    for texts in (text(source, rich=True), text(source, rich=True, state="stale", translation=target)):
        for in_one in (False, True):
            content = build(texts, in_one=in_one)
            tree(content)
            [returned] = back(content)
            assert returned.problem == ""
            if digest(texts.translation, rich=True):
                assert clean_html(returned.text) == clean_html(lines_alike(texts.translation))


@settings(deadline=None)
@given(source=WORDS, target=WORDS)
def test_whatever_plain_text_comes_back_as_it_went_out(source, target):
    content = build(text(source, state="stale", translation=target))

    tree(content)
    [returned] = back(content)
    assert (returned.problem, returned.text.strip()) == ("", lines_alike(target).strip())
    assert (returned.name, returned.field, returned.digest) == ("agenda.event:12", "title", digest(source))


def test_translate_toolkit_reads_translates_and_saves_it():
    content = build(text("Museums & more"), text(BODY, rich=True), replace(text("Other"), item=13))
    store = Xliff2File.parsestring(content)
    assert [unit.source for unit in store.units][:2] == ["Museums & more", "Head"]

    store.units[0].target = "Musées <et> plus"
    store.units[0].markapproved()
    first, *rest = back(bytes(store))

    assert (first.text, first.reviewed, first.problem) == ("Musées <et> plus", True, "")
    assert (first.digest, first.name) == (digest("Museums & more"), "agenda.event:12")
    assert [(one.name, one.text, one.problem) for one in rest] == [
        ("agenda.event:12", "", ""),
        ("agenda.event:13", "", ""),
    ]


def node():
    """Playwright brings one along."""
    return shutil.which("node") or str(Path(playwright.__file__).parent / "driver" / "node")


def through_npm(content, translation):
    script = """
        const { xliff2js, js2xliff } = require("xliff")
        let content = ""
        process.stdin.on("data", (some) => (content += some)).on("end", async () => {
          const found = await xliff2js(content)
          for (const units of Object.values(found.resources))
            for (const unit of Object.values(units)) unit.target = TRANSLATION ?? unit.source
          process.stdout.write(await js2xliff(found))
        })
    """.replace("TRANSLATION", json.dumps(translation))
    done = subprocess.run(
        [node(), "-e", script], input=content, capture_output=True, check=True, cwd=TOOLS_DIR, timeout=60
    )
    return done.stdout


def test_npms_reader_loses_much_but_not_what_a_plain_text_is_for():
    [returned] = back(through_npm(build(text("Museums")), "Musées <et> plus"))

    assert (returned.text, returned.problem) == ("Musées <et> plus", "")
    assert (returned.name, returned.field, returned.digest) == ("agenda.event:12", "title", digest("Museums"))


def test_a_rich_text_of_which_a_tool_lost_parts_is_refused():
    [returned] = back(through_npm(build(text(BODY, rich=True)), None))

    assert returned.text == ""
    assert returned.problem == "the source in the file is not the one that was exported"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("<target>Un", '<target>Un<ph id="9" dataRef="d9"/>', "nothing says what code 9 stands for"),
        ("<source>One", "<source>Ones", "the source in the file"),
        ("<target>Un", '<target order="2">Un', "another order"),
        ("<target>Un", "<target>Un<b>x</b>", "no inline element"),
        ("<target>Un", '<target>Un<cp hex="D800"/>', "a code point that is none"),
    ],
)
def test_a_unit_that_does_not_fit_together_is_refused(old, new, problem):
    content = build(text("<p>One <em>two</em></p>", rich=True, state="stale", translation="<p>Un <em>deux</em></p>"))
    content = content.decode()
    changed = content.replace(old, new)
    assert changed != content

    [returned] = back(changed.encode())

    assert returned.text == ""
    assert problem in returned.problem


def test_a_text_of_which_a_part_waits_is_refused():
    content = translated(build(text("<p>One</p><p>Two</p>", rich=True))).replace(b"<target>Two</target>", b"")

    assert back(content)[0].problem == "only 1 of its 2 parts are translated"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xliff version="2.0">&b;</xliff>', "DOCTYPE"),
        (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff version="2.0">&a;</xliff>', "DOCTYPE"),
        (b'<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><xliff version="2.0"/>', "DOCTYPE"),
        (b"<xliff>" * (MAX_DEPTH + 2), "deep"),
        (b"<a>" + b" " * 20 * 2**20 + b"</a>", "larger than 20 MB"),
        (b"<a>" + b"<b/>" * (MAX_ELEMENTS + 1) + b"</a>", "more than 600000 elements"),
        (b"<xliff", "not well-formed"),
        (b"", "not well-formed"),
        (b'<?xml version="1.0" encoding="nonsense"?><x/>', "not well-formed"),
        (b'<?xml version="1.0" encoding="UTF-8"?><x>\xe9</x>', "not well-formed"),
        (b'<xliff version="1.2"/>', "not XLIFF 2.0"),
        (b"<html/>", "not XLIFF 2.0"),
    ],
)
def test_hostile_and_broken_files_are_refused_in_words(content, message):
    with pytest.raises(Unreadable, match=message):
        back(content)


def test_other_encodings_are_read():
    content = build(text("Musée")).decode().replace("UTF-8", "UTF-16").encode("utf-16")

    assert back(content)[0].digest == digest("Musée")
