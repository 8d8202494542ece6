"""CSV that goes through a spreadsheet and back."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.translations.test_xliff import text
from translations.exchange import table
from translations.exchange.units import Unreadable, lines_alike

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


def saved_with(content, delimiter, encoding="utf-8-sig"):
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL if delimiter == ";" else csv.QUOTE_MINIMAL).writerows(
        rows
    )
    return file.getvalue().encode(encoding)


@settings(deadline=None)
@given(st.tuples(WORDS, WORDS), st.sampled_from(",;\t"))
def test_whatever_comes_back_as_it_went_out(pair, delimiter):
    [returned] = table.read(saved_with(table.build([text(pair[0], translation=pair[1])]), delimiter))

    assert returned.text == lines_alike(pair[1])
    assert (returned.name, returned.field, returned.source_language, returned.language) == (
        "agenda.event:12",
        "title",
        "en",
        "fr",
    )
    assert returned.digest == text(pair[0]).digest
    assert not returned.reviewed


@pytest.mark.parametrize(
    "formula", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'quoted", "＝1"]
)
def test_no_cell_is_a_formula(formula):
    content = table.build([text(formula, title=formula, translation=formula, previous_source=formula)])

    [_head, row] = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    cells = [cell for cell in row if formula.strip() in cell]
    assert len(cells) == 4
    assert all(cell.startswith("'") for cell in cells)
    assert table.read(content)[0].text == lines_alike(formula)


def test_it_begins_with_a_byte_order_mark_for_excel():
    assert table.build([]).startswith(b"\xef\xbb\xbfitem,type,")


def test_excels_separator_line_and_unicode_text_are_read():
    content = table.build([text("One", translation="Un")])

    assert table.read(b"sep=;\r\n" + saved_with(content, ";", "utf-8"))[0].text == "Un"
    assert table.read(saved_with(content, "\t", "utf-16"))[0].text == "Un"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("item;été".encode("cp1252"), "not in UTF-8"),
        (b"item,field\n1,2", "no column “source language, language, translation, source digest”"),
        (b"", "no column"),
        (b'item,field,source language,language,translation,source digest\n"a,b', "not CSV"),
        (b"item\0", "no table"),
        (b"x" * (20 * 2**20 + 1), "larger than 20 MB"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content, message):
    with pytest.raises(Unreadable, match=message):
        table.read(content)


def test_a_mark_in_the_column_reviewed_counts():
    content = table.build([text("One", translation="Un", state="stale")]).replace(b"stale,,", b"stale,x,")

    assert table.read(content)[0].reviewed
