"""What the next edition of an event begins with."""

import pytest

from agenda.models import Event
from agenda.next_edition import already_there, following_edition, next_edition, raise_year
from agenda.raised_numbers import raise_numbers, roman
from publishing.models import State
from tests.factories import make_city, make_edition, make_event, make_network, make_picture, make_series

DATES = [
    ("2025-11-14", "2026-11-14"),
    ("2024-02-29", "2025-02-28"),
    ("2025-02-28", "2026-02-28"),
    ("2025-10-01/2025-10-03", "2026-10-01/2026-10-03"),
    ("2025-12-30/2026-01-02", "2026-12-30/2027-01-02"),
    ("2024-02-28/2024-02-29", "2025-02-28"),
    ("2025-11", "2026-11"),
    ("2025-09/2025-10", "2026-09/2026-10"),
    ("2025-23", "2026-23"),
    ("2025-36", "2026-36"),
    ("2028", "2029"),
    ("2025/2027", "2026/2028"),
    ("2017-04~", "2018-04~"),
    ("2017-04-07~", "2018-04-07~"),
    ("199X", "199X"),
    ("XXXX", "XXXX"),
    ("9998", "9998"),
]
# language, number, now, next
NUMBERS = [
    ("en", 1, "1st Meeting", "2nd Meeting"),
    ("en", 2, "2nd Meeting", "3rd Meeting"),
    ("en", 3, "3rd Meeting", "4th Meeting"),
    ("en", 10, "10th and 11th", "11th and 11th"),
    ("en", 11, "11th Meeting", "12th Meeting"),
    ("en", 20, "20th", "21st"),
    ("en", 21, "21st Meeting of the 21st century", "22nd Meeting of the 21st century"),
    ("en", 22, "22nd", "23rd"),
    ("en", 23, "23rd", "24th"),
    ("en", 111, "111th", "112th"),
    ("en", 12, "12TH MEETING", "13TH MEETING"),
    ("en", 5, "5th Meeting, 5th May and 5th of October", "6th Meeting, 5th May and 5th of October"),
    ("en", 3, "Third Meeting in 3 cities", "Third Meeting in 3 cities"),
    ("en", 1, "I Meeting of what I Love", "I Meeting of what I Love"),
    ("en", 26, "Focus Experience #26, No. 26", "Focus Experience #27, No. 27"),
    ("en", 9, "1990, 9 and 99th", "1990, 9 and 99th"),
    ("es", 11, "XI Encuentro", "XII Encuentro"),
    ("es", 8, "la VIII edición", "la IX edición"),
    ("es", 1, "I Encuentro", "II Encuentro"),
    ("es", 5, "V Reunión, con V. García y Carlos V", "VI Reunión, con V. García y Carlos V"),
    ("es", 104, "CIV congreso, cívico y CIVIL", "CV congreso, cívico y CIVIL"),
    ("es", 21, "XXI Encuentro del siglo XXI", "XXII Encuentro del siglo XXI"),
    ("es", 11, "11.º, 11º y 11.ª edición", "12.º, 12º y 12.ª edición"),
    ("es", 1, "1.er Encuentro, 1er y 1.º de mayo", "2.º Encuentro, 2º y 1.º de mayo"),
    ("es", 17, "El n.º 17, núm. 17 y nº 17; 17 ciudades", "El n.º 18, núm. 18 y nº 18; 17 ciudades"),
    ("fr", 1, "1re Rencontre, 1ère, 1er Congrès, 1er octobre", "2e Rencontre, 2e, 2e Congrès, 1er octobre"),
    ("fr", 2, "2e, 2ème, 2nd et 2nde", "3e, 3ème, 3e et 3e"),
    ("fr", 11, "XIe Congrès au XIe siècle", "XIIe Congrès au XIe siècle"),
    ("fr", 1, "Ier Congrès", "IIe Congrès"),
    ("ca", 1, "1r Congrés, 1a Trobada, 1r d’octubre", "2n Congrés, 2a Trobada, 1r d’octubre"),
    ("ca", 2, "2n Congrés", "3r Congrés"),
    ("ca", 3, "3r Congrés", "4t Congrés"),
    ("ca", 4, "4t Congrés", "5è Congrés"),
    ("ca", 11, "11è, 11é i 11a", "12è, 12é i 12a"),
    ("ca", 1, "I Trobada. I després", "II Trobada. I després"),
    ("pt", 12, "12.º Encontro, 12.ª edição, XII Congresso", "13.º Encontro, 13.ª edição, XIII Congresso"),
    ("it", 9, "9° incontro, IX Incontro, 9ª edizione", "10° incontro, X Incontro, 10ª edizione"),
    ("ko", 11, "제11회 대회, 제 11차 회의, 11개", "제12회 대회, 제 12차 회의, 11개"),
    ("es", None, "XI Encuentro", "XI Encuentro"),
]
YEARS = [
    ("Day 2025", "Day 2026"),
    ("(2025), “2025”. 2025년", "(2026), “2026”. 2026년"),
    ("en 2025, 300 personas", "en 2026, 300 personas"),
    ("Granollers-2025", "Granollers-2026"),
    ("2025–2027, 2025-26, 2024/2025, 2024-2025", "2025–2027, 2025-26, 2024/2025, 2024-2025"),
    ("14.10.2025, 14/10/2025, 2025-10-14", "14.10.2025, 14/10/2025, 2025-10-14"),
    ("12025, 1.2025, 2,2025, #Cities2025", "12025, 1.2025, 2,2025, #Cities2025"),
    ("example.org/2025 example.org/2025/", "example.org/2025 example.org/2025/"),
    ("Agenda 2025, 2025 Agenda", "Agenda 2025, 2025 Agenda"),
    ("2024 and 2026", "2024 and 2026"),
]


@pytest.mark.parametrize(("now", "later"), DATES)
def test_a_date_moves_on_by_a_year_and_stays_as_vague(now, later):
    assert raise_year(now) == later


def test_a_date_may_move_on_by_two_years():
    assert [raise_year(date, 2) for date in ("2026-05-26/2026-05-29", "2024-02-29")] == [
        "2028-05-26/2028-05-29",
        "2026-02-28",
    ]
    assert raise_year("2024-02-29", 4) == "2028-02-29"


@pytest.mark.parametrize(("language", "number", "now", "later"), NUMBERS)
def test_the_events_own_number_is_raised_in_any_usual_form(language, number, now, later):
    assert raise_numbers(now, 2025, number, language=language) == later


@pytest.mark.parametrize(("now", "later"), YEARS)
def test_the_events_own_year_is_raised_where_it_stands_alone(now, later):
    assert raise_numbers(now, 2025, None) == later


def test_roman_figures():
    assert [roman(number) for number in (1, 4, 9, 14, 40, 49, 90, 99, 104)] == (
        "I IV IX XIV XL XLIX XC XCIX CIV".split()
    )


@pytest.mark.django_db
def test_a_copy_keeps_who_and_where_and_promises_nothing():
    network, city, picture = make_network(), make_city(), make_picture()
    event = make_event(
        title_en="8th Meeting 2025",
        title_es="VIII Encuentro 2025",
        title_ca="Trobada",
        theme_en="A theme",
        summary_fr="La 8e rencontre de 2025.",
        body_en="<p>The 8th Meeting 2025</p>",
        date="2025-11-14",
        start_time="10:00",
        timezone="America/Argentina/Buenos_Aires",
        ordinal=8,
        kind="training",
        mode="hybrid",
        place="San Justo",
        network=network,
        city=city,
        picture=picture,
        source_language="es",
        url="https://example.org/2025",
        status="cancelled",
        publish_at="2025-01-01T10:00:00Z",
        withdraw_at="2027-01-01T10:00:00Z",
        sequence=4,
    )
    event.refresh_from_db()
    copy = next_edition(event)
    copy.save()
    copy.refresh_from_db()

    kept = "kind mode place city network country start_time timezone picture source_language body_en".split()
    assert {name: getattr(copy, name) for name in kept} == {name: getattr(event, name) for name in kept}
    assert (copy.title_en, copy.title_es, copy.title_ca, copy.title_fr, copy.summary_fr) == (
        "9th Meeting 2026",
        "IX Encuentro 2026",
        "Trobada",
        None,
        "La 9e rencontre de 2026.",
    )
    assert (copy.date, copy.ordinal, copy.status, copy.state) == ("2026-11-14", 9, "confirmed", State.DRAFT)
    assert (copy.theme_en or "", copy.url, copy.edition, copy.publish_at, copy.withdraw_at) == (
        "",
        "",
        None,
        None,
        None,
    )
    assert (copy.slug_en, copy.slug_es, copy.former_slugs, copy.sequence) == (
        "9th-meeting-2026",
        "ix-encuentro-2026",
        None,
        0,
    )
    assert copy.uid != event.uid


@pytest.mark.django_db
def test_the_edition_of_a_copy_is_the_following_one_and_says_how_many_years_lie_between():
    series = make_series()
    now = make_edition(series=series, ordinal=18, year=2026, date="2026-05-26/2026-05-29")
    later = make_edition(series=series, ordinal=19, year=2028, date="2028", state=State.DRAFT)
    make_edition(series=make_series(key="award"), ordinal=19)
    event = make_event(edition=now, title_en="18th Congress 2026", date="2026-05-26/2026-05-29", kind="congress")

    copy = next_edition(event, following_edition(event))

    assert (copy.edition, copy.date, copy.title_en, copy.ordinal) == (
        later,
        "2028-05-26/2028-05-29",
        "19th Congress 2028",
        None,
    )
    assert following_edition(make_event(edition=later)) is None
    assert following_edition(make_event()) is None
    assert following_edition(make_event(edition=make_edition(ordinal=None, status="cancelled"))) is None


@pytest.mark.django_db
def test_times_that_no_longer_fit_go():
    event = make_event(date="2024-02-28/2024-02-29", start_time="18:00", end_time="12:00")
    event.refresh_from_db()

    copy = next_edition(event)
    copy.save()

    assert (copy.date, str(copy.start_time), copy.end_time) == ("2025-02-28", "18:00:00", None)


@pytest.mark.django_db
def test_a_title_that_would_not_fit_stays():
    event = make_event(title_es="VII " + "x" * 196, ordinal=7)

    assert next_edition(event).title_es == event.title_es


@pytest.mark.django_db
def test_an_event_that_has_the_number_already_is_found():
    network = make_network()
    event = make_event(network=network, ordinal=8)
    make_event(network=make_network(), ordinal=9)
    make_event(network=network, ordinal=9, kind="training")
    assert already_there(next_edition(event)) is None

    there = make_event(network=network, ordinal=9, state=State.DRAFT)

    assert already_there(next_edition(event)) == there
    assert already_there(next_edition(make_event(network=network))) is None
    assert Event.objects.filter(ordinal=9).count() == 3
