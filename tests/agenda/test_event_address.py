import pytest

from tests.factories import make_city, make_event

pytestmark = pytest.mark.django_db


def make_meeting(**overrides):
    return make_event(title_en="Meeting of the network", date="2025-11-14", **overrides)


def test_two_events_of_a_year_and_title_are_told_apart_by_their_places():
    make_meeting(city=make_city(name="Siracusa"))

    assert make_meeting(city=make_city(name="L’Alcúdia")).slug_en == "meeting-of-the-network-2025-l-alcudia"
    assert make_meeting(place="Casa do Povo").slug_en == "meeting-of-the-network-2025-casa-do-povo"


def test_a_number_tells_events_apart_that_share_their_place_too():
    turin = make_city(name="Torino")
    addresses = [make_meeting(city=turin).slug_en for _ in range(3)] + [make_meeting(place="").slug_en]

    assert addresses == [
        "meeting-of-the-network-2025",
        "meeting-of-the-network-2025-torino",
        "meeting-of-the-network-2025-torino-2",
        "meeting-of-the-network-2025-2",
    ]
