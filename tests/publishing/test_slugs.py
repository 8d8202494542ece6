import pytest

from publishing.slugs import SLUG_LENGTH, make_slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("L’Hospitalet de Llobregat", "l-hospitalet-de-llobregat"),
        ("col·laboració", "collaboracio"),
        ("Łódź & Œuvre — 2025", "lodz-oeuvre-2025"),
        ("창원", ""),
    ],
)
def test_a_slug_is_ascii_words_joined_by_hyphens(text, slug):
    assert make_slug(text) == slug


def test_a_long_slug_ends_with_a_whole_word():
    assert make_slug("palabra " * 40) == "-".join(["palabra"] * 15)
    assert make_slug(f"{'a' * (SLUG_LENGTH - 2)} b c") == "a" * (SLUG_LENGTH - 2) + "-b"
    assert make_slug("a" * 200) == "a" * SLUG_LENGTH
