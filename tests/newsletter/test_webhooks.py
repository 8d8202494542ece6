"""What providers of mail tell, by anymail's own addresses: an extra, so these tests run where it is installed."""

import base64
import hashlib
import hmac
import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from newsletter.models import Bounce
from newsletter.return_address import message_id
from tests.factories import make_subscriber
from tests.newsletter.letters import make_delivery, state_of
from tests.test_architecture import ROOT

pytest.importorskip("anymail")
pytestmark = pytest.mark.django_db
POSTMARK, MAILGUN = "/webhooks/postmark/tracking/", "/webhooks/mailgun/tracking/"


def authorized(secret="provider:long-enough-for-tests"):
    return {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}


def postmark(email="anna@example.org", **overrides):
    return {
        "RecordType": "Bounce",
        "ID": 4323372036854775807,
        "Type": "HardBounce",
        "TypeCode": 1,
        "MessageID": "2706ee8a-737c-4285-b032-ccd317af53ed",
        "Email": email,
        "BouncedAt": timezone.now().isoformat(),
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        "Description": "The server was unable to deliver your message.",
    } | overrides


def post(client, told, url=POSTMARK, headers=None):
    return client.post(url, json.dumps(told), "application/json", headers=authorized() if headers is None else headers)


def make_anna(**overrides):
    since = timezone.now() - timedelta(days=30)
    return make_subscriber(**{"email": "anna@example.org", "signed_up_at": since} | overrides)


@pytest.mark.parametrize(
    ("told", "state", "kind"),
    [
        ({}, "bounced", "hard"),
        ({"Type": "BadEmailAddress", "Details": ""}, "bounced", "hard"),
        ({"Details": "smtp;552 5.2.2 full"}, "confirmed", "soft"),
        ({"Type": "SoftBounce", "Details": ""}, "confirmed", "soft"),
        ({"RecordType": "SpamComplaint", "Type": "SpamComplaint"}, "left", "complaint"),
    ],
)
def test_what_a_provider_tells_is_done(client, told, state, kind):
    reader = make_anna()
    response = post(client, postmark("ANNA@example.org", **told))

    assert (response.status_code, state_of(reader)) == (200, state)
    assert [(bounce.subscriber, bounce.kind) for bounce in Bounce.objects.all()] == [(reader, kind)]


@pytest.mark.parametrize(
    "told",
    [
        {"RecordType": "Delivery"},
        {"RecordType": "Open"},
        {"Type": "Transient"},
        {"Type": "AutoResponder"},
        {"Type": "Unheard"},
        {"Email": "stranger@example.org"},
        {"Email": ""},
    ],
)
def test_what_is_no_failure_of_a_reader_changes_nothing(client, told):
    reader = make_anna()
    soft = {"Details": ""}
    assert post(client, postmark(**soft | told)).status_code == 200
    assert state_of(reader) == "confirmed"


@pytest.mark.parametrize("headers", [{}, authorized("provider:guess"), authorized(":"), {"Authorization": "Basic %%"}])
def test_a_forged_report_changes_nothing(client, headers):
    reader = make_anna()
    response = post(client, postmark(), headers=headers)
    assert (response.status_code, state_of(reader), Bounce.objects.count()) == (400, "confirmed", 0)


def test_a_replayed_report_changes_nothing(client):
    reader = make_anna()
    told = postmark(Details="smtp;452 4.2.2 full")
    answers = [post(client, told).status_code for _ in range(7)]

    reader.refresh_from_db()
    assert (answers, reader.soft_bounces, Bounce.objects.count()) == ([200] * 7, 1, 1)


def test_a_report_replayed_after_the_reader_came_back_changes_nothing(client, consent):
    told = postmark(BouncedAt=(timezone.now() - timedelta(hours=1)).isoformat())
    reader = make_anna(consent=consent, signed_up_at=timezone.now())

    assert (post(client, told).status_code, state_of(reader)) == (200, "confirmed")


def test_a_provider_that_gives_back_our_sign_names_the_letter(client, consent):
    delivery = make_delivery(make_anna(consent=consent))
    other = make_subscriber(email="forwarded@example.org", consent=consent)
    told = postmark("forwarded@example.org", Content=f"Message-ID: {message_id(delivery.pk)}")

    post(client, told)

    assert (state_of(delivery.subscriber), state_of(other)) == ("bounced", "confirmed")
    assert Bounce.objects.get().issue == delivery.issue


def signed(key, told, timestamp="1500000000", token="t" * 50):
    mac = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {"signature": {"timestamp": timestamp, "token": token, "signature": mac}, "event-data": told}


def mailgun(**overrides):
    return {
        "event": "failed",
        "severity": "permanent",
        "id": "Ase7i2zsRYeDXztHGENqRA",
        "timestamp": timezone.now().timestamp(),
        "recipient": "anna@example.org",
        "reason": "bounce",
        "message": {"headers": {"message-id": "x@example.org"}},
        "delivery-status": {"code": 550, "message": "No such user"},
    } | overrides


@pytest.mark.parametrize(
    ("key", "headers", "status", "state"),
    [
        ("signs-for-tests", None, 200, "bounced"),
        ("guess", None, 400, "confirmed"),
        ("signs-for-tests", {}, 400, "confirmed"),
    ],
)
def test_a_provider_that_signs_is_asked_for_its_signature_as_well(client, key, headers, status, state):
    reader = make_anna()
    response = post(client, signed(key, mailgun()), MAILGUN, headers)
    assert (response.status_code, state_of(reader)) == (status, state)


def test_a_failure_that_may_pass_is_none_at_mailgun(client):
    reader = make_anna()
    post(client, signed("signs-for-tests", mailgun(severity="temporary")), MAILGUN)
    assert state_of(reader) == "confirmed"


def test_sendgrids_bundle_of_events(client, consent):
    anna, bert = make_anna(consent=consent), make_subscriber(email="bert@example.org", consent=consent)
    event = {"event": "bounce", "type": "blocked", "reason": "unreachable", "timestamp": timezone.now().timestamp()}
    told = [
        event | {"email": "anna@example.org", "sg_event_id": "1", "sg_message_id": "m"},
        event | {"email": "bert@example.org", "sg_event_id": "2", "event": "spamreport", "sg_message_id": "n"},
    ]
    response = post(client, told, "/webhooks/sendgrid/tracking/")
    anna.refresh_from_db()
    assert (response.status_code, anna.soft_bounces, state_of(anna), state_of(bert)) == (200, 1, "confirmed", "left")


def test_only_the_named_providers_have_an_address(client):
    assert client.post("/webhooks/mandrill/tracking/").status_code == 404
    assert client.get(POSTMARK).status_code == 405


def start(**variables):
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "iaec_site.settings"} | variables
    command = [sys.executable, "manage.py", "check"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("variables", "complaint"),
    [
        ({"ANYMAIL_WEBHOOK_SECRET": "provider:long-enough-for-tests"}, ""),
        ({"ANYMAIL_WEBHOOK_SECRET": ""}, "BOUNCE_WEBHOOKS is set, but not ANYMAIL_WEBHOOK_SECRET"),
        ({"ANYMAIL_WEBHOOK_SECRET": "provider:short"}, "BOUNCE_WEBHOOKS is set, but not ANYMAIL_WEBHOOK_SECRET"),
        ({"BOUNCE_WEBHOOKS": "nobody"}, "BOUNCE_WEBHOOKS names no provider of django-anymail: nobody."),
        # Without webhooks, whatever else is set.
        ({"BOUNCE_WEBHOOKS": "", "ANYMAIL_WEBHOOK_SECRET": ""}, ""),
    ],
)
def test_the_site_does_not_start_with_an_open_door(variables, complaint):
    done = start(**{"BOUNCE_WEBHOOKS": "postmark"} | variables)
    assert (done.returncode == 0, complaint in done.stderr) == (not complaint, True)
