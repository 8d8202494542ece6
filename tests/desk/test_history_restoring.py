"""One field or the whole item as it was: through its form, with its checks, and never over somebody else's work."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from reversion.models import Version

from agenda.models import Event
from iaec_site.roles import TRANSLATOR
from networks.models import Membership
from pictures.leftovers import remove_leftovers
from pictures.models import FormerFile
from tests.admin.forms import address, as_it_stands
from tests.desk.test_history import edit, newest
from tests.factories import (
    make_category,
    make_city,
    make_edition,
    make_event,
    make_experience,
    make_figure,
    make_focus_issue,
    make_network,
    make_picture,
    make_post,
    make_theme,
)
from tests.pictures.factories import drawn, picture_bytes
from translations.models import TranslatorLanguages

pytestmark = pytest.mark.django_db


def first_version(item):
    return Version.objects.filter(object_id=item.pk, content_type__model=item._meta.model_name).earliest("pk")


def picture_file(width):
    return SimpleUploadedFile("square.jpg", picture_bytes(image=drawn(width=width)), content_type="image/jpeg")


def page(client, item, version=None, **query):
    version = version or first_version(item)
    return client.get(address("restore", item, item.pk), {"version": version.pk} | query)


def places(response):
    return [group["place"] for group in response.context["groups"]]


def restore(client, item, *fields, version=None, **data):
    shown = page(client, item, version)
    form = as_it_stands(shown) | ({"field": fields} if fields else {}) | data
    response = client.post(address("restore", item, item.pk), form)
    item.refresh_from_db()
    return response


def test_the_page_shows_what_would_change_and_changes_nothing(anna):
    event = make_event(title_en="Old", place="Turin")
    edit(anna, event, title_en="New", place="Genoa")

    shown = page(anna, event)

    assert [(one.label, one.before, one.after) for group in shown.context["groups"] for one in group["changes"]] == [
        ("Title", "New", "Old"),
        ("Place", "Genoa", "Turin"),
    ]
    event.refresh_from_db()
    assert (event.title_en, event.place) == ("New", "Genoa")


def test_one_field_in_one_language_comes_back_alone(anna):
    event = make_event(title_en="Old", title_es="Viejo", place="Turin")
    edit(anna, event, title_en="New", title_es="Nuevo", place="Genoa")

    restore(anna, event, "title_es")

    assert (event.title_en, event.title_es, event.place) == ("New", "Viejo", "Genoa")
    assert newest(anna, event)[:2] == ("Anna Puig", "restored from the history")


def test_the_link_beside_a_field_chooses_it(anna):
    event = make_event(title_en="Old", place="Turin")
    edit(anna, event, title_en="New", place="Genoa")

    assert places(page(anna, event, field="place")) == ["place"]


def test_the_whole_item_comes_back_with_relations_and_rows(anna):
    category, other = make_category(), make_category()
    post = make_post(title_en="Old", body_en="<p>Old text</p>")
    post.categories.add(category)
    edit(anna, post, title_en="New", body_en="<p>New text</p>", categories=[other.pk], date_edtf="autumn 2025")

    restore(anna, post)

    assert (post.title_en, post.body_en, list(post.categories.all())) == ("Old", "<p>Old text</p>", [category])
    assert post.date_edtf == ""


def test_rows_come_back_changed_deleted_and_without_those_that_were_added(anna):
    edition = make_edition()
    kinds = edition.figures.model.Kind
    kept = make_figure(edition=edition, kind=kinds.PARTICIPANTS, value=500)
    make_figure(edition=edition, kind=kinds.CITIES, value=70)
    edit(anna, edition, **{"figures-0-value": "600", "figures-1-DELETE": "on"})
    make_figure(edition=edition, kind=kinds.COUNTRIES, value=9)

    restore(anna, edition, "rows:editions.figure")

    assert dict(edition.figures.values_list("kind", "value")) == {kinds.PARTICIPANTS: 500, kinds.CITIES: 70}
    assert edition.figures.filter(pk=kept.pk, value=500).exists()


@pytest.mark.parametrize(
    "chosen", [["changed"], ["deleted"], ["added"], ["changed", "deleted"], ["changed", "deleted", "added"]]
)
def test_rows_come_back_one_by_one(anna, chosen):
    edition = make_edition()
    kinds = edition.figures.model.Kind
    rows = {"changed": make_figure(edition=edition, kind=kinds.PARTICIPANTS, value=500)}
    rows["deleted"] = make_figure(edition=edition, kind=kinds.CITIES, value=70)
    edit(anna, edition, **{"figures-0-value": "600", "figures-1-DELETE": "on"})
    rows["added"] = make_figure(edition=edition, kind=kinds.COUNTRIES, value=9)
    keys = {name: f"rows:editions.figure:{row.pk}" for name, row in rows.items()}

    assert sorted(places(page(anna, edition))) == sorted(keys.values())
    assert places(page(anna, edition, field=keys["deleted"])) == [keys["deleted"]]
    restore(anna, edition, *(keys[name] for name in chosen))

    expected = {
        kinds.PARTICIPANTS: 500 if "changed" in chosen else 600,
        **({kinds.CITIES: 70} if "deleted" in chosen else {}),
        **({} if "added" in chosen else {kinds.COUNTRIES: 9}),
    }
    assert dict(edition.figures.values_list("kind", "value")) == expected


def test_rows_that_can_only_be_added_and_deleted_come_back(anna):
    network, city = make_network(), make_city()
    membership = Membership.objects.create(network=network, city=city)
    form = as_it_stands(anna.get(address("change", city, city.pk)))
    edit(anna, city, **form | {"memberships-0-DELETE": "on"})
    assert not Membership.objects.filter(pk=membership.pk).exists()

    restore(anna, city, "rows:networks.membership")

    assert list(Membership.objects.values_list("network", "city")) == [(network.pk, city.pk)]


def test_what_was_changed_without_a_record_can_be_taken_back(anna):
    event = make_event(title_en="One", place="Turin")
    edit(anna, event, title_en="Two")
    Event.objects.filter(pk=event.pk).update(place="Genoa")

    restore(anna, event, "place", version=Version.objects.latest("pk"))

    assert event.place == "Turin"


def test_a_save_meanwhile_is_not_overwritten(anna, boris):
    event = make_event(title_en="Old", place="Turin")
    edit(anna, event, title_en="New")
    form = as_it_stands(page(anna, event))
    edit(boris, event, place="Genoa")

    answer = anna.post(address("restore", event, event.pk), form)

    event.refresh_from_db()
    assert (event.title_en, event.place) == ("New", "Genoa")
    assert "nothing was restored" in answer.content.decode()


def test_checks_before_publication_look_at_what_comes_back(anna):
    picture = make_picture(alt_en="A square")
    post = make_post(picture=picture)
    edit(anna, post, picture="", title_en="New")
    type(picture).objects.filter(pk=picture.pk).update(alt_en="", decorative=False)

    answer = restore(anna, post, "picture")

    assert (answer.status_code, post.picture) == (422, None)
    assert answer.context["errors"]


def test_what_is_not_valid_any_more_is_refused_in_words(anna):
    event = make_event(slug_en="play")
    edit(anna, event, slug_en="games")
    other = make_event()
    Event.objects.filter(pk=other.pk).update(slug_en="play")

    answer = restore(anna, event, "slug_en")

    assert (answer.status_code, event.slug_en) == (422, "games")
    assert answer.context["errors"][0][2] == ["Another item has this address in the same language."]


def test_a_relation_that_is_gone_is_left_out_and_told(anna):
    gone, stays = make_category(name_en="Gone"), make_category(name_en="Stays")
    picture = make_picture(title="Poster")
    post = make_post(title_en="Old", picture=picture)
    post.categories.set([gone, stays])
    edit(anna, post, title_en="New", categories=[], picture="")
    for item in (gone, picture):
        anna.post(address("delete", item, item.pk), {"post": "yes"})

    told = page(anna, post).context["notes"]
    restore(anna, post)

    assert told == [
        "Categories: “Gone” was deleted since and is left out.",
        "Picture: “Poster” was deleted since, so this stays as it is.",
    ]
    assert (post.title_en, list(post.categories.all()), post.picture) == ("Old", [stays], None)


def test_a_draft_restores_as_any_other_save_and_a_working_copy_hears_of_it(anna):
    event = make_event(title_en="Old")
    edit(anna, event, title_en="New")
    form = as_it_stands(anna.get(address("change", event, event.pk)))
    anna.post(address("change", event, event.pk), form | {"title_en": "Draft", "_save_draft": "1"})

    restore(anna, event, "title_en")

    assert event.title_en == "Old"
    assert anna.get(address("working_copy", event, event.pk)).context["public_has_changed"] is True


def test_the_file_of_a_picture_comes_back(anna, django_capture_on_commit_callbacks):
    picture = make_picture(file=picture_file(400), alt_en="Red")
    old = picture.file.name
    form = as_it_stands(anna.get(address("change", picture, picture.pk)))
    anna.post(address("change", picture, picture.pk), form | {"file": picture_file(500)})
    picture.refresh_from_db()
    new = picture.file.name
    assert new != old

    with django_capture_on_commit_callbacks(execute=True):
        restore(anna, picture, "file")

    assert picture.file.name == old
    assert all(default_storage.exists(name) for name in picture.files())
    assert FormerFile.objects.filter(name=old).count() == 0
    assert FormerFile.objects.filter(name=new).count() == 1


def test_a_file_that_was_removed_cannot_come_back_and_the_rest_can(anna):
    picture = make_picture(file=picture_file(400), alt_en="Red")
    old = picture.file.name
    form = as_it_stands(anna.get(address("change", picture, picture.pk)))
    anna.post(address("change", picture, picture.pk), form | {"file": picture_file(500), "alt_en": "Blue"})
    remove_leftovers(timedelta())
    assert not default_storage.exists(old)

    restore(anna, picture)

    assert (picture.alt_en, picture.file.name == old) == ("Red", False)


@pytest.mark.parametrize("make", [make_event, make_experience, make_focus_issue, make_theme, make_network])
def test_restoring_what_is_there_already_offers_nothing(anna, make):
    item = make()
    field = next(name for name in ("order", "place", "award_year", "withdraw_at", "acronym") if hasattr(item, name))
    edit(anna, item, **{field: "2031-05-03T10:00" if field == "withdraw_at" else "7"})

    assert places(page(anna, item, Version.objects.filter(object_id=item.pk).latest("pk"))) == []


def test_get_restores_nothing_and_a_foreign_version_is_not_there(anna):
    event, other = make_event(title_en="Old"), make_event(title_en="Other")
    edit(anna, event, title_en="New")
    edit(anna, other, title_en="Another")
    foreign = first_version(other)

    assert page(anna, event, foreign).status_code == 302
    answer = anna.post(address("restore", event, event.pk), {"version": foreign.pk, "field": "title_en"})

    event.refresh_from_db()
    assert (answer.status_code, event.title_en) == (404, "New")


# --- who may ---


def test_a_network_editor_restores_what_is_theirs_and_sees_no_other_history(editor_of, anna):
    mine, other = make_network(), make_network()
    own, foreign = make_event(network=mine, title_en="Old"), make_event(network=other, title_en="Old")
    for event in (own, foreign):
        edit(anna, event, title_en="New")
    client = editor_of(mine)

    restore(client, own)

    assert own.title_en == "Old"
    assert client.get(address("history", foreign, foreign.pk)).status_code == 403
    form = {"version": first_version(foreign).pk, "field": "title_en"}
    assert client.post(address("restore", foreign, foreign.pk), form).status_code == 403


def test_a_network_editor_brings_back_no_picture_of_another_network(editor_of, anna):
    mine = make_network()
    theirs = make_picture(network=make_network())
    event = make_event(network=mine, picture=theirs)
    edit(anna, event, picture="")

    answer = restore(editor_of(mine), event, "picture")

    assert (answer.status_code, event.picture) == (422, None)


def test_a_translator_restores_texts_of_their_languages_alone(in_role, anna):
    event = make_event(title_en="Old", title_es="Viejo", title_fr="Vieux", place="Turin", source_language="en")
    edit(anna, event, title_en="New", title_es="Nuevo", title_fr="Neuf", place="Genoa")
    client = in_role(TRANSLATOR)
    TranslatorLanguages.objects.create(user=client.user, languages=["es", "en"])

    may = {group["place"] for group in page(client, event).context["groups"] if group["may"]}
    restore(client, event, "title_es")
    refused = [restore(client, event, field).status_code for field in ("title_en", "title_fr", "place", "state")]

    assert may == {"title_es"}
    assert (event.title_en, event.title_es, event.title_fr, event.place) == ("New", "Viejo", "Neuf", "Genoa")
    assert refused == [403] * 4
    assert newest(client, event)[1] == "restored from the history"
