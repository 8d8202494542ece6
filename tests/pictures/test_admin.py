import pytest
from django.contrib.admin import site
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.urls import reverse

from pictures.models import Picture
from pictures.uploads import refusal
from tests.admin.forms import as_it_stands
from tests.pictures.factories import drawn, make_picture, picture_bytes
from tests.pictures.hostile import HOSTILE

pytestmark = pytest.mark.django_db

ADD = "admin:pictures_picture_add"
LIST = "admin:pictures_picture_changelist"


def form_data(**overrides):
    alt = {f"alt_{code}": "" for code in ("en", "es", "fr", "ca", "pt")}
    return (
        alt
        | {
            "file": SimpleUploadedFile("square.jpg", picture_bytes(), content_type="image/jpeg"),
            "title": "A square",
            "source_language": "en",
            "alt_en": "A square with people",
            "credit": "",
            "licence": "",
            "focal_x": "50",
            "focal_y": "50",
        }
        | overrides
    )


def errors_of(response):
    return response.context["adminform"].form.errors.get_json_data()


def test_an_editor_adds_a_picture(admin_client, stored):
    response = admin_client.post(reverse(ADD), form_data(alt_es="Una plaza", focal_x="20"))

    assert response.status_code == 302
    picture = Picture.objects.get()
    assert (picture.title, picture.alt_en, picture.alt_es, picture.focal_x) == (
        "A square",
        "A square with people",
        "Una plaza",
        20,
    )
    assert len(stored()) == 4


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_nothing_is_stored(admin_client, stored, name):
    make, code = HOSTILE[name]
    upload = SimpleUploadedFile(name, make(), content_type="image/png")

    response = admin_client.post(reverse(ADD), form_data(file=upload))

    assert errors_of(response) == {"file": [{"message": refusal(code).messages[0], "code": code}]}
    assert Picture.objects.count() == 0
    assert stored() == []


def test_the_refusal_of_a_bomb_tells_the_limit(admin_client):
    upload = SimpleUploadedFile("bomb.png", HOSTILE["bomb.png"][0]())

    response = admin_client.post(reverse(ADD), form_data(file=upload))

    assert errors_of(response)["file"][0]["message"] == (
        "This picture has more than 40 megapixels. Make it smaller, for example 2560 pixels wide."
    )


def test_a_true_picture_under_a_false_name_is_welcome(admin_client, stored):
    upload = SimpleUploadedFile("x" * 150 + ".svg", picture_bytes("PNG"), content_type="image/svg+xml")

    assert admin_client.post(reverse(ADD), form_data(file=upload)).status_code == 302
    assert {name.rsplit(".", 1)[1] for name in stored()} == {"jpg", "webp"}


@pytest.mark.parametrize(
    ("overrides", "field"),
    [
        ({"alt_en": ""}, "alt_en"),
        ({"source_language": "fr"}, "alt_fr"),
        ({"focal_x": "101"}, "focal_x"),
        ({"focal_y": "-1"}, "focal_y"),
        ({"file": ""}, "file"),
    ],
)
def test_what_an_editor_can_mend_is_said_at_its_field_and_nothing_is_stored(admin_client, stored, overrides, field):
    response = admin_client.post(reverse(ADD), form_data(**overrides))

    assert list(errors_of(response)) == [field]
    assert stored() == []


def test_a_decorative_picture_needs_no_text(admin_client):
    response = admin_client.post(reverse(ADD), form_data(alt_en="", decorative="on"))

    assert response.status_code == 302
    assert Picture.objects.get().decorative is True


def test_a_changed_text_leaves_the_file_alone(admin_client, stored):
    picture = make_picture()
    before = stored()
    address = reverse("admin:pictures_picture_change", args=[picture.pk])

    data = as_it_stands(admin_client.get(address)) | {"alt_en": "People in a square"}
    response = admin_client.post(address, data)

    assert response.status_code == 302
    assert stored() == before
    assert Picture.objects.get().alt_en == "People in a square"


def test_files_go_when_the_admin_fails_after_the_save(admin_client, stored, monkeypatch):
    def disk_full(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(LogEntry.objects, "log_actions", disk_full)

    with pytest.raises(DatabaseError):
        admin_client.post(reverse(ADD), form_data())

    assert Picture.objects.count() == 0
    assert stored() == []


@pytest.mark.parametrize("text", ["plaça", "foule", "granollers", "town hall"])
def test_the_list_searches_every_language_and_the_credit(admin_client, text):
    wanted = make_picture(title="Town hall", alt_ca="Una plaça", alt_fr="Une foule", credit="City of Granollers")
    make_picture(title="River")

    response = admin_client.get(reverse(LIST), {"q": text})

    assert list(response.context["cl"].queryset) == [wanted]


def test_the_list_needs_the_same_queries_for_any_number(admin_client, django_assert_num_queries):
    def queries_of_list():
        with django_assert_num_queries(7):  # session, user, networks of filter and form, two counts, pictures
            return admin_client.get(reverse(LIST))

    make_picture(focal_x=0)
    assert b'class="picture-thumbnail fx-0"' in admin_client.get(reverse(LIST)).content
    Picture.objects.update(focal_x=50)
    assert queries_of_list().content.count(b'class="picture-thumbnail"') == 1
    for shade in range(9):
        make_picture(file=picture_bytes(image=drawn(100 + shade, 100)))
    assert queries_of_list().content.count(b'class="picture-thumbnail"') == 10


@pytest.mark.parametrize("address", [ADD, "change"])
def test_the_form_has_a_preview_nothing_inline_and_no_way_to_the_original(admin_client, address):
    picture = make_picture()
    path = reverse("admin:pictures_picture_change", args=[picture.pk]) if address == "change" else reverse(ADD)

    html = admin_client.get(path).content.decode()

    form = html[html.index('<form method="post"') if '<form method="post"' in html else html.index("<form") :]
    assert "data-focal-mark" in form
    assert 'accept="image/jpeg,image/png,image/webp,image/avif"' in form
    assert [word for word in ("style=", "onclick=", "ajax.googleapis.com", "originals") if word in form] == []


def test_pictures_can_be_found_from_other_forms():
    make_picture(title="Town hall", alt_pt="Uma praça")
    make_picture(title="River")

    found, _duplicates = site.get_model_admin(Picture).get_search_results(None, Picture.objects.all(), "praça")

    assert [str(picture) for picture in found] == ["Town hall"]
