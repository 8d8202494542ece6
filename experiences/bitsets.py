"""Sets of records as whole numbers, one bit a record: what twenty thousand of them have in common takes a microsecond.

Bit 0 is the record that stands first in lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping


def bitset(places: Iterable[int]) -> int:
    """The set of these places."""
    octets = bytearray()
    for place in places:
        at = place >> 3
        if at >= len(octets):
            octets.extend(bytes(at + 1 - len(octets) + len(octets) // 2))
        octets[at] |= 1 << (place & 7)
    return int.from_bytes(octets, "little")


def bitsets(pairs: Iterable[tuple[object, int]], size: int) -> dict[object, int]:
    """{value: the set of the places that have it}, from (value, place) with places below `size`."""
    found: dict[object, bytearray] = {}
    octets = (size + 7) // 8
    for value, place in pairs:
        if value not in found:
            found[value] = bytearray(octets)
        found[value][place >> 3] |= 1 << (place & 7)
    return {value: int.from_bytes(bits, "little") for value, bits in found.items()}


def everything(size: int) -> int:
    return (1 << size) - 1


def removed(bits: int, place: int) -> int:
    """The set without a place, and all higher ones moved down by one."""
    return (bits >> (place + 1) << place) | (bits & everything(place))


def inserted(bits: int, place: int) -> int:
    """The set with all places from this one on moved up by one; the new place is not in it."""
    return (bits >> place << (place + 1)) | (bits & everything(place))


def union(sets: Iterable[int]) -> int:
    together = 0
    for one in sets:
        together |= one
    return together


def places(bits: int) -> Iterator[int]:
    """The places in a set, in order."""
    digits = bin(bits)[:1:-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)


def highest(weighted: Iterable[tuple[int, int]], among: int, count: int) -> list[tuple[int, int]]:
    """[(place, score), …] of the `count` places with most weight, from (set, weight) with whole weights.

    The sum is kept as a number of its own for every binary digit of the scores, so that adding a set to twenty
    thousand scores is a handful of operations on long numbers. Equal scores stand in order of their places.
    """
    digits: list[int] = []
    for bits, weight in weighted:
        bits &= among
        shift = 0
        while weight:
            if weight & 1:
                add(digits, bits, shift)
            weight >>= 1
            shift += 1
    best, rest = 0, among
    for digit in reversed(digits):
        with_digit = best | (rest & digit)
        if with_digit.bit_count() >= count:
            rest &= digit
        else:
            best, rest = with_digit, rest & ~digit
    chosen = [*places(best)]
    for place in places(rest):
        if len(chosen) >= count:
            break
        chosen.append(place)
    scores = [(place, score(digits, place)) for place in chosen]
    return sorted(scores, key=lambda pair: (-pair[1], pair[0]))


def add(digits: list[int], bits: int, at: int) -> None:
    """Add a set to the scores, as on paper: each place carries into the next digit."""
    while bits:
        while len(digits) <= at:
            digits.append(0)
        digits[at], bits = digits[at] ^ bits, digits[at] & bits
        at += 1


def score(digits: list[int], place: int) -> int:
    return sum(((digit >> place) & 1) << at for at, digit in enumerate(digits))


def counts(sets: Mapping[object, int], among: int) -> dict[object, int]:
    """{value: how many of `among` have it}."""
    return {value: (bits & among).bit_count() for value, bits in sets.items()}
