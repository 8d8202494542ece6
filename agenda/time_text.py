"""Times of events in words, with the clocks they follow: "10:00–12:00 (Lisbon time), 09:00–11:00 UTC"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from babel import Locale
from babel.core import get_global

from agenda.dates import EventDate
from publishing.date_text import date_text
from publishing.date_words import words_for
from publishing.dates import EdtfDate


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """One language. `contractions` are patterns for where "of" melts into what follows it."""

    until: str
    of_city: str
    on_day: str
    utc: str = "{times} UTC"
    with_utc: str = "{times} ({place}){mark}{utc}"
    semicolon: str = "; "
    day_time: str = "{day}, {time}"
    contractions: tuple[tuple[str, str], ...] = ()


_WORDS = {
    "en_GB": TimeWords(until="until {time}", of_city="{city} time", on_day="{times} UTC on {day}"),
    # "El" stays as it is in the name of a town: "hora de El Prat".
    "es": TimeWords(
        until="hasta las {time}",
        of_city="hora de {city}",
        on_day="{times} UTC del {day}",
        contractions=(("de (?=Azores|Islas )", "de las "), ("de (?=Isla )", "de la ")),
    ),
    "fr": TimeWords(
        until="jusqu’à {time}",
        of_city="heure de {city}",
        on_day="{times} UTC le {day}",
        semicolon="\N{NARROW NO-BREAK SPACE}; ",
        contractions=(
            ("de Le ", "du "),
            ("de Les ", "des "),
            ("de (?=Cap-Vert)", "du "),
            ("de (?=Açores|Îles )", "des "),
            ("de (?=Île )", "de l’"),
            ("de (?=[AEIOUÂÉÈÊÎÔ])", "d’"),
        ),
    ),
    "ca": TimeWords(
        until="fins a les {time}",
        of_city="hora de {city}",
        on_day="{times} UTC del {day}",
        contractions=(
            ("de (.+), el$", r"del \1"),  # CLDR has "Caire, el"
            ("de El ", "del "),
            ("de Els ", "dels "),
            ("de La ", "de la "),
            ("de L['’]", "de l’"),
            ("de (?=Açores|Illes )", "de les "),
            ("de (?=Havana|Illa )", "de l’"),
            ("de (?=[AEIOUHÀÈÉÍÒÓÚ])", "d’"),
            (r"del (?=11?\b)", "de l’"),
        ),
    ),
    # Portuguese names of places that are common words, too, take an article: "hora do Porto", but "de Lisboa".
    "pt_PT": TimeWords(
        until="até às {time}",
        of_city="hora de {city}",
        on_day="{times} UTC do dia {day}",
        contractions=(
            ("de (?=Açores)", "dos "),
            ("de (?=Canárias|Ilhas )", "das "),
            ("de (?=(?:Barreiro|Cairo|Funchal|Fundão|Porto|Rio de Janeiro)$)", "do "),
            ("de (?=(?:Amadora|Azambuja|Costa Rica|Guarda|Madeira|Mealhada)$|Cidade |Ilha )", "da "),
        ),
    ),
    "it": TimeWords(
        until="fino alle {time}",
        of_city="ora di {city}",
        on_day="{times} UTC del {day}",
        contractions=(
            ("di Il ", "del "),
            ("di La ", "della "),
            ("di L['’]", "dell’"),
            ("di (?=Azzorre|Canarie)", "delle "),
            (r"del (?=(?:8|11)\b)", "dell’"),
        ),
    ),
    "ko": TimeWords(
        until="{time}까지",
        of_city="{city} 시간",
        utc="UTC {times}",
        on_day="UTC {day} {times}",
        with_utc="{times} ({place}{mark}{utc})",
        day_time="{day} {time}",
    ),
}

# Where the name of a zone lacks an accent and CLDR has no name for its city in some of our languages.
_SPELT = {
    "Africa/Lome": "Lomé",
    "America/Argentina/Cordoba": "Córdoba",
    "America/Bogota": "Bogotá",
    "America/Sao_Paulo": "São Paulo",
}


def time_words(language: str) -> TimeWords:
    """Raises ValueError for a language without words for dates."""
    return _WORDS[words_for(language).locale]


def times_text(value: EventDate, language: str, *, city: str = "", utc: bool = False) -> str:
    """Say the times and whose they are: "10:00–12:00 (Lisbon time)"; empty without times.

    On a range of days each time says its day too: "1 October, 10:00 – 3 October, 12:00 (Lisbon time)".

    The time is that of the city which the zone is named after, or of `city`, a place in the same zone, in the
    language of the text. With `utc` the times follow once more in UTC, with the day where that is another one.

    Raises ValueError for a language without words for dates.
    """
    if value.start_time is None and value.end_time is None:
        return ""
    words = time_words(language)
    start = None if value.start_time is None else datetime.combine(value.when.earliest(), value.start_time)
    end = None if value.end_time is None else datetime.combine(value.when.latest(), value.end_time)
    # An end alone follows the range it belongs to ("22 April – 15 October, until 12:00") and needs no day.
    times = _span(start, end, language, days=value.when.is_range and start is not None)
    if start is None:
        times = words.until.format(time=times)
    zone_city = _city(value.time_zone, words_for(language).locale)
    if zone_city == "UTC":
        return f"{times} (UTC)"
    name = city or zone_city
    place = name if name.startswith("UTC") else _contracted(words.of_city.format(city=name), words)
    if not utc:
        return f"{times} ({place})"
    mark, in_utc = _in_utc(value, language, words, {moment.date() for moment in (start, end) if moment is not None})
    return words.with_utc.format(times=times, place=place, mark=mark, utc=in_utc)


def _in_utc(value: EventDate, language: str, words: TimeWords, local_days: set[date]) -> tuple[str, str]:
    """What sets off the times in UTC, and those: with their days where `local_days` are others."""
    start = None if value.start_time is None else value.starts_at
    end = None if value.end_time is None else value.ends_at
    days = {moment.date() for moment in (start, end) if moment is not None}
    if len(days) > 1:
        return words.semicolon, words.utc.format(times=_span(start, end, language, days=True))
    times = _span(start, end, language, days=False)
    if days == local_days:
        return ", ", words.utc.format(times=times)
    day = _day(min(days), language, beside=min(local_days))
    return ", ", _contracted(words.on_day.format(times=times, day=day), words)


def _span(start: datetime | None, end: datetime | None, language: str, *, days: bool) -> str:
    words, template = words_for(language), time_words(language).day_time
    texts = []
    for moment in (start, end):
        if moment is not None:
            time = f"{moment:%H:%M}"
            day = moment.date()
            texts.append(template.format(day=_day(day, language, beside=day), time=time) if days else time)
    return (words.wide_dash if days else words.dash).join(texts)


def _day(day: date, language: str, *, beside: date) -> str:
    return date_text(EdtfDate.from_days(day), language, form="compact", today=beside)


def _contracted(text: str, words: TimeWords) -> str:
    for pattern, contracted in words.contractions:
        text = re.sub(pattern, contracted, text)
    return text


@cache
def _city(time_zone: str, locale: str) -> str:
    """The city that a zone is named after, in the words of CLDR; "UTC" or "UTC−12" for a zone without a place."""
    if time_zone in ("UTC", "GMT") or time_zone.startswith("Etc/"):
        # Etc/GMT+12 lies twelve hours *behind* UTC: the signs of these names are those of POSIX.
        offset = time_zone.partition("GMT")[2].translate(str.maketrans("+-", "−+"))
        return f"UTC{offset}" if offset.strip("−+0") else "UTC"
    # CLDR keeps the names of the first edition: Asia/Calcutta for Asia/Kolkata.
    keys = (time_zone, *(old for old, new in get_global("zone_aliases").items() if new == time_zone))
    # Of a region, Babel has only the cities that are called otherwise there than in the rest of the language.
    for name in (locale, locale.partition("_")[0]):
        zones = Locale.parse(name).time_zones
        for key in keys:
            if city := zones.get(key, {}).get("city"):
                return city
    return _SPELT.get(time_zone) or time_zone.rsplit("/", 1)[-1].replace("_", " ")
