import pytest
from django.utils.translation import override

from news.models import Post
from publishing.rich_text import clean_html
from tests.factories import make_post

pytestmark = pytest.mark.django_db

HOSTILE = '<p onclick="x()">Good<script>bad()</script></p>'


def bodies(post):
    return Post.objects.values_list("body_en", "body_es", "body_fr").get(pk=post.pk)


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_saving_makes_no_translation_of_a_text_in_another_language(language):
    with override(language):
        post = make_post(title_en=None, title_es="Noticia", body_es="<p>Texto</p>", source_language="es")
        post.save()

    assert bodies(post) == (None, "<p>Texto</p>", None)


def test_text_is_clean_in_the_database_and_on_the_item():
    post = make_post(body_en=HOSTILE)
    assert (bodies(post)[0], post.body_en) == ("<p>Good</p>", "<p>Good</p>")

    Post.objects.update(body_en=HOSTILE)
    assert bodies(post)[0] == "<p>Good</p>"


def test_text_given_to_the_untranslated_name_is_clean_in_the_active_language():
    with override("es"):
        post = make_post(body=HOSTILE)

    assert (bodies(post)[1], post.body_es) == ("<p>Good</p>", "<p>Good</p>")


def test_a_non_breaking_space_stays_a_character_and_the_name_of_one_a_text():
    html = "<p>Qui\N{NO-BREAK SPACE}: 1 &lt; 2 &amp;nbsp;</p>"

    assert clean_html(html) == clean_html(clean_html(html)) == html
    assert clean_html("<p>Qui&nbsp;:</p>") == "<p>Qui\N{NO-BREAK SPACE}:</p>"
