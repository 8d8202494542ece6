"""From the tokens of a date to its phrases: "2nd", "quarter" is a quarter; "6", "pm" a time; "14", "일" a day.

Two neighbours melt into one as long as a rule below joins them. What is left then is only days, months, seasons,
years, times and the words between the ends of a range.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext

from publishing.date_asides import changing, without_asides
from publishing.date_refusals import UnreadableDate, not_a_date, not_understood
from publishing.date_tokens import Token, this_century
from publishing.date_vocabulary import UNITS_IN_KOREAN, Kind

BETWEEN_ENDS = {Kind.TO, Kind.UNTIL, Kind.AND, Kind.DASH, Kind.SLASH}
_BEFORE_A_POINT = BETWEEN_ENDS | {Kind.FROM, Kind.BETWEEN, Kind.ABOUT, Kind.ROUGHLY_IN}
MERIDIEM = "meridiem"  # in the place of its text, the mark of a time that says am or pm

_IN_UNITS = dict(
    zip(
        UNITS_IN_KOREAN,
        (Kind.YEAR, Kind.MONTH, Kind.DAY, Kind.QUARTER, Kind.DECADE, Kind.TIME, Kind.MINUTES, None),
        strict=True,
    )
)


def phrases_of(tokens: Iterable[Token]) -> list[Token]:
    """Join what belongs together. Raises UnreadableDate for a word that finds nothing to belong to."""
    joined: list[Token] = []
    for token in _with_tildes(without_asides(list(tokens))):
        joined.append(token)
        while len(joined) > 1 and (rule := _RULES.get((joined[-2].kind, joined[-1].kind))):
            phrase = rule(joined[-2], joined[-1])
            if phrase is None:
                break
            joined[-2:] = [phrase]
    return _with_bare_hours(_without_particles([_settled(token) for token in _with_hours_after_at(joined)]))


def _with_tildes(tokens: list[Token]) -> list[Token]:
    """A tilde before or after the whole date means "about"; within it parts the ends of a range, as in Korean."""
    last = len(tokens) - 1
    return [
        token
        if token.kind is not Kind.TILDE
        else Token(Kind.ABOUT if place in (0, last) else Kind.DASH, 0, token.text)
        for place, token in enumerate(tokens)
    ]


def _quarter(number: Token, _word: Token) -> Token | None:
    return _part_of_year(Kind.QUARTER, 4, number)


def _half(number: Token, _word: Token) -> Token | None:
    return _part_of_year(Kind.HALF, 2, number)


def _with_hours_after_at(joined: list[Token]) -> list[Token]:
    """ "at 18", once it is clear that no "pm" follows."""
    found: list[Token] = []
    for token in joined:
        if found and found[-1].kind is Kind.AT and token.kind is Kind.NUMBER and len(token.text) <= 2:
            found[-1] = bare_hour(token, in_24=bool(found[-1].value))
        else:
            found.append(token)
    return found


def _part_of_year(kind: Kind, count: int, number: Token) -> Token | None:
    value = count if number.kind is Kind.ORDINAL and number.value == 0 else int(number.value)  # 0 is "last"
    return Token(kind, value, number.text) if 1 <= value <= count else None


def _feira(number: Token, word: Token) -> Token | None:
    if number.kind is Kind.WEEKDAY:
        return number
    return Token(Kind.WEEKDAY, int(number.value) - 2, number.text) if 2 <= int(number.value) <= 6 else None


def _decade(word: Token, number: Token) -> Token | None:
    if number.kind is Kind.NUMBER and (len(number.text) not in (2, 4) or int(number.value) % 10):
        return number if word.value and len(number.text) == 4 else None  # "años 2025 y 2026"
    return Token(Kind.DECADE, number.value, number.text)


def _unit(number: Token, unit: Token) -> Token | None:
    name = UNITS_IN_KOREAN[int(unit.value)]
    value, kind = int(number.value), _IN_UNITS[name]
    if name == "년" and len(number.text) == 2:
        value = this_century(value)
    return None if kind is None else Token(kind, value * 100 if kind is Kind.TIME else value, number.text)


def _half_hour(at: Token, unit: Token) -> Token | None:
    return at._replace(value=int(at.value) + 30) if UNITS_IN_KOREAN[int(unit.value)] == "반" else None


def _minutes(at: Token, minutes: Token) -> Token:
    return at._replace(value=int(at.value) + int(minutes.value))


def _french_minutes(at: Token, number: Token) -> Token | None:
    """ "18 heures 30" """
    return _minutes(at, number) if at.text in ("heures", "heure") and len(number.text) == 2 else None


def _hours(number: Token, word: Token) -> Token | None:
    if number.kind is Kind.TIME:
        return number
    return Token(Kind.TIME, int(number.value) * 100, word.text) if len(number.text) <= 2 else None


def _after_noon(at: Token, word: Token) -> Token | None:
    return with_meridiem(at if at.kind is Kind.TIME else at._replace(value=int(at.value) * 100), int(word.value))


def with_meridiem(at: Token, hours: int) -> Token | None:
    """The time with am (0) or pm (12) said. 12 am is midnight, 12 pm noon; "18:30 pm" is harmless, "18 am" no time."""
    hour, minute = divmod(int(at.value), 100)
    if hour > 12 or hour == 0:
        return at._replace(text=MERIDIEM) if hours == 12 and hour else None
    return Token(Kind.TIME, (hour % 12 + hours) * 100 + minute, MERIDIEM)


def bare_hour(number: Token, *, in_24: bool) -> Token:
    """A number that can only be an hour. Raises UnreadableDate where it could be one of the morning or the evening."""
    hour = int(number.value)
    if not in_24 and hour <= 12:
        raise UnreadableDate(
            gettext("It is not clear which hour %(hour)d is. Write it in 24 hours, %(morning)s or %(evening)s.")
            % {"hour": hour, "morning": f"{hour % 12:02d}:00", "evening": f"{hour % 12 + 12}:00"}
        )
    return Token(Kind.TIME, hour * 100, number.text)


_RULES: dict[tuple[Kind, Kind], Callable[[Token, Token], Token | None]] = {
    (Kind.ORDINAL, Kind.QUARTER_WORD): _quarter,
    (Kind.NUMBER, Kind.QUARTER_WORD): _quarter,
    (Kind.QUARTER, Kind.QUARTER_WORD): _quarter,
    (Kind.QUARTER_WORD, Kind.NUMBER): lambda word, number: _quarter(number, word) if len(number.text) == 1 else None,
    (Kind.QUARTER_WORD, Kind.ORDINAL): lambda word, number: _quarter(number, word),
    (Kind.ORDINAL, Kind.HALF_WORD): _half,
    (Kind.HALF_WORD, Kind.NUMBER): lambda word, number: _half(number, word) if len(number.text) == 1 else None,
    (Kind.ORDINAL, Kind.FORTNIGHT): lambda number, word: Token(Kind.FORTNIGHT, 1, f"{number.text} {word.text}"),
    (Kind.ORDINAL, Kind.FEIRA): _feira,
    (Kind.WEEKDAY, Kind.FEIRA): _feira,
    (Kind.DECADE_WORD, Kind.NUMBER): _decade,
    (Kind.DECADE_WORD, Kind.DECADE): _decade,
    (Kind.DECADE_WORD, Kind.YEAR): _decade,
    (Kind.DECADE_WORD, Kind.DECADE_WORD): lambda first, second: first,
    (Kind.NUMBER, Kind.UNIT): _unit,
    (Kind.TIME, Kind.UNIT): _half_hour,
    (Kind.TIME, Kind.MINUTES): _minutes,
    (Kind.TIME, Kind.NUMBER): _french_minutes,
    (Kind.NUMBER, Kind.HOURS): _hours,
    (Kind.TIME, Kind.HOURS): _hours,
    (Kind.NUMBER, Kind.MERIDIEM): _after_noon,
    (Kind.TIME, Kind.MERIDIEM): _after_noon,
    (Kind.MERIDIEM, Kind.TIME): lambda word, at: _after_noon(at, word),
    (Kind.AT, Kind.TIME): lambda word, at: at,
    (Kind.FROM, Kind.TIME): lambda word, at: at,  # a start alone: "from 6 pm"
}


def _settled(token: Token) -> Token:
    """What a word means that found no partner."""
    match token.kind:
        case Kind.ORDINAL if token.value:
            return Token(Kind.DAY, token.value, token.text)
        case Kind.HALF_WORD if token.value:
            return Token(Kind.ROUGHLY_IN, 0, token.text)
        case Kind.RECURRING:
            raise UnreadableDate(
                gettext(
                    "“%(text)s” stands for many dates, and there is room for one. Write the first, for example "
                    "“14 November 2025”, or all of them as a range: “November 2025 – June 2026”."
                )
                % {"text": token.text}
            )
        case Kind.DISTANCE:
            raise changing(token.text)
        case (
            Kind.ORDINAL
            | Kind.HALF_WORD
            | Kind.QUARTER_WORD
            | Kind.DECADE_WORD
            | Kind.FEIRA
            | Kind.AT
            | Kind.HOURS
            | Kind.MERIDIEM
            | Kind.UNIT
            | Kind.MINUTES
        ):
            raise not_understood(token.text) if token.text else not_a_date()
    return token


def _without_particles(phrases: list[Token]) -> list[Token]:
    """Korean says "from" after the start and "until" after the end."""
    found: list[Token] = []
    for place, token in enumerate(phrases):
        if token.kind is Kind.FROM_BEFORE:
            if place + 1 < len(phrases):
                found.append(Token(Kind.DASH, 0, token.text))
            elif not found or found[-1].kind is not Kind.TIME:
                raise not_understood(token.text)
        elif token.kind is Kind.UNTIL_BEFORE:
            if not found:
                raise not_understood(token.text)
            if not any(other.kind in BETWEEN_ENDS for other in found) or found[-1].kind is Kind.TIME:
                last = found.pop()
                if not found or found[-1].kind not in BETWEEN_ENDS:
                    found.append(Token(Kind.UNTIL, 0, token.text))
                found.append(last)
        else:
            found.append(token)
    return found


def _with_bare_hours(phrases: list[Token]) -> list[Token]:
    """Tell "to" from "at", and give an hour without a unit that of the other end: "10–12 h", "6–8 pm"."""
    found: list[Token] = []
    for place, token in enumerate(phrases):
        following = phrases[place + 1] if place + 1 < len(phrases) else None
        previous = found[-1] if found else None
        if token.kind is Kind.TO_OR_AT:
            if previous is None or previous.kind in _BEFORE_A_POINT:
                continue  # "a l’automne 2025", "a principios de octubre"
            if token.value and following is not None and following.kind is Kind.NUMBER and len(following.text) <= 2:
                following = phrases[place + 1] = bare_hour(following, in_24=previous.kind is Kind.TIME)
            if following is not None and following.kind is Kind.TIME and not _can_be_time(found):
                continue  # "14 novembre 2025 à 18h30"
            token = Token(Kind.TO, 0, token.text)
        if token.kind is Kind.NUMBER and len(token.text) <= 2 and following is None and _ends_hours(found):
            token = bare_hour(token, in_24=int(found[-2].value) < int(token.value) * 100)
        if (
            token.kind in BETWEEN_ENDS
            and following is not None
            and following.kind is Kind.TIME
            and _can_be_time(found)
        ):
            found[-1] = _like(found[-1], following)
            phrases[place + 1] = _after_noon_too(found[-1], following)
        found.append(token)
    return found


def _ends_hours(found: list[Token]) -> bool:
    """Whether a number at the end of the text is an hour, as in "ore 10-12" and "10:00–12"."""
    return len(found) > 2 and found[-1].kind in (Kind.DASH, Kind.TO) and found[-2].kind is Kind.TIME


def _can_be_time(found: list[Token]) -> bool:
    """Whether the last phrase is a time or a number that is none of a day: in "November 14 – 18 h" it is one."""
    last = found[-1] if found else None
    if last is None or last.kind is not Kind.NUMBER:
        return last is not None and last.kind is Kind.TIME
    if len(last.text) > 2 or int(last.value) > 24:
        return False
    if len(found) == 1 or found[-2].kind is not Kind.MONTH:
        return True
    return any(token.kind is Kind.DAY or (token.kind is Kind.NUMBER and len(token.text) <= 2) for token in found[:-2])


def _like(start: Token, end: Token) -> Token:
    """The start of a span of time, its unit taken from the end. "11–1 pm" starts before noon, "6–8 pm" after it."""
    text, at = start.text, start
    if start.kind is Kind.NUMBER:
        at = Token(Kind.TIME, int(start.value) * 100, start.text)
    if end.text != MERIDIEM or text == MERIDIEM or text.startswith("0"):
        return at
    after_noon = with_meridiem(at, 12)
    if after_noon is not None and int(end.value) >= 1200 and int(after_noon.value) <= int(end.value):
        return after_noon
    return with_meridiem(at, 0) or at


def _after_noon_too(start: Token, end: Token) -> Token:
    """ "오후 2시~4시": what starts after noon does not end before it on the same clock."""
    if (
        start.text == MERIDIEM
        and int(end.value) < 1200 <= int(start.value)
        and int(end.value) + 1200 > int(start.value)
    ):
        return Token(Kind.TIME, int(end.value) + 1200, MERIDIEM) if end.text != MERIDIEM else end
    return end
