"""Several pictures at once, and their texts in one page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from iaec_site.roles import TRANSLATOR
from pictures.adding import MOST_AT_ONCE
from pictures.models import Picture
from pictures.uploads import refusal
from publishing.models import State
from tests.admin.forms import as_it_stands
from tests.desk.conftest import editor_of, in_role
from tests.factories import make_network, make_post
from tests.pictures.factories import drawn, make_picture, picture_bytes
from tests.pictures.hostile import HOSTILE

__all__ = ["editor_of", "in_role"]
pytestmark = pytest.mark.django_db

LIST = reverse("admin:pictures_picture_changelist")
ADD = reverse("admin:pictures_picture_add_several")
DESCRIBE = reverse("admin:pictures_picture_describe")


def upload(name="square.jpg", data=None):
    return SimpleUploadedFile(name, data or picture_bytes(), content_type="image/jpeg")


def hostile(name):
    return upload(name, HOSTILE[name][0]())


def sent(client, *files, **data):
    return client.post(ADD, data | {"files": list(files)}, headers={"Accept": "application/json"})


def said(response):
    return [str(message) for message in response.context["messages"]]


def waiting(**overrides):
    return make_picture(**{"alt_en": ""} | overrides)


def test_each_file_has_its_own_result_and_the_good_ones_go_in(admin_client):
    response = sent(admin_client, upload("Town_hall.jpg"), hostile("svg.png"), hostile("cut.jpg"), upload("b.jpg"))

    newest, oldest = Picture.objects.order_by("-pk")
    assert response.json()["outcomes"] == [
        {"name": "Town_hall.jpg", "picture": oldest.pk},
        {"name": "svg.png", "refused": refusal("not_a_picture").messages[0]},
        {"name": "cut.jpg", "refused": refusal("damaged").messages[0]},
        {"name": "b.jpg", "picture": newest.pk},
    ]
    assert (oldest.title, oldest.lacks_alt) == ("Town hall", True)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_hostile_files_are_refused_in_words_and_nothing_of_them_stays(admin_client, stored):
    names = [name for name in HOSTILE if name != "sixteen-megabytes.jpg"]
    outcomes = []
    for start in range(0, len(names), MOST_AT_ONCE):
        outcomes += sent(admin_client, *map(hostile, names[start : start + MOST_AT_ONCE])).json()["outcomes"]

    assert [(each["name"], each["refused"]) for each in outcomes] == [
        (name, refusal(HOSTILE[name][1]).messages[0]) for name in names
    ]
    assert (Picture.objects.count(), stored()) == (0, [])


def test_a_file_of_fifty_megabytes_is_refused_without_being_kept(admin_client, monkeypatch):
    reads = []
    monkeypatch.setattr("pictures.files.encode", reads.append)

    response = sent(admin_client, upload("large.jpg", picture_bytes() + b"\0" * 50 * 1024 * 1024))

    assert response.json()["outcomes"] == [{"name": "large.jpg", "refused": refusal("too_many_bytes").messages[0]}]
    assert reads == []


def test_without_a_script_the_results_are_told_and_the_texts_come_next(admin_client):
    response = admin_client.post(ADD, {"files": [upload(), hostile("svg.png")]}, follow=True)

    picture = Picture.objects.get()
    assert response.redirect_chain == [(f"{DESCRIBE}?pictures={picture.pk}", 302)]
    assert said(response) == [
        f"“svg.png” was not added. {refusal('not_a_picture').messages[0]}",
        "1 picture was added.",
    ]


def test_a_form_without_files_says_so(admin_client):
    response = admin_client.post(ADD, {}, follow=True)

    assert said(response) == ["Choose at least one picture."]
    assert sent(admin_client).json() == {"problem": "Choose at least one picture."}


def test_too_many_files_are_left_out_by_name(admin_client, monkeypatch):
    monkeypatch.setattr("pictures.adding.MOST_AT_ONCE", 2)

    outcomes = sent(admin_client, *(upload(f"{n}.jpg") for n in range(3))).json()["outcomes"]

    assert outcomes[2] == {
        "name": "2.jpg",
        "refused": "Left out: 2 pictures at most can be sent at once. Send this one again.",
    }
    assert Picture.objects.count() == 2


def test_a_full_disk_is_said_and_leaves_nothing(admin_client, monkeypatch, stored):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)

    outcome = sent(admin_client, upload()).json()["outcomes"][0]

    assert outcome["refused"].startswith("Not saved: there is no room left on the server.")
    assert (Picture.objects.count(), stored()) == (0, [])


# --- whose they are ---


def test_the_only_network_of_an_editor_is_chosen_and_needed(editor_of):
    mine, other = make_network(), make_network()
    client = editor_of(mine)

    shown = client.get(LIST).context["adding_form"]["network"]
    refused = [sent(client, upload()), sent(client, upload(), network=other.pk)]
    sent(client, upload(), network=mine.pk)

    assert shown.initial == mine.pk
    assert [response.status_code for response in refused] == [400, 400]
    assert [picture.network for picture in Picture.objects.all()] == [mine]


def test_who_may_add_no_picture_has_no_form_and_is_refused(in_role):
    client = in_role(TRANSLATOR)

    assert "data-adding" not in client.get(LIST).content.decode()
    assert sent(client, upload()).status_code == 403
    assert client.get(DESCRIBE).status_code == 403
    assert client.get(ADD).status_code in (403, 405)


def test_a_network_editor_describes_their_own_pictures_alone(editor_of):
    mine = make_network()
    own, foreign = waiting(network=mine), waiting(network=make_network())
    client = editor_of(mine)
    page = client.get(f"{DESCRIBE}?pictures={own.pk},{foreign.pk}")
    assert [form.instance for form in page.context["formset"]] == [own]

    data = as_it_stands(page) | {"form-0-id": str(foreign.pk), "form-0-alt": "Mine now"}
    client.post(f"{DESCRIBE}?pictures={own.pk},{foreign.pk}", data)

    foreign.refresh_from_db()
    assert foreign.alt_en == ""


# --- waiting for an alternative text ---


def test_those_that_wait_are_marked_and_found(admin_client):
    needed, done, decorative = waiting(), make_picture(), waiting(decorative=True)
    spanish = make_picture(source_language="es")  # with a text in English alone

    shown = {value: set(admin_client.get(LIST, {"alt": value}).context["cl"].queryset) for value in ("needed", "done")}

    assert shown == {"needed": {needed, spanish}, "done": {done, decorative}}
    assert admin_client.get(LIST).content.decode().count("needs an alternative text</span>") == 2


def test_all_texts_are_written_in_one_page(admin_client):
    first, second, third = waiting(), waiting(), waiting(credit="© Lucía")
    page = admin_client.get(f"{DESCRIBE}?pictures={first.pk},{second.pk},{third.pk}")
    order = [form.instance.pk for form in page.context["formset"]]
    rows = {pk: f"form-{number}" for number, pk in enumerate(order)}
    data = as_it_stands(page) | {
        f"{rows[first.pk]}-source_language": "es",
        f"{rows[first.pk]}-alt": "Una plaza",
        f"{rows[second.pk]}-decorative": "on",
        "all-credit": "© City of Granollers",
        "all-licence": "cc-by-4.0",
    }

    response = admin_client.post(f"{DESCRIBE}?pictures={first.pk},{second.pk},{third.pk}", data, follow=True)

    for picture in (first, second, third):
        picture.refresh_from_db()
    assert (first.source_language, first.alt_es, first.credit, first.licence) == (
        "es",
        "Una plaza",
        "© City of Granollers",
        "cc-by-4.0",
    )
    assert (second.decorative, third.credit, third.licence) == (True, "© Lucía", "cc-by-4.0")
    assert said(response) == [
        "3 pictures were changed.",
        "1 picture still waits for its alternative text. What shows it cannot be published before.",
    ]
    assert [form.instance for form in response.context["formset"]] == [third]


def test_without_a_choice_all_that_wait_are_listed(admin_client):
    needed = waiting()
    make_picture()

    assert [form.instance for form in admin_client.get(DESCRIBE).context["formset"]] == [needed]


def test_a_text_is_not_taken_away(admin_client):
    picture = make_picture()
    address = f"{DESCRIBE}?pictures={picture.pk}"
    data = as_it_stands(admin_client.get(address)) | {"form-0-alt": ""}

    response = admin_client.post(address, data)

    assert list(response.context["formset"].errors[0]) == ["alt"]


def test_what_somebody_else_wrote_meanwhile_is_not_replaced_unseen(admin_client):
    picture = waiting()
    address = f"{DESCRIBE}?pictures={picture.pk}"
    data = as_it_stands(admin_client.get(address)) | {"form-0-alt": "Mine"}
    other = Picture.objects.get()
    other.alt_en = "Theirs"
    other.save()

    warned = admin_client.post(address, data)
    assert "Its alternative text now: “Theirs”" in str(warned.context["formset"].errors[0])
    assert Picture.objects.get().alt_en == "Theirs"

    admin_client.post(address, as_it_stands(warned))
    assert Picture.objects.get().alt_en == "Mine"


def test_the_page_needs_the_same_queries_for_any_number(admin_client, django_assert_max_num_queries):
    waiting()
    with django_assert_max_num_queries(6):
        admin_client.get(DESCRIBE)
    for shade in range(6):
        waiting(file=picture_bytes(image=drawn(100 + shade, 100)))
    with django_assert_max_num_queries(6):
        assert len(admin_client.get(DESCRIBE).context["formset"].forms) == 7


def test_an_action_leads_there(admin_client):
    picture = make_picture()
    response = admin_client.post(LIST, {"action": "describe", "_selected_action": [picture.pk]})

    assert response["Location"] == f"{DESCRIBE}?pictures={picture.pk}"


def test_the_background_and_an_open_form_do_not_undo_each_other():
    picture = make_picture()
    Picture.objects.update(renditions=picture.renditions | {"avif": []})
    picture.alt_en = "Changed"
    picture.save()

    assert set(Picture.objects.get().renditions) == {"webp", "jpeg", "avif"}


def test_what_shows_a_waiting_picture_is_not_published_before_its_text_is_written(admin_client):
    post = make_post(state=State.DRAFT, picture=waiting(alt_fr="Une place"))
    publish = {"action": "publish_now", "_selected_action": [post.pk]}
    address = reverse("admin:news_post_changelist")

    refused = admin_client.post(address, publish, follow=True)
    post.refresh_from_db()
    assert post.state == State.DRAFT
    assert "has no alternative text and is not marked as decorative" in said(refused)[0]

    Picture.objects.update(alt_en="A square")
    admin_client.post(address, publish)
    post.refresh_from_db()
    assert post.state == State.PUBLISHED
