import json
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.urls import reverse

from newsletter.models import Subscriber, Suppressed
from newsletter.suppression import digest_of, is_suppressed
from tests.factories import make_network, make_subscriber, make_theme
from tests.newsletter.conftest import links_in, subjects, typed
from tests.newsletter.test_links import PRIVATE, headers_of

LANGUAGES = [code for code, name in settings.LANGUAGES]


@pytest.fixture
def reader(consent):
    return make_subscriber(email="anna@example.org", language="ca", consent=consent)


def own_page(reader, name="preferences"):
    return reverse(f"newsletter:{name}", kwargs={"token": reader.preferences_token})


def chosen(**overrides):
    return {"language": "fr", "frequency": "monthly"} | overrides


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_changes_what_they_receive_in_any_language_of_the_page(visitor, reader, language):
    network, other, theme = make_network(), make_network(), make_theme()
    reader.networks.add(other)
    browser = visitor(language)
    address = browser.address("preferences", token=reader.preferences_token)

    shown = browser.get(address)
    saved = browser.post(address, chosen(networks=[network.pk], themes=[theme.pk]))
    after = browser.get(saved.url)

    assert (shown.status_code, shown.context["LANGUAGE_CODE"]) == (200, language)
    values = {name: shown.context["form"][name].value() for name in ("language", "frequency", "networks", "themes")}
    assert values == {"language": "ca", "frequency": "each_issue", "networks": [other.pk], "themes": []}
    assert (saved.status_code, saved.url) == (303, f"{address}?saved")
    assert ('role="status"' in shown.content.decode(), 'role="status"' in after.content.decode()) == (False, True)
    reader.refresh_from_db()
    assert (reader.language, reader.frequency) == ("fr", "monthly")
    assert (list(reader.networks.all()), list(reader.themes.all())) == ([network], [theme])
    assert [headers_of(answer) for answer in (shown, saved, after)] == [PRIVATE] * 3
    assert [dict(answer.cookies) for answer in (shown, saved, after)] == [{}] * 3


@pytest.mark.parametrize(
    ("field", "value"),
    [("language", "de"), ("frequency", "hourly"), ("networks", ["99999999999999999999999"]), ("themes", ["\x00"])],
)
def test_tampered_choices_change_nothing(client, reader, field, value):
    response = client.post(own_page(reader), chosen(**{field: value}))

    reader.refresh_from_db()
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert (reader.language, reader.frequency) == ("ca", "each_issue")
    assert headers_of(response) == PRIVATE


def test_a_network_that_is_hidden_meanwhile_stays_chosen_and_cannot_be_chosen_anew(client, reader):
    hidden = make_network(state="draft")
    stranger = make_subscriber(consent=reader.consent)
    reader.networks.add(hidden)

    kept = client.post(own_page(reader), chosen(networks=[hidden.pk]))
    refused = client.post(own_page(stranger), chosen(networks=[hidden.pk]))

    assert (kept.status_code, list(reader.networks.all())) == (303, [hidden])
    assert (refused.status_code, stranger.networks.count()) == (422, 0)


@pytest.mark.parametrize("state", ["left", "bounced", "pending"])
def test_who_receives_no_letters_changes_nothing_but_takes_data_along_and_erases_them(client, reader, state):
    Subscriber.objects.filter(pk=reader.pk).update(state=state)

    shown, posted = client.get(own_page(reader)), client.post(own_page(reader), chosen())
    renewed = client.post(own_page(reader, "new_links"))

    reader.refresh_from_db()
    assert (shown.context["form"], posted.status_code, posted.url) == (None, 303, own_page(reader))
    assert (renewed.status_code, renewed.url, mail.outbox) == (303, own_page(reader), [])
    assert (reader.state, reader.language) == (state, "ca")
    assert client.get(own_page(reader, "reader_data")).json()["state"] == state
    assert client.post(own_page(reader, "erase")).status_code == 303
    assert Subscriber.objects.count() == 0


def test_the_data_are_all_that_is_kept(client, reader):
    network = make_network(name_en="Rece")
    reader.networks.add(network)
    response = client.get(own_page(reader, "reader_data"))

    data = json.loads(response.content)
    assert headers_of(response) == PRIVATE
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Content-Disposition"] == 'attachment; filename="newsletter-data.json"'
    assert (data["email"], data["networks"], data["themes"]) == ("anna@example.org", ["Rece"], [])
    assert data["consent"] == {
        "version": "newsletter_consent_1",
        "text": "I want to get the letter.",
        "language": "en",
        "page": "",
        "source": "",
        "imported_at": None,
        "ip_hash": "",
    }
    assert (data["letters"], data["bounces"], data["confirmed_at"]) == ([], [], reader.confirmed_at.isoformat())
    # Every column of the row is told but the secrets in the links and the pause between letters.
    untold = {"id", "confirmation_token", "leaving_token", "preferences_token", "letter_sent_at"}
    columns = {field.name for field in Subscriber._meta.concrete_fields} - untold
    renamed = {
        "soft_bounces": "letters_in_a_row_that_came_back",
        "consent_language": "consent",
        "consent_source": "consent",
        "imported_at": "consent",
        "source_path": "consent",
        "ip_hash": "consent",
    }
    assert {renamed.get(name, name) for name in columns} == set(data) - {"networks", "themes", "letters", "bounces"}
    assert client.post(own_page(reader, "reader_data")).status_code == 405


def test_erasure_leaves_nothing_but_a_keyed_hash(client, reader):
    page = client.get(own_page(reader, "erase"))
    assert Subscriber.objects.count() == 1

    presses = [client.post(own_page(reader, "erase")) for _ in range(2)]

    assert (page.status_code, "anna@example.org" in page.content.decode()) == (200, True)
    assert [(press.status_code, press.url) for press in presses] == [(303, "/en/newsletter/erased/")] * 2
    assert Subscriber.objects.count() == 0
    assert [(row.digest, row.reason) for row in Suppressed.objects.all()] == [
        (digest_of("anna@example.org"), "erased")
    ]
    assert (is_suppressed("ANNA@example.org"), is_suppressed("bert@example.org")) == (True, False)
    assert client.get(own_page(reader)).status_code == 404
    assert client.get(own_page(reader, "erase")).status_code == 404
    assert client.get("/en/newsletter/erased/").status_code == 200


def test_a_suppressed_address_is_still_known_after_the_sites_key_was_changed(reader, settings):
    Suppressed.objects.create(digest=digest_of("anna@example.org"), reason="erased")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert is_suppressed("anna@example.org") is True
    settings.SECRET_KEY_FALLBACKS = []
    assert is_suppressed("anna@example.org") is False


def test_renewed_links_go_to_the_mailbox_and_end_the_former_ones(visitor, reader):
    browser = visitor()
    browser.language = "ca"
    former = [browser.address(name, token=token) for name, token in tokens(reader)]
    browser.language = "en"

    pressed = browser.post(own_page(reader, "new_links"))

    reader.refresh_from_db()
    browser.language = "ca"
    renewed = [browser.address(name, token=token) for name, token in tokens(reader)]
    assert (pressed.status_code, pressed.url) == (303, "/en/newsletter/links-sent/")
    assert links_in(mail.outbox[0]) == renewed
    assert [browser.get(address).status_code for address in (*former, *renewed)] == [404, 404, 200, 200]


def tokens(reader):
    return [("preferences", reader.preferences_token), ("leave", reader.leaving_token)]


def test_the_owner_of_an_erased_address_comes_back_by_the_link_in_a_letter(visitor, reader):
    browser = visitor()
    browser.client.post(own_page(reader, "erase"))

    browser.subscribe(**typed(email="anna@example.org"))
    assert (is_suppressed("anna@example.org"), subjects()) == (True, ["Please confirm your subscription"])
    browser.post(links_in(mail.outbox[0])[0])

    assert Subscriber.objects.get().state == "confirmed"
    assert is_suppressed("anna@example.org") is False


def test_strangers_bring_a_suppressed_address_one_letter_a_day(visitor, consent):
    Suppressed.objects.create(digest=digest_of("anna@example.org"), reason="complaint")
    browser = visitor()
    sent = []
    with time_machine.travel("2026-03-01 08:00+00:00", tick=False) as clock:
        for _ in range(4):
            browser.subscribe(**typed(email="Anna@example.org"))
            sent.append(len(mail.outbox))
            clock.shift(timedelta(hours=9))

    assert sent == [1, 1, 1, 2]
