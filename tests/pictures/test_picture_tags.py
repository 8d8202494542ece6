import re

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from pictures.licences import Licence
from pictures.models import Picture
from pictures.renditions import SIZES
from tests.pictures.factories import drawn, make_picture, picture_bytes


def printed(source, **context):
    return Template("{% load picture_tags %}" + source).render(Context(context))


def described(**fields):
    """A picture as the database would give it, without any file."""
    renditions = {
        "webp": [{"width": w, "height": w // 2, "name": f"pictures/{w}.webp"} for w in (480, 960, 1600)],
        "jpeg": [{"width": 960, "height": 480, "name": "pictures/960.jpg"}],
    }
    return Picture(**{"file": "pictures/2560.jpg", "alt_en": "A square", "renditions": renditions} | fields)


def image_attributes(html):
    return dict(re.findall(r'([a-z]+)="([^"]*)"', re.search(r"<img[^>]*>", html)[0]))


def test_a_card_is_printed_whole():
    html = printed('{% picture p "card" %}', p=described())

    assert html.strip() == (
        '<picture><source type="image/webp" srcset="/media/pictures/480.webp 480w, /media/pictures/960.webp 960w" '
        'sizes="(min-width: 64rem) 22rem, (min-width: 40rem) 45vw, 92vw">'
        '<img class="picture picture-card" src="/media/pictures/960.jpg" width="960" height="480" alt="A square" '
        'loading="lazy" decoding="async"></picture>'
    )


@pytest.mark.django_db
def test_printing_a_stored_picture_asks_neither_disk_nor_database(settings, django_assert_num_queries):
    make_picture(file=picture_bytes(image=drawn(1200, 800)))
    picture = Picture.objects.get()
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "tests.pictures.storages.AddressesOnly"}}

    with django_assert_num_queries(0):
        html = printed('{% picture_figure p "lead" %}', p=picture)

    assert html.count("/media/pictures/") == 4
    assert image_attributes(html)["width"] == "960"


def test_only_the_lead_picture_is_eager():
    loading = {name: image_attributes(printed(f'{{% picture p "{name}" %}}', p=described())) for name in SIZES}

    assert {name: (found["loading"], found.get("fetchpriority")) for name, found in loading.items()} == {
        "thumb": ("lazy", None),
        "card": ("lazy", None),
        "content": ("lazy", None),
        "wide": ("lazy", None),
        "lead": ("eager", "high"),
    }


@pytest.mark.parametrize(
    ("language", "fields", "alt", "lang"),
    [
        ("en", {}, "A square", None),
        ("es", {}, "A square", "en"),
        ("es", {"alt_es": "Una plaza"}, "Una plaza", None),
        ("es", {"decorative": True}, "", None),
    ],
)
def test_the_alternative_text_says_its_language_when_it_is_not_the_pages(language, fields, alt, lang):
    with translation.override(language):
        found = image_attributes(printed('{% picture p "card" %}', p=described(**fields)))

    assert (found["alt"], found.get("lang")) == (alt, lang)


def test_a_card_may_silence_the_picture_where_the_title_says_it_all():
    with translation.override("es"):
        found = image_attributes(printed('{% picture p "card" alt="" %}', p=described()))

    assert (found["alt"], found.get("lang")) == ("", None)


@pytest.mark.parametrize(
    ("focal_x", "focal_y", "classes"),
    [
        (50, 50, "picture picture-card"),
        (0, 100, "picture picture-card fx-0 fy-10"),
        (33, 50, "picture picture-card fx-3"),
    ],
)
def test_the_focal_point_is_a_class_and_no_style(focal_x, focal_y, classes):
    html = printed('{% picture p "card" %}', p=described(focal_x=focal_x, focal_y=focal_y))

    assert image_attributes(html)["class"] == classes
    assert "style=" not in html


def test_every_focal_class_and_every_cropped_size_stands_in_the_stylesheet(settings):
    css = (settings.BASE_DIR / "static/css/picture.css").read_text()

    for axis in "xy":
        found = re.findall(rf"\.f{axis}-(\d+) {{ --picture-{axis}: (\d+)%; }}", css)
        assert [(int(step), int(percent)) for step, percent in found] == [(step, step * 10) for step in range(11)]
    assert set(re.findall(r"\.picture-(\w+) { aspect-ratio", css)) == {"thumb", "card", "lead"}


def test_avif_goes_first_as_soon_as_it_is_there():
    picture = described()
    picture.renditions["avif"] = [{"width": 480, "height": 240, "name": "pictures/480.avif"}]

    html = printed('{% picture p "card" %}', p=picture)

    assert re.findall(r'type="([^"]+)"', html) == ["image/avif", "image/webp"]


def test_a_picture_without_renditions_shows_its_only_file():
    html = printed('{% picture p "card" %}', p=described(renditions={}, width=2560, height=1280))

    assert "<source" not in html
    assert image_attributes(html)["src"] == "/media/pictures/2560.jpg"


def test_numbers_are_not_grouped_in_attributes(settings):
    settings.USE_THOUSAND_SEPARATOR = True

    html = printed('{% picture p "card" %}', p=described(renditions={}, width=2560, height=1280))

    assert (image_attributes(html)["width"], image_attributes(html)["height"]) == ("2560", "1280")


@pytest.mark.parametrize("tag", ["picture", "picture_figure"])
def test_no_picture_prints_nothing(tag):
    assert printed(f'{{% {tag} p "card" %}}', p=None).strip() == ""


def test_an_unknown_size_is_told_to_the_developer():
    with pytest.raises(TemplateSyntaxError):
        printed('{% picture p "enormous" %}', p=described())


def test_texts_of_editors_are_escaped():
    html = printed('{% picture_figure p "card" caption=c %}', p=described(alt_en='"><b>', credit="<i>"), c="<u>")

    assert [tag for tag in ("<b>", "<i>", "<u>") if tag in html] == []
    assert image_attributes(html)["alt"] == "&quot;&gt;&lt;b&gt;"


def test_a_figure_names_who_made_the_picture_and_links_the_licence():
    picture = described(credit="© City of Granollers", licence=Licence.CC_BY)

    html = printed('{% picture_figure p "content" caption="The square" %}', p=picture)

    words = " ".join(re.sub(r"<[^>]*>", " ", html).split())
    assert words == "The square © City of Granollers, CC BY 4.0"
    assert re.findall(r'href="([^"]*)"', html) == ["https://creativecommons.org/licenses/by/4.0/"]


def test_a_figure_without_words_has_no_caption():
    assert "figcaption" not in printed('{% picture_figure p "content" %}', p=described(licence=Licence.OWN))
