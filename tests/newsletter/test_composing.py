"""Composing an issue in the admin: the proposal, the items, the preview, the checks."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone

from newsletter.issue_checks import remarks_on
from newsletter.models import Issue, IssuePart
from publishing.models import State as Published
from tests import factories
from tests.admin.forms import as_it_stands
from translations.kinds import kinds
from translations.rights import may_change

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tenth_of_march(time_machine):
    time_machine.move_to("2026-03-10T09:00:00Z", tick=False)


@pytest.fixture
def editor(client):
    user = User.objects.create_user("ana", "ana@example.org", "x", is_staff=True)
    user.groups.add(Group.objects.get(name="Secretariat editor"))
    client.force_login(user)
    return user


def address(issue, page="change"):
    return reverse(f"admin:newsletter_issue_{page}", args=[issue.pk])


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_an_issue_begins_with_its_period_and_what_is_proposed_for_it(client, editor):
    factories.make_issue(number=4, period_end=timezone.now() - timezone.timedelta(days=20))
    post = factories.make_post(date=date(2026, 3, 2))
    event = factories.make_event(date="2026-04-02")
    form = client.get(reverse("admin:newsletter_issue_add"))
    data = as_it_stands(form)
    assert data["period_start"] == ["2026-02-18T10:00"]

    response = client.post(
        reverse("admin:newsletter_issue_add"), data | {"subject_en": "Spring", "weeks_ahead": "8"}, follow=True
    )

    issue = Issue.objects.get(subject_en="Spring")
    assert response.redirect_chain[-1][0] == address(issue)
    assert told(response)[-1] == "2 items are proposed. Drop what does not belong into the letter."
    assert [part.item for part in issue.parts.order_by("section")] == [event, post]


def test_items_are_dropped_moved_and_given_notes_in_each_language(client, editor):
    first, second = factories.make_post(), factories.make_post()
    issue = factories.make_issue(first, second)
    page = client.get(address(issue))
    data = as_it_stands(page) | {"parts-0-order": "30", "parts-1-note_es": "Léalo", "parts-0-section": "networks"}
    data["parts-1-is_kept"] = ""
    client.post(address(issue), {name: value for name, value in data.items() if value != ""})

    found = {part.item: part for part in issue.parts.all()}
    assert (found[first].order, found[first].section, found[first].is_kept) == (30, "networks", True)
    assert (found[second].is_kept, found[second].note_es) == (False, "Léalo")


@pytest.mark.parametrize("count", [1, 6])
def test_the_composing_page_needs_the_same_queries_for_any_number_of_items(
    client, editor, count, django_assert_max_num_queries
):
    issue = factories.make_issue()
    for _ in range(count):
        for item in (factories.make_event(city=factories.make_city()), factories.make_focus_issue()):
            factories.make_part(issue=issue, item=item)
    client.get(address(issue))
    with django_assert_max_num_queries(19):
        page = client.get(address(issue)).content.decode()
    assert len(re.findall('class="part-name"', page)) == 2 * count


def test_any_public_item_is_found_by_its_words_and_put_in_once(client, editor):
    issue = factories.make_issue()
    edition = factories.make_edition(title_en="Congress in Évora")
    factories.make_post(title_en="Evora hidden", state=Published.DRAFT)
    page = client.get(address(issue, "items"), {"q": "evora congress"})
    assert [item for item, _kind in page.context["found"]] == [edition]
    key = re.search(r'name="_add" value="([^"]+)"', page.content.decode())[1]

    for _press in range(2):
        client.post(address(issue, "items"), {"_add": key})

    assert [(part.item, part.section) for part in IssuePart.objects.all()] == [(edition, "news")]
    assert client.get(address(issue, "items"), {"q": "evora congress"}).context["found"] == []
    response = client.post(address(issue, "items"), {"_add": "999999.1"}, follow=True)
    assert told(response) == ["This item is not public any more."]


def test_only_a_draft_can_be_changed_or_deleted(client, editor):
    issue = factories.make_issue(factories.make_post(), state=Issue.State.APPROVED)
    page = client.get(address(issue))
    assert (page.status_code, 'name="subject_en"' in page.content.decode()) == (200, False)
    assert client.post(address(issue), {"subject_en": "Other"}).status_code == 403
    assert client.post(address(issue, "items"), {"_propose": "1"}).status_code == 403
    assert client.post(address(issue, "delete"), {"post": "yes"}).status_code == 403


def test_network_editors_have_no_part_in_it_and_translators_only_look(client):
    issue = factories.make_issue(factories.make_post())
    editor = factories.make_network_editor().user
    User.objects.filter(pk=editor.pk).update(is_superuser=False, is_staff=True)
    editor = User.objects.get(pk=editor.pk)
    editor.groups.add(Group.objects.get(name="Network editor"))
    client.force_login(editor)
    pages = ("change", "preview", "sending", "letter", "progress")
    assert {client.get(address(issue, page)).status_code for page in pages} <= {302, 403, 404}

    translator = User.objects.create_user("tom", "tom@example.org", "x", is_staff=True)
    translator.groups.add(Group.objects.get(name="Translator"))
    client.force_login(translator)
    assert [client.get(address(issue, page)).status_code for page in ("change", "preview")] == [200, 200]
    act = reverse("admin:newsletter_issue_act", args=[issue.pk, "approve"])
    assert [client.get(act).status_code, client.post(act).status_code] == [403, 403]


@pytest.mark.parametrize(("state", "is_open"), [("draft", True), ("approved", False), ("sent", True)])
def test_translators_write_the_texts_of_an_issue_but_not_of_one_that_is_about_to_go(rf, state, is_open):
    issue = factories.make_issue(state=state, **({"number": 1} if state == "sent" else {}))
    translator = User.objects.create_user("tom", "tom@example.org", "x", is_staff=True)
    translator.groups.add(Group.objects.get(name="Translator"))
    request = rf.get("/")
    request.user = translator
    assert may_change(request, kinds()["newsletter.issue"], issue) is is_open


# --- the preview ---


def test_the_preview_shows_what_a_kind_of_reader_gets(client, editor):
    ours, theirs = factories.make_network(), factories.make_network()
    post = factories.make_post(title_en="Ours", title_es="Nuestro")
    post.networks.add(ours)
    issue = factories.make_issue(post, factories.make_event(title_en="Theirs", network=theirs), subject_es="Carta")
    query = {"language": "es", "network": [str(ours.pk)], "form": "text"}
    page = client.get(address(issue, "preview"), query)

    assert page.context["letter"].subject == "Carta"
    assert ("Nuestro" in page.context["letter"].text, "Theirs" in page.context["letter"].text) == (True, False)
    other = client.get(address(issue, "preview"), {"network": str(factories.make_network().pk)})
    assert other.context["letter"] is None


def test_the_letter_in_the_frame_runs_nothing_and_is_kept_nowhere(client, editor):
    issue = factories.make_issue(factories.make_post())
    response = client.get(address(issue, "letter"), {"colours": "dark"})

    assert response.headers["Content-Security-Policy"] == (
        "default-src 'none'; img-src 'self' http://testserver http://testserver; style-src 'unsafe-inline'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox"
    )
    assert (response.headers["X-Frame-Options"], "no-store" in response.headers["Cache-Control"]) == (
        "SAMEORIGIN",
        True,
    )
    dark = response.content.decode()
    assert (dark.count("@media all"), dark.count("prefers-color-scheme")) == (1, 0)
    light = client.get(address(issue, "letter")).content.decode()
    assert (light.count("@media not all"), light.count("prefers-color-scheme")) == (1, 0)


@pytest.mark.parametrize("query", [{"network": "x"}, {"theme": "9" * 30}, {"language": "tlh"}, {"width": "huge"}])
def test_a_preview_of_nonsense_is_one_of_no_choice(client, editor, query):
    issue = factories.make_issue(factories.make_post())
    plain = client.get(address(issue, "preview")).context["letter"]
    assert client.get(address(issue, "preview"), query).context["letter"] == plain


# --- the checks ---


def remarks(issue):
    return [(remark.severity, remark.where, remark.text) for remark in remarks_on(Issue.objects.get(pk=issue.pk))]


def test_an_issue_in_which_all_is_well_has_no_remarks():
    factories.make_subscriber()
    assert remarks(factories.make_issue(factories.make_post())) == []


def test_errors_come_first_and_each_says_what_to_mend():
    factories.make_subscriber(language="es")
    picture = factories.make_picture()
    type(picture).objects.filter(pk=picture.pk).update(alt_en="")
    post = factories.make_post(title_en="Here", picture=picture)
    issue = factories.make_issue(
        post, subject_en=None, subject_fr="Lettre", intro_en='<p><a href="/en/nowhere/at-all/">There</a></p>'
    )
    assert remarks(issue) == [
        ("error", "", "There is no subject in the language in which the issue is written."),
        ("error", "Here", "The picture has no alternative text."),
        ("error", "Introduction, English", "There is no page at /en/nowhere/at-all/ on this site."),
        ("advice", "", "There is no subject in Spanish, where readers wait for the letter."),
        ("advice", "", "The introduction is missing in Spanish."),
        ("advice", "Here", "Not translated into Spanish: these readers get the original."),
    ]


def test_an_issue_with_nothing_in_it_or_nobody_to_read_it_is_an_error():
    theirs = factories.make_network()
    factories.make_subscriber().networks.add(factories.make_network())
    nobody = "Nobody would get it: no reader is concerned by what it holds."
    assert remarks(factories.make_issue(factories.make_event(network=theirs))) == [("error", "", nobody)]
    hidden = factories.make_issue(factories.make_post(state=Published.DRAFT))
    assert remarks(hidden) == [
        ("error", "", nobody),
        ("error", "", "There is nothing in it: no introduction, and no item that readers may see."),
        ("advice", "", "Not public any more, so left out of the letters: 1 of the items."),
    ]


def test_a_large_letter_is_advice_and_one_that_gmail_would_cut_an_error():
    factories.make_subscriber()
    issue = factories.make_issue(intro_en=f"<p>{'words ' * 5500}</p>")
    assert [remark for remark in remarks(issue) if remark[2].startswith("English")] == [
        ("advice", "", "English: 38 KB. Below 30 KB a letter is quick everywhere.")
    ]
    issue.intro_en = f"<p>{'words ' * 16_000}</p>"
    issue.save()
    assert [remark for remark in remarks(issue) if remark[2].startswith("English")] == [
        ("error", "", "English: 100 KB. Gmail cuts letters of more than 90 KB and hides their end.")
    ]
