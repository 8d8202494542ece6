"""Figures and recognitions are rows of an edition's form: they wait in its working copy and stand in its history."""

import pytest

from desk.models import WorkingCopy
from editions.models import Recognition
from tests import factories
from tests.admin.forms import address, as_it_stands
from tests.desk.conftest import desk, desk_page, in_role

__all__ = ["desk", "desk_page", "in_role"]
pytestmark = pytest.mark.django_db
Kind = Recognition.Kind


@pytest.fixture
def award():
    edition = factories.make_edition(
        series=factories.make_series(key="award"), title_en="Award", year=2026, date="2026"
    )
    winner = factories.make_city(name="Loures")
    Recognition.objects.create(edition=edition, kind=Kind.WINNER, city=winner, project_en="Care", source_language="en")
    return edition


def with_mention(form, city, **first):
    """The form with another row: a special mention; `first` are changes of the row that is there."""
    form = form | {f"recognitions-0-{name}": [value] for name, value in first.items()}
    new = {"id": "", "kind": Kind.MENTION.value, "city": str(city.pk), "project_en": "Listening", "order": "1"}
    form |= {f"recognitions-1-{name}": [value] for name, value in (new | {"source_language": "en"}).items()}
    return form | {"recognitions-TOTAL_FORMS": ["2"]}


def test_a_special_mention_waits_in_the_working_copy_until_it_is_published(desk, client, award):
    change = address("change", award, award.pk)
    mentioned = factories.make_city(name="Espoo")
    form = with_mention(as_it_stands(desk.get(change)), mentioned, project_en="Care for all")

    desk.post(change, form | {"_save_draft": "1"})

    assert WorkingCopy.objects.count() == 1
    assert list(award.recognitions.values_list("kind", "project_en")) == [("winner", "Care")]
    reopened = as_it_stands(desk.get(change))
    assert (reopened["recognitions-0-project_en"], reopened["recognitions-1-project_en"]) == (
        ["Care for all"],
        ["Listening"],
    )
    assert (reopened["recognitions-1-kind"], reopened["recognitions-1-city"]) == (["mention"], [str(mentioned.pk)])

    desk.post(change, reopened | {"_publish": "1"})

    assert sorted(award.recognitions.values_list("kind", "city__name", "project_en")) == [
        ("mention", "Espoo", "Listening"),
        ("winner", "Loures", "Care for all"),
    ]
    assert "Listening" in client.get(award.get_absolute_url()).content.decode()
    assert WorkingCopy.objects.count() == 0


def last_change(desk, edition):
    """What the newest entry of the history says, [(label, language, before, after), …]."""
    entry = desk.get(address("history", edition, edition.pk)).context["entries"][0]
    return [(change.label, change.language, change.before, change.after) for change in entry.changes]


WINNER = "Written in: English\nAs: winner\nCity: Loures\nProject (EN): Care\nOrder: 0"
MENTION = "Written in: English\nAs: special mention\nCity: Espoo\nProject (EN): Listening\nOrder: 1"


def test_the_history_tells_of_recognitions_that_came_and_went(desk, award):
    change = address("change", award, award.pk)
    desk.post(change, as_it_stands(desk.get(change)) | {"theme_en": ["First words"]})
    assert last_change(desk, award) == [("Theme", "en", "", "First words")]

    taken = as_it_stands(desk.get(change)) | {"recognitions-0-DELETE": ["on"]}
    desk.post(change, with_mention(taken, factories.make_city(name="Espoo")))

    assert list(award.recognitions.values_list("kind", flat=True)) == ["mention"]
    assert last_change(desk, award) == [("Recognition", "", WINNER, ""), ("Recognition", "", "", MENTION)]


def test_the_history_tells_what_became_of_a_recognition_and_of_a_figure(desk, award):
    factories.make_figure(edition=award, value=40)
    change = address("change", award, award.pk)
    desk.post(change, as_it_stands(desk.get(change)) | {"theme_en": ["First words"]})

    form = as_it_stands(desk.get(change)) | {"recognitions-0-project_en": ["Hearing"], "figures-0-value": ["41"]}
    desk.post(change, form)

    assert last_change(desk, award) == [
        ("Figure", "", "Figure: participants\nValue: 40", "Figure: participants\nValue: 41"),
        ("Recognition", "", WINNER, WINNER.replace("Care", "Hearing")),
    ]
