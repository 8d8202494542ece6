"""Every address gets a file that every file system can have, within the folder, and each its own."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from iaec_site.static_export.addresses import becomes_a_file, normal
from iaec_site.static_export.file_names import LONGEST_PATH, RESERVED, FileNames, digest_of, public_path


def names(*addresses):
    given_out = FileNames()
    return [given_out.path(normal(*address.split("?", 1))) for address in addresses]


def test_a_path_stays_what_it_is():
    assert names(
        "/en/", "/en/news/a-post/", "/en/agenda.ics", "/.well-known/security.txt", "/media/pictures/ab/c.avif"
    ) == [
        "en/index.html",
        "en/news/a-post/index.html",
        "en/agenda.ics",
        ".well-known/security.txt",
        "media/pictures/ab/c.avif",
    ]


def test_a_query_becomes_a_path():
    assert names(
        "/en/news/?page=2",
        "/en/agenda/?when=past&page=3",
        "/en/agenda.ics?tentative=1",
        "/sitemap-agenda.xml?p=2",
        "/en/cities/?country=ES&page=1",
    ) == [
        "en/news/page/2/index.html",
        "en/agenda/page/3/when/past/index.html",
        "en/agenda/tentative/1.ics",
        "sitemap-agenda/p/2.xml",
        "en/cities/country/ES/index.html",
    ]


def test_two_addresses_never_share_a_file():
    upper, lower = names("/en/Turin/", "/en/turin/")
    composed, decomposed = names("/en/caf%C3%A9/", "/en/cafe%CC%81/")
    page, query = names("/en/news/page/2/", "/en/news/?page=2")
    file, folder = names("/en/agenda", "/en/agenda/x/")

    assert (upper, lower) == ("en/Turin/index.html", f"en/turin-{digest_of('/en/turin/')}/index.html")
    assert composed != decomposed
    assert (page, query) == ("en/news/page/2/index.html", f"en/news/page/2-{digest_of('/en/news/?page=2')}/index.html")
    assert (file, folder) == ("en/agenda", f"{digest_of('/en/agenda/x/')}/index.html")


def test_names_that_windows_does_not_allow_are_tamed():
    found = names("/en/con/", "/en/aux.json", "/en/a%3Ab/", "/en/ends-with-dot./", "/en/%2e%2e/x/", "/..%2f..%2fetc/")

    assert [path for path in found if any(RESERVED.fullmatch(part) for part in path.split("/"))] == []
    assert [path for path in found if re.search(r'[<>:"|?*\\]|\.\./|\./', path)] == []
    assert len(set(found)) == len(found)


def test_long_addresses_get_short_names():
    long, longer = names(f"/en/{'a' * 300}/", f"/en/{'/'.join(['b' * 60] * 9)}/c.json")

    assert max(len(long), len(longer)) <= LONGEST_PATH
    assert (long.endswith("/index.html"), longer.endswith(".json")) == (True, True)


PARTS = ["a", "A", ".", "..", "/", "%2F", "é", "e\u0301", ":", "con", " ", "%00", "\\", "?", "=", "&"]
ADDRESSES = st.lists(st.lists(st.sampled_from(PARTS), max_size=10).map("".join), max_size=8, unique=True)


@given(ADDRESSES)
def test_whatever_is_asked_for_lies_in_the_folder_and_alone(texts):
    given_out = FileNames()
    addresses = {normal(*f"/{text}".split("?", 1)) for text in texts}
    paths = [given_out.path(address) for address in sorted(addresses)]
    folded = [unicodedata.normalize("NFKD", path).casefold() for path in paths]

    assert len(set(folded)) == len(paths)
    for path, key in zip(paths, folded, strict=True):
        assert path
        assert not path.startswith("/")
        assert {"", ".", ".."}.isdisjoint(path.split("/"))
        assert [other for other in folded if other.startswith(f"{key}/")] == []
        assert "?" not in public_path(path)


def test_what_becomes_a_file_has_an_end():
    kept = [
        "/en/news/",
        "/en/news/?page=2",
        "/en/agenda/?when=past&year=2024",
        "/en/bank/?principle=1&sdg=4",
        "/en/bank/?view=table",
    ]
    left = [
        "/en/search/?q=city",
        "/en/agenda/?kind=meeting&year=2024",
        "/en/agenda/?kind=meeting&kind=deadline",
        "/en/bank/?theme=care&view=table",
        "/en/agenda.ics?kind=meeting",
        "/en/bank/data.csv?theme=care",
    ]

    assert [becomes_a_file(address) for address in [*kept, *left]] == [True] * len(kept) + [False] * len(left)
