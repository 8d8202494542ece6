"""What was deleted is listed with who did it, and comes back whole, for whoever could have deleted it."""

import json
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from reversion.models import Revision, Version

from agenda.models import Event
from desk.history.recording import recorded
from editions.models import Edition, Recognition
from experiences.models import FocusIssue
from iaec_site.roles import NETWORK_EDITOR, SECRETARIAT_EDITOR, TRANSLATOR
from networks.models import City, Membership, Network
from news.models import Post
from pictures.leftovers import remove_leftovers
from pictures.models import FormerFile, Picture
from tests.admin.forms import address, as_it_stands
from tests.desk.test_history import edit, newest, told
from tests.desk.test_roles import OWN_KINDS, make_for
from tests.factories import (
    make_category,
    make_city,
    make_edition,
    make_event,
    make_figure,
    make_focus_issue,
    make_network,
    make_picture,
    make_post,
    make_recognition,
)

pytestmark = pytest.mark.django_db


def delete(client, item):
    return client.post(address("delete", item, item.pk), {"post": "yes"})


def deleted(client, model):
    context = client.get(address("deleted", model)).context
    return [(one["name"], one["who"]) for one in context["deleted"]]


def last_version(model):
    return Version.objects.filter(content_type__model=model._meta.model_name).latest("pk")


def recover_page(client, model, version=None):
    return client.get(address("recover", model, (version or last_version(model)).pk))


def recover(client, model, version=None, **data):
    version = version or last_version(model)
    return client.post(
        address("recover", model, version.pk), as_it_stands(recover_page(client, model, version)) | data
    )


def stored(item):
    columns = [field.attname for field in item._meta.concrete_fields if field.name != "updated_at"]
    return type(item)._base_manager.filter(pk=item.pk).values(*columns).get()


def test_the_list_says_what_was_deleted_and_by_whom(anna, boris):
    first, second = make_event(title_en="First"), make_event(title_en="Second")
    delete(anna, first)
    delete(boris, second)

    assert deleted(anna, Event) == [("Second", "Boris Ferrer"), ("First", "Anna Puig")]
    assert address("deleted", Event) in anna.get(address("changelist", Event)).content.decode()


def test_an_item_comes_back_as_it_was_with_its_number_and_as_a_draft(anna):
    event = make_event(title_en="Play", title_es="Jugar", former_slugs=" en:old ", network=make_network())
    before = stored(event)
    delete(anna, event)

    answer = recover(anna, Event)

    assert answer.status_code == 302
    assert stored(event) == before | {"state": "draft"}
    assert deleted(anna, Event) == []
    assert [act for _who, act, _changes in told(anna, event)] == [
        "recovered after it had been deleted",
        "deleted",
        "as it stood when its history began",
    ]


def test_rows_and_relations_come_back(anna):
    edition = make_edition(host_city=make_city())
    figure = make_figure(edition=edition, value=70)
    recognition = make_recognition(edition=edition, project_en="A project", project_es="Un proyecto")
    post = make_post()
    categories = {make_category(), make_category()}
    post.categories.set(categories)
    for item in (edition, post):
        delete(anna, item)

    for model in (Edition, Post):
        assert recover(anna, model).status_code == 302

    edition = Edition.objects.get(pk=edition.pk)
    assert list(edition.figures.values_list("pk", "value")) == [(figure.pk, 70)]
    again = Recognition.objects.get(edition=edition)
    assert (again.pk, again.project_es, again.city) == (recognition.pk, "Un proyecto", recognition.city)
    assert set(Post.objects.get(pk=post.pk).categories.all()) == categories


def test_members_of_a_network_come_back_without_a_city_that_is_gone(anna):
    stays, gone = make_city(name="Turin"), make_city(name="Genoa")
    network = make_network(members=[stays, gone])
    delete(anna, network)
    delete(anna, gone)

    notes = recover_page(anna, Network).context["notes"]
    recover(anna, Network)

    assert notes == ["Membership: “Genoa” was deleted since and is left out."]
    assert list(Membership.objects.values_list("network", "city")) == [(network.pk, stays.pk)]


def test_what_goes_with_something_else_can_be_recovered_too(anna):
    """An item that its owner takes along is an item of its own."""
    parent = make_city()
    network = make_network(members=[parent])
    delete(anna, parent)

    assert deleted(anna, City) == [(parent.name, "Anna Puig")]
    assert newest(anna, network)[2][0][0] == "Membership"


def test_an_address_that_is_taken_is_explained_and_another_one_chosen(anna):
    event = make_event(title_en="Play", slug_en="play", slug_es="juego")
    delete(anna, event)
    make_event(slug_en="play")

    form = recover_page(anna, Event, Version.objects.get(revision__comment="deleted")).context["form"]
    version = Version.objects.get(revision__comment="deleted")
    refused = recover(anna, Event, version, slug_en="play")
    assert not Event.objects.filter(pk=event.pk).exists()
    taken = recover(anna, Event, version)

    assert list(form.fields) == ["slug_en", "slug_fr", "slug_ca", "slug_pt"]  # those without a title borrow it
    assert form.fields["slug_en"].help_text == "Another item has the address “play” by now, or had it once."
    assert (refused.status_code, taken.status_code) == (422, 302)
    assert Event.objects.get(pk=event.pk).slug_en == "play-2"
    assert Event.objects.get(pk=event.pk).slug_es == "juego"


def test_a_number_that_is_taken_is_explained_and_another_one_chosen(anna):
    issue = make_focus_issue(number=300)
    delete(anna, issue)
    make_focus_issue(number=300)

    version = Version.objects.get(revision__comment="deleted")
    refused = recover(anna, FocusIssue, version, number="300")
    taken = recover(anna, FocusIssue, version, number="301")

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert FocusIssue.objects.get(pk=issue.pk).number == 301


def test_what_has_lost_what_it_cannot_be_without_is_refused_in_words(anna):
    issue = make_focus_issue()
    experience = issue.experience
    delete(anna, issue)
    delete(anna, experience)

    answer = recover(anna, FocusIssue)

    assert not FocusIssue.objects.filter(pk=issue.pk).exists()
    assert answer.status_code == 422
    assert any(experience.title in note for note in answer.context["notes"])


def test_a_picture_comes_back_with_its_file_and_not_without(anna):
    picture = make_picture()
    files = picture.files()
    delete(anna, picture)
    version = last_version(Picture)

    assert recover(anna, Picture, version).status_code == 302
    again = Picture.objects.get(pk=picture.pk)
    assert (again.files(), FormerFile.objects.filter(name__in=files).count()) == (files, 0)
    assert all(default_storage.exists(name) for name in again.files())


def test_a_picture_whose_file_was_removed_says_so(anna):
    picture = make_picture()
    delete(anna, picture)
    remove_leftovers(timedelta())

    answer = recover(anna, Picture)

    assert (answer.status_code, Picture.objects.count()) == (422, 0)
    assert answer.context["problems"] == ["Its file was removed from the site, so it cannot come back."]


def test_recovering_takes_a_post(anna):
    event = make_event()
    delete(anna, event)

    recover_page(anna, Event)

    assert Event.objects.count() == 0


def test_what_was_deleted_without_a_record_is_listed_without_a_name(anna):
    event = make_event(title_en="Old")
    edit(anna, event, title_en="Play")
    Event.objects.all().delete()

    assert deleted(anna, Event) == [("Play", "Nobody is known")]
    assert recover(anna, Event).status_code == 302


def test_the_list_needs_the_same_queries_for_any_number(anna):
    def queries():
        with CaptureQueriesContext(connection) as found:
            anna.get(address("deleted", Event))
        return len(found)

    delete(anna, make_event())
    queries()
    for_one = queries()
    with recorded(anna.user):
        for _ in range(9):
            make_event()
    with recorded(anna.user):
        Event.objects.all().delete()

    assert (len(deleted(anna, Event)), queries()) == (10, for_one)


# --- who may ---


@pytest.mark.parametrize("label", sorted(set(OWN_KINDS) - {"networks.Network"}))
def test_a_network_editor_recovers_what_was_theirs_alone(editor_of, anna, label):
    mine, other = make_network(), make_network()
    own, foreign = make_for(label, mine), make_for(label, other)
    for item in (own, foreign):
        delete(anna, item)
    client = editor_of(mine)
    versions = Version.objects.filter(revision__comment="deleted", content_type__model=own._meta.model_name)
    mine_version, foreign_version = versions.order_by("pk")

    assert len(deleted(client, type(own))) == 1
    assert client.get(address("recover", own, foreign_version.pk)).status_code == 404
    assert client.post(address("recover", own, foreign_version.pk)).status_code == 404
    assert recover(client, type(own), mine_version).status_code == 302
    assert type(own).objects.count() == 1


def test_what_two_networks_shared_is_recovered_by_neither_alone(editor_of, anna):
    mine = make_network()
    post = make_for("news.Post", mine)
    post.networks.add(make_network())
    delete(anna, post)

    assert deleted(editor_of(mine), Post) == []


@pytest.mark.parametrize(("role", "status"), [(SECRETARIAT_EDITOR, 200), (NETWORK_EDITOR, 403), (TRANSLATOR, 403)])
def test_who_could_not_delete_recovers_nothing(in_role, anna, role, status):
    city = make_city()
    delete(anna, city)
    version = last_version(City)
    client = in_role(role)

    assert client.get(address("deleted", City)).status_code == status
    assert client.get(address("recover", City, version.pk)).status_code == status
    if status == 403:
        assert client.post(address("recover", City, version.pk)).status_code == 403
        assert not City.objects.exists()
    assert (address("deleted", City) in client.get(address("changelist", City)).content.decode()) == (status == 200)


def test_readers_of_the_newsletter_have_no_such_page(anna):
    with pytest.raises(Exception, match="subscriber_deleted"):
        reverse("admin:newsletter_subscriber_deleted")


# --- how long ---


def version_at(event, moment, user=None, **values):
    for name, value in values.items():
        setattr(event, name, value)
    with recorded(user):
        event.save()
    Revision.objects.filter(pk=Revision.objects.latest("pk").pk).update(date_created=moment)


def test_of_old_versions_the_last_of_each_month_stays(settings):
    settings.HISTORY_DAYS = 730
    event = make_event(place="0")
    now = timezone.now()
    old = (now - timedelta(days=1000)).replace(day=5)
    moments = [old, old + timedelta(days=1), old + timedelta(days=2), old + timedelta(days=40), now, now]
    for number, moment in enumerate(moments, 1):
        version_at(event, moment, place=str(number))
    Revision.objects.filter(comment="found").delete()

    call_command("prune_history", verbosity=0)

    texts = Version.objects.order_by("pk").values_list("serialized_data", flat=True)
    kept = [json.loads(text)[0]["fields"]["place"] for text in texts]
    assert kept == ["3", "4", "5", "6"]
    assert Revision.objects.count() == 4


def test_nothing_is_thinned_where_everything_is_to_stay(settings):
    settings.HISTORY_DAYS = 0
    event = make_event()
    for number in range(3):
        version_at(event, timezone.now() - timedelta(days=5000), place=str(number))
    count = Version.objects.count()

    call_command("prune_history", verbosity=0)

    assert Version.objects.count() == count


def test_what_was_deleted_long_ago_is_gone_for_good(anna, settings):
    settings.HISTORY_DAYS = 730
    old, new = make_event(title_en="Old"), make_event(title_en="New")
    delete(anna, old)
    Revision.objects.update(date_created=timezone.now() - timedelta(days=731))
    delete(anna, new)

    call_command("prune_history", verbosity=0)

    assert deleted(anna, Event) == [("New", "Anna Puig")]
    assert Version.objects.filter(object_id=old.pk).count() == 0


def test_the_whole_history_of_one_item_can_be_erased(anna):
    event, other = make_event(), make_event()
    for item in (event, other):
        edit(anna, item, place="Turin")

    call_command("prune_history", item=f"agenda.event:{event.pk}", verbosity=0)

    assert set(Version.objects.values_list("object_id", flat=True)) == {str(other.pk)}
    with pytest.raises(CommandError):
        call_command("prune_history", item="agenda.nothing:1")
