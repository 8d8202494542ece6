import pytest
from django.conf import settings
from django.core import mail
from django.utils.translation import gettext, override

from newsletter.models import Subscriber
from tests.factories import make_network
from tests.newsletter.conftest import parsed, typed

LANGUAGES = [code for code, name in settings.LANGUAGES]
INVALID = "Please enter a complete e-mail address, for example name@example.org."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_address_brings_the_form_back_in_the_visitors_language(visitor, language):
    chosen = make_network()
    make_network()
    browser = visitor(language)
    response = browser.subscribe(
        **typed(email="reader@example", language="ca", frequency="monthly", networks=[chosen.pk], consent="")
    )

    form = response.context["form"]
    with override(language):
        assert form.errors == {
            "email": [gettext(INVALID)],
            "consent": [gettext("Please tick the box: without your consent we may not write to you.")],
        }
    assert (response.status_code, response.headers["Cache-Control"]) == (422, "no-store")
    assert (not response.cookies, "Cookie" in response.headers.get("Vary", "")) == (True, False)
    html = response.content.decode()
    for piece in [
        f'<html lang="{language}">',
        '<div tabindex="-1" autofocus>',
        '<a href="#id_email">',
        '<a href="#id_consent">',
        'id="id_email_error"',
        'id="id_consent_error"',
        'value="reader@example"',
    ]:
        assert html.count(piece) == 1, piece
    tag = html[html.index('<input type="email"') :].split(">")[0]
    assert ('aria-invalid="true"' in tag, 'aria-describedby="id_email_error"' in tag) == (True, True)
    kept = [form[name].value() for name in ("language", "frequency", "networks")]
    assert kept == ["ca", "monthly", [str(chosen.pk)]]
    boxes = [subwidget.data["attrs"].get("checked", False) for subwidget in form["networks"]]
    assert boxes == [True, False]
    assert (Subscriber.objects.count(), mail.outbox) == (0, [])


@pytest.mark.parametrize(
    "email",
    [
        "",
        "reader",
        "reader@localhost",
        "reader@[127.0.0.1]",
        '"reader"@example.org',
        '"reader\x01"@example.org',
        "a@example.org,b@example.org",
        "a@example.org b@example.org",
        "reader@example.org\nBcc: all@example.org",
        "reader@example.org\r\nBcc: all@example.org\r\n\r\nBuy!",
        "reader\n@example.org",
        "reader@exa\nmple.org",
        "reader%0aBcc:x@",
        "reader@example.org\x00",
        f"{'x' * 250}@example.org",
        f"reader@{'ü' * 60}.{'ü' * 60}.{'ü' * 60}.example.org",
        "<script>@example.org",
        "Reader <reader@example.org>",
    ],
)
def test_what_is_no_address_is_refused(visitor, email):
    response = visitor().subscribe(**typed(email=email))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["email"])
    assert (Subscriber.objects.count(), mail.outbox) == (0, [])


@pytest.mark.parametrize(
    "email", [" reader+news@example.org\n", "o'neill@example.org", "anna@bücher.example", "ANNA@BÜCHER.Example"]
)
def test_unusual_addresses_get_exactly_one_letter(visitor, email):
    browser = visitor()
    browser.subscribe(**typed(email=email))

    subscriber = Subscriber.objects.get()
    (letter,) = mail.outbox
    headers = parsed(letter)
    assert [address.addr_spec for address in headers["To"].addresses] == [subscriber.email]
    assert subscriber.email.isascii()
    assert (headers["Bcc"], headers["Cc"], letter.recipients()) == (None, None, [subscriber.email])


def test_one_domain_in_two_spellings_is_one_address(visitor):
    browser = visitor()
    browser.subscribe(**typed(email="anna@bücher.example"))
    browser.subscribe(**typed(email="Anna@XN--BCHER-KVA.example"))
    assert [subscriber.email for subscriber in Subscriber.objects.all()] == ["anna@xn--bcher-kva.example"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("language", "de"),
        ("language", ""),
        ("frequency", "hourly"),
        ("networks", ["x"]),
        ("networks", ["999999"]),
        ("networks", ["99999999999999999999999"]),
        ("networks", ["\x00"]),
        ("themes", ["-1"]),
        ("consent", "on"),
    ],
)
def test_tampered_choices_are_refused(visitor, field, value):
    response = visitor().subscribe(**typed(**{field: value}))
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert Subscriber.objects.count() == 0


def test_a_hidden_network_cannot_be_chosen(visitor):
    hidden = make_network(state="draft")
    response = visitor().subscribe(**typed(networks=[hidden.pk]))
    assert list(response.context["form"].errors) == ["networks"]


def test_a_broken_body_is_no_error_of_ours(visitor):
    browser = visitor()
    ours = {"Origin": "http://testserver"}
    address = browser.address("subscribe")
    answers = [
        browser.client.post(address, b"{}", content_type="application/json", headers=ours),
        browser.client.post(address, b"\xff\xfe=%ff&email=%ff@x", "application/x-www-form-urlencoded", headers=ours),
        browser.client.post(address, b"garbage", content_type="multipart/form-data", headers=ours),
        browser.client.post(address, b"garbage", content_type="multipart/form-data; boundary=x", headers=ours),
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 400, 422]
