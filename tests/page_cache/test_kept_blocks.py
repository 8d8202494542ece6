"""Parts of pages that are kept until a change: always what would be made anew, and made once."""

import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from iaec_site.page_cache.kept_blocks import Held, Lately, blocks
from news.models import Post
from publishing import clock
from tests import factories
from tests.iaec_site.public_site import addresses, make_site


@pytest.fixture
def keeping(transactional_db, settings):
    settings.KEEP_BLOCKS = True
    blocks.held.forget()
    blocks.cards.forget()
    blocks.number = -1


class Asked:
    """Counts the queries of a visit."""

    def __init__(self, client):
        self.client = client
        self.queries = 0

    def __call__(self, address, **headers):
        self.queries = 0
        with connection.execute_wrapper(self.count):
            return self.client.get(address, **headers).content.decode()

    def count(self, execute, *args):
        self.queries += 1
        return execute(*args)


@pytest.fixture
def ask(client):
    return Asked(client)


def test_every_page_is_what_it_would_be_without(keeping, ask, settings):
    items = make_site()
    factories.make_highlight(label_en="Poster", picture=factories.make_picture(credit="A photographer"))
    pages = [*addresses(items, "en").values(), *addresses(items, "fr").values(), "/en/nothing/"]
    settings.KEEP_BLOCKS = False
    plain = {address: ask(address) for address in pages}
    settings.KEEP_BLOCKS = True

    for _ in range(2):
        assert [address for address in pages if ask(address) != plain[address]] == []


def test_the_home_page_is_made_of_what_is_kept(keeping, ask):
    make_site()
    ask("/en/")
    assert ask.queries > 0
    ask("/en/")  # asks for the moment until which it is right
    ask("/en/")
    assert ask.queries == 0


CHANGES = {
    "a post": (lambda: factories.make_post(title_en="Written now"), "Written now"),
    "an event": (lambda: factories.make_event(title_en="Announced now"), "Announced now"),
    "a highlight": (lambda: factories.make_highlight(label_en="Promoted now"), "Promoted now"),
    "a menu entry": (lambda: factories.make_menu_item(label_en="Listed now"), "Listed now"),
    "a network": (lambda: factories.make_network(official_name="Founded now", shown_on_home=True), "Founded now"),
    "by one statement": (lambda: Post.objects.update(title_en="All are called so now"), "All are called so now"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_by_the_next_visitor(keeping, ask, change):
    make_site()
    make, text = CHANGES[change]
    for _ in range(2):
        assert text not in ask("/en/")

    make()

    assert text in ask("/en/")


def test_what_is_not_committed_is_seen_by_nobody_else(keeping, ask):
    factories.make_site_identity()
    before = ask("/en/")
    with transaction.atomic():
        factories.make_post(title_en="Only here")
        assert "Only here" in ask("/en/")
        transaction.set_rollback(True)

    assert ask("/en/") == before


def test_what_is_scheduled_appears_by_itself(keeping, ask):
    factories.make_site_identity()
    factories.make_post(title_en="Soon", publish_at=timezone.now() + timedelta(seconds=2))
    for _ in range(3):
        assert "Soon" not in ask("/en/")
    time.sleep(2)

    assert "Soon" in ask("/en/")


def test_another_day_is_shown_to_who_asked_for_it_alone(keeping, ask):
    factories.make_site_identity()
    factories.make_post(title_en="Later", publish_at=timezone.now() + timedelta(days=2))
    before = ask("/en/")
    with clock.clock_set_to(timezone.now() + timedelta(days=3)):
        assert "Later" in ask("/en/")

    assert ask("/en/") == before


def test_each_host_has_its_own_addresses(keeping, ask, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    factories.make_site_identity()
    pages = {host: ask("/en/", headers={"host": host}) for host in (*settings.ALLOWED_HOSTS, *settings.ALLOWED_HOSTS)}

    assert pages["one.example"] == pages["two.example"].replace("two.example", "one.example")


def test_several_machines_keep_nothing_before_they_have_heard_of_each_other(keeping, ask, settings):
    settings.GENERATION_URL = "database"
    factories.make_site_identity()
    ask("/en/")

    assert len(blocks.held) == 0


def test_memory_has_a_bound_and_what_is_asked_for_stays():
    lately = Lately(100_000)
    for number in range(1000):
        lately.put(number, Held("text" * 250))
        lately.get(0)

    assert len(lately) <= 50
    assert lately.get(0) is not None
    assert lately.get(1) is None


def test_what_is_larger_than_all_memory_for_it_is_not_kept():
    lately = Lately(10_000)
    lately.put("large", Held("text" * 5_000))

    assert lately.get("large") is None
