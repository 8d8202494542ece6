"""The front page of the admin: what waits for whom, one click from the work, and no more queries for more of it."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from checks.models import KeptFinding
from checks.site import check_site
from iaec_site.roles import NETWORK_EDITOR, SECRETARIAT_EDITOR, TRANSLATOR
from pages.models import FrontPageProposal
from publishing.models import State
from tests.admin.forms import address
from tests.factories import (
    make_city,
    make_edition,
    make_event,
    make_experience,
    make_focus_issue,
    make_highlight,
    make_network,
    make_page,
    make_post,
    make_subscriber,
)
from translations import ledger
from translations.models import TranslatorLanguages

pytestmark = pytest.mark.django_db

INDEX = "admin:index"


def shown(client):
    """{key of the block: [(count, text, note), …]}"""
    today = client.get(reverse(INDEX)).context["today"]
    blocks = [*today["work"], *today["items"]]
    return {block.key: [(line.count, line.text, line.note) for line in block.lines] for block in blocks}


def lines(client, key):
    today = client.get(reverse(INDEX)).context["today"]
    return [line for block in [*today["work"], *today["items"]] if block.key == key for line in block.lines]


def worked_on(user, item, flag=CHANGE):
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(item),
        object_id=str(item.pk),
        object_repr=str(item),
        action_flag=flag,
        change_message="",
    )
    return item


def in_days(days):
    return timezone.now() + timedelta(days=days)


# --- what stands there ---


def test_with_nothing_to_do_it_says_so(in_role):
    client = in_role(SECRETARIAT_EDITOR)

    assert shown(client) == {}
    assert "Nothing waits for you" in client.get(reverse(INDEX)).content.decode()


def test_my_drafts_are_those_that_i_worked_on(in_role):
    client, colleague = in_role(SECRETARIAT_EDITOR), in_role(SECRETARIAT_EDITOR)
    mine = worked_on(client.user, make_event(title_en="Mine", state=State.DRAFT), ADDITION)
    worked_on(colleague.user, make_event(title_en="Theirs", state=State.DRAFT))
    worked_on(client.user, make_post(title_en="Public"))
    make_page(title_en="Nobody’s", state=State.DRAFT)

    (line,) = lines(client, "drafts")

    assert (line.text, line.address) == ("Mine", address("change", mine, mine.pk))
    assert client.get(line.address).status_code == 200


@pytest.mark.parametrize(
    "make",
    [make_event, make_post, make_page, make_experience, make_city, make_network, make_edition, make_highlight],
)
def test_drafts_of_every_kind_are_named(in_role, make):
    client = in_role(SECRETARIAT_EDITOR)
    item = worked_on(client.user, make(state=State.DRAFT))

    (line,) = lines(client, "drafts")

    assert line.address == address("change", item, item.pk)
    title = getattr(item, "title_field", "title")
    assert line.text == (getattr(item, f"{title}_en", None) or item.name)


def test_an_issue_is_named_by_its_experience(in_role):
    client = in_role(SECRETARIAT_EDITOR)
    experience = make_experience(title_en=None, title_es="La ciudad de los niños", source_language="es")
    worked_on(client.user, make_focus_issue(experience=experience, state=State.DRAFT))

    (line,) = lines(client, "drafts")

    assert (line.text, line.language) == ("La ciudad de los niños", "es")


def test_the_last_changed_drafts_come_first_and_are_few(in_role):
    client = in_role(SECRETARIAT_EDITOR)
    made = [worked_on(client.user, make_page(title_en=f"Page {n}", state=State.DRAFT)) for n in range(7)]

    assert [line.text for line in lines(client, "drafts")] == [page.title for page in reversed(made[2:])]


def test_what_shows_next_comes_first(in_role):
    client = in_role(SECRETARIAT_EDITOR)
    make_post(title_en="Later", publish_at=in_days(3))
    make_event(title_en="Sooner", publish_at=in_days(1))
    make_page(title_en="Public", publish_at=in_days(-1))
    make_page(title_en="Draft", publish_at=in_days(1), state=State.DRAFT)

    assert [line.text for line in lines(client, "scheduled")] == ["Sooner", "Later"]


def test_each_count_leads_to_a_list_of_as_many(in_role):
    client = in_role(SECRETARIAT_EDITOR)
    make_event(date=f"{timezone.localdate().year}-{timezone.localdate().month:02}")
    make_event(date="2020-05-03", summary_en="The meeting will be held in Turin.")
    FrontPageProposal.objects.create(event=make_event())
    page = make_page(body_en='<p><a href="/en/nothing/">x</a></p>')
    list(check_site())
    make_subscriber()

    counted = [line for key in ("proposals", "agenda", "checks", "newsletter") for line in lines(client, key)]

    assert len(counted) >= 5
    for line in counted:
        assert (line.address, client.get(line.address).context["cl"].result_count) == (line.address, line.count)
    assert KeptFinding.objects.get(severity="error").item == page.pk


def test_translations_lead_to_the_list_of_just_these(in_role):
    client = in_role(TRANSLATOR)
    TranslatorLanguages.objects.create(user=client.user, languages=["fr"])
    make_page(title_en="Welcome")

    (line,) = lines(client, "translations")

    assert (line.count, line.text) == (1, "missing in French")
    assert client.get(line.address).context["cl"].result_count == 1


# --- for whom ---


def test_a_network_editor_sees_what_is_theirs(editor_of):
    mine, other = make_network(), make_network()
    client = editor_of(mine)
    year = timezone.localdate().year
    for network, name in ((mine, "Mine"), (other, "Theirs")):
        worked_on(client.user, make_event(title_en=f"{name}, a draft", network=network, state=State.DRAFT))
        make_event(title_en=f"{name}, soon", network=network, publish_at=in_days(1), date=f"{year + 5}-05-03")
        make_event(network=network, date=f"{year}-{timezone.localdate().month:02}")
        make_event(network=network, body_en="<p><a>x</a></p>", summary_en="x")
    make_page(title_en="Secretariat’s", publish_at=in_days(1))
    FrontPageProposal.objects.create(event=make_event())
    make_subscriber()
    list(check_site())

    found = shown(client)

    assert [text for count, text, note in found["drafts"]] == ["Mine, a draft"]
    assert [text for count, text, note in found["scheduled"]] == ["Mine, soon"]
    assert found["agenda"] == [(1, "date to firm up", "")]
    assert found["checks"][0][:2] == (1, "error that readers meet")
    assert {"proposals", "newsletter"} & set(found) == set()


def test_a_translator_sees_translations_alone(in_role):
    client = in_role(TRANSLATOR)
    worked_on(client.user, make_event(state=State.DRAFT))
    make_post(publish_at=in_days(1))
    make_page(body_en="<p><a>x</a></p>")
    FrontPageProposal.objects.create(event=make_event())
    list(check_site())

    assert set(shown(client)) == {"translations"}


def test_whoever_has_no_network_yet_sees_nothing_of_anybodys(in_role):
    client = in_role(NETWORK_EDITOR)
    worked_on(client.user, make_event(state=State.DRAFT, network=make_network()))
    make_post(publish_at=in_days(1))

    assert set(shown(client)) - {"translations"} == set()


def test_who_may_do_nothing_gets_no_day(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("guest", is_staff=True))
    make_post(publish_at=in_days(1))

    response = client.get(reverse(INDEX))

    assert (response.context["today"]["work"], response.context["today"]["items"]) == ([], [])
    assert 'class="today"' not in response.content.decode()


# --- how much it asks for ---


@pytest.mark.parametrize("role", [SECRETARIAT_EDITOR, NETWORK_EDITOR, TRANSLATOR])
def test_no_query_more_for_more_of_everything(in_role, editor_of, role):
    network = make_network()
    client = editor_of(network) if role == NETWORK_EDITOR else in_role(role)

    def fill():
        for make in (make_event, make_page):
            worked_on(client.user, make(state=State.DRAFT, network=network))
            make(publish_at=in_days(1), network=network)
        worked_on(client.user, make_post(state=State.DRAFT))
        make_event(date=f"{timezone.localdate().year}-12", network=network, body_en="<p><a>x</a></p>")
        FrontPageProposal.objects.create(event=make_event())
        make_subscriber()
        list(check_site())
        ledger.refresh()

    client.get(reverse(INDEX))
    with CaptureQueriesContext(connection) as for_none:
        client.get(reverse(INDEX))
    fill()
    with CaptureQueriesContext(connection) as for_one:
        client.get(reverse(INDEX))
    for _ in range(4):
        fill()
    with CaptureQueriesContext(connection) as for_many:
        client.get(reverse(INDEX))

    assert (len(for_one), len(for_many)) == (len(for_none), len(for_none)), [query["sql"] for query in for_many]
    # One of them whether readers of the monthly digest wait for one; three look whether the ledger is up to date.
    assert len(for_many) <= 27
