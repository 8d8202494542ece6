"""What is brought up to date record by record is what reading everything anew would give."""

import random

import pytest
from django.db import connection, transaction
from django.utils import timezone

from experiences import facet_index as module
from experiences.facet_index import MOST_PATCHED, Looking, facet_index, looked
from experiences.models import Experience, RecordChange, TableVersion, Theme
from experiences.table_versions import KEPT
from tests import factories
from translations.texts import ALL_LANGUAGES

pytestmark = pytest.mark.django_db


def sets(index):
    records = index.records
    now = timezone.now()
    return {
        "pks": [*records.pks],
        "place_of": records.place_of,
        "windows": records.windows,
        "visible": index.visible(now),
        **{facet: {key: value.bits for key, value in values.items()} for facet, values in index.values.items()},
    }


def read_anew():
    versions = dict(TableVersion.objects.values_list("name", "version"))
    return sets(looked(Looking(None, versions)).index)


@pytest.fixture
def records():
    cities = [factories.make_city() for _ in range(3)]
    factories.make_network(members=cities[:2])
    themes = [factories.make_theme(key=f"theme-{number}") for number in range(3)]
    made = [factories.make_experience(city=cities[number % 3], started=str(2000 + number % 4)) for number in range(12)]
    for number, record in enumerate(made):
        record.themes.set(themes[: number % 3])
    facet_index()
    return made


def write(dice, records):
    """One of what editors and imports do."""
    one = dice.choice(records)
    which = Experience.objects.filter(pk=one.pk)
    some = dice.sample([*Theme.objects.all()], dice.randint(0, 3))
    match dice.randrange(9):
        case 0:
            which.update(state=dice.choice(["draft", "published"]))
        case 1:
            which.update(award_year=dice.choice([None, 2001, 2024]), started=dice.choice(["", "1999"]))
        case 2:
            which.update(title_es=dice.choice([None, "", "Título"]))
        case 3:
            which.update(withdraw_at=dice.choice([None, timezone.now()]))
        case 4:
            one.themes.set(some)
        case 5:
            records.append(factories.make_experience(state=dice.choice(["draft", "published"])))
            records[-1].themes.set(some)
        case 6 if len(records) > 3:
            records.remove(one)
            Experience.objects.get(pk=one.pk).delete()
        case 7:
            Experience.objects.filter(pk__in=[record.pk for record in dice.sample(records, 3)]).update(
                state=dice.choice(["draft", "published"])
            )
        case 8:
            through = Experience.themes.through
            through.objects.filter(experience=one.pk).update(experience=dice.choice(records).pk) if not (
                through.objects.exclude(experience=one.pk).exists()
            ) else through.objects.filter(experience=one.pk).delete()


@pytest.mark.parametrize("seed", range(3))
def test_after_any_writes_the_index_is_the_one_that_is_read_anew(records, seed):
    dice = random.Random(seed)

    for _ in range(30):
        for _ in range(dice.randint(1, 3)):
            write(dice, records)
        assert sets(facet_index()) == read_anew()


def test_the_edit_of_a_record_reads_what_concerns_it_and_no_other(records, monkeypatch):
    monkeypatch.setattr(module, "read_records", None)
    Experience.objects.filter(pk=records[0].pk).update(award_year=1999)
    records[0].themes.clear()
    new = factories.make_experience()

    index = facet_index()

    assert index.pks_of(index.values["year"]["1999"].bits) == [records[0].pk]
    assert index.records.place_of[new.pk] == 0


def test_what_a_transaction_undid_is_as_before(records):
    before = sets(facet_index())

    with transaction.atomic():
        Experience.objects.filter(pk=records[0].pk).update(award_year=1999)
        assert "1999" in facet_index().values["year"]
        transaction.set_rollback(True)

    assert sets(facet_index()) == before == read_anew()


def add_at_once(city, count, label):
    """In few statements, as an import does."""
    Experience.objects.bulk_create(
        Experience(
            city=city,
            country="ES",
            title_en=f"{label} {number}",
            state="published",
            **{f"slug_{code}": f"{label}-{number}" for code in ALL_LANGUAGES},
        )
        for number in range(count)
    )


@pytest.mark.parametrize("count", [MOST_PATCHED + 1, KEPT + 1])
def test_more_changes_than_are_noted_are_seen_all_the_same(records, count):
    add_at_once(records[0].city, count, "new")

    assert len(facet_index().records.pks) == 12 + count
    assert sets(facet_index()) == read_anew()


def test_notes_are_few_and_know_the_version_that_each_table_has(records):
    for label in ("one", "two", "three"):
        add_at_once(records[0].city, KEPT // 2, label)
    Experience.objects.filter(pk=records[0].pk).update(award_year=1999)

    noted = set(RecordChange.objects.values_list("name", flat=True))
    current = TableVersion.objects.filter(name__in=noted).values_list("version", flat=True)
    assert "experiences_experience_themes" in noted
    assert {*current} <= {*RecordChange.objects.values_list("version", flat=True)}
    assert RecordChange.objects.count() <= KEPT * 1.6


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_an_emptied_table_is_read_as_empty(records):
    with connection.cursor() as cursor:
        # Not while rows of the same transaction wait for their keys to be looked at.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE experiences_experience_themes")

    assert {value.bits for value in facet_index().values["theme"].values()} == {0}
