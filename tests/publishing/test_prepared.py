"""Prepared queries find what the querysets behind them find, whenever and in whichever language they are asked."""

from datetime import date, timedelta

import pytest
from django.db import connection, connections
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from agenda.models import Event
from news.models import Post
from publishing import clock
from publishing.prepared import MOST_VALUES, prepared
from tests.factories import make_category, make_city, make_event, make_picture, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_prepared(db):
    connections["default"].__dict__.pop("prepared_statements", None)


def statements():
    return [*connections["default"].__dict__.get("prepared_statements", {}).values()]


def are_prepared():
    return statements() and None not in statements()


def cards(*keys):
    return Post.objects.published().listed().newest_first().for_cards().filter(pk__in=keys)


def test_rows_come_with_their_relations_and_without_further_queries():
    posts = [make_post(picture=make_picture(), date=date(2025, 1, day)) for day in (1, 2, 3)]
    posts[0].categories.add(make_category(name_en="Reports"))
    find = prepared(cards)

    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            found = find(*(post.pk for post in posts))
            assert [post.pk for post in found] == [post.pk for post in reversed(posts)]
            assert [post.picture for post in found] == [post.picture for post in reversed(posts)]
            assert [category.name_en for category in found[-1].categories.all()] == ["Reports"]
        assert len(queries) == 2
        assert found[0].get_deferred_fields() == cards(found[0].pk).get().get_deferred_fields()
    assert are_prepared()


def test_a_moment_at_a_distance_from_the_clock_moves_with_it():
    now = timezone.now()
    event = make_event(date=f"{timezone.localdate(now) + timedelta(days=30)}")
    find = prepared(lambda days: Event.objects.filter(pk=event.pk, starts_at__lt=clock.now() + timedelta(days=7)))

    assert find(1) == []
    with clock.clock_set_to(now + timedelta(days=29)):
        assert find(1) == [event]
    assert are_prepared()


def test_the_clock_is_that_of_each_call():
    now = timezone.now()
    make_post(title_en="Later", publish_at=now + timedelta(days=2))
    find = prepared(lambda: Post.objects.published())

    assert find() == []
    with clock.clock_set_to(now + timedelta(days=3)):
        assert [post.title_en for post in find()] == ["Later"]
    assert find() == []
    assert are_prepared()


def test_values_are_those_of_each_call():
    make_post(title_en="One", slug_en="one")
    make_post(title_en="Two", slug_en="two")
    find = prepared(lambda slug, key: Post.objects.filter(slug_en=slug, date__gte="1900-01-01", pk__gt=key))

    found = [[post.title_en for post in find(slug, 0)] for slug in ("one", "two", "one", "'; --", "%s")]

    assert found == [["One"], ["Two"], ["One"], [], []]
    assert len(statements()) == 1
    assert are_prepared()


def test_each_language_has_a_statement_of_its_own():
    make_post(title_en="English", title_es="Español")
    find = prepared(lambda: Post.objects.values_list("title", flat=True))

    for _ in range(2):
        for language, title in (("en", "English"), ("es", "Español")):
            with override(language):
                assert find() == [title]


def test_what_is_worked_out_from_the_day_is_not_prepared():
    day = timezone.localdate()
    make_event(date=f"{day + timedelta(days=1)}")
    find = prepared(lambda: Event.objects.filter(earliest__gt=clock.today() + timedelta(days=0)))

    assert len(find()) == 1
    with clock.clock_set_to(timezone.now() + timedelta(days=5)):
        assert find() == []
    assert statements() == [None]


def test_where_a_value_decides_the_statement_it_is_built_anew():
    make_post()
    find = prepared(lambda number: Post.objects.filter(Q(pk__gt=0) if number < 10**9 + 111_001_500 else Q(pk__lt=0)))

    assert len(find(1)) == 1
    assert statements() == [None]


@pytest.mark.parametrize("value", ["", None, True, 2**31, 10**30, -1, date(2025, 1, 1)])
def test_values_of_other_kinds_are_left_to_the_queryset(value):
    post = make_post()
    find = prepared(lambda value: Post.objects.filter(pk__gt=0))

    assert find(value) == [post]
    assert statements() == []


def test_a_queryset_that_is_empty_by_itself_is_left_to_django():
    find = prepared(lambda: Post.objects.none())

    assert find() == []


def test_a_long_list_of_keys_is_left_to_the_queryset():
    find = prepared(cards)

    assert find(*range(1, MOST_VALUES + 2)) == []
    assert statements() == []


def test_rows_that_belong_to_an_item():
    city, other = make_city(), make_city()
    make_event(city=city, title_en="Here")
    make_event(city=other, title_en="There")
    find = prepared(lambda pk: Event.objects.filter(city=pk))

    assert [event.title_en for event in find(city.pk)] == ["Here"]
    assert [event.title_en for event in find(other.pk)] == ["There"]
    assert are_prepared()


def test_a_number_that_no_column_holds_finds_nothing():
    make_post()
    find = prepared(lambda number: Post.objects.filter(pk=number))
    find(1)

    assert find(10**30) == []
