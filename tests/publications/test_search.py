"""Publications are found by the words of their files, in the language of each, and only while they are public."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from publications.models import Document, DocumentText, PublicationFile
from publications.tasks import read_text
from publishing import clock
from search.finding import find
from tests.factories import make_document, make_publication, make_publication_series
from tests.publications.pdfs import pdf

LANGUAGES = ["en", "es", "fr", "ca", "pt"]


def hits(text, languages=LANGUAGES):
    found = find(text, languages, clock.now())
    return [(hit.plain_title, hit.language) for hit in found.hits(found.ids)]


def document(text):
    """With its words read, as the background does it."""
    one = make_document(pdf(text))
    read_text.call(one.pk)
    return one


@pytest.mark.django_db
def test_the_words_of_a_file_are_found_in_the_language_of_the_file():
    make_publication(
        title_en="Charter",
        title_es="Carta",
        files={"en": document("Lighthouses for learning"), "es": document("Las exposiciones de la ciudad")},
    )

    assert hits("lighthouse") == [("Charter", "en")]
    assert hits("exposición") == [("Carta", "es")]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["eu", "de", "pt"])
def test_a_file_in_a_language_without_a_page_stands_with_the_original(language):
    make_publication(title_en="Charter", files={language: document("Hezitzaileen gutuna")})

    assert hits("hezitzaileen") == [("Charter", "en")]


@pytest.mark.django_db
def test_a_snippet_shows_where_the_word_stands():
    make_publication(title_en="Charter", files={"en": document("Cities light their lighthouses at night")})
    found = find("lighthouse", LANGUAGES, clock.now())

    (hit,) = found.hits(found.ids)
    assert "".join(piece.text for piece in hit.snippet) == "Cities light their lighthouses at night"
    assert [piece.text for piece in hit.snippet if piece.is_marked] == ["lighthouses"]


@pytest.mark.django_db
def test_the_names_of_series_and_languages_find_it():
    series = make_publication_series(name_en="Declarations")
    make_publication(title_en="Charter", series=series, files={"eu": make_document()})

    assert hits("declarations") == hits("basque") == hits("euskara") == [("Charter", "en")]


@pytest.mark.django_db
def test_another_document_takes_the_words_of_the_old_one_along():
    publication = make_publication(title_en="Charter", files={"en": document("Lighthouses")})
    PublicationFile.objects.filter(publication=publication).update(document=document("Windmills"))

    assert hits("lighthouses") == []
    assert hits("windmills") == [("Charter", "en")]
    DocumentText.objects.update(text="Waterfalls")
    assert hits("waterfalls") == [("Charter", "en")]
    publication.files.all().delete()
    assert hits("waterfalls") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "state", [{"state": "draft"}, {"publish_at": timezone.now() + timedelta(days=1)}], ids=["draft", "scheduled"]
)
def test_the_words_of_what_is_not_public_are_not_found(state):
    make_publication(title_en="Charter", files={"en": document("Lighthouses")}, **state)

    assert hits("lighthouses") == hits("charter") == []


@pytest.mark.django_db
def test_the_index_that_is_built_anew_has_the_words_as_well():
    make_publication(title_en="Charter", files={"en": document("Lighthouses")})
    call_command("rebuild_search", verbosity=0)

    assert hits("lighthouses") == [("Charter", "en")]


@pytest.mark.django_db(transaction=True)
def test_the_words_are_read_when_the_upload_is_over_and_found_at_once():
    one = make_document(pdf("Lighthouses"))  # in tests the background does its work at once
    make_publication(title_en="Charter", files={"en": one})

    assert Document.objects.get().text_state == "found"
    assert hits("lighthouses") == [("Charter", "en")]


@pytest.mark.django_db
def test_what_has_no_text_says_so_and_is_not_read_twice():
    one = document("")
    assert Document.objects.get(pk=one.pk).text_state == "none"
    Document.objects.filter(pk=one.pk).update(text_state="found")
    read_text.call(one.pk)

    assert not DocumentText.objects.exists()
