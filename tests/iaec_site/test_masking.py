"""What no log line may hold."""

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver, reverse
from django.utils.translation import override

from iaec_site.masking import masked, without_keys

KEY = "Zk3-tok_en"
NAMES = {
    "newsletter:confirm": [KEY],
    "newsletter:leave": [KEY],
    "newsletter:preferences": [KEY],
    "newsletter:reader_data": [KEY],
    "newsletter:new_links": [KEY],
    "newsletter:erase": [KEY],
    "desk:draft_page": [KEY],
    "admin:invitation": [7, KEY],
    "admin:new_password": ["6", KEY],
}


def patterns(resolver, parameters=()):
    for one in resolver.url_patterns:
        names = {*parameters, *one.pattern.regex.groupindex}
        if isinstance(one, URLPattern):
            yield one.name, names
        else:
            yield from patterns(one, names)


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
@pytest.mark.parametrize("name", NAMES)
def test_an_address_that_is_a_key_is_not_told(name, language):
    with override(language):
        path = reverse(name, args=NAMES[name])
    plain = f"Not Found: {path}"

    assert KEY in plain
    for text in (plain, plain.upper(), f"/somewhere{path}", path.replace(f"/{language}/", "//")):
        assert KEY.lower() not in without_keys(text).lower()
        assert text.startswith(without_keys(text).partition("***")[0])


def test_no_other_address_has_a_key():
    """A new page with a key has to be put into `iaec_site.masking`, and here."""
    with_key = {name for name, parameters in patterns(get_resolver()) if parameters & {"token", "signature", "key"}}
    # Keys that are no secret: the name of a picture, which whoever sees the page knows, and the number of an item.
    assert with_key - {name.partition(":")[2] for name in NAMES} == {"library_picture", "propose"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sent to reader+x@mail.example.org.", "sent to ***@mail.example.org."),
        ("{'ana@example.org': (550, b'no')}", "{'***@example.org': (550, b'no')}"),
        ("redis://:pass@127.0.0.1/0 is gone", "redis://***@127.0.0.1/0 is gone"),
        ("postgres://ana:p%40ss@db:5432/site", "postgres://***@db:5432/site"),
        ("GET /en/news/a-post/ and 5 @ 3", "GET /en/news/a-post/ and 5 @ 3"),
    ],
)
def test_what_is_taken_out_of_a_text(text, expected):
    assert masked(text) == expected
