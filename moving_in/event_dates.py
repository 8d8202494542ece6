"""When an event is: by the fields of a plugin for events, else by what its title and first lines say.

What a person wrote is read by the site's own reader of dates, in any of its languages. It takes a text only whole, so
lines are tried whole, then without what stands before a colon, then by their parts. A year alone within a sentence
says too little; what tells a day goes before what tells a month.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import override

from moving_in.moments import stamp
from moving_in.wxr.records import Item
from publishing.date_reader import ReadDate, UnreadableDate, read_date
from publishing.dates import TO_BE_ANNOUNCED, EdtfDate, Precision

# Of The Events Calendar, Events Manager, Modern Events Calendar, and of fields that people make themselves.
STARTS = "_EventStartDate _event_start_date _event_start mec_start_date event_start_date event_date start_date".split()
ENDS = "_EventEndDate _event_end_date _event_end mec_end_date event_end_date end_date".split()
START_TIMES = "_event_start_time event_start_time event_time start_time".split()
END_TIMES = "_event_end_time event_end_time end_time".split()
OF_UNIX = (("evcal_srow", "evcal_erow"),)  # EventON
ALL_DAY = "_EventAllDay _event_all_day evcal_allday mec_allday".split()
ZONES = "_EventTimezone _event_timezone".split()
YES = frozenset(("yes", "1", "true", "on"))
CLOCK = re.compile(r"([01]?\d|2[0-3])[:.h]([0-5]\d)(?::\d\d)?(\s*[ap]\.?m\.?)?", re.IGNORECASE)

LINES, LONGEST_LINE, MOST_WORDS, MOST_TRIED = 6, 160, 14, 400
PARTS = re.compile(r"\s+[–—|·•/]\s+|\s+-\s+|[;()\[\]]")
BEGINS = re.compile(
    r"\d|lun|mar|mer|mi[eé]|jue|jeu|vie|ven|s[aá]b|sam|dom|dim|mon|tue|wed|thu|fri|sat|sun|seg|ter|qua|qui|sex|dill|dim|"
    r"dij|div|diss|dium|du|del|de|des|dal|from|les|le|el|als?|au|on|den|spring|summer|autumn|fall|winter|prim|ver|oto|"
    r"tard|hiv|inv|out|[eé]t[eé]|automne|jan|feb|f[eé]v|mar|a[bpv]r|ma[iyo]|jun|jui|jul|ago|aug|ao[uû]|sep|set|o[ck]t|nov|"
    r"de[cz]|d[eé]c|gen|mai",
    re.IGNORECASE,
)
ENOUGH = (Precision.DAY, Precision.MONTH, Precision.SEASON)


@dataclass
class FoundDate:
    """`text` is what it was read from, "" where fields told it; `tried` what was tried in vain."""

    edtf: str
    start_time: time | None = None
    end_time: time | None = None
    zone: str = ""
    text: str = ""
    tried: list[str] = field(default_factory=list)

    @property
    def is_known(self) -> bool:
        return self.edtf != str(TO_BE_ANNOUNCED)


def date_of(item: Item, lines: list[str], written_on: date) -> FoundDate:
    """`lines` are the first of its text, without markup; a date without a year is the first after `written_on`."""
    return by_fields(item) or by_words([item.title, *lines[:LINES]], written_on)


def by_fields(item: Item) -> FoundDate | None:
    meta = item.meta
    zone = known_zone(first(meta, ZONES))
    start, end = moment_of(first(meta, STARTS)), moment_of(first(meta, ENDS))
    for start_name, end_name in OF_UNIX:
        if start is None:
            start, end = of_unix(meta.get(start_name, "")), of_unix(meta.get(end_name, ""))
    if start is None:
        return None
    if end is None or end < start:
        end = start
    start_time = end_time = None
    if first(meta, ALL_DAY).lower() not in YES:
        start_time = clock(first(meta, START_TIMES)) or told_time(start)
        end_time = clock(first(meta, END_TIMES)) or (told_time(end) if end > start else None)
    if start_time is None or (end_time and start.date() == end.date() and end_time <= start_time):
        end_time = None
    return FoundDate(EdtfDate.from_days(start.date(), end.date()).edtf, start_time, end_time, zone)


def first(meta: dict[str, str], names: list[str]) -> str:
    return next((meta[name].strip() for name in names if meta.get(name, "").strip()), "")


def moment_of(text: str) -> datetime | None:
    """Also of “20190510”, as ACF keeps days."""
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return stamp(text)


def of_unix(text: str) -> datetime | None:
    if not re.fullmatch(r"\d{8,11}", text):
        return None
    return datetime.fromtimestamp(int(text), UTC).replace(tzinfo=None)


def told_time(moment: datetime) -> time | None:
    """Midnight is what a field without a time holds."""
    return moment.time().replace(second=0) if moment.time() != time() else None


def clock(text: str) -> time | None:
    match = CLOCK.fullmatch(text)
    if match is None:
        return None
    hour = int(match[1])
    if match[3]:
        hour = hour % 12 + (12 if "p" in match[3].lower() else 0)
    return time(hour, int(match[2]))


def known_zone(name: str) -> str:
    """An IANA name, else "": the secretariat's."""
    try:
        return ZoneInfo(name).key if "/" in name else ""
    except (ValueError, OSError, LookupError):
        return ""


def by_words(lines: list[str], written_on: date) -> FoundDate:
    tried: list[str] = []
    best: tuple[int, ReadDate, str] | None = None
    with override("en"):  # the language of refusals, which nobody sees
        for line in lines:
            for text, is_whole in texts_to_try(" ".join(line.split())):
                if len(tried) >= MOST_TRIED:
                    break
                tried.append(text)
                try:
                    found = read_date(text, today=written_on)
                except UnreadableDate:
                    continue
                rank = rank_of(found, is_whole)
                if rank and (best is None or rank > best[0]):
                    best = (rank, found, text)
                if is_whole or rank == 3:
                    break
            if best and best[0] == 3:
                break
    if best is None:
        return FoundDate(str(TO_BE_ANNOUNCED), tried=[line for line in lines if line.strip()])
    _rank, found, text = best
    return FoundDate(str(found.when), found.start_time, found.end_time, text=text)


def rank_of(found: ReadDate, is_whole: bool) -> int:
    """3 for days, 2 for months and seasons, 1 for less, as far as a whole line says it; 0: not to be believed."""
    if found.when.precision is Precision.UNKNOWN:
        return 0
    if found.when.precision is Precision.DAY:
        return 3
    if found.when.precision in ENOUGH:
        return 2
    return 1 if is_whole else 0


def texts_to_try(line: str):
    """(text, whether it is all that a line or a part of it says), the longest first."""
    if not line:
        return
    if len(line) <= LONGEST_LINE:
        yield line, True
        head, colon, rest = line.partition(":")
        if colon and rest.strip() and not head[-1:].isdigit():
            yield rest.strip(" ."), True
    parts = [part.strip(" .,:") for part in PARTS.split(line[: 4 * LONGEST_LINE]) if part.strip(" .,:")]
    if len(parts) > 1:
        yield from ((part, True) for part in parts if len(part) <= LONGEST_LINE)
    for part in parts:
        words = part.split()[:40]
        starts = [place for place, word in enumerate(words) if BEGINS.match(word)]
        for length in range(min(MOST_WORDS, len(words)), 0, -1):
            for start in starts:
                if start + length <= len(words):
                    text = " ".join(words[start : start + length]).strip(" .,:;")
                    if any(letter.isdigit() for letter in text):
                        yield text, False
