"""Escaping and folding, octet by octet."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from agenda.content_lines import cleaned, escaped, folded, parameter


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Torino", "Torino"),
        ("a, b; c\\d", r"a\, b\; c\\d"),
        ("one\ntwo\r\nthree\rfour\u2028five\x85six", r"one\ntwo\nthree\nfour\nfive\nsix"),
        (r"a literal \n stays two characters", r"a literal \\n stays two characters"),
        ("bell\x07 nul\x00 escape\x1b delete\x7f", "bell nul escape delete"),
        ("tab\tstays: “so”", "tab\tstays: “so”"),
    ],
)
def test_a_text_is_escaped(text, written):
    assert escaped(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [("en", "en"), ("a:b", '"a:b"'), ('the "city", as it is', "\"the ^'city^', as it is\""), ("a^b\nc", '"a^^b^nc"')],
)
def test_a_parameter_stands_in_marks_where_it_has_to(text, written):
    assert parameter(text) == written


@pytest.mark.parametrize("character", ["a", "é", "–", "도", "🎪"])
@pytest.mark.parametrize("shift", range(4))
def test_a_long_line_is_folded_between_characters(character, shift):
    line = "SUMMARY:" + "x" * shift + character * 200

    octets = folded([line])

    pieces = octets.removesuffix(b"\r\n").split(b"\r\n ")
    lengths = [len(pieces[0]), *(len(piece) + 1 for piece in pieces[1:])]
    assert (max(lengths) <= 75, min(lengths[:-1]) > 75 - len(character.encode())) == (True, True)
    assert "".join(piece.decode() for piece in pieces) == line


def test_a_line_of_just_75_octets_stays_whole():
    assert folded(["x" * 75, "é" * 37 + "x"]) == f"{'x' * 75}\r\n{'é' * 37}x\r\n".encode()
    assert folded(["x" * 76]) == b"x" * 75 + b"\r\n x\r\n"


@settings(deadline=None)
@given(st.text())
def test_any_text_comes_back_as_it_was_but_for_controls(text):
    calendar = folded(
        [
            *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:1"),
            *(f"SUMMARY:{escaped(text)}", "END:VEVENT", "END:VCALENDAR"),
        ]
    )

    (event,) = Calendar.from_ical(calendar).walk("VEVENT")
    assert str(event["SUMMARY"]) == cleaned(text)
    assert all(len(line) <= 75 for line in calendar.split(b"\r\n"))
