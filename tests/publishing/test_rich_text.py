import pytest
from django.utils.translation import override

from news.models import Post
from publishing.rich_text import clean_html
from tests.admin.conftest import desk
from tests.admin.forms import address, as_it_stands
from tests.factories import make_post

__all__ = ["desk"]

pytestmark = pytest.mark.django_db

PICTURES_FROM_ELSEWHERE = [
    r'<img alt="" src="/\evil.org/a.png">',
    '<img alt="" src="/&#9;/evil.org/a.png">',
    '<img alt="" src="/&#10;/evil.org/a.png">',
    '<img alt="" src="/\t/evil.org/a.png">',
    r'<img alt="" src="\\evil.org\a.png">',
    r'<img alt="" src="/media\..\..\\evil.org/a.png">',
    '<img alt="" src="//evil.org/a.png">',
    '<img alt="" src=" //evil.org/a.png">',
    '<img alt="" src="https://evil.org/a.png">',
    '<img alt="" src="data:image/png;base64,AAAA">',
    '<img alt="" src="">',
    '<img alt=" src=">',
    '<img alt=" src=" src="//evil.org/a.png">',
    """<img alt='" src="/media/a.png' src=//evil.org/a.png>""",
    '<img alt="> src=" src="//evil.org/a.png">',
]
PICTURES_OF_OURS = [
    '<img alt="" src="/media/pictures/ab/0.jpg">',
    '<img src="/media/a.jpg" alt=" src= ">',
    '<img alt="1 &gt; 0" src="/media/a%20b.jpg" width="3">',
    '<abbr title="&lt;img alt=&quot;">img</abbr><abbr title=" x=">y</abbr>',
]
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


@pytest.mark.parametrize("picture", PICTURES_FROM_ELSEWHERE)
def test_a_picture_from_elsewhere_is_left_out_whichever_call_wrote_it(picture):
    hostile = f"<p>Good {picture}text</p>"
    created = make_post(body_en=hostile)
    slugs = {f"slug_{code}": "in-bulk" for code in ("en", "es", "fr", "ca", "pt")}
    [in_bulk] = Post.objects.bulk_create([Post(title_en="Post", date=created.date, body_en=hostile, **slugs)])
    updated, updated_in_bulk = make_post(), make_post()
    Post.objects.filter(pk=updated.pk).update(body_en=hostile)
    updated_in_bulk.body_en = hostile
    Post.objects.bulk_update([updated_in_bulk], ["body_en"])

    posts = (created, in_bulk, updated, updated_in_bulk)
    assert [bodies(post)[0] for post in posts] == ["<p>Good text</p>"] * 4


@pytest.mark.parametrize("html", PICTURES_OF_OURS)
def test_a_picture_of_ours_stays_as_it_is(html):
    assert clean_html(html) == html


def test_text_given_to_the_untranslated_name_is_clean_in_the_active_language():
    with override("es"):
        post = make_post(body=HOSTILE)

    assert (bodies(post)[1], post.body_es) == ("<p>Good</p>", "<p>Good</p>")


def test_a_non_breaking_space_stays_a_character_and_the_name_of_one_a_text():
    html = "<p>Qui\N{NO-BREAK SPACE}: 1 &lt; 2 &amp;nbsp;</p>"

    assert clean_html(html) == clean_html(clean_html(html)) == html
    assert clean_html("<p>Qui&nbsp;:</p>") == "<p>Qui\N{NO-BREAK SPACE}:</p>"


AS_WRITTEN = "<p>One</p>\n<p>Two<br>lines</p>\n<ul><li>a</li><li>b</li></ul>"
AS_THE_EDITOR_SENDS_IT = (
    "<p>One</p>\r\n\r\n<p>Two<br />\r\nlines</p>\r\n\r\n<ul>\r\n\t<li>a</li>\r\n\t<li>b</li>\r\n</ul>\r\n"
)


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        (AS_THE_EDITOR_SENDS_IT, AS_WRITTEN),
        ("<p>One</p>\n\n<p>Two <br />\nlines</p>", "<p>One</p>\n\n<p>Two <br>\nlines</p>"),
        ("<p>One</p>", "<p>One</p>"),
        ("<p>One</p><p>\N{NO-BREAK SPACE}</p><p>Two</p>", "<p>One</p><p>\N{NO-BREAK SPACE}</p><p>Two</p>"),
        ("", ""),
    ],
)
def test_a_text_in_which_the_editor_only_broke_lines_anew_stays_as_it_was(desk, sent, stored):
    post = make_post(body_en=AS_WRITTEN, body_es=AS_WRITTEN)
    form = as_it_stands(desk.get(address("change", post, post.pk)))

    response = desk.post(address("change", post, post.pk), form | {"title_en": "Another", "body_en": sent})

    post.refresh_from_db()
    assert response.status_code == 302
    assert (post.title_en, post.body_en, post.body_es) == ("Another", stored, AS_WRITTEN)
