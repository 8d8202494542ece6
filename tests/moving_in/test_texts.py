# ruff: noqa: E501 - a text and what becomes of it stand beside each other
"""Texts of WordPress as rich texts here: paragraphs, blocks, shortcodes, links, players."""

import time
from contextlib import suppress

import pytest

from moving_in.texts.converting import TooLong, converted, first_lines, teaser_of


class Place:
    """A site that has one picture and knows one address."""

    def __init__(self):
        self.notes = []

    def link(self, address):
        return {"/old/": "/en/new/", "/dead/": ""}.get(address, address)

    def picture(self, address, alt=""):
        return ("/picture/abcdefgh", "of the library") if address.startswith("/up/") else None

    def note(self, subject, text):
        self.notes.append((subject, text))


def text(content):
    place = Place()
    return converted(content, place, attached=lambda: [1, 2]), place.notes


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("One\n\nTwo\nthree", "<p>One</p>\n<p>Two<br>\nthree</p>"),
        ("One\r\n\r\n\r\nTwo", "<p>One</p>\n<p>Two</p>"),
        ("<h1>Top</h1>text", "<h2>Top</h2>\n<p>text</p>"),
        ("<h5>Low</h5><h6>Lower</h6>", "<h4>Low</h4>\n<h4>Lower</h4>"),
        ("<h2></h2><p> </p>x", "<p>x</p>"),
        ("<ul>\n<li>a</li>\n<li>b\n<ul><li>c</li></ul></li>\n</ul>", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
        ("<pre>a\n\n  b &lt;i&gt;</pre>", "<pre>a\n\n  b &lt;i&gt;</pre>"),
        ("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("Before<!--more-->after", "<p>Before</p>\n<p>after</p>"),
        ("One<!--nextpage-->Two", "<p>One</p>\n<p>Two</p>"),
        ("<div>a</div><div><section>b</section></div>", "<p>a</p>\n<p>b</p>"),
        ("<strike>a</strike> <ins>b</ins> <kbd>c</kbd> <q>d</q>", "<p><s>a</s> <u>b</u> <code>c</code> “d”</p>"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<p><strong>a</strong></p>\n<p>b</p>"),
        ("<script>alert(1)</script><style>a{}</style>x", "<p>x</p>"),
        ('<p onclick="x()" style="color:red">a</p>', "<p>a</p>"),
        ('<a href="javascript:alert(1)">a</a>', "<p>a</p>"),
        ('<a href="#top">a</a> <a name="x">b</a> <a href="/dead/">c</a>', "<p>a b c</p>"),
        ('<a href="/old/">a</a>', '<p><a href="/en/new/" rel="noopener">a</a></p>'),
        ('<a href="/up/a.jpg"><img src="/up/a-1x1.jpg"></a>', '<p><img src="/picture/abcdefgh" alt="of the library"></p>'),
        ('<img src="/up/a.jpg" alt="Here &quot;x&quot;">', '<p><img src="/picture/abcdefgh" alt="Here &quot;x&quot;"></p>'),
        (
            '<!-- wp:image {"id":1} --><figure class="wp-block-image alignright"><img src="/up/a.jpg" alt="A"/>'
            "<figcaption>Words</figcaption></figure><!-- /wp:image -->",
            '<figure class="align-right"><img src="/picture/abcdefgh" alt="A"><figcaption>Words</figcaption></figure>',
        ),
        ("<!-- wp:paragraph --><p>a\n\nb</p><!-- /wp:paragraph -->", "<p>a\n\nb</p>"),
        (
            '<!-- wp:columns --><div class="wp-block-columns"><!-- wp:column --><div><p>a</p></div><!-- /wp:column -->'
            "<div><p>b</p></div></div><!-- /wp:columns -->",
            "<p>a</p>\n<p>b</p>",
        ),
        (
            '[caption id="a" align="alignleft" width="9"]<a href="/up/a.jpg"><img src="/up/a.jpg" alt="A"></a> W <b>x</b>[/caption]',
            '<figure class="align-left"><img src="/picture/abcdefgh" alt="A"><figcaption>W <b>x</b></figcaption></figure>',
        ),
        ("[youtube]AAAAAAAAAAA[/youtube]", '<p><a href="https://www.youtube.com/watch?v=AAAAAAAAAAA" rel="noopener">'
            "youtube.com/watch?v=AAAAAAAAAAA</a></p>"),
        ("https://vimeo.com/123\n\nx", '<p><a href="https://vimeo.com/123" rel="noopener">vimeo.com/123</a></p>\n<p>x</p>'),
        (
            '<iframe src="//www.youtube.com/embed/AAAAAAAAAAA?rel=0" title="Film"></iframe>',
            '<p><a href="https://www.youtube.com/watch?v=AAAAAAAAAAA" rel="noopener">Film</a></p>',
        ),
        ('[audio mp3="https://example.org/a.mp3"][/audio]', '<p><a href="https://example.org/a.mp3" rel="noopener">'
            "example.org/a.mp3</a></p>"),
        ("As it is [sic] and [1] and [...]", "<p>As it is [sic] and [1] and [...]</p>"),
        ("[[gallery]] is a shortcode", "<p>[gallery] is a shortcode</p>"),
        ("<pre>[gallery]</pre>", "<pre>[gallery]</pre>"),
        ("[vc_row][vc_column width=\"1/2\"]Words[/vc_column][/vc_row]", "<p>Words</p>"),
        ("[code]<b>a</b>\n\nb[/code]", "<pre>&lt;b&gt;a&lt;/b&gt;\n\nb</pre>"),
        ("<table><caption>C</caption><tr><th scope='row'>a</th><td colspan='2'><p>b</p></td></tr></table>",
            '<table><caption>C</caption><tbody><tr><th scope="row">a</th><td colspan="2">b</td></tr></tbody></table>'),
        ("Año 2 &lt; 3 &amp; 4 &nbsp;x 😀", "<p>Año 2 &lt; 3 &amp; 4 \N{NO-BREAK SPACE}x 😀</p>"),
        ('<p lang="eu" dir="ltr">Kaixo</p>', '<p lang="eu" dir="ltr">Kaixo</p>'),
        ("", ""),
    ],
)  # fmt: skip
def test_texts(content, html):
    assert text(content)[0] == html


@pytest.mark.parametrize(
    ("content", "notes"),
    [
        ('[contact-form-7 id="3"] [rev_slider a] [rev_slider b]', ["shortcode [contact-form-7]", "shortcode [rev_slider], 2 times"]),
        ("<!-- wp:latest-posts /-->", ["block “latest-posts”, which WordPress fills at each visit"]),
        ("<!-- wp:spacer /-->", []),
        ("<form><input name=a>Send</form>", ["a form"]),
        ('<video src="https://example.org/a.mp4"></video>', ["a player or frame became a link: https://example.org/a.mp4"]),
        ("[x " * 6000, ["thousands of brackets: none of them was read as a shortcode"]),
    ],
)  # fmt: skip
def test_what_is_left_out_is_told(content, notes):
    assert [said for _subject, said in text(content)[1]] == notes


HOSTILE = {
    "open comments": "<!--" * 250_000,
    "open blocks": "<!-- wp:a {" * 90_000,
    "open brackets": "[a " * 4_900 + "x" * 900_000,
    "open quotes": '[a "' * 4_900,
    "deep elements": "<div>" * 60_000,
    "deep lists": "<ul><li>" * 40_000,
    "open code": "<pre" * 200_000,
    "open code blocks": "<pre>" * 150_000,
    "open captions": "[caption]" * 4_900,
    "one long word": "a" * 1_000_000,
    "many lines": "\n" * 1_000_000,
    "many breaks": "<br>" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_for_ever(name):
    begun = time.process_time()
    with suppress(TooLong):
        text(HOSTILE[name])

    assert time.process_time() - begun < 10


@pytest.mark.parametrize("content", ["a" * 1_000_001, "<div>" * 500, "<ul><li>" * 500])
def test_a_text_beyond_all_measure_is_refused(content):
    with pytest.raises(TooLong):
        text(content)


def test_a_picture_in_the_text_itself_does_not_count():
    html, notes = text(f'<p>a<img src="data:image/png;base64,{"A" * 2_000_000}"></p>')

    assert html == "<p>a</p>"
    assert notes[0] == ("picture", "1 written into the text itself (data:)")


def test_first_lines_and_teasers():
    assert first_lines("<h2>A <b>b</b></h2><p>c &amp; d<br>e</p>") == ["A b", "c & d", "e"]
    assert teaser_of("<p>Come. [gallery]</p> [&hellip;]") == "Come."
    assert teaser_of("A sentence. " * 60) == ("A sentence. " * 33).strip()
    assert teaser_of("word " * 200) == "word " * 78 + "word…"
