"""Two questions that a reader abroad has: which day of the week, and which months is "autumn" where it takes place?"""

import pytest

from publishing.date_text import date_parts, date_text, full_date_text, months_gloss
from publishing.date_words import DATE_LANGUAGES
from publishing.dates import parse_edtf

# To be read by somebody who speaks the language: date | with its weekdays
WEEKDAYS = {
    "en": """
2025-11-14 | Friday 14 November 2025
2025-11-01 | Saturday 1 November 2025
2025-09-26/2025-09-27 | Friday 26 and Saturday 27 September 2025
2025-11-01/2025-11-02 | Saturday 1 and Sunday 2 November 2025
2025-09-30/2025-10-01 | Tuesday 30 September and Wednesday 1 October 2025
2025-12-31/2026-01-01 | Wednesday 31 December 2025 and Thursday 1 January 2026
""",
    "es": """
2025-11-14 | viernes 14 de noviembre de 2025
2025-11-01 | sábado 1 de noviembre de 2025
2025-09-26/2025-09-27 | viernes 26 y sábado 27 de septiembre de 2025
2025-11-01/2025-11-02 | sábado 1 y domingo 2 de noviembre de 2025
2025-09-30/2025-10-01 | martes 30 de septiembre y miércoles 1 de octubre de 2025
2025-12-31/2026-01-01 | miércoles 31 de diciembre de 2025 y jueves 1 de enero de 2026
""",
    "fr": """
2025-11-14 | vendredi 14 novembre 2025
2025-11-01 | samedi 1er novembre 2025
2025-09-26/2025-09-27 | vendredi 26 et samedi 27 septembre 2025
2025-11-01/2025-11-02 | samedi 1er et dimanche 2 novembre 2025
2025-09-30/2025-10-01 | mardi 30 septembre et mercredi 1er octobre 2025
2025-12-31/2026-01-01 | mercredi 31 décembre 2025 et jeudi 1er janvier 2026
""",
    "ca": """
2025-11-14 | divendres 14 de novembre del 2025
2025-11-01 | dissabte 1 de novembre del 2025
2025-09-26/2025-09-27 | divendres 26 i dissabte 27 de setembre del 2025
2025-11-01/2025-11-02 | dissabte 1 i diumenge 2 de novembre del 2025
2025-09-30/2025-10-01 | dimarts 30 de setembre i dimecres 1 d’octubre del 2025
2025-12-31/2026-01-01 | dimecres 31 de desembre del 2025 i dijous 1 de gener del 2026
""",
    "pt": """
2025-11-14 | sexta-feira, 14 de novembro de 2025
2025-11-01 | sábado, 1 de novembro de 2025
2025-09-26/2025-09-27 | sexta-feira, 26, e sábado, 27 de setembro de 2025
2025-11-01/2025-11-02 | sábado, 1, e domingo, 2 de novembro de 2025
2025-09-30/2025-10-01 | terça-feira, 30 de setembro, e quarta-feira, 1 de outubro de 2025
2025-12-31/2026-01-01 | quarta-feira, 31 de dezembro de 2025, e quinta-feira, 1 de janeiro de 2026
""",
    "it": """
2025-11-14 | venerdì 14 novembre 2025
2025-11-01 | sabato 1º novembre 2025
2025-09-26/2025-09-27 | venerdì 26 e sabato 27 settembre 2025
2025-11-01/2025-11-02 | sabato 1º e domenica 2 novembre 2025
2025-09-30/2025-10-01 | martedì 30 settembre e mercoledì 1º ottobre 2025
2025-12-31/2026-01-01 | mercoledì 31 dicembre 2025 e giovedì 1º gennaio 2026
""",
    "ko": """
2025-11-14 | 2025년 11월 14일 금요일
2025-11-01 | 2025년 11월 1일 토요일
2025-09-26/2025-09-27 | 2025년 9월 26일(금)~27일(토)
2025-11-01/2025-11-02 | 2025년 11월 1일(토)~2일(일)
2025-09-30/2025-10-01 | 2025년 9월 30일(화)~10월 1일(수)
2025-12-31/2026-01-01 | 2025년 12월 31일(수)~2026년 1월 1일(목)
""",
}

# Season or quarter | north of the equator | south of it
SEASONS = {
    "en": """
2025-21 | Spring 2025 (Mar–May) | Spring 2025 (Sep–Nov)
2025-22 | Summer 2025 (Jun–Aug) | Summer 2025–2026 (Dec 2025 – Feb 2026)
2025-23 | Autumn 2025 (Sep–Nov) | Autumn 2025 (Mar–May)
2025-24 | Winter 2025–2026 (Dec 2025 – Feb 2026) | Winter 2025 (Jun–Aug)
2025-33 | 1st quarter of 2025 (Jan–Mar) | =
2025-36 | 4th quarter of 2025 (Oct–Dec) | =
2025-23~ | about Autumn 2025 (Sep–Nov) | about Autumn 2025 (Mar–May)
""",
    "es": """
2025-21 | primavera de 2025 (mar–may) | primavera de 2025 (sept–nov)
2025-22 | verano de 2025 (jun–ago) | verano de 2025–2026 (dic 2025 – feb 2026)
2025-23 | otoño de 2025 (sept–nov) | otoño de 2025 (mar–may)
2025-24 | invierno de 2025–2026 (dic 2025 – feb 2026) | invierno de 2025 (jun–ago)
2025-33 | 1.er trimestre de 2025 (ene–mar) | =
2025-36 | 4.º trimestre de 2025 (oct–dic) | =
2025-23~ | hacia el otoño de 2025 (sept–nov) | hacia el otoño de 2025 (mar–may)
""",
    "fr": """
2025-21 | printemps 2025 (mars–mai) | printemps 2025 (sept.–nov.)
2025-22 | été 2025 (juin–août) | été 2025–2026 (déc. 2025 – févr. 2026)
2025-23 | automne 2025 (sept.–nov.) | automne 2025 (mars–mai)
2025-24 | hiver 2025–2026 (déc. 2025 – févr. 2026) | hiver 2025 (juin–août)
2025-33 | 1er trimestre 2025 (janv.–mars) | =
2025-36 | 4e trimestre 2025 (oct.–déc.) | =
2025-23~ | vers l’automne 2025 (sept.–nov.) | vers l’automne 2025 (mars–mai)
""",
    "ca": """
2025-21 | primavera del 2025 (març–maig) | primavera del 2025 (set.–nov.)
2025-22 | estiu del 2025 (juny–ag.) | estiu del 2025–2026 (des. 2025 – febr. 2026)
2025-23 | tardor del 2025 (set.–nov.) | tardor del 2025 (març–maig)
2025-24 | hivern del 2025–2026 (des. 2025 – febr. 2026) | hivern del 2025 (juny–ag.)
2025-33 | 1r trimestre del 2025 (gen.–març) | =
2025-36 | 4t trimestre del 2025 (oct.–des.) | =
2025-23~ | cap a la tardor del 2025 (set.–nov.) | cap a la tardor del 2025 (març–maig)
""",
    "pt": """
2025-21 | primavera de 2025 (mar.–mai.) | primavera de 2025 (set.–nov.)
2025-22 | verão de 2025 (jun.–ago.) | verão de 2025–2026 (dez. 2025 – fev. 2026)
2025-23 | outono de 2025 (set.–nov.) | outono de 2025 (mar.–mai.)
2025-24 | inverno de 2025–2026 (dez. 2025 – fev. 2026) | inverno de 2025 (jun.–ago.)
2025-33 | 1.º trimestre de 2025 (jan.–mar.) | =
2025-36 | 4.º trimestre de 2025 (out.–dez.) | =
2025-23~ | por volta do outono de 2025 (set.–nov.) | por volta do outono de 2025 (mar.–mai.)
""",
    "it": """
2025-21 | primavera 2025 (mar–mag) | primavera 2025 (set–nov)
2025-22 | estate 2025 (giu–ago) | estate 2025–2026 (dic 2025 – feb 2026)
2025-23 | autunno 2025 (set–nov) | autunno 2025 (mar–mag)
2025-24 | inverno 2025–2026 (dic 2025 – feb 2026) | inverno 2025 (giu–ago)
2025-33 | 1º trimestre 2025 (gen–mar) | =
2025-36 | 4º trimestre 2025 (ott–dic) | =
2025-23~ | autunno 2025 circa (set–nov) | autunno 2025 circa (mar–mag)
""",
    "ko": """
2025-21 | 2025년 봄 (3월~5월) | 2025년 봄 (9월~11월)
2025-22 | 2025년 여름 (6월~8월) | 2025~2026년 여름 (2025년 12월~2026년 2월)
2025-23 | 2025년 가을 (9월~11월) | 2025년 가을 (3월~5월)
2025-24 | 2025~2026년 겨울 (2025년 12월~2026년 2월) | 2025년 겨울 (6월~8월)
2025-33 | 2025년 1분기 (1월~3월) | =
2025-36 | 2025년 4분기 (10월~12월) | =
2025-23~ | 2025년 가을 무렵 (9월~11월) | 2025년 가을 무렵 (3월~5월)
""",
}


def rows(tables):
    return [(language, *row.split(" | ")) for language, table in tables.items() for row in table.strip().splitlines()]


def test_every_language_has_both_tables():
    assert set(WEEKDAYS) == set(SEASONS) == DATE_LANGUAGES


@pytest.mark.parametrize(("language", "edtf", "text"), rows(WEEKDAYS))
def test_one_day_and_two_in_a_row_have_their_weekdays_when_asked(language, edtf, text):
    value = parse_edtf(edtf)

    assert date_text(value, language, weekday=True) == text
    assert full_date_text(value, language, weekday=True) == text


@pytest.mark.parametrize("language", sorted(DATE_LANGUAGES))
@pytest.mark.parametrize(
    "edtf",
    [
        "2025-10-01/2025-10-03",
        "2025-09-30/2025-10-02",
        "2025-11-14~",
        "2025-11",
        "2025-11/2025-12",
        "2025-23",
        "2025-36",
        "2025",
        "2025/2026",
        "199X",
        "XXXX",
    ],
)
def test_longer_and_vaguer_dates_have_no_weekday(language, edtf):
    value = parse_edtf(edtf)

    assert date_text(value, language, weekday=True) == date_text(value, language)


def test_the_compact_form_has_no_weekday():
    assert date_text(parse_edtf("2025-11-14"), "en", form="compact", weekday=True) == "14 November 2025"


@pytest.mark.parametrize(("language", "edtf", "north", "south"), rows(SEASONS))
def test_a_season_says_its_months_and_both_years_if_it_crosses_new_year(language, edtf, north, south):
    value = parse_edtf(edtf)

    assert full_date_text(value, language) == north
    assert full_date_text(value, language, southern=True) == (north if south == "=" else south)


@pytest.mark.parametrize("edtf", ["2025-11", "2025-11-14", "2025", "2025-09/2025-11", "199X", "2025-11~", "XXXX"])
def test_only_seasons_and_quarters_need_their_months_beside_them(edtf):
    value = parse_edtf(edtf)

    assert months_gloss(value, "en") == ""
    assert full_date_text(value, "en") == date_text(value, "en")


@pytest.mark.parametrize(("southern", "summer", "winter"), [(False, "2025", "2025–2026"), (True, "2025–2026", "2025")])
def test_the_block_of_a_season_that_crosses_new_year_says_both_years(southern, summer, winter):
    blocks = [date_parts(parse_edtf(edtf), "en", southern=southern) for edtf in ("2025-22", "2025-24")]

    assert [(block.big, block.small) for block in blocks] == [("Summer", summer), ("Winter", winter)]
