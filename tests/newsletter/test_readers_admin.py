import io
import zipfile

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from iaec_site.roles import ADMINISTRATOR, NETWORK_EDITOR, SECRETARIAT_EDITOR, TRANSLATOR, ensure_roles
from newsletter.bounces import Report, take
from newsletter.models import Subscriber
from newsletter.moving_admin import MOST_BYTES
from newsletter.suppression import is_suppressed
from tests.factories import make_editor, make_subscriber
from tests.newsletter.letters import make_delivery, state_of

pytestmark = pytest.mark.django_db
TABLE = (
    "email,language,consent_date,consent_source\nanna@example.org,es,2019-05-04,a form\nbert,es,2019-05-04,a form\n"
)


def page(name, *args):
    return reverse(f"admin:newsletter_subscriber_{name}", args=args)


@pytest.fixture
def desk(client):
    client.force_login(make_editor())
    return client


def staff_of(role):
    ensure_roles()
    user = User.objects.create_user("anna", password="correct horse battery", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


def sent(desk, text=TABLE, **data):
    return desk.post(page("moving"), {"file": SimpleUploadedFile("x.csv", text.encode()), **data})


def test_bounces_stand_on_the_readers_page(desk):
    delivery = make_delivery()
    take(Report("hard", delivery.pk, status="5.1.1", text="no such user"))
    take(Report("complaint", delivery.pk))

    html = desk.get(page("change", delivery.subscriber_id)).content.decode()

    assert (html.count("5.1.1"), html.count("no such user"), html.count(delivery.issue.subject_en)) == (1, 1, 2)
    assert 'type="checkbox" name="bounces' not in html


def test_a_reader_is_taken_off_the_list_at_their_wish(desk):
    reader = make_subscriber(email="anna@example.org")
    shown = desk.get(page("change", reader.pk)).content.decode()
    assert ('name="leave"' in shown, 'name="links"' in shown) == (True, True)
    assert desk.get(page("act", reader.pk)).status_code == 405

    presses = [desk.post(page("act", reader.pk), {"leave": ""}) for _ in range(2)]

    assert [(press.status_code, press.url) for press in presses] == [(302, page("change", reader.pk))] * 2
    assert state_of(reader) == "left"
    assert [entry.object_repr for entry in LogEntry.objects.all()] == [f"reader {reader.pk}"]
    shown = desk.get(page("change", reader.pk)).content.decode()
    assert ('name="leave"' in shown, 'name="links"' in shown) == (False, False)


def test_a_readers_links_are_renewed(desk, django_capture_on_commit_callbacks):
    reader = make_subscriber()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(page("act", reader.pk), {"links": ""})

    after = Subscriber.objects.get()
    assert [after.preferences_token == reader.preferences_token, after.leaving_token == reader.leaving_token] == [
        False,
        False,
    ]
    assert after.preferences_token in mail.outbox[0].body


def test_deleting_erases_and_the_log_keeps_no_address(desk):
    one, *several = [make_subscriber() for _ in range(3)]
    desk.post(page("delete", one.pk), {"post": "yes"})
    desk.post(
        page("changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk for row in several], "post": "yes"},
    )

    assert Subscriber.objects.count() == 0
    assert [is_suppressed(row.email) for row in (one, *several)] == [True] * 3
    logged = sorted(LogEntry.objects.values_list("object_repr", flat=True))
    assert logged == sorted(f"reader {row.pk}" for row in (one, *several))


@pytest.mark.parametrize("role", [ADMINISTRATOR, SECRETARIAT_EDITOR])
def test_readers_are_brought_in_after_a_look(role):
    desk = staff_of(role)
    assert desk.get(page("moving")).status_code == 200
    looked = sent(desk, only_look="on")
    assert (Subscriber.objects.count(), looked.context["outcome"].brought_in) == (0, 1)

    done = sent(desk)

    assert [row.email for row in Subscriber.objects.all()] == ["anna@example.org"]
    assert (done.context["outcome"].brought_in, done.context["outcome"].refused) == (1, 1)
    assert done.context["refused"] == [(3, "bert", "No complete e-mail address.")]
    assert "no-store" in done.headers["Cache-Control"]


def test_what_is_no_table_or_too_large_is_said_at_the_field(desk):
    answers = [sent(desk, "name\nAnna\n"), sent(desk, TABLE + "\n" * MOST_BYTES), desk.post(page("moving"), {})]
    assert [answer.context["form"].errors["file"] for answer in answers] == [
        ["The first line has to name the columns. Missing: email, language, consent_date, consent_source."],
        ["The file is larger than 500 kB."],
        ["This field is required."],
    ]


def test_everything_is_taken_along(desk):
    make_subscriber(email="anna@example.org")
    assert desk.get(page("export")).status_code == 405
    response = desk.post(page("export"))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert "no-store" in response.headers["Cache-Control"]
    assert archive.read("readers.csv").decode().splitlines()[1].startswith("anna@example.org,confirmed,en,")


@pytest.mark.parametrize("role", [NETWORK_EDITOR, TRANSLATOR])
def test_nobody_else_sees_readers(role):
    desk, reader = staff_of(role), make_subscriber()
    answers = [
        desk.get(page("changelist")),
        desk.get(page("change", reader.pk)),
        desk.get(page("moving")),
        sent(desk),
        desk.post(page("export")),
        desk.post(page("act", reader.pk), {"leave": ""}),
    ]
    assert [answer.status_code for answer in answers] == [403] * 6
    assert (Subscriber.objects.count(), state_of(reader)) == (1, "confirmed")
