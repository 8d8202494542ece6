"""A process that keeps what it read notices every change, whichever way it was written."""

import pytest
from django.db import connection, transaction
from django.utils import timezone

from experiences import table_versions
from experiences.facet_index import facet_index
from experiences.models import Experience, TableVersion
from networks.models import Membership
from publishing.models import State
from publishing.triggers import installed_triggers
from tests import factories


def theme_counts():
    index = facet_index()
    visible = index.visible(timezone.now())
    return {key: (value.bits & visible).bit_count() for key, value in index.values["theme"].items()}


def network_count():
    return sum(value.bits.bit_count() for value in facet_index().values["network"].values())


@pytest.fixture
def record(db):
    record = factories.make_experience(city=factories.make_city())
    record.themes.add(factories.make_theme(key="culture"))
    assert theme_counts() == {"culture": 1}
    return record


WRITES = {
    "a line of SQL": lambda record: connection.cursor().execute("DELETE FROM experiences_experience_themes"),
    "update": lambda record: Experience.objects.update(state=State.DRAFT),
    "remove": lambda record: record.themes.clear(),
    "a window": lambda record: Experience.objects.update(withdraw_at=timezone.now()),
    "delete": lambda record: record.delete(),
    "through": lambda record: Experience.themes.through.objects.all().delete(),
}


@pytest.mark.parametrize("name", WRITES)
def test_what_goes_is_no_longer_counted(record, name):
    WRITES[name](record)

    assert theme_counts() == {"culture": 0}


def test_what_comes_is_counted(record):
    """Django adds relations with `INSERT OR IGNORE`, under which a trigger's words about conflicts do not count."""
    another = factories.make_experience()
    another.themes.add(*record.themes.all())
    assert theme_counts() == {"culture": 2}

    through = Experience.themes.through
    through.objects.bulk_create(
        [through(experience=factories.make_experience(), theme=record.themes.get())], ignore_conflicts=True
    )
    assert theme_counts() == {"culture": 3}


def test_a_member_of_a_network_is_counted(record):
    network = factories.make_network()
    assert network_count() == 0

    Membership.objects.create(city=record.city, network=network)

    assert network_count() == 1


def test_what_was_rolled_back_is_not_counted(record):
    with transaction.atomic():
        factories.make_experience().themes.add(*record.themes.all())
        assert theme_counts() == {"culture": 2}
        transaction.set_rollback(True)

    assert theme_counts() == {"culture": 1}


def test_nothing_is_read_anew_while_nothing_changes(record, django_assert_num_queries):
    with django_assert_num_queries(1):
        facet_index()


def test_every_table_has_its_triggers_and_a_version(db):
    watched = set(table_versions.watched())

    assert {table for name, table in installed_triggers(table_versions.PREFIX, "default")} == watched
    assert set(TableVersion.objects.values_list("name", flat=True)) == watched


def test_without_versions_nothing_is_kept(record):
    TableVersion.objects.all().delete()
    assert theme_counts() == {"culture": 1}

    with connection.cursor() as cursor:
        table_versions.remove("default")
        cursor.execute("DELETE FROM experiences_experience_themes")

    assert theme_counts() == {"culture": 0}
