"""The checkers that other tests rely on find what they are there to find."""

from tests.accessibility import axe_violations
from tests.html_validity import html_errors

GOOD = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Good</title></head>'
    "<body><main><h1>Good</h1><p>Text</p></main></body></html>"
)


def test_the_html_checker_names_the_document_and_the_error():
    errors = html_errors({"good": GOOD, "/es/bad/": GOOD.replace("<p>Text</p>", '<p id="a"><img src="a.png"></p>')})

    assert len(errors) == 1
    assert errors[0].startswith("/es/bad/, line 1: An “img” element must have an “alt” attribute")


def test_axe_finds_a_picture_without_text(page):
    page.set_content(GOOD)
    assert axe_violations(page) == []

    page.set_content(
        GOOD.replace("<p>Text</p>", '<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width=9></p>')
    )
    assert [line.split(": ")[1] for line in axe_violations(page)] == ["image-alt (critical)"]


def test_the_browser_reads_what_the_live_server_serves(page, live_server):
    page.goto(f"{live_server}/admin/login/")

    assert page.locator("#id_username").evaluate("field => getComputedStyle(field).boxSizing") == "border-box"
    style_sheet = page.request.get(f"{live_server}/static/admin/css/base.css")
    assert (style_sheet.status, style_sheet.headers["content-type"]) == (200, 'text/css; charset="utf-8"')
    assert page.errors == []  # the admin's own style sheets and scripts came, none was blocked
