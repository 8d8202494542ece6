"""“Save draft” changes nothing that readers see, and nothing that somebody typed is lost or overwritten unseen."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agenda.models import Event
from desk import working_copies
from desk.models import Failure, WorkingCopy
from desk.tasks import publish_due_copies
from editions.models import Edition
from networks.models import Membership
from news.models import Post
from publishing.models import State
from tests.admin.forms import address, as_it_stands
from tests.factories import (
    make_category,
    make_city,
    make_edition,
    make_editor,
    make_event,
    make_figure,
    make_focus_issue,
    make_network,
    make_post,
)

pytestmark = pytest.mark.django_db

MOMENT = "2030-05-03T09:00"


def form_of(desk, item, **query):
    return as_it_stands(desk.get(address("change", item, item.pk), query))


def save_draft(desk, item, **data):
    return post(desk, item, form_of(desk, item) | data)


def post(desk, item, data, button="_save_draft"):
    return desk.post(address("change", item, item.pk), data | {button: "1"})


def public_text(item):
    return Client().get(item.get_absolute_url()).content.decode()


def page_of(desk, item):
    return desk.get(address("working_copy", item, item.pk))


def act(desk, item, button, **data):
    hidden = {name: values[0] for name, values in as_it_stands(page_of(desk, item)).items()}
    return desk.post(address("working_copy", item, item.pk), hidden | data | {button: "1"}, follow=True)


def labels(response, name="changes"):
    return [(change.label, change.language) for change in response.context[name]]


def words_of(response):
    return [str(message) for message in response.context["messages"]]


def test_a_draft_of_a_published_item_leaves_the_public_page_alone_and_comes_back_in_the_form(desk):
    event = make_event(title_en="Old name", title_es="Nombre viejo")

    response = save_draft(desk, event, title_en="New name", title_es="Nombre nuevo", body_en="<p>New text</p>")

    assert response.url == address("change", event, event.pk)
    assert "Old name" in public_text(event)
    assert "New name" not in public_text(event)
    form = form_of(desk, event)
    assert (form["title_en"], form["title_es"], form["body_en"]) == (
        ["New name"],
        ["Nombre nuevo"],
        ["<p>New text</p>"],
    )
    assert form_of(desk, event, public="")["title_en"] == ["Old name"]


def test_relations_and_rows_are_kept_and_published_together(desk):
    edition, city = make_edition(title_en="Edition"), make_city()
    figure = make_figure(edition=edition, value=1)
    data = form_of(desk, edition)
    data |= {"host_city": str(city.pk), f"{figure_prefix(data)}-0-value": "99"}
    post(desk, edition, data)
    edition.refresh_from_db()
    assert (edition.host_city, edition.figures.get().value) == (None, 1)

    response = act(desk, edition, "_publish")

    edition = Edition.objects.get()
    assert words_of(response) == [f"“{edition}” is public with its changes."]
    assert (edition.host_city, edition.figures.get().pk, edition.figures.get().value) == (city, figure.pk, 99)
    assert WorkingCopy.objects.count() == 0


def figure_prefix(data):
    return next(name for name in data if name.endswith("-0-value")).removesuffix("-0-value")


def test_many_to_many_relations_are_compared_and_published(desk):
    category, post_ = make_category(name_en="Awards"), make_post()
    save_draft(desk, post_, categories=[str(category.pk)])
    assert list(post_.categories.all()) == []

    changes = page_of(desk, post_).context["changes"]

    assert [(change.label, change.before, change.after) for change in changes] == [("Categories", "", "Awards")]
    act(desk, post_, "_publish")
    assert list(post_.categories.all()) == [category]


def test_saving_the_form_publishes_the_copy_and_ends_it(desk):
    event = make_event(title_en="Old name")
    save_draft(desk, event, title_en="New name")

    post(desk, event, form_of(desk, event), "_save")

    assert Event.objects.get().title_en == "New name"
    assert WorkingCopy.objects.count() == 0


def test_the_saved_version_can_be_changed_beside_a_copy_which_then_says_so(desk):
    event = make_event(title_en="Old name", theme_en="")
    save_draft(desk, event, title_en="New name")

    post(desk, event, form_of(desk, event, public="") | {"theme_en": "Meanwhile"}, "_save")

    assert Event.objects.get().theme_en == "Meanwhile"
    assert desk.get(address("change", event, event.pk)).context["public_has_changed"] is True
    page = page_of(desk, event)
    assert page.context["public_has_changed"] is True
    assert labels(page) == [("Title", "en"), ("Theme", "en")]


def test_an_incomplete_draft_is_kept_and_its_errors_are_marked(desk):
    event = make_event()

    response = save_draft(desk, event, title_en="", date="some day soon")

    assert response.status_code == 302
    page = desk.get(response.url)
    assert sorted(page.context["adminform"].form.errors) == ["date", "title_en"]
    assert as_it_stands(page)["date"] == ["some day soon"]
    assert Event.objects.get().title_en == event.title_en
    assert [label for label, _language, _texts in page_of(desk, event).context["errors"]] == ["Date", "Title [en]"]
    assert "_publish" not in page_of(desk, event).content.decode()
    (said,) = words_of(act(desk, event, "_publish"))
    lead, *lines = said.split("<li>")
    assert lead == "Nothing was done. Something is missing or wrong in it. Open the working copy to see what.<ul>"
    assert [line.partition(":")[0] for line in lines] == ["Date", "Title [en]"]


def test_a_draft_is_simply_saved_whatever_state_is_chosen(desk):
    event = make_event(state=State.DRAFT, title_en="Old name")

    response = save_draft(desk, event, title_en="New name", state="published")

    event.refresh_from_db()
    assert (response.status_code, event.title_en, event.state) == (302, "New name", State.DRAFT)
    assert WorkingCopy.objects.count() == 0


def test_an_incomplete_change_of_a_draft_is_kept_until_it_can_be_saved(desk):
    event = make_event(state=State.DRAFT, title_en="Old name")
    save_draft(desk, event, title_en="", summary_en="Typed with care")
    assert form_of(desk, event)["summary_en"] == ["Typed with care"]

    save_draft(desk, event, title_en="New name")

    event.refresh_from_db()
    assert (event.title_en, event.summary_en) == ("New name", "Typed with care")
    assert WorkingCopy.objects.count() == 0


def test_a_new_item_that_is_incomplete_waits_for_its_editor_alone(desk):
    blank = as_it_stands(desk.get(address("add", Event)))
    kept = desk.post(address("add", Event), blank | {"summary_es": "Dos días.", "_save_draft": "1"})
    assert Event.objects.count() == 0
    again = as_it_stands(desk.get(kept.url))
    assert again["summary_es"] == ["Dos días."]
    assert [copy.pk for copy in desk.get(address("add", Event)).context["begun"]] == [WorkingCopy.objects.get().pk]
    other = Client()
    other.force_login(make_editor())
    assert list(other.get(address("add", Event)).context["begun"]) == []
    assert as_it_stands(other.get(kept.url))["summary_es"] == [""]

    whole = again | {"title_en": "Meeting", "date": "2030", "_save_draft": "1"}
    response = desk.post(kept.url, whole)

    assert response.status_code == 302
    assert (Event.objects.get().state, WorkingCopy.objects.count()) == (State.DRAFT, 0)


def test_the_second_editor_is_told_what_the_first_one_kept_and_loses_nothing(desk):
    event = make_event(title_en="Old name", theme_en="")
    other = Client()
    other.force_login(User.objects.create_superuser("berta"))
    mine, theirs = form_of(desk, event), form_of(other, event)
    post(other, event, theirs | {"title_en": "Her name"})

    response = post(desk, event, mine | {"theme_en": "My theme"})

    assert response.status_code == 200
    assert WorkingCopy.objects.get().changed_by.username == "berta"
    changes = response.context["changes_overtaken"]
    assert [(c.label, c.before, c.after) for c in changes] == [
        ("Title", "Old name", "Her name"),
        ("Theme", "My theme", ""),
    ]
    assert "berta saved a working copy" in response.content.decode()
    again = as_it_stands(response)
    assert (again["theme_en"], again["title_en"]) == (["My theme"], ["Old name"])
    assert post(desk, event, again).status_code == 302
    assert WorkingCopy.objects.get().data["values"]["theme_en"] == ["My theme"]


def test_a_copy_that_was_kept_meanwhile_outlives_a_save_of_the_public_version(desk):
    event = make_event(title_en="Old name")
    mine = form_of(desk, event)
    save_draft(desk, event, title_en="Kept meanwhile")

    post(desk, event, mine | {"title_en": "Saved"}, "_save")

    assert Event.objects.get().title_en == "Saved"
    assert WorkingCopy.objects.get().data["values"]["title_en"] == ["Kept meanwhile"]


def test_throwing_away_asks_first_and_needs_the_version_that_was_seen(desk):
    event = make_event(title_en="Old name")
    save_draft(desk, event, title_en="New name")
    discard = address("working_copy_discard", event, event.pk)
    assert desk.get(discard).status_code == 200
    assert WorkingCopy.objects.count() == 1
    desk.post(discard, {"version": "7"})
    assert WorkingCopy.objects.count() == 1

    desk.post(discard, {"version": "1"})

    assert WorkingCopy.objects.count() == 0
    assert form_of(desk, event)["title_en"] == ["Old name"]


def schedule(desk, event):
    save_draft(desk, event, title_en="New name")
    response = act(desk, event, "_schedule", publish_at=MOMENT)
    assert words_of(response) == ["The changes go public on 3 May 2030, 09:00."]


def test_a_scheduled_copy_goes_public_at_its_moment_in_the_name_of_its_editor(desk, time_machine):
    event = make_event(title_en="Old name")
    schedule(desk, event)
    time_machine.move_to("2030-05-03T08:59:59+02:00", tick=False)
    publish_due_copies.enqueue()
    assert Event.objects.get().title_en == "Old name"

    time_machine.move_to("2030-05-03T09:00:00+02:00", tick=False)
    publish_due_copies.enqueue()
    publish_due_copies.enqueue()

    assert Event.objects.get().title_en == "New name"
    assert WorkingCopy.objects.count() == 0


def due():
    WorkingCopy.objects.update(publish_at=timezone.now() - timedelta(seconds=1))
    return working_copies.publish_due()


def test_a_scheduled_copy_does_not_undo_what_was_changed_since(desk):
    event = make_event(title_en="Old name")
    schedule(desk, event)
    Event.objects.update(theme_en="Changed by another way")

    assert due() == 0

    assert Event.objects.get().title_en == "Old name"
    assert WorkingCopy.objects.get().failure == Failure.PUBLIC_CHANGED
    assert (
        "The public version was changed since. Compare"
        in desk.get(address("change", event, event.pk)).content.decode()
    )
    assert due() == 0
    act(desk, event, "_schedule", publish_at=MOMENT)
    assert due() == 1


def test_a_scheduled_copy_does_not_bring_back_what_was_withdrawn(desk):
    event = make_event(title_en="Old name")
    schedule(desk, event)
    event.refresh_from_db()
    event.take_back()

    assert due() == 0

    assert Event.objects.get().state == State.DRAFT


def test_who_lost_the_right_publishes_nothing_any_more(desk):
    event = make_event(title_en="Old name")
    schedule(desk, event)
    User.objects.update(is_active=False)

    assert due() == 0

    assert WorkingCopy.objects.get().failure == Failure.NO_RIGHT


def test_saving_the_draft_again_takes_the_appointment_back(desk):
    event = make_event(title_en="Old name")
    schedule(desk, event)

    save_draft(desk, event, title_en="Another name")

    assert WorkingCopy.objects.get().publish_at is None


def test_a_moment_that_has_passed_is_refused(desk):
    event = make_event()
    save_draft(desk, event, title_en="New name")

    response = act(desk, event, "_schedule", publish_at="2020-01-01T09:00")

    assert response.context["form"].errors["publish_at"] == [
        "This moment has passed. Choose a later one, or publish now."
    ]


def test_a_column_that_joined_later_keeps_its_public_value(desk):
    event = make_event(title_en="Old name", theme_fr="Thème")
    save_draft(desk, event, title_en="New name")
    copy = WorkingCopy.objects.get()
    del copy.data["values"]["theme_fr"]
    copy.data["names"].remove("theme_fr")
    copy.save()

    act(desk, event, "_publish")

    event.refresh_from_db()
    assert (event.title_en, event.theme_fr) == ("New name", "Thème")


def test_rows_that_joined_or_went_meanwhile_are_neither_lost_nor_deleted(desk):
    edition = make_edition()
    figure = make_figure(edition=edition, value=1)
    save_draft(desk, edition)
    figure.delete()
    added = make_figure(edition=edition, value=2, kind="cities")
    copy = WorkingCopy.objects.get()

    run = working_copies.run_of(copy, copy.changed_by)

    assert run.is_valid(), run.errors()
    run.save()
    assert added in edition.figures.all()
    assert sorted(edition.figures.values_list("value", flat=True)) == [1, 2]


def test_what_a_relation_led_to_may_vanish(desk):
    city = make_city()
    event = make_event()
    save_draft(desk, event, city=str(city.pk), summary_en="Typed with care")
    city.delete()

    page = desk.get(address("change", event, event.pk))

    assert list(page.context["adminform"].form.errors) == ["city"]
    assert as_it_stands(page)["summary_en"] == ["Typed with care"]


def test_rows_that_nobody_may_change_stay_as_they_are(desk):
    network = make_network(members=[make_city(), make_city()])
    save_draft(desk, network, acronym="ABC")

    act(desk, network, "_publish")

    network.refresh_from_db()
    assert (network.acronym, Membership.objects.count()) == ("ABC", 2)


def test_kinds_without_texts_of_their_own_have_working_copies_too(desk):
    issue = make_focus_issue()
    save_draft(desk, issue, published="2031")

    assert labels(page_of(desk, issue)) == [("Published", "")]


def test_a_copy_needs_the_right_to_change_the_item(desk):
    event = make_event()
    save_draft(desk, event, title_en="New name")
    stranger = Client()
    stranger.force_login(User.objects.create_user("stranger", is_staff=True))
    for page in ("working_copy", "working_copy_discard"):
        assert stranger.get(address(page, event, event.pk)).status_code == 403
        assert stranger.post(address(page, event, event.pk), {"version": "1"}).status_code == 403
    assert desk.get(address("working_copy", event, 0)).status_code == 404


def test_the_pages_of_a_copy_ask_the_same_queries_for_any_number_of_items(desk):
    edition = make_edition()
    make_figure(edition=edition)
    save_draft(desk, edition, title_en="New name")
    pages = [address("change", edition, edition.pk), address("working_copy", edition, edition.pk)]
    counts = []
    for _ in range(2):
        for page in pages:
            desk.get(page)
            with CaptureQueriesContext(connection) as queries:
                desk.get(page)
            counts.append(len(queries))
        for _ in range(9):
            make_edition()
            save_draft(desk, make_event(), title_en="New name")
    assert counts[:2] == counts[2:]


def test_items_that_can_be_published_have_no_files_of_their_own():
    """A working copy holds text; pictures are chosen from the library. A file field would need a place of its own."""
    from django.apps import apps
    from django.db.models import FileField

    from publishing.models import Publishable

    kinds = [model for model in apps.get_models() if issubclass(model, Publishable)]
    assert [field for model in kinds for field in model._meta.get_fields() if isinstance(field, FileField)] == []
    assert Post in kinds
