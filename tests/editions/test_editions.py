import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from editions.models import Edition
from publishing.shown_state import ShownState, shown_state
from tests.factories import make_edition, make_experience, make_focus_issue, make_series

pytestmark = pytest.mark.django_db


def test_editions_are_listed_newest_first_with_those_to_be_announced_at_their_year():
    for year, date in ((2030, "XXXX"), (2031, "2031"), (2030, "2030-05-03"), (2029, "2029-11")):
        make_edition(year=year, date=date)

    assert [(edition.year, edition.date) for edition in Edition.objects.published().newest_first()] == [
        (2031, "2031"),
        (2030, "2030-05-03"),
        (2030, "XXXX"),
        (2029, "2029-11"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"ordinal": 7},  # taken
        {"status": "cancelled", "ordinal": 8},
        {"call_opened": "2025-05-03", "deadline": "2025-05-02"},
        {"state": "nonsense"},
    ],
)
def test_what_must_always_hold_of_an_edition_the_database_holds(wrong):
    make_edition(ordinal=7)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_edition(**wrong)


def test_a_date_outside_the_year_is_told():
    edition = make_edition()
    edition.date = "1999"

    with pytest.raises(ValidationError) as error:
        edition.full_clean()

    assert list(error.value.message_dict) == ["year"]


def test_the_state_that_editors_see_is_the_items_own():
    issue = make_focus_issue(experience=make_experience(state="draft"))
    edition = make_edition(series=make_series(key="award", state="draft"))

    assert [shown_state(item) for item in (issue, edition)] == [ShownState.PUBLISHED] * 2
    assert [item.is_public() for item in (issue, edition)] == [False, False]
