"""The index follows every write, whichever way it was made, and tells of nothing that is not public."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from editions.models import Edition
from networks.models import City
from news.models import Post
from publishing import clock
from search.finding import find
from search.models import Change, IndexRow
from tests import factories

LANGUAGES = ["en", "es", "fr", "ca", "pt"]


def titles(text, **choice):
    found = find(text, LANGUAGES, clock.now(), **choice)
    return [hit.plain_title for hit in found.hits(found.ids)]


def in_sql(post):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE news_post SET title_en = 'Marathon' WHERE id = %s", [post.pk])


def by_save(post):
    post.title_en = "Marathon"
    post.save()


def by_bulk_update(post):
    post.title_en = "Marathon"
    Post.objects.bulk_update([post], ["title_en"])


WAYS = [by_save, lambda post: Post.objects.filter(pk=post.pk).update(title_en="Marathon"), by_bulk_update, in_sql]


@pytest.mark.django_db
@pytest.mark.parametrize("write", WAYS)
def test_a_change_is_found_whichever_way_it_was_made(write):
    post = factories.make_post(title_en="Regatta")
    assert titles("regatta") == ["Regatta"]

    write(post)

    assert titles("marathon") == ["Marathon"]
    assert titles("regatta") == []


@pytest.mark.django_db
def test_what_bulk_create_writes_is_found_and_what_is_deleted_is_not():
    Post.objects.bulk_create(
        Post(
            title_en=f"Regatta {number}",
            date="2025-01-01",
            state="published",
            **{f"slug_{code}": f"r-{number}" for code in LANGUAGES},
        )
        for number in range(3)
    )
    assert len(titles("regatta")) == 3

    Post.objects.all().delete()

    assert titles("regatta") == []


@pytest.mark.django_db(transaction=True)
def test_a_transaction_takes_its_rows_of_the_index_along():
    with transaction.atomic():
        factories.make_post(title_en="Regatta")
    assert IndexRow.objects.get().title == "Regatta"
    assert not Change.objects.exists()

    with transaction.atomic():
        factories.make_post(title_en="Marathon")
        transaction.set_rollback(True)

    assert IndexRow.objects.get().title == "Regatta"
    assert titles("marathon") == []


@pytest.mark.django_db
def test_a_city_s_new_name_finds_what_is_held_there():
    city = factories.make_city(name="Regata", exonym_es="Regata Vieja")
    factories.make_event(title_en="Meeting", city=city)
    factories.make_experience(title_en="Experience", city=city)
    factories.make_post(title_en="Post").cities.add(city)
    assert titles("vieja") == ["Regata", "Meeting", "Experience", "Post"]

    City.objects.filter(pk=city.pk).update(exonym_es="Maratón")

    assert titles("vieja") == []
    assert len(titles("maraton")) == 4


@pytest.mark.django_db(transaction=True)
def test_a_large_transaction_takes_its_rows_of_the_index_along_too():
    slugs = [{f"slug_{code}": f"r-{number}" for code in LANGUAGES} for number in range(1100)]
    with transaction.atomic():
        Post.objects.bulk_create(
            Post(title_en="Regatta", date="2025-01-01", state="published", **own) for own in slugs
        )

    assert IndexRow.objects.filter(title="Regatta").count() == 1100
    assert not Change.objects.exists()


def make_scheduled_city(moment, **more):
    """A city that becomes public at a moment, and what tells of it in all sections."""
    city = factories.make_city(name="Regata", publish_at=moment, **more)
    factories.make_event(title_en="Meeting", city=city)
    factories.make_experience(title_en="Experience", city=city)
    factories.make_focus_issue(number=7, experience=factories.make_experience(title_en="In focus", city=city))
    factories.make_post(title_en="Post").cities.add(city)
    factories.make_publication(title_en="Publication").cities.add(city)
    factories.make_network(name_en="Network", coordinating_city=city)
    factories.make_recognition(city=city, edition=factories.make_edition(title_en="Edition"))
    return city


TELLING = ["Edition", "Experience", "In focus", "In focus", "Meeting", "Network", "Post", "Publication"]


@pytest.mark.django_db
def test_what_tells_of_a_city_is_found_by_its_name_from_the_city_s_moment_on():
    now = timezone.now()
    make_scheduled_city(now + timedelta(hours=1))
    assert titles("regata") == []

    with time_machine.travel(now + timedelta(minutes=59)):
        assert titles("regata") == []
    with time_machine.travel(now + timedelta(minutes=61)):
        assert sorted(titles("regata")) == sorted(["Regata", *TELLING])
        call_command("rebuild_search", "--check", verbosity=0)
        assert not Change.objects.exists()


@pytest.mark.django_db
def test_a_moment_that_is_moved_counts_as_moved():
    now = timezone.now()
    city = make_scheduled_city(now + timedelta(hours=1))
    assert titles("regata") == []
    City.objects.filter(pk=city.pk).update(publish_at=now + timedelta(hours=3))
    assert titles("regata") == []

    with time_machine.travel(now + timedelta(hours=2)):
        assert titles("regata") == []
    City.objects.filter(pk=city.pk).update(publish_at=now + timedelta(minutes=30))
    assert titles("regata") == []
    with time_machine.travel(now + timedelta(hours=1)):
        assert sorted(titles("regata")) == sorted(["Regata", *TELLING])


@pytest.mark.django_db
def test_a_look_at_another_day_neither_tells_of_a_city_too_early_nor_brings_its_moment_forward():
    now = timezone.now()
    make_scheduled_city(now + timedelta(days=1))
    titles("anything")

    with clock.clock_set_to(now + timedelta(days=2)):
        assert titles("regata") == ["Regata"]
    assert titles("regata") == []
    with time_machine.travel(now + timedelta(days=2)):
        assert sorted(titles("regata")) == sorted(["Regata", *TELLING])


@pytest.mark.django_db
def test_a_rebuilt_index_knows_the_moments_ahead():
    now = timezone.now()
    make_scheduled_city(now + timedelta(hours=1))
    Change.objects.all().delete()
    call_command("rebuild_search", verbosity=0)

    with time_machine.travel(now + timedelta(hours=2)):
        assert sorted(titles("regata")) == sorted(["Regata", *TELLING])


@pytest.mark.django_db
def test_an_item_is_found_from_its_moment_until_its_end():
    now = timezone.now()
    factories.make_post(title_en="Regatta", publish_at=now + timedelta(hours=1), withdraw_at=now + timedelta(hours=2))
    for moment, expected in (
        (now, []),
        (now + timedelta(minutes=61), ["Regatta"]),
        (now + timedelta(minutes=121), []),
    ):
        with clock.clock_set_to(moment):
            assert titles("regatta") == expected


@pytest.mark.django_db
def test_drafts_show_through_nowhere():
    factories.make_post(title_en="Regatta of sailors")
    draft = factories.make_post(title_en="Marathon of runners", body_en="<p>Confidential</p>", state="draft")
    hidden = factories.make_city(name="Atlantis", state="draft")
    factories.make_event(title_en="Meeting", city=hidden)
    factories.make_focus_issue(experience=factories.make_experience(title_en="Sunken city", state="draft"))
    factories.make_edition(title_en="Lost edition", series=factories.make_series(key="award", state="draft"))

    for text in ("marathon", "confidential", "atlantis", "sunken", "edition", "marat"):
        assert titles(text) == []
    assert find("marathom", LANGUAGES, clock.now()).suggestion == ""
    assert find("regata", LANGUAGES, clock.now()).suggestion == "regatta"

    # Once public and taken back, its words are still known but no longer told.
    draft.publish()
    assert find("marathom", LANGUAGES, clock.now()).suggestion == "marathon"
    draft.take_back()
    assert find("marathom", LANGUAGES, clock.now()).suggestion == ""


@pytest.mark.django_db
def test_a_series_that_is_taken_back_takes_its_editions_along():
    edition = factories.make_edition(title_en="Regatta")
    assert titles("regatta") == ["Regatta"]

    type(edition.series).objects.update(state="draft")

    assert titles("regatta") == []
    assert Edition.objects.get().state == "published"


@pytest.mark.django_db
def test_titles_stand_above_texts_and_coming_dates_above_past_ones():
    factories.make_post(title_en="Old post", body_en="<p>Regatta</p>", date="2020-01-01")
    factories.make_post(title_en="New post", body_en="<p>Regatta</p>", date="2024-01-01")
    factories.make_event(title_en="Past regatta", date="2021-05-03")
    factories.make_event(title_en="Later regatta", date="2040-05-03")
    factories.make_event(title_en="Next regatta", date="2039-05-03")
    factories.make_event(title_en="Some day regatta", date="XXXX")
    factories.make_post(title_en="Regatta", date="2019-01-01")

    assert titles("regatta") == [
        "Regatta",
        "Next regatta",
        "Later regatta",
        "Some day regatta",
        "Past regatta",
        "New post",
        "Old post",
    ]


@pytest.mark.django_db
def test_the_rebuilt_index_is_the_one_that_was_kept_up_to_date():
    city = factories.make_city(name_local="창원시", name_local_language="ko")
    factories.make_event(city=city, title_es="Reunión", network=factories.make_network(coordinating_city=city))
    factories.make_recognition(city=city)
    factories.make_focus_issue()
    factories.make_page()
    titles("anything")
    call_command("rebuild_search", "--check", verbosity=0)
    kept = list(IndexRow.objects.order_by("pk").values())

    IndexRow.objects.filter(kind="agenda.event").delete()
    IndexRow.objects.filter(kind="pages.page").update(title="Wrong")
    with pytest.raises(CommandError, match="3 texts in the index differ"):
        call_command("rebuild_search", "--check", verbosity=0)
    call_command("rebuild_search", verbosity=0)

    call_command("rebuild_search", "--check", verbosity=0)
    assert list(IndexRow.objects.order_by("pk").values()) == kept
