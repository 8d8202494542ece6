"""What is answered from memory is what Django would have answered."""

import gzip
import threading
import time

import brotli
import pytest
from django.conf import settings
from django.db import connection, transaction

from iaec_site.page_cache.encodings import accepted
from news.models import Post
from tests import factories
from tests.iaec_site.public_site import addresses, make_site
from tests.page_cache.asking import Site

UNPACK = {None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}
# What the layer adds to each answer of Django's.
ADDED = {"ETag", "Content-Encoding", "Content-Length"}


@pytest.fixture
def site(transactional_db):
    return Site()


@pytest.fixture
def post(site):
    factories.make_site_identity()
    return factories.make_post(title_en="First")


def without(headers, names):
    return {name: value for name, value in headers.items() if name not in names}


def test_every_page_is_byte_for_byte_what_django_makes(site):
    items = make_site()
    pages = list(addresses(items, "fr").values())
    pages += ["/", "/robots.txt", "/sitemap.xml", "/en/agenda.ics", "/en/news.atom", "/en/nothing/", "/nothing", "/en"]
    differing = {}
    for address in pages:
        plain = site.plain(address)
        for encoding in (None, "gzip", "br"):
            asked = {"accept_encoding": encoding} if encoding else {}
            first, again = site.ask(address, **asked), site.ask(address, **asked)
            body = UNPACK[again.headers.get("Content-Encoding")](again.body)
            for heard, packed in ((first, first.body), (again, again.body)):
                if (heard.status, packed) != (plain.status, again.body) or body != plain.body:
                    differing[address, encoding] = (heard.status, plain.status)
                if without(heard.headers, ADDED) != without(plain.headers, ADDED):
                    differing[address, encoding] = (heard.headers, plain.headers)
                if int(heard.headers["Content-Length"]) != len(heard.body):
                    differing[address, encoding] = heard.headers["Content-Length"]

    assert differing == {}
    # Each was made for its first visitor only: four requests of Django's own are not counted.
    assert len(site.made) == len(set(site.made)) == len(set(pages))


def test_a_tag_for_each_encoding_and_304(site, post):
    tags = {}
    for encoding in ("identity", "gzip", "br"):
        heard = site.ask("/en/news/", accept_encoding=encoding)
        tags[encoding] = heard.headers["ETag"]
        known = site.ask("/en/news/", accept_encoding=encoding, if_none_match=f'"other", W/{tags[encoding]}')
        expected = without(heard.headers, {"Content-Length", "Content-Type", "Content-Encoding", "Link"})
        assert (known.status, known.body, known.headers) == (304, b"", expected)
        other = site.ask("/en/news/", accept_encoding=encoding, if_none_match='"other"')
        assert (other.status, other.body) == (200, heard.body)

    assert len(set(tags.values())) == 3
    assert all(tag.startswith('"') for tag in tags.values())


def test_head_has_the_headers_of_get_and_no_body(site, post):
    head, get = site.ask("/en/news/", "HEAD"), site.ask("/en/news/")

    assert (head.status, head.headers, head.body) == (200, get.headers, b"")
    assert site.made == ["/en/news/"]


@pytest.mark.parametrize(
    ("header", "best"),
    [
        ("", "identity"),
        ("gzip, deflate, br", "br"),
        ("gzip, br;q=0", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("*", "br"),
        ("*;q=0, gzip", "gzip"),
        ("gzip;q=0", "identity"),
        ("identity, gzip;q=0.5", "identity"),
        ("BR; Q=1.0", "br"),
        ("x-gzip", "gzip"),
        ("gzip;q=nonsense", "identity"),
        ("identity;q=0", "identity"),
    ],
)
def test_the_encoding_that_a_browser_wants(header, best):
    assert accepted(header)[0] == best


def test_parameters_that_a_page_does_not_read_make_no_other_page(site, post):
    for address in ("/en/news/", "/en/news/?utm_source=a", "/en/news/?fbclid=1&x=2", "/en/agenda/?kind=meeting"):
        site.ask(address)
    for address in ("/en/agenda/?kind=meeting&utm=1", "/en/agenda/?a=b&kind=meeting", "/en/news/?page=1&y=1"):
        site.ask(address)

    assert site.made == ["/en/news/", "/en/agenda/?kind=meeting", "/en/news/?page=1&y=1"]


def test_a_change_of_any_kind_is_seen_by_the_next_request(site, post):
    def raw(title):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE news_post SET title_en = %s WHERE id = %s", [title, post.pk])

    def in_transaction(title):
        with transaction.atomic():
            Post.objects.filter(pk=post.pk).update(title_en=title)

    ways = [
        raw,
        in_transaction,
        lambda title: Post.objects.filter(pk=post.pk).update(title_en=title),
        lambda title: (setattr(post, "title_en", title), post.save()),
        lambda title: (setattr(post, "title_en", title), Post.objects.bulk_update([post], ["title_en"])),
        lambda title: factories.make_post(title_en=title),
        lambda title: Post.objects.bulk_create([Post(**_copy(post, title))]),
    ]
    for number, change in enumerate(ways):
        site.ask("/en/news/")
        change(f"Title number {number}")
        assert f"Title number {number}" in site.ask("/en/news/").body.decode()


def _copy(post, title):
    fields = {field.attname: getattr(post, field.attname) for field in Post._meta.concrete_fields}
    slugs = {name: f"{value}-{title[-1]}" for name, value in fields.items() if name.startswith("slug_") and value}
    return fields | slugs | {"id": None, "title_en": title}


def test_what_is_rolled_back_and_what_is_no_content_change_nothing(site, post, django_user_model):
    consent = factories.make_consent_text()
    site.ask("/en/news/")
    before = site.cache.generation.number

    with transaction.atomic():
        post.save()
        transaction.set_rollback(True)
    with transaction.atomic():
        with transaction.atomic():
            post.save()
            transaction.set_rollback(True)
        django_user_model.objects.create(username="somebody")
    factories.make_subscriber(consent=consent)
    site.ask("/en/news/")

    assert (site.cache.generation.number, site.made) == (before, ["/en/news/"])


def test_a_change_while_a_page_is_made_does_not_leave_the_old_one_behind(site, post):
    make = site.cache.django

    def changed_meanwhile(environ, start_response):
        response = make(environ, start_response)
        if len(site.made) == 1:
            Post.objects.update(title_en="Second")
        return response

    site.cache.django = changed_meanwhile
    heard = [site.ask("/en/news/").body.decode() for _ in range(3)]

    assert ["Second" in body for body in heard] == [False, True, True]
    assert len(site.made) == 2


def test_pages_end_with_the_moment_until_which_they_are_right(site, post, time_machine):
    time_machine.move_to("2026-03-10T09:00:00+00:00")
    factories.make_post(title_en="Soon", publish_at="2026-03-10T10:00:00+00:00")
    factories.make_highlight(label_en="Here", withdraw_at="2026-03-10T11:00:00+00:00")
    seen = []
    for moment in ("09:59:59", "10:00:00", "10:59:59", "11:00:00", "22:59:59", "23:00:00"):
        time_machine.move_to(f"2026-03-10T{moment}+00:00", tick=False)
        body = site.ask("/en/").body
        assert body == site.plain("/en/").body
        seen.append((b"Soon" in body, len(site.made)))

    # Midnight in Madrid is an hour before that of UTC.
    assert seen == [(False, 1), (True, 2), (True, 2), (True, 3), (True, 3), (True, 4)]


def test_staff_other_hosts_and_forms_go_past(site, post):
    cookie = f"{settings.SESSION_COOKIE_NAME}=abc"
    for _ in range(2):
        site.ask("/en/news/", cookie=cookie)
        site.ask("/admin/")
        site.ask("/en/news/", "POST")
        assert site.ask("/en/news/", host="elsewhere.example").status == 400
    assert len(site.made) == 8

    site.ask("/en/news/", cookie="theme=dark")
    site.ask("/en/news/")
    assert len(site.made) == 9


def test_a_flood_drives_out_nothing_but_itself(post):
    site = Site(size=3_000_000)
    for _ in range(2):
        site.ask("/en/news/")
    made = len(site.made)

    for number in range(60):
        site.ask(f"/en/nothing-{number}/")
        site.ask(f"/en/search/?q=word{number}")
        site.ask(f"/en/news/?page={number}")
    store = site.cache.store
    assert store.proven.taken + store.newcomers.taken <= 3_000_000
    flooded = len(site.made)
    site.ask("/en/news/")

    assert (made, len(site.made) - flooded) == (1, 0)


def test_the_least_recently_used_goes_first(post):
    site = Site(size=1_500_000)
    kept = "/en/news/"
    for number in range(60):
        for _ in range(2):
            site.ask(f"/en/search/?q=word{number}")
            site.ask(kept)

    assert site.made.count(kept) == 1
    site.ask("/en/search/?q=word0")
    assert site.made.count("/en/search/?q=word0") == 2


def test_one_makes_a_page_while_others_wait(site, post):
    make, begun = site.cache.django, threading.Event()

    def slowly(environ, start_response):
        begun.set()
        time.sleep(0.3)
        return make(environ, start_response)

    site.cache.django = slowly
    heard = []

    def visit():
        heard.append(site.ask("/en/news/").body)
        connection.close()

    visitors = [threading.Thread(target=visit) for _ in range(6)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()

    assert (len(heard), len(set(heard)), site.made) == (6, 1, ["/en/news/"])


def test_a_download_is_still_written_while_it_is_sent(site, post):
    address = "/en/news/data.csv"
    plain = site.plain(address)
    heard = [site.ask(address) for _ in range(3)]
    known = site.ask(address, if_none_match=plain.headers["ETag"])

    assert heard == [plain] * 3
    assert known.status == 304
    # The first visitor's question told that this page cannot be kept.
    assert len(site.made) == 5
