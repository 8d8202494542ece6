"""The archive: every issue on the site, in every language, with nothing personal in it."""

import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from newsletter.models import Issue
from newsletter.placeholders import LEAVE_TOKEN, PREFERENCES_TOKEN
from tests import factories

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, name in settings.LANGUAGES]
ATOM = "{http://www.w3.org/2005/Atom}"


def address(name, language="en", **kwargs):
    with override(language):
        return reverse(f"newsletter:{name}", kwargs=kwargs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_issue_shows_everything_to_everybody_and_nothing_of_a_reader(client, language):
    network = factories.make_network()
    event = factories.make_event(title_en="Meeting", network=network)
    issue = factories.make_issue(event, factories.make_post(title_en="News"), number=3, intro_en="<p>Hello</p>")
    reader = factories.make_subscriber()
    html = client.get(address("issue_detail", language, number=3)).content.decode()

    assert [html.count(text) > 0 for text in ("Meeting", "News", "<p>Hello</p>")] == [True] * 3
    personal = [reader.email, reader.leaving_token, reader.preferences_token, LEAVE_TOKEN, PREFERENCES_TOKEN]
    assert [text for text in personal if text in html] == []
    assert issue.parts.count() == 2


def test_the_honest_fallback_leads_to_the_original(client):
    factories.make_issue(factories.make_post(), number=1, subject_en="Spring", subject_es="Primavera")
    spanish = client.get(address("issue_detail", "es", number=1)).content.decode()
    french = client.get(address("issue_detail", "fr", number=1)).content.decode()

    assert ('hreflang="en"' in spanish, 'content="noindex"' in spanish) == (True, False)
    assert ('<span lang="en">Spring</span>' in french, 'content="noindex"' in french) == (True, True)


def test_what_was_withdrawn_later_is_not_shown(client):
    stays, goes = factories.make_post(title_en="Stays"), factories.make_post(title_en="Goes away")
    factories.make_issue(stays, goes, number=1)
    goes.withdraw(timezone.now() - timedelta(minutes=1))
    html = client.get(address("issue_detail", number=1)).content.decode()
    assert ("Stays" in html, "Goes away" in html) == (True, False)
    stays.take_back()
    assert "is not on the site any more" in client.get(address("issue_detail", number=1)).content.decode()


def test_an_issue_that_did_not_go_out_has_no_page(client):
    factories.make_issue(factories.make_post(), state=Issue.State.APPROVED)
    assert list(client.get(address("issue_list")).context["page"]) == []
    assert [client.get(address("issue_detail", number=n)).status_code for n in (1, 10**30)] == [404, 404]


def test_the_list_is_linked_from_the_sign_up_page_and_begins_with_the_latest(client):
    first, second = factories.make_issue(number=1), factories.make_issue(number=2)
    assert list(client.get(address("issue_list")).context["page"]) == [second, first]
    factories.make_consent_text()
    assert f'href="{address("issue_list")}"' in client.get(address("signup")).content.decode()


@pytest.mark.parametrize("count", [1, 6])
def test_pages_need_the_same_queries_for_any_number(client, count, django_assert_num_queries):
    for _ in range(6):
        factories.make_event()  # fewer ahead, and the frame looks for past ones
    for number in range(1, count + 1):
        issue = factories.make_issue(number=number)
    for _ in range(count):
        for item in (factories.make_event(city=factories.make_city()), factories.make_post()):
            factories.make_part(issue=issue, item=item)
    for page, queries in (
        (address("issue_list"), 8),  # the frame's five; count, keys, issues
        (address("issue_detail", number=count), 11),  # the frame's five; issue, parts, two kinds, two neighbours
    ):
        client.get(page)
        with django_assert_num_queries(queries):
            assert client.get(page).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_feeds_hold_the_issues_with_their_true_languages(client, language):
    factories.make_issue(number=1, subject_en="Spring", intro_en='<p><a href="/en/news/">News</a></p>')
    atom = ElementTree.fromstring(client.get(address("issue_atom_feed", language)).content)
    feed = json.loads(client.get(address("issue_json_feed", language)).content)

    [entry] = atom.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == feed["items"][0]["title"] == "Spring"
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == feed["items"][0]["language"] == "en"
    assert feed["items"][0]["content_html"] == (
        '<div><p><a href="http://testserver/en/news/" rel="noopener">News</a></p></div>'
    )
    assert feed["items"][0]["url"] == f"http://testserver{address('issue_detail', language, number=1)}"


def test_ids_of_a_feed_are_the_same_in_every_language(client):
    factories.make_issue(number=1)
    ids = {json.loads(client.get(address("issue_json_feed", code)).content)["items"][0]["id"] for code in LANGUAGES}
    assert len(ids) == 1
