import pytest

from publishing.text_words import words_of


@pytest.mark.parametrize(
    ("rich", "words"),
    [
        ('<p>Gardens <img src="/a.jpg" alt="in spring"> of the city</p>', "Gardens in spring of the city"),
        ('<p><a href="/x" title="More">Read</a></p>', "More Read"),
        # An address may hold what looks like words to be read.
        ('<p><a href="/x title=" title="More">Read</a></p>', "More Read"),
        ('<p><a href="/x title=" title="\t"></a></p>', ""),
        ('<p><a href="/?alt=5">Read</a></p>', "Read"),
        ('<p>a<strong>b</strong>c</p><hr><p data-title="no">d</p>', "abc d"),
    ],
)
def test_words_are_what_is_read_aloud(rich, words):
    assert words_of(rich, rich=True) == words
