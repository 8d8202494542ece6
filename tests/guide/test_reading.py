"""What the guide quotes is there: labels in the catalogues of the interface, pictures in their folder."""

import re
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from guide.reading import Act, acts_of, labels_of, pages, pictures_of, walks_of

CATALOGUES = [
    Path(settings.BASE_DIR) / "locale" / "es" / "LC_MESSAGES" / "django.po",
    *(Path(django.__file__).parent / "contrib").glob("*/locale/es/LC_MESSAGES/django.po"),
]
PLACE = re.compile(r"%\(\w+\)\w|\{\w+\}|%s")
LANGUAGE = re.compile(r" \[\w\w\]$")
MOST_BYTES = 2_000_000


def in_one_case(text):
    return " ".join(text.split()).casefold()


@pytest.fixture(scope="module")
def interface():
    """Whether a text is one of the interface's, with something in the place of each variable."""
    texts, patterns = set(), []
    for path in CATALOGUES:
        with path.open("rb") as file:
            for message in read_po(file):
                for text in [message.id] if isinstance(message.id, str) else message.id:
                    texts.add(in_one_case(text))
                    if PLACE.search(text):
                        patterns.append(".+".join(map(re.escape, PLACE.split(in_one_case(text)))))
    whole = re.compile("|".join(pattern for pattern in patterns if re.search(r"\w{4}", pattern)))
    return lambda text: in_one_case(text) in texts or whole.fullmatch(in_one_case(text)) is not None


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_each_label_is_one_of_the_interface(page, interface):
    walked = {act.what for walk in walks_of(page) for step in walk.steps for act in step.acts}
    quoted = [(line, LANGUAGE.sub("", label)) for line, label in labels_of(page) if label not in walked]

    assert [(line, label) for line, label in quoted if not label.startswith("…") and not interface(label)] == []


def test_a_label_that_the_interface_does_not_have_is_noticed(interface):
    assert (interface("Save draft"), interface("Keep draft")) == (True, False)


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_each_picture_is_there_and_says_what_it_shows(page):
    for text, path in pictures_of(page):
        assert ((page.parent / path).is_file(), len(text) > 20) == (True, True), path


def test_no_picture_is_left_over_and_all_are_small():
    named = {page.parent / path for page in pages() for _text, path in pictures_of(page)}
    files = set((pages()[0].parent / "pictures").iterdir())

    assert files == named
    assert sum(file.stat().st_size for file in files) < MOST_BYTES


def test_steps_are_read_as_a_person_reads_them():
    text = """1. In **Date** write `autumn 2028`, then press **Save**, then **View on site**.

       ![A page](pictures/page-whole.png)"""

    assert acts_of(text) == [
        Act("see", "Date"),
        Act("write", "autumn 2028", "Date"),
        Act("press", "Save"),
        Act("press", "View on site"),
        Act("picture", "pictures/page-whole.png"),
    ]
