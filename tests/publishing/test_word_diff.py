"""What changed in a source text, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.word_diff import ADDED, AROUND, LEFT_OUT, REMOVED, SAME, Piece, readable, shortened, word_diff


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", []),
        ("one two", "one two", [(SAME, "one two")]),
        ("one two", "one  two ", [(SAME, "one two")]),
        ("", "one", [(ADDED, "one")]),
        ("one", "", [(REMOVED, "one")]),
        ("in May 2025", "in June 2025", [(SAME, "in"), (REMOVED, "May"), (ADDED, "June"), (SAME, "2025")]),
        ("one one", "one one one", [(SAME, "one one"), (ADDED, "one")]),
        ("a b c", "b c d", [(REMOVED, "a"), (SAME, "b c"), (ADDED, "d")]),
        ("one two", "one\ntwo", [(SAME, "one\ntwo")]),
        ("one\ntwo", "one\ntwo\nthree", [(SAME, "one\ntwo"), (ADDED, "\nthree")]),
    ],
)
def test_pieces(before, after, pieces):
    assert word_diff(before, after) == [Piece(*piece) for piece in pieces]


WORDS = st.lists(st.sampled_from(["the", "city", "of", "and", "school,", "\n"]), max_size=40).map(" ".join)


@given(WORDS, WORDS)
def test_the_pieces_make_up_both_texts(before, after):
    pieces = word_diff(before, after)

    def words(*kinds):
        return " ".join(piece.text for piece in pieces if piece.kind in kinds).split()

    assert words(SAME, REMOVED) == before.split()
    assert words(SAME, ADDED) == after.split()


def test_paragraphs_of_rich_text_are_lines():
    html = '<h2>Head</h2>\n<p>One\ntwo<br>three</p><ul><li>a</li><li>b &amp; c</li></ul><img alt="A river" src="/a">'

    assert readable(html, rich=True) == "Head\nOne two\nthree\na\nb & c\nA river"
    assert readable("a <b>\n\nc", rich=False) == "a <b>\nc"


def test_a_link_or_bold_letters_part_no_words():
    rich = (
        '<p>See the <a href="/en/x/">hand<b>book</b></a>. CO<sub>2</sub><br>It <a title="A tip" href="/y">ends</a></p>'
    )

    assert readable(rich, rich=True) == "See the handbook. CO2\nIt A tip ends"


def test_long_unchanged_passages_are_left_out():
    text = " ".join(f"w{number}" for number in range(100))

    pieces = shortened(word_diff(f"{text} old {text}", f"{text} new {text}"))

    kept = text.split()
    assert pieces == [
        Piece(LEFT_OUT, ""),
        Piece(SAME, " ".join(kept[-AROUND:])),
        Piece(REMOVED, "old"),
        Piece(ADDED, "new"),
        Piece(SAME, " ".join(kept[:AROUND])),
        Piece(LEFT_OUT, ""),
    ]


def test_a_long_text_that_changed_all_over_is_compared_soon():
    before = " ".join(f"w{number % 700}" for number in range(3000))
    after = " ".join(f"w{number % 701}" for number in range(3000))

    assert {piece.kind for piece in word_diff(before, after)} >= {ADDED}
