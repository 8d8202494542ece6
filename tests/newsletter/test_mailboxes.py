import mailbox
from contextlib import contextmanager
from io import StringIO
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command

from newsletter import mailboxes
from newsletter.bounce_reports import read_report
from newsletter.bounces import take
from newsletter.models import Bounce
from newsletter.reading_bounces import enqueue_reading, read_mailbox
from tests.newsletter.letters import make_delivery, state_of
from tests.newsletter.mail_servers import PASSWORD, USER, Imap, Pop3, serving
from tests.newsletter.reports import complaint, dsn

pytestmark = pytest.mark.django_db
LETTER_OF_A_PERSON = b"From: anna@example.org\nSubject: Hello\n\n.Are you there?\n"
LOGIN = f"{quote(USER)}:{quote(PASSWORD, safe='')}@127.0.0.1"


@pytest.fixture(autouse=True)
def bounce_address(settings):
    settings.BOUNCE_ADDRESS = "bounces@example.org"


@contextmanager
def pop3_box(raws, tmp_path):
    box = [raw.replace(b"\n", b"\r\n") for raw in raws]
    with serving(Pop3, box) as port:
        yield f"pop3://{LOGIN}:{port}", lambda: len(box)


@contextmanager
def imap_box(raws, tmp_path):
    box = {uid: (raw.replace(b"\n", b"\r\n"), set()) for uid, raw in enumerate(raws, 7)}
    with serving(Imap, box) as port:
        yield f"imap://{LOGIN}:{port}/INBOX/Bounced%20letters", lambda: len(box)


@contextmanager
def maildir_box(raws, tmp_path):
    folder = tmp_path / "a mailbox"
    box = mailbox.Maildir(folder)
    for raw in raws:
        box.add(raw)
    yield f"maildir://{quote(str(folder))}", lambda: len(list(folder.glob("new/*")) + list(folder.glob("cur/*")))


@contextmanager
def mbox_box(raws, tmp_path):
    file = tmp_path / "mbox"
    box = mailbox.mbox(file)
    for raw in raws:
        box.add(raw)
    box.close()
    yield f"mbox://{file}", lambda: len(mailbox.mbox(file))


BOXES = {"pop3": pop3_box, "imap": imap_box, "maildir": maildir_box, "mbox": mbox_box}


@pytest.mark.parametrize("kind", BOXES)
def test_reports_are_taken_and_deleted_and_other_letters_stay(kind, tmp_path):
    unknown, angry = make_delivery(), make_delivery()
    raws = [LETTER_OF_A_PERSON, dsn(unknown.pk), complaint(angry.pk), dsn(unknown.pk), dsn(4_000_000)]
    with BOXES[kind](raws, tmp_path) as (url, count):
        first, left, second = read_mailbox(url), count(), read_mailbox(url)
        still_left = count()

    assert (first, left) == ({"new": 2, "known": 2, "other": 1}, 1)
    # POP3 has no way to mark what was seen.
    assert second == {"new": 0, "known": 0, "other": int(kind == "pop3")}
    assert still_left == 1
    assert [state_of(delivery.subscriber) for delivery in (unknown, angry)] == ["bounced", "left"]


@pytest.mark.parametrize("kind", BOXES)
def test_whoever_dies_before_deleting_reads_again_and_counts_once(kind, tmp_path):
    delivery = make_delivery()
    with BOXES[kind]([dsn(delivery.pk, status="4.2.2")], tmp_path) as (url, _count):
        reading = mailboxes.messages(url)
        raw, _delete = next(reading)
        take(read_report(raw))
        reading.close()
        again = read_mailbox(url)

    assert again == {"new": 0, "known": 1, "other": 0}


@pytest.mark.parametrize("kind", BOXES)
def test_what_is_too_large_is_not_read(kind, tmp_path):
    with BOXES[kind]([b"Subject: x\n\n" + b"x" * 70 + b"\n" * mailboxes.LARGEST], tmp_path) as (url, count):
        assert (read_mailbox(url), count()) == ({"new": 0, "known": 0, "other": 0}, 1)


def test_one_long_line_does_not_close_the_mailbox(tmp_path):
    delivery = make_delivery()
    with pop3_box([b"Subject: x\n\n" + b"x" * 500_000, dsn(delivery.pk)], tmp_path) as (url, _count):
        assert read_mailbox(url) == {"new": 1, "known": 0, "other": 1}


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("", "No mailbox is named: set BOUNCE_MAILBOX_URL, see .env.example."),
        (
            "https://mail.example.org",
            "BOUNCE_MAILBOX_URL begins with one of: imap://, imaps://, pop3://, pop3s://, maildir://, mbox://",
        ),
        ("imaps:///INBOX", "BOUNCE_MAILBOX_URL names no server."),
        ("maildir:///nowhere", "/nowhere is no Maildir."),
        ("mbox:///nowhere", "/nowhere is no file."),
        ("pop3://u:secret@127.0.0.1:1", "The mailbox on 127.0.0.1 cannot be read: [Errno 111] Connection refused"),
        ("pop3://u:secret@127.0.0.1:99999", "The mailbox on 127.0.0.1 cannot be read: Port out of range 0-65535"),
    ],
)
def test_the_command_says_what_is_wrong_and_no_password(url, complaint):
    with pytest.raises(CommandError) as error:
        call_command("read_bounces", url)
    assert str(error.value) == complaint


@pytest.mark.parametrize("kind", ["pop3", "imap"])
def test_a_wrong_password_is_said_without_it(kind, tmp_path):
    with BOXES[kind]([], tmp_path) as (url, _count), pytest.raises(CommandError) as error:
        call_command("read_bounces", url.replace(quote(PASSWORD, safe=""), "guess"))
    assert ("cannot be read" in str(error.value), "guess" in str(error.value)) == (True, False)


def test_a_folder_that_is_not_there(tmp_path):
    with imap_box([], tmp_path) as (url, _count), pytest.raises(CommandError, match="has no folder Elsewhere"):
        call_command("read_bounces", url.partition("/INBOX")[0] + "/Elsewhere")


def test_every_hour_the_mailbox_of_the_settings_is_read(settings, tmp_path):
    delivery = make_delivery()
    enqueue_reading()
    with maildir_box([dsn(delivery.pk)], tmp_path) as (url, _count):
        settings.BOUNCE_MAILBOX_URL = url
        enqueue_reading()
        said = StringIO()
        call_command("read_bounces", stdout=said)

    assert Bounce.objects.get().subscriber == delivery.subscriber
    assert said.getvalue() == "0 new reports, 0 known ones, 0 other messages.\n"
