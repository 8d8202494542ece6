import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.bounce_reports import read_report
from newsletter.return_address import envelope_sender, message_id
from tests.newsletter.reports import complaint, dsn, letter_of


@pytest.fixture(autouse=True)
def bounce_address(settings):
    settings.BOUNCE_ADDRESS = "bounces@example.org"


def told(raw):
    report = read_report(raw)
    return report and (report.kind, report.delivery_id, report.status)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("5.0.0", "hard"),
        ("5.1.1", "hard"),
        ("5.1.10", "hard"),
        ("5.2.1", "hard"),
        ("5.4.1", "hard"),
        ("5.2.2", "soft"),
        ("5.3.4", "soft"),
        ("5.4.7", "soft"),
        ("5.7.1", "soft"),
        ("4.2.2", "soft"),
        ("4.4.1", "soft"),
    ],
)
def test_a_status_code_tells_hard_from_soft(status, kind):
    assert told(dsn(12, status=status, diagnostic="smtp; no")) == (kind, 12, status)


def test_the_whole_of_a_report():
    report = read_report(dsn(12))
    assert (report.kind, report.delivery_id, report.status) == ("hard", 12, "5.1.1")
    assert report.text.strip() == "550 5.1.1 <anna@example.org>: no such user"


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_what_is_no_failure_is_no_report(action):
    assert told(dsn(12, action=action)) is None


@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers", "message/global-headers"])
def test_a_report_that_came_to_another_address_is_known_by_the_letter_in_it(original):
    assert told(dsn(12, to="postmaster@example.org", original=original)) == ("hard", 12, "5.1.1")


def test_a_report_without_the_letter_is_known_by_the_address_it_came_to():
    assert told(dsn(12, original=None)) == ("hard", 12, "5.1.1")
    assert told(dsn(12, to="postmaster@example.org", original=None)) is None


def test_other_signs_that_servers_leave():
    plain = dsn(12, to="postmaster@example.org", original=None).decode()
    signs = {
        "Delivered-To": ("Subject: U", f"Delivered-To: {envelope_sender(12)}\nSubject: U"),
        "In-Reply-To": ("Subject: U", f"In-Reply-To: {message_id(12)}\nSubject: U"),
        "Original-Envelope-Id": ("X-Postfix", f"Original-Envelope-Id: {message_id(12)}\nX-Postfix"),
    }
    found = {name: told(plain.replace(*sign).encode()) for name, sign in signs.items()}
    assert found == dict.fromkeys(signs, ("hard", 12, "5.1.1"))


def test_dialects():
    assert told(dsn(12, status="5.1.1 (bad destination mailbox address)")) == ("hard", 12, "5.1.1")
    # A server that only says in words which code it got.
    assert told(dsn(12, status="", diagnostic="smtp; 552 5.2.2 mailbox full")) == ("soft", 12, "5.2.2")
    assert told(dsn(12, status_type="message/global-delivery-status")) == ("hard", 12, "5.1.1")
    assert told(dsn(12).replace(b"\n", b"\r\n")) == ("hard", 12, "5.1.1")
    assert told(dsn(12, action="Failed")) == ("hard", 12, "5.1.1")


def test_no_code_is_no_report():
    assert told(dsn(12, status="", diagnostic="smtp; 550 go away")) is None
    assert told(dsn(12, status="2.0.0", diagnostic="smtp; fine")) is None


@pytest.mark.parametrize("feedback", ["abuse", "fraud", "opt-out", "Abuse"])
def test_a_complaint_is_known_by_the_letter_in_it(feedback):
    assert told(complaint(12, feedback=feedback)) == ("complaint", 12, feedback.lower())


@pytest.mark.parametrize("feedback", ["not-spam", "auth-failure", "virus", "other", ""])
def test_other_feedback_is_no_complaint(feedback):
    assert told(complaint(12, feedback=feedback)) is None


def test_a_complaint_without_the_letter_is_known_by_its_return_path():
    line = f"Original-Mail-From: <{envelope_sender(12)}>\n"
    assert told(complaint(12, original=None, mail_from=line)) == ("complaint", 12, "abuse")
    assert told(complaint(12, original=None)) is None


def test_a_forged_report_names_no_delivery():
    forged = [raw.replace(b"+12-", b"+13-").replace(b"<d12.", b"<d13.") for raw in (dsn(12), complaint(12))]
    assert [told(raw) for raw in forged] == [None, None]


NO_REPORTS = {
    "holiday notice": "To: bounces@example.org\nSubject: Away\nAuto-Submitted: auto-replied\n\nAway until May.",
    "qmail": "From: MAILER-DAEMON@x.example\nSubject: failure notice\n\nHi. This is the qmail-send program.\n550 no",
    "the letter itself": "X: y\n",
    "empty": "",
    "nothing but a boundary": 'Content-Type: multipart/report; boundary="B"\n\n--B--',
    "no boundary": "Content-Type: multipart/report\n\n--B\nContent-Type: message/delivery-status\n\nStatus: 5.1.1\n",
    "unknown letters": b"Content-Type: multipart/report; charset=\xff\xfe; boundary=\xff\n\n--\xff\n\n",
}


@pytest.mark.parametrize("name", NO_REPORTS)
def test_what_is_not_in_the_standards_form_is_no_report(name):
    raw = NO_REPORTS[name]
    assert read_report(raw if isinstance(raw, bytes) else raw.encode()) is None


def test_a_read_receipt_is_no_report():
    of = {"report_type": "disposition-notification", "status_type": "message/disposition-notification"}
    assert read_report(dsn(12, **of)) is None


def test_an_answer_to_the_return_path_is_no_report():
    assert read_report(f"To: {envelope_sender(12)}\nSubject: Re\n\n{letter_of(12)}Status: 5.1.1".encode()) is None


def test_a_bundle_of_ten_thousand_parts_is_read_quickly_and_not_to_its_end():
    parts = "".join("--B\nContent-Type: text/plain\n\nx\n" for _ in range(10_000))
    late = dsn(12).decode().partition("--B\n")[2]
    raw = f'To: x@example.org\nContent-Type: multipart/report; boundary="B"\n\n{parts}--B\n{late}'
    assert read_report(raw.encode()) is None


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_damage_to_a_report_is_an_error(data):
    raw = bytearray(data.draw(st.sampled_from([dsn(12), complaint(12), dsn(12, original="text/rfc822-headers")])))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(raw) - 1))
        end = data.draw(st.integers(at, min(at + 60, len(raw))))
        raw[at:end] = data.draw(st.binary(max_size=20))
    report = read_report(bytes(raw))
    assert report is None or report.delivery_id == 12
