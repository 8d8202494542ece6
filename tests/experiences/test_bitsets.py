"""Sets of bits do what sets do."""

from hypothesis import given
from hypothesis import strategies as st

from experiences.bitsets import bitset, bitsets, everything, highest, places, union

SIZE = 60
sets_of_places = st.sets(st.integers(0, SIZE - 1))


@given(sets_of_places, sets_of_places)
def test_a_set_of_bits_is_the_set_of_its_places(first, second):
    assert [*places(bitset(first))] == sorted(first)
    assert [*places(bitset(first) & bitset(second))] == sorted(first & second)
    assert [*places(union([bitset(first), bitset(second)]))] == sorted(first | second)
    assert [*places(everything(SIZE) & ~bitset(first))] == sorted({*range(SIZE)} - first)


@given(st.dictionaries(st.sampled_from("abc"), sets_of_places.filter(bool)))
def test_sets_are_made_from_pairs(sets):
    pairs = [(name, place) for name, members in sets.items() for place in members]

    assert bitsets(pairs, SIZE) == {name: bitset(members) for name, members in sets.items()}


@given(st.lists(st.tuples(sets_of_places, st.integers(1, 40)), max_size=8), sets_of_places, st.integers(1, 9))
def test_the_highest_scores_are_those_of_adding_up(weighted, among, count):
    scores = {place: sum(weight for members, weight in weighted if place in members) for place in among}
    expected = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:count]

    found = highest([(bitset(members), weight) for members, weight in weighted], bitset(among), count)

    assert found == expected
