"""Changes of a public item meet the publication checks when they go public, at once or at their moment."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from desk import working_copies
from desk.models import Failure, WorkingCopy
from desk.tasks import publish_due_copies
from pages.models import Page
from publishing.models import State
from tests.admin.forms import address, as_it_stands
from tests.factories import make_event, make_network, make_page

pytestmark = pytest.mark.django_db

BROKEN = '<p>Read <a href="/en/nothing/">on</a>.</p>'
SAID = "There is no page at /en/nothing/ on this site."


@pytest.fixture(autouse=True)
def has_mail(desk):
    User.objects.filter(is_superuser=True).update(email="anna@example.org")


def save_draft(desk, item, **data):
    form = as_it_stands(desk.get(address("change", item, item.pk)))
    desk.post(address("change", item, item.pk), form | data | {"_save_draft": "1"})


def act(desk, item, button, **data):
    page = desk.get(address("working_copy", item, item.pk))
    hidden = {name: values[0] for name, values in as_it_stands(page).items()}
    return desk.post(address("working_copy", item, item.pk), hidden | data | {button: "1"}, follow=True)


def words_of(response):
    return [str(message) for message in response.context["messages"]]


def soon():
    return timezone.localtime() + timedelta(days=2)


def as_typed(moment):
    return moment.strftime("%Y-%m-%dT%H:%M")


def blocks(client):
    today = client.get(reverse("admin:index")).context["today"]
    return {block.key: [(line.text, line.note, line.address) for line in block.lines] for block in today["items"]}


# --- at once ---


def test_changes_with_an_error_are_kept_and_not_published(desk):
    page = make_page(title_en="Old")
    save_draft(desk, page, title_en="New", body_en=BROKEN)

    shown = desk.get(address("working_copy", page, page.pk))
    (said,) = words_of(act(desk, page, "_publish"))

    assert [found.text for found in shown.context["publication_errors"]] == [SAID]
    assert SAID in shown.content.decode()
    assert 'name="_publish"' not in shown.content.decode()
    assert strip_tags(said) == (
        f"Nothing was done. Something is missing or wrong in it. Open the working copy to see what.Text [en]: {SAID}"
    )
    assert (Page.objects.get().title_en, WorkingCopy.objects.count()) == ("Old", 1)


def test_an_error_that_readers_meet_already_does_not_stop_the_changes(desk):
    page = make_page(title_en="Old", body_en=BROKEN)
    save_draft(desk, page, title_en="New")

    act(desk, page, "_publish")

    assert (Page.objects.get().title_en, WorkingCopy.objects.count()) == ("New", 0)


# --- at their moment ---


def test_changes_are_looked_at_as_readers_will_see_them(desk):
    moment = soon()
    target = make_event(publish_at=moment - timedelta(hours=1))
    page = make_page(title_en="Old")
    save_draft(desk, page, title_en="New", body_en=f'<p><a href="{target.get_absolute_url()}">x</a></p>')

    assert act(desk, page, "_publish").redirect_chain == []
    act(desk, page, "_schedule", publish_at=as_typed(moment))

    assert WorkingCopy.objects.get().publish_at is not None


def test_what_would_be_an_error_then_cannot_be_scheduled(desk):
    page = make_page(title_en="Old")
    save_draft(desk, page, body_en=BROKEN)

    (said,) = words_of(act(desk, page, "_schedule", publish_at=as_typed(soon())))

    assert SAID in said
    assert WorkingCopy.objects.get().publish_at is None


def schedule(desk, page, **typed):
    save_draft(desk, page, **typed)
    act(desk, page, "_schedule", publish_at=as_typed(soon()))
    assert WorkingCopy.objects.get().publish_at is not None


def let_time_pass():
    WorkingCopy.objects.update(publish_at=timezone.now() - timedelta(seconds=1))
    publish_due_copies.enqueue()


def break_a_link(desk):
    """A page of which changes are scheduled that lead to what is taken off the site meanwhile."""
    target, page = make_event(title_en="Meeting"), make_page(title_en="Old")
    schedule(desk, page, title_en="New", body_en=f'<p><a href="{target.get_absolute_url()}">x</a></p>')
    target.take_back()
    return page


def test_what_became_an_error_meanwhile_does_not_go_public_and_is_told_once(desk, django_capture_on_commit_callbacks):
    page = break_a_link(desk)

    with django_capture_on_commit_callbacks(execute=True):
        let_time_pass()
        for _minute in range(3):
            working_copies.publish_due()

    copy = WorkingCopy.objects.get()
    assert (Page.objects.get().title_en, copy.failure) == ("Old", Failure.INVALID)
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["anna@example.org"], "Not published: the changes to “New”")
    lines = letter.body.splitlines()
    assert lines[0].startswith("The changes to “New” (Page) that you scheduled were to go public on ")
    assert lines[2] == "Something is missing or wrong in it. Open the working copy to see what."
    assert lines[4].startswith("- Text [en]: The page at /en/agenda/")
    assert lines[4].endswith("is not public: “Meeting (3 May 2030)”.")
    assert lines[-1].endswith(address("working_copy", page, page.pk))


def test_the_letter_is_in_the_language_in_which_it_was_scheduled(desk, django_capture_on_commit_callbacks):
    page = make_page(title_en="Old")
    save_draft(desk, page, title_en="New")
    form = as_it_stands(desk.get(address("working_copy", page, page.pk)))
    data = {name: values[0] for name, values in form.items()} | {"publish_at": as_typed(soon()), "_schedule": "1"}
    desk.post(address("working_copy", page, page.pk), data, headers={"Accept-Language": "ca"})
    Page.objects.update(teaser_en="Changed by another way")

    with django_capture_on_commit_callbacks(execute=True):
        let_time_pass()

    (letter,) = mail.outbox
    assert letter.extra_headers["Content-Language"] == "ca"


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}])
def test_who_cannot_read_it_gets_no_letter_and_the_desk_says_it_to_others(desk, change, in_role):
    page = make_page(title_en="Old")
    schedule(desk, page, title_en="New")
    User.objects.filter(is_superuser=True).update(**change)
    Page.objects.update(teaser_en="Changed by another way")

    let_time_pass()

    other = in_role("Secretariat editor")
    assert mail.outbox == []
    ((text, _note, where),) = blocks(other)["failed_copies"]
    assert (text, where) == ("New", address("working_copy", page, page.pk))
    assert other.get(where).status_code == 200


def test_an_error_of_the_server_stops_neither_the_others_nor_comes_again(
    desk, monkeypatch, django_capture_on_commit_callbacks
):
    first, second = make_page(title_en="First"), make_event(title_en="Second")
    save_draft(desk, first, title_en="First, changed")
    save_draft(desk, second, title_en="Second, changed")
    for item in (first, second):
        act(desk, item, "_schedule", publish_at=as_typed(soon()))
    save = Page.save
    tries = []

    def broken(self, *args, **kwargs):
        tries.append(self.pk)
        raise OSError("No space left on device")

    monkeypatch.setattr(Page, "save", broken)
    with django_capture_on_commit_callbacks(execute=True):
        let_time_pass()
        working_copies.publish_due()

    assert tries == [first.pk]
    assert [(copy.title, copy.failure) for copy in WorkingCopy.objects.all()] == [("First, changed", Failure.BROKEN)]
    second.refresh_from_db()
    assert second.title_en == "Second, changed"
    assert len(mail.outbox) == 1
    monkeypatch.setattr(Page, "save", save)
    act(desk, first, "_publish")
    assert Page.objects.get().title_en == "First, changed"


def test_what_was_looked_after_meanwhile_is_not_told(desk):
    page = break_a_link(desk)
    WorkingCopy.objects.update(publish_at=timezone.now() - timedelta(seconds=1))
    working_copies.publish_due()
    save_draft(desk, page, body_en="<p>Without a link</p>")

    from desk.tasks import tell_of_failure

    mail.outbox.clear()
    tell_of_failure.enqueue(WorkingCopy.objects.get().pk, 1)

    assert mail.outbox == []


# --- the front page ---


def test_working_copies_stand_among_my_drafts(desk, in_role):
    page = make_page(title_en="Old")
    save_draft(desk, page, title_en="New")
    add = as_it_stands(desk.get(address("add", Page)))
    desk.post(address("add", Page), add | {"teaser_en": "Begun", "_save_draft": "1"})
    begun = WorkingCopy.objects.get(object_id=None)

    found = [(text, where) for text, _note, where in blocks(desk)["drafts"]]

    assert found == [
        ("(no title)", f"{address('add', Page)}?begun={begun.pk}"),
        ("New", address("change", page, page.pk)),
    ]
    assert "drafts" not in blocks(in_role("Secretariat editor"))


def test_the_copy_of_a_draft_stands_there_once(desk):
    event = make_event(state=State.DRAFT, title_en="Draft")
    save_draft(desk, event, title_en="Another title")
    save_draft(desk, event, title_en="", summary_en="Typed")

    assert [where for text, _note, where in blocks(desk)["drafts"]] == [address("change", event, event.pk)]


def test_a_network_editor_sees_copies_of_their_networks_alone(editor_of):
    mine, other = make_network(), make_network()
    client = editor_of(mine)
    event, foreign = make_event(network=mine, title_en="Mine"), make_event(network=other, title_en="Theirs")
    save_draft(client, event, title_en="Mine, changed")
    copy = WorkingCopy.objects.get()
    WorkingCopy.objects.create(
        content_type=copy.content_type,
        object_id=foreign.pk,
        data={},
        title="Theirs",
        changed_by=client.user,
        publish_at=timezone.now(),
        failure=Failure.INVALID,
    )

    assert [text for text, _note, where in blocks(client)["drafts"]] == ["Mine, changed"]
    assert "failed_copies" not in blocks(client)


# --- the preview ---


def test_a_page_with_an_error_is_shown_with_the_error_beside_it(desk):
    page = make_page(title_en="Old", state=State.DRAFT)
    form = as_it_stands(desk.get(address("change", page, page.pk)))

    response = desk.post(
        address("preview", page, page.pk), form | {"state": "published", "title_en": "New", "body_en": BROKEN}
    )

    html = response.content.decode()
    assert response.status_code == 200
    assert "<h1" in html
    assert ("New" in html, SAID in html) == (True, True)
    assert Page.objects.get().title_en == "Old"


def test_a_link_to_a_draft_shows_it_whatever_the_checks_say(desk):
    page = make_page(title_en="Old")
    save_draft(desk, page, title_en="New", body_en=BROKEN)
    made = desk.post(address("draft_links", page, page.pk), {"days": "7", "language": "en", "note": "The mayor"})

    link = made.context["address"].removeprefix("http://testserver")
    assert "New" in Client().get(link).content.decode()
