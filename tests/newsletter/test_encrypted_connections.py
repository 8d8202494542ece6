"""Letters over TLS, from the first byte (RFC 8314) or after STARTTLS (RFC 3207), to a server that proves who it is."""

import shutil
import subprocess

import environ
import pytest

from newsletter import mail
from newsletter.models import Issue
from tests.factories import make_subscriber
from tests.newsletter.sendings import send, started, states
from tests.newsletter.smtp_sink import Sink

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate"),
]
SCHEMES = {"implicit": "smtp+ssl", "starttls": "smtp+tls"}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificate")
    paths = folder / "certificate.pem", folder / "key.pem"
    new = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=sink"
    alternative = ["-addext", "subjectAltName=IP:127.0.0.1"]
    command = [*new.split(), *alternative, "-out", str(paths[0]), "-keyout", str(paths[1])]
    subprocess.run(command, check=True, capture_output=True)
    return paths


@pytest.fixture
def open_sink(settings, certificate, monkeypatch):
    """A sink, and the site set to it as an address in EMAIL_URL sets it."""
    sinks = []

    def start(tls, *, scheme="", trusted=True):
        sink = Sink(tls=tls, certificate=certificate)
        sinks.append(sink.__enter__())
        address = f"{scheme or SCHEMES[tls]}://127.0.0.1:{sink.port}"
        for name, value in environ.Env.email_url_config(address).items():
            setattr(settings, name, value)
        settings.EMAIL_TIMEOUT = 5
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        return sink

    yield start
    for sink in sinks:
        sink.__exit__(None, None, None)


@pytest.mark.parametrize("tls", SCHEMES)
def test_the_letters_of_an_issue_go_over_one_encrypted_connection(open_sink, make_readers, tls):
    sink = open_sink(tls)
    make_readers("anna", "bernat", "refused-carla")
    issue = started()
    send(issue)
    assert states(issue) == {"anna": "sent", "bernat": "sent", "refused-carla": "refused"}
    assert sink.encrypted == [recipient for recipient, _message in sink.letters]
    assert sorted(sink.encrypted) == ["anna@example.org", "bernat@example.org"]


@pytest.mark.parametrize("tls", SCHEMES)
def test_a_letter_to_one_person_goes_encrypted(open_sink, tls):
    sink = open_sink(tls)
    mail.welcome(make_subscriber(email="anna@example.org")).send()
    assert sink.encrypted == ["anna@example.org"]


@pytest.mark.parametrize("tls", SCHEMES)
def test_a_server_that_cannot_prove_who_it_is_gets_nothing(open_sink, make_readers, tls):
    sink = open_sink(tls, trusted=False)
    make_readers("anna")
    issue = started()
    turn = send(issue)
    assert (states(issue), sink.letters, turn.server_is_away) == ({"anna": "queued"}, [], True)
    assert (issue.state, "CERTIFICATE_VERIFY_FAILED" in issue.trouble) == (Issue.State.SENDING, True)


def test_no_letter_goes_in_the_open_where_the_server_does_not_offer_encryption(open_sink, make_readers):
    sink = open_sink("", scheme="smtp+tls")
    make_readers("anna")
    issue = started()
    send(issue)
    assert (states(issue), sink.letters) == ({"anna": "queued"}, [])


def test_a_connection_that_breaks_in_the_middle_is_opened_again_encrypted(open_sink, make_readers):
    sink = open_sink("starttls")
    make_readers("closing-anna", "bernat")
    issue = started()
    send(issue)
    assert states(issue) == {"closing-anna": "sent", "bernat": "sent"}
    assert sorted(sink.encrypted) == ["bernat@example.org", "closing-anna@example.org"]
