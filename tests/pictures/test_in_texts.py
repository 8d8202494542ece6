"""Library pictures in rich text, credits of pages, and where pictures are used."""

import re

import pytest
from django.core.files.base import ContentFile
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

from news.models import Post
from pictures.in_texts import with_library_pictures
from pictures.models import PictureInText
from publishing.rich_text import clean_html
from tests.desk.conftest import editor_of, in_role
from tests.factories import make_event, make_experience, make_highlight, make_network, make_post
from tests.pictures.factories import drawn, make_picture, picture_bytes

__all__ = ["editor_of", "in_role"]
pytestmark = pytest.mark.django_db
CREDIT = (
    '<small class="picture-credit">© Lucía, <a href="https://creativecommons.org/licenses/by/4.0/" '
    'rel="license noopener">CC BY 4.0</a></small>'
)
CREDITED = {"credit": "© Lucía", "licence": "cc-by-4.0"}


def image(picture, **attributes):
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<img src="{picture.library_address}"{written}>'


def shown(html, language="en"):
    return with_library_pictures(clean_html(html), language)


def attributes(html):
    return dict(re.findall(r'([a-z]+)="([^"]*)"', re.search(r"<img[^>]*>", html)[0]))


def test_the_address_of_a_library_picture_passes_the_filter_of_rich_text():
    html = f"<p>{image(make_picture(), alt='A square')}</p>"

    assert clean_html(html) == html


def test_a_picture_alone_becomes_a_figure_with_renditions_size_and_credit():
    picture = make_picture(file=picture_bytes(image=drawn(1200, 800)), **CREDITED)

    html = shown(f"<p>Before</p><p>{image(picture, alt='People &amp; &quot;trees&quot;', width=1200)}</p>")

    assert html.startswith('<p>Before</p><figure class="picture-figure"><picture><source type="image/webp" srcset=')
    assert html.endswith(f'</picture><figcaption class="picture-caption">{CREDIT}</figcaption></figure>')
    found = attributes(html)
    assert (found["alt"], found["width"], found["height"], found["loading"]) == (
        "People &amp; &quot;trees&quot;",
        "960",
        "640",
        "lazy",
    )


def test_a_small_picture_keeps_the_width_that_the_editor_gave_it_and_its_true_proportions():
    picture = make_picture(file=picture_bytes(image=drawn(1200, 800)))

    html = shown(f"<p>{image(picture, width=300, height=17)}</p>")

    found = attributes(html)
    assert (found["class"], found["width"], found["height"]) == ("picture-in-text", "300", "200")
    assert 'sizes="min(300px, 92vw)"' in html


def test_the_editors_own_figure_gets_the_credit_into_its_caption():
    picture = make_picture(**CREDITED)

    html = shown(f"<figure>{image(picture)}<figcaption>Our square</figcaption></figure>")
    without = shown(f"<figure>{image(picture)}</figure>")

    assert html.endswith(f"<figcaption>Our square {CREDIT}</figcaption></figure>")
    assert without.endswith(f"<figcaption>{CREDIT}</figcaption></figure>")


@pytest.mark.parametrize(
    ("written", "language", "page", "alt", "lang"),
    [
        ("Mine", "en", "en", "Mine", None),
        ("", "en", "en", "A square with people", None),
        ("", "es", "es", "Una plaza", None),
        ("", "fr", "fr", "A square with people", "en"),
        # A Spanish text on a French page stands in <div lang="es">.
        ("", "es", "fr", "A square with people", "en"),
    ],
)
def test_the_alternative_text_of_the_text_comes_first_then_the_librarys(written, language, page, alt, lang):
    picture = make_picture(alt_es="Una plaza")
    with translation.override(page):
        found = attributes(shown(f"<p>{image(picture, alt=written)}</p>", language))

    assert (found["alt"], found.get("lang")) == (alt, lang)


def test_what_is_not_of_the_library_stays_and_what_was_deleted_goes():
    picture = make_picture()
    kept = '<p>Text <img src="/media/pictures/ab/0.jpg" alt=""></p>'
    html = f"<p>{image(picture)}</p><p>Beside {image(picture)} it</p>{kept}"
    picture.delete()

    assert shown(html) == f"<p>Beside  it</p>{kept}"


def test_a_text_without_library_pictures_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert with_library_pictures("<p>Text</p>", "en") == "<p>Text</p>"


def test_a_text_with_several_needs_one_query_and_no_disk(settings, django_assert_num_queries):
    html = "".join(f"<p>{image(make_picture(title=str(n)))}</p>" for n in range(3))
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "tests.pictures.storages.AddressesOnly"}}

    with django_assert_num_queries(1):
        assert with_library_pictures(html, "en").count("<picture>") == 3


def test_a_replaced_file_shows_in_every_text(client):
    picture = make_picture()
    post = make_post(body_en=f"<p>{image(picture)}</p>", picture=picture)
    before = picture.fallback["name"]
    picture.file = ContentFile(picture_bytes(image=drawn(300, 500)), name="tall.jpg")
    picture.save()

    html = client.get(post.get_absolute_url()).content.decode()

    assert before not in html
    assert html.count(f'src="/media/{picture.fallback["name"]}"') == 2
    assert "/picture/" not in html


# --- credits of a page ---


def test_a_page_of_cards_names_each_credit_once_at_its_end(client):
    make_post(picture=make_picture(**CREDITED))
    make_post(picture=make_picture(title="Another", **CREDITED))
    make_post(picture=make_picture(credit="© Granollers"))
    make_post(picture=make_picture())

    html = client.get(reverse("news:post_list")).content.decode()

    assert html.count(CREDIT) == 1
    assert html.count("© Granollers") == 1
    assert html.index("Pictures on this page:") > html.index("© Granollers") - 400


def test_the_home_page_names_the_credits_of_its_posters_and_leads(client):
    make_highlight(event=make_event(), picture=make_picture(**CREDITED))
    make_post(picture=make_picture(credit="© Granollers"))

    html = client.get("/en/").content.decode()

    assert (html.count(CREDIT), html.count("© Granollers")) == (1, 1)


def test_a_page_without_anything_to_name_says_nothing(client):
    make_post(picture=make_picture())

    assert "picture-credits" not in client.get(reverse("news:post_list")).content.decode()


def test_a_picture_within_a_line_is_named_at_the_end_of_the_page(client):
    picture = make_picture(**CREDITED)
    post = make_post(body_en=f"<p>Text {image(picture)} text</p>")

    html = client.get(post.get_absolute_url()).content.decode()

    assert html.index("Pictures on this page:") < html.index(CREDIT)


def test_only_the_first_lead_of_a_page_is_eager(rf):
    source = '{% load picture_tags %}{% picture p "lead" %}{% picture p "lead" %}{% picture p "card" %}'
    html = Template(source).render(Context({"p": make_picture(), "request": rf.get("/")}))

    assert re.findall(r'loading="(\w+)"', html) == ["eager", "lazy", "lazy"]
    assert html.count("fetchpriority") == 1


# --- where it is used ---


def change(picture):
    return reverse("admin:pictures_picture_change", args=[picture.pk])


def noted():
    return sorted(PictureInText.objects.values_list("picture_id", "kind", "item"))


def test_uses_in_texts_follow_what_is_saved():
    first, second = make_picture(), make_picture(title="Other")
    post = make_post(body_en=f"<p>{image(first)}</p>", body_es=f"<p>{image(first)}{image(second)}</p>")
    assert noted() == [(first.pk, "news.post", post.pk), (second.pk, "news.post", post.pk)]

    post.body_es = ""
    post.save()
    assert noted() == [(first.pk, "news.post", post.pk)]

    Post.objects.defer("body_en", "body_es").get().save()
    assert noted() == [(first.pk, "news.post", post.pk)]

    post.delete()
    assert noted() == []


def test_the_page_of_a_picture_names_and_links_what_shows_it(admin_client):
    picture = make_picture()
    event = make_event(title_en="Congress", picture=picture)
    post = make_post(title_en=None, title_es="Noticia", source_language="es", body_es=f"<p>{image(picture)}</p>")

    html = admin_client.get(change(picture)).content.decode()

    assert f'Event: <a href="{reverse("admin:agenda_event_change", args=[event.pk])}" lang="en">Congress</a>' in html
    assert f'<a href="{reverse("admin:news_post_change", args=[post.pk])}" lang="es">Noticia</a>' in html
    assert html.count("(in its text)") == 1


def test_a_network_editor_hears_of_others_items_by_number_alone(editor_of):
    mine = make_network()
    picture = make_picture(network=mine)
    make_event(title_en="Of ours", network=mine, picture=picture)
    make_event(title_en="Of theirs", network=make_network(), picture=picture)

    html = editor_of(mine).get(change(picture)).content.decode()

    assert ("Of ours" in html, "Of theirs" in html) == (True, False)
    assert "1 item more, of another network or not yours to see" in html


def test_the_list_counts_uses(admin_client):
    picture, unused = make_picture(), make_picture(title="Unused")
    make_event(picture=picture)
    make_experience(picture=picture)
    make_post(picture=picture, body_en=f"<p>{image(picture)}</p>")

    rows = admin_client.get(reverse("admin:pictures_picture_changelist")).context["cl"].result_list

    assert {row: row.uses for row in rows} == {picture: 4, unused: 0}


def test_deleting_tells_first_where_it_is_used(admin_client):
    picture = make_picture()
    make_event(title_en="Congress", picture=picture)
    one = admin_client.get(reverse("admin:pictures_picture_delete", args=[picture.pk])).content.decode()
    several = admin_client.post(
        reverse("admin:pictures_picture_changelist"),
        {"action": "delete_selected", "_selected_action": [picture.pk]},
    ).content.decode()

    for html in (one, several):
        assert "it goes from all of these" in html
        assert ">Congress</a>" in html


def test_deleting_what_is_used_nowhere_warns_of_nothing(admin_client):
    address = reverse("admin:pictures_picture_delete", args=[make_picture().pk])

    assert "picture-in-use" not in admin_client.get(address).content.decode()


# --- the library as a choice ---

CHOOSE = reverse("admin:pictures_picture_choose")


def test_the_choice_offers_address_and_text_in_the_language_of_the_editor(admin_client):
    picture = make_picture(alt_es="Una “plaza”")
    html = admin_client.get(CHOOSE, {"CKEditor": "id_body_es", "CKEditorFuncNum": "3"}).content.decode()
    french = admin_client.get(CHOOSE, {"CKEditor": "id_body_fr", "CKEditorFuncNum": "<b>"}).content.decode()

    assert 'data-choosing="3"' in html
    assert f'data-address="{picture.library_address}" data-alt="Una “plaza”"' in html
    assert 'data-choosing=""' in french
    assert f'data-address="{picture.library_address}" data-alt=""' in french


def test_the_choice_is_searched_and_turned_over_in_pages(admin_client, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("pictures.choosing.PER_PAGE", 2)
    for title in ("One", "Two", "Three"):
        make_picture(title=title)
    query = {"CKEditor": "id_body_es", "CKEditorFuncNum": "3"}
    with django_assert_max_num_queries(5):
        first = admin_client.get(CHOOSE, query)
    found = admin_client.get(CHOOSE, query | {"q": "three"})
    wrong = admin_client.get(CHOOSE, query | {"page": "9'"})

    def names(response):
        return [str(choice["picture"]) for choice in response.context["choices"]]

    assert (names(first), names(found), names(wrong)) == (["Three", "Two"], ["Three"], ["Three", "Two"])
    assert "CKEditor=id_body_es&amp;CKEditorFuncNum=3&amp;q=&amp;page=2" in first.content.decode()


def test_a_network_editor_chooses_among_their_own(editor_of):
    mine = make_network()
    own = make_picture(network=mine)
    make_picture(title="Foreign", network=make_network())

    assert [each["picture"] for each in editor_of(mine).get(CHOOSE).context["choices"]] == [own]
