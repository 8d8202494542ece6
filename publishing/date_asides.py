"""What people write around the days of a date: lists of them, "the next", "the weekend of".

    "1, 2 and 3 October"    "el próximo viernes 14 de noviembre"    "12 noon"    "week-end des 4 et 5 octobre"

Where it adds nothing to the days it goes; where it stands for days that are not there it is refused.
"""

from __future__ import annotations

from django.utils.translation import gettext

from publishing.date_refusals import UnreadableDate
from publishing.date_tokens import Token
from publishing.date_vocabulary import Kind

_BETWEEN = {Kind.DASH, Kind.TO, Kind.TO_OR_AT, Kind.UNTIL, Kind.AND, Kind.SLASH, Kind.TILDE}
_COMMA = Token(Kind.COMMA, 0, ",")
_OF_TIMES = {Kind.HOURS, Kind.MERIDIEM, Kind.TIME}


def without_asides(tokens: list[Token]) -> list[Token]:
    """The tokens of a date without them. Raises UnreadableDate where they cannot go."""
    tokens = [token for token in _with_lists_as_ranges(tokens) if token.kind is not Kind.COMMA]
    kinds = {token.kind for token in tokens}
    if Kind.BEFORE in kinds:
        raise before_or_after()
    if Kind.MIDNIGHT in kinds:
        raise UnreadableDate(
            gettext(
                "Midnight belongs to two days. Write 00:00 of the day that it begins, or 23:59 of the day that it "
                "ends, for example “14 November 2025, 23:59”."
            )
        )
    names_days = _names_days(tokens)
    if Kind.NEXT in kinds:
        if not names_days:
            raise changing(next(token.text for token in tokens if token.kind is Kind.NEXT))
        tokens = [token for token in tokens if token.kind is not Kind.NEXT]
    if kinds & {Kind.WEEK, Kind.WEEKEND}:
        if not (names_days and kinds & _BETWEEN):
            raise UnreadableDate(
                gettext("A week is written by its days here. Write for example “6–10 October 2025”, or the month.")
            )
        tokens = [token for token in tokens if token.kind not in (Kind.WEEK, Kind.WEEKEND)]
    return _with_twelve_in_noon(tokens)


def before_or_after() -> UnreadableDate:
    return UnreadableDate(
        gettext(
            "A date here says when something takes place, not before or after what. Write a deadline as its last day: "
            "“14 November 2025” or “14 November 2025, until 12:00”."
        )
    )


def changing(text: str) -> UnreadableDate:
    """The refusal of "next week"."""
    return UnreadableDate(
        gettext(
            "What “%(text)s” means changes from day to day. Write the date itself, for example "
            "“14 November 2025”, “November 2025” or “autumn 2025”."
        )
        % {"text": text}
    )


def _names_days(tokens: list[Token]) -> bool:
    """Whether a day stands there with its month."""
    if any(token.kind is Kind.DATE for token in tokens):
        return True
    return any(token.kind is Kind.MONTH for token in tokens) and any(_is_day(token) for token in tokens)


def _is_day(token: Token) -> bool:
    if token.kind is Kind.NUMBER:
        return len(token.text) <= 2
    return token.kind is Kind.ORDINAL and token.value != 0


def _with_lists_as_ranges(tokens: list[Token]) -> list[Token]:
    """ "1, 2 and 3" without a gap is "1–3"; so for months and years. Weekdays before the days stay with the ends."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        items, following = _list_at(tokens, place)
        is_pair_before_month = (
            len(items) == 2
            and _is_day(items[0][-1])
            and [token.kind for token in tokens[following : following + 1]] == [Kind.MONTH]
            and (not found or found[-1].kind is not Kind.MONTH)
        )
        names_hours = any(token.kind in _OF_TIMES for token in tokens[following : following + 1])
        if (len(items) > 2 and not names_hours) or is_pair_before_month:
            found += [*items[0], Token(Kind.DASH), *items[-1]]
            place = following
        else:
            found.append(tokens[place])
            place += 1
    return found


def _list_at(tokens: list[Token], place: int) -> tuple[list[list[Token]], int]:
    """The items of a list without gaps that begins at a place, and the place after it."""
    items: list[list[Token]] = []
    item = _item_at(tokens, place)
    while item:
        items.append([token for token in item if token.kind is not Kind.COMMA])
        place += len(item)
        signs = 0
        while place + signs < len(tokens) and tokens[place + signs].kind in (Kind.COMMA, Kind.AND):
            signs += 1
        following = _item_at(tokens, place + signs) if signs else []
        if not following or not _follows(item[-1], following[-1]):
            break
        place, item = place + signs, following
    return items, place


def _follows(first: Token, second: Token) -> bool:
    alike = first.kind is second.kind or (_is_day(first) and _is_day(second))
    return alike and int(second.value) == int(first.value) + 1


def _item_at(tokens: list[Token], place: int) -> list[Token]:
    item = tokens[place : place + 1]
    if item and item[0].kind is Kind.WEEKDAY:
        item = tokens[place : place + (3 if tokens[place + 1 : place + 2] == [_COMMA] else 2)]
    last = item[-1] if item else None
    if last is None or last.kind not in (Kind.NUMBER, Kind.ORDINAL, Kind.MONTH) or last.value == 0:
        return []
    return item


def _with_twelve_in_noon(tokens: list[Token]) -> list[Token]:
    """ "12 noon" is noon, but "November 12, noon" is the twelfth."""
    found: list[Token] = []
    for token in tokens:
        twelve = found[-1] if found else None
        if token.kind is Kind.TIME and token.text[0].isalpha() and twelve and twelve.text == "12":
            is_after_month = len(found) > 1 and found[-2].kind is Kind.MONTH
            if not is_after_month or any(_is_day(other) for other in found[:-1]):
                found.pop()
        found.append(token)
    return found
