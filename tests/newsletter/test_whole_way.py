"""From the sign-up to the erasure, in each language: what a reader meets on the way."""

import re
from email import message_from_bytes, policy

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from newsletter.letters import Letters
from newsletter.models import Delivery, Issue, Letter, Subscriber, Suppressed
from newsletter.suppression import digest_of
from tests.factories import make_issue, make_network, make_theme
from tests.newsletter.conftest import links_in, typed

LANGUAGES = [code for code, name in settings.LANGUAGES]


def letter_to(reader):
    """An issue as the reader gets it over the wire."""
    subjects = {f"subject_{code}": f"Letter in {code}" for code in LANGUAGES}
    intro = {f"intro_{code}": f"<p>Hello in {code}</p>" for code in LANGUAGES}
    issue = make_issue(number=Issue.objects.count() + 1, **subjects, **intro)
    letter = Letter.objects.create(issue=issue, language=reader.language, parts_digest="")
    Delivery.objects.create(issue=issue, subscriber=reader, letter=letter, due_at=timezone.now(), state="sent")
    wire = Letters(issue).wire(letter.pk)
    raw = wire.filled(
        to=reader.email,
        message_id="<d1.x@testserver>",
        leave_token=reader.leaving_token,
        preferences_token=reader.preferences_token,
        at=timezone.now(),
    )
    return message_from_bytes(raw, policy=policy.default)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_joins_reads_changes_takes_along_leaves_and_is_erased(visitor, language, settings):
    network, theme = make_network(), make_theme()
    browser = visitor(language)

    # Joins.
    form = browser.get(browser.address("signup")).context["form"]
    browser.subscribe(**typed(language=form["language"].value(), networks=[network.pk]))
    (confirm,) = links_in(mail.outbox[0])
    browser.get(confirm)
    assert Subscriber.objects.get().state == "pending"
    browser.post(confirm)
    reader = Subscriber.objects.get()
    assert (reader.state, reader.language, list(reader.networks.all())) == ("confirmed", language, [network])

    # Reads.
    letter = letter_to(reader)
    text = letter.get_body(["plain"]).get_content()
    own_page = browser.address("preferences", token=reader.preferences_token)
    leave = browser.address("leave", token=reader.leaving_token)
    links = re.findall(r"http://testserver(/\S+)", text)
    assert (letter["Subject"], letter["Content-Language"]) == (f"Letter in {language}", language)
    assert (links.count(own_page), links.count(leave)) == (1, 1)
    assert letter["List-Unsubscribe"] == f"<http://testserver{leave}>"

    # Changes to the next language.
    other = LANGUAGES[(LANGUAGES.index(language) + 1) % len(LANGUAGES)]
    browser.post(own_page, {"language": other, "frequency": "monthly", "themes": [theme.pk]})
    reader.refresh_from_db()
    assert (reader.language, reader.frequency, reader.networks.count()) == (other, "monthly", 0)
    assert letter_to(reader)["Subject"] == f"Letter in {other}"

    # Takes the data along.
    data = browser.get(browser.address("reader_data", token=reader.preferences_token)).json()
    assert (data["email"], data["language"], len(data["themes"]), len(data["letters"])) == (reader.email, other, 1, 2)

    # Leaves by the mail program's button, from the first letter.
    left = browser.client.post(leave, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
    reader.refresh_from_db()
    assert (left.status_code, reader.state) == (200, "left")

    # Is erased.
    erase = browser.address("erase", token=reader.preferences_token)
    browser.get(erase)
    assert Subscriber.objects.count() == 1
    erased = browser.post(erase)
    assert (erased.url, browser.get(erased.url).status_code) == (browser.address("erased"), 200)
    assert Subscriber.objects.count() == 0
    assert [row.digest for row in Suppressed.objects.all()] == [digest_of("reader@example.org")]
    # The issues still count whom they went to.
    assert list(Delivery.objects.values_list("subscriber", "state")) == [(None, "sent")] * 2
    answers = [browser.get(address).status_code for address in (own_page, leave, confirm)]
    assert answers == [404, 404, 404]
