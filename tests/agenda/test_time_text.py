"""Times in words, in every language."""

from datetime import time
from pathlib import Path

import pytest

from agenda.dates import EventDate
from agenda.time_text import times_text
from publishing.date_words import DATE_LANGUAGES
from publishing.dates import parse_edtf

# One table a language, to be read by somebody who speaks it: date, zone, start, end, "+" if in UTC, too | words
TABLES = {
    file.stem: [row.split(" | ") for row in file.read_text(encoding="utf-8").splitlines()]
    for file in sorted((Path(__file__).parent / "times_in_words").glob("*.txt"))
}


def said(shape, language, **options):
    edtf, zone, start, end, *utc = shape.split()
    value = EventDate(
        when=parse_edtf(edtf),
        time_zone=zone,
        start_time=None if start == "-" else time.fromisoformat(start),
        end_time=None if end == "-" else time.fromisoformat(end),
    )
    return times_text(value, language, utc=bool(utc), **options)


def test_every_language_has_a_table_of_the_same_shapes():
    assert set(TABLES) == DATE_LANGUAGES
    assert {tuple(shape for shape, text in rows) for rows in TABLES.values()} == {
        tuple(row[0] for row in TABLES["en"])
    }


@pytest.mark.parametrize(
    ("language", "shape", "text"), [(language, *row) for language, rows in TABLES.items() for row in rows]
)
def test_times_are_said_by_the_rules_of_the_language(language, shape, text):
    assert said(shape, language) == text


@pytest.mark.parametrize("language", sorted(DATE_LANGUAGES))
def test_without_times_nothing_is_said(language):
    assert said("2025-11-14 Asia/Tokyo - - +", language) == ""
    assert said("2025-11 Asia/Tokyo - - +", language, city="Tokyo") == ""


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        # Two hours on the clock that are one, and three: forward in March, back in October.
        ("2025-03-30 Europe/Rome 01:30 03:30 +", "01:30–03:30 (Rome time), 00:30–01:30 UTC"),
        (
            "2025-10-26 Europe/Rome 01:30 03:30 +",
            "01:30–03:30 (Rome time); 25 October, 23:30 – 26 October, 02:30 UTC",
        ),
        (
            "2025-10-25/2025-10-26 Europe/Madrid 18:00 18:00 +",
            "25 October, 18:00 – 26 October, 18:00 (Madrid time); 25 October, 16:00 – 26 October, 17:00 UTC",
        ),
        # South of the equator the other way round; in Santiago at midnight.
        ("2025-09-06 America/Santiago 23:30 - +", "23:30 (Santiago time), 03:30 UTC on 7 September"),
        ("2025-09-07 America/Santiago 01:30 03:00 +", "01:30–03:00 (Santiago time), 04:30–06:00 UTC"),
        ("2026-04-04 America/Santiago 22:30 23:30 +", "22:30–23:30 (Santiago time), 01:30–03:30 UTC on 5 April"),
        # By half an hour, in a zone that is half an hour off.
        (
            "2025-10-05 Australia/Lord_Howe 01:30 03:30 +",
            "01:30–03:30 (Lord Howe Island time), 15:00–16:30 UTC on 4 October",
        ),
        (
            "2025-04-06 Australia/Lord_Howe 01:30 03:30 +",
            "01:30–03:30 (Lord Howe Island time), 14:30–17:00 UTC on 5 April",
        ),
        # The day after the 29th, for Apia, was the 31st.
        ("2011-12-29 Pacific/Apia 23:00 - +", "23:00 (Apia time), 09:00 UTC on 30 December"),
        ("2011-12-31 Pacific/Apia 00:30 - +", "00:30 (Apia time), 10:30 UTC on 30 December"),
    ],
)
def test_utc_is_right_on_days_when_clocks_change(shape, text):
    assert said(shape, "en") == text


# Where "of" melts into the name of a place; names that CLDR keeps under the first edition of a zone's name, or
# under the language without its region.
PLACES = """
en | America/Sao_Paulo | São Paulo time
en | Europe/Kyiv | Kyiv time
es | America/Argentina/Cordoba | hora de Córdoba
es | Atlantic/Azores | hora de las Azores
es | Atlantic/Faroe | hora de las Islas Feroe
es | Pacific/Easter | hora de la Isla de Pascua
fr | Atlantic/Azores | heure des Açores
fr | Atlantic/Canary | heure des Îles Canaries
fr | Africa/Cairo | heure du Caire
fr | Europe/Athens | heure d’Athènes
fr | Atlantic/Cape_Verde | heure du Cap-Vert
fr | America/Bogota | heure de Bogotá
ca | Africa/Cairo | hora del Caire
ca | Europe/Athens | hora d’Atenes
ca | America/Havana | hora de l’Havana
ca | Atlantic/Canary | hora de les Illes Canàries
pt | Atlantic/Azores | hora dos Açores
pt | Atlantic/Madeira | hora da Madeira
pt | Africa/Cairo | hora do Cairo
pt | America/Mexico_City | hora da Cidade do México
pt | America/Puerto_Rico | hora de Porto Rico
pt | Europe/Helsinki | hora de Helsínquia
it | Africa/Cairo | ora del Cairo
it | America/Havana | ora dell’Avana
it | Atlantic/Azores | ora delle Azzorre
ko | America/Argentina/Buenos_Aires | 부에노스 아이레스 시간
"""


@pytest.mark.parametrize(("language", "zone", "place"), [row.split(" | ") for row in PLACES.strip().splitlines()])
def test_a_zone_is_named_after_its_city_in_the_language(language, zone, place):
    assert said(f"2025-11-14 {zone} 14:45 -", language) == f"14:45 ({place})"


CITIES = """
en | Barcelona | Barcelona time
es | El Prat de Llobregat | hora de El Prat de Llobregat
ca | El Prat de Llobregat | hora del Prat de Llobregat
ca | L'Hospitalet de Llobregat | hora de l’Hospitalet de Llobregat
ca | Alacant / Alicante | hora d’Alacant / Alicante
fr | Le Mans | heure du Mans
fr | Espoo | heure d’Espoo
pt | Porto | hora do Porto
pt | Porto Alegre | hora de Porto Alegre
pt | Amadora | hora da Amadora
it | La Spezia | ora della Spezia
it | L'Aquila | ora dell’Aquila
ko | Barcelona | Barcelona 시간
"""


@pytest.mark.parametrize(("language", "city", "place"), [row.split(" | ") for row in CITIES.strip().splitlines()])
def test_a_city_of_the_zone_can_stand_for_it(language, city, place):
    assert said("2025-11-14 Europe/Madrid 14:45 -", language, city=city) == f"14:45 ({place})"


def test_a_language_without_words_for_dates_is_refused():
    with pytest.raises(ValueError, match="No words for dates in “de”"):
        said("2025-11-14 Europe/Madrid 14:45 -", "de")
