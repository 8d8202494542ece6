"""The whole site: by the command, and once a week in the background."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from checks.findings import MATTERS
from checks.following import follow
from checks.looking import findings
from checks.models import ExternalAddress, KeptFinding, SiteCheck
from checks.site import check_site, note_external_addresses
from checks.tasks import enqueue_if_due, look_at_the_site
from iaec_site.roles import SECRETARIAT_EDITOR, TRANSLATOR
from pages.models import Page
from publishing.models import State
from tests.admin.forms import address
from tests.checks.test_asking import private_allowed, site  # noqa: F401 - fixtures
from tests.factories import make_event, make_network, make_page, make_post

pytestmark = pytest.mark.django_db

BROKEN = '<p>Read <a href="/en/nothing/">on</a>.</p>'


def run(*arguments):
    """(exit code, what was printed)"""
    out = StringIO()
    try:
        call_command("check_content", *arguments, stdout=out, stderr=StringIO())
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


# --- the command ---


def test_the_command_names_the_item_and_what_is_wrong(db):
    page = make_page(title_en="Join", body_en=BROKEN)

    code, text = run("--errors-only")

    assert code == 1
    assert text.splitlines()[:2] == [
        f"pages.Page {page.pk}: Join",
        "  error [Text, English]: There is no page at /en/nothing/ on this site.",
    ]
    assert text.splitlines()[-1].startswith("1 items looked at: 1 errors, ")


def test_advice_alone_is_no_failure(db):
    make_page(title_en="Join", body_en="<h4>Deep</h4>")

    code, text = run()

    assert (code, "is of level 4" in text) == (0, True)


def test_drafts_and_withdrawn_items_are_left_alone(db):
    make_page(body_en=BROKEN, state=State.DRAFT)
    make_page(body_en=BROKEN, withdraw_at=timezone.now() - timedelta(days=1))
    make_page(body_en=BROKEN, publish_at=timezone.now() + timedelta(days=1))

    assert run("--errors-only")[1].splitlines()[-1].startswith("1 items looked at: 1 errors, ")


def test_it_speaks_the_language_that_is_asked_for(db):
    make_page(title_en="Join", body_en=BROKEN)

    assert run("--language", "fr")[0] == 1


def test_as_many_queries_for_ninety_items_as_for_one(db):
    def make():
        event = make_event()
        return make_page(body_en=f'<p><a href="{event.get_absolute_url()}">There</a></p>')

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert len(list(check_site())) == Page.objects.count() * 2
        return len(found)

    make()
    queries()  # what was found is written down once, and then only compared
    one = queries()
    for _ in range(89):
        make()
    queries()
    assert queries() == one


# --- what is kept ---


def test_findings_are_kept_until_they_are_mended_or_their_item_goes(db):
    first, second = make_page(body_en=BROKEN), make_page(body_en=BROKEN)
    list(check_site())
    assert set(KeptFinding.objects.filter(severity="error").values_list("item", flat=True)) == {first.pk, second.pk}

    Page.objects.filter(pk=first.pk).update(body_en="<p>Well.</p>")
    second.delete()
    list(check_site())
    assert list(KeptFinding.objects.filter(severity="error")) == []


def test_missing_translations_are_not_kept_because_the_ledger_counts_them(db):
    page = make_page()
    list(check_site())

    assert "missing_languages" in {found.matter for found in findings(page)}
    assert {row.matter for row in KeptFinding.objects.all()} == {"empty_text"}


def test_a_matter_that_a_later_version_does_not_know_is_still_shown(desk, monkeypatch):
    make_page(body_en=BROKEN)
    list(check_site())
    monkeypatch.delitem(MATTERS, "link_to_nothing")

    assert desk.get(address("changelist", KeptFinding)).status_code == 200


def test_the_list_leads_to_the_item(desk):
    page = make_page(body_en=BROKEN)
    list(check_site())
    row = KeptFinding.objects.get(severity="error")

    response = desk.get(address("changelist", KeptFinding))

    assert f'href="{address("change", page, page.pk)}"' in response.content.decode()
    assert desk.get(address("change", KeptFinding, row.pk)).url == address("change", page, page.pk)
    assert desk.post(address("delete", KeptFinding, row.pk)).status_code == 403


def test_everybody_sees_the_findings_in_what_they_may_change(in_role, editor_of):
    mine, other = make_network(), make_network()
    own = make_event(network=mine, body_en=BROKEN)
    make_event(network=other, body_en=BROKEN)
    post = make_post(body_en=BROKEN)
    post.networks.add(mine, other)  # to be changed by whoever edits both
    list(check_site())

    def shown(client):
        rows = client.get(f"{address('changelist', KeptFinding)}?severity=error").context["cl"].result_list
        return {(row.kind, row.item) for row in rows}

    assert len(shown(in_role(SECRETARIAT_EDITOR))) == 3
    assert shown(editor_of(mine)) == {("agenda.event", own.pk), ("news.post", post.pk)}
    assert in_role(TRANSLATOR).get(address("changelist", KeptFinding)).status_code == 403


# --- other sites ---


def with_links(*addresses):
    return make_page(body_en="".join(f'<p><a href="{one}">Read</a></p>' for one in addresses))


def test_links_to_other_sites_are_noted_once_and_forgotten_with_the_last_item(db):
    page = with_links("https://example.org/a", "https://example.org/a", "/en/agenda/", "mailto:a@example.org")
    make_event(url="https://example.org/b")
    assert note_external_addresses() == 2

    page.delete()
    assert note_external_addresses() == 1
    assert [row.address for row in ExternalAddress.objects.all()] == ["https://example.org/b"]


def test_a_page_that_is_gone_becomes_a_piece_of_advice(db, site, private_allowed, settings):  # noqa: F811 - a fixture
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["www.example.org"], "https://www.example.org"
    page = with_links(f"{site.address}/gone", f"{site.address}/there")
    note_external_addresses()

    assert follow(pause=0) == 0
    assert follow(pause=0) == 0  # they were asked just now

    assert len(site.seen) == 3  # HEAD and GET of the first, HEAD of the second
    (found,) = [one for one in findings(page) if one.matter == "external_broken"]
    assert (found.is_error, found.values["problem"]) == (False, "410 Gone")
    assert found.text.startswith(f"{site.address}/gone could not be reached on ")


def test_following_stops_when_its_time_is_over(db):
    with_links("https://example.org/a", "https://example.org/b")
    note_external_addresses()

    assert follow(seconds=0) == 2


def test_the_command_asks_other_sites_only_if_told_to(db, site, private_allowed, settings):  # noqa: F811 - a fixture
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["www.example.org"], "https://www.example.org"
    with_links(f"{site.address}/gone")

    run()
    assert site.seen == []
    code, text = run("--external")
    assert (code, "410 Gone" in text) == (0, True)


# --- once a week ---


@pytest.fixture
def queue(settings):
    """Tasks wait in the database, as in production."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


def test_it_is_due_once_a_week(db, queue):
    assert [enqueue_if_due(), enqueue_if_due()] == [True, False]
    SiteCheck.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert [enqueue_if_due(), enqueue_if_due()] == [True, False]
    assert DBTaskResult.objects.count() == 2


def test_the_task_looks_at_the_site_and_asks_no_other(db, queue, site, private_allowed, settings):  # noqa: F811 - a fixture
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["www.example.org"], "https://www.example.org"
    page = make_page(body_en=f'{BROKEN}<p><a href="{site.address}/gone">There</a></p>')
    enqueue_if_due()

    look_at_the_site.func()

    assert [row.item for row in KeptFinding.objects.filter(severity="error")] == [page.pk]
    assert SiteCheck.objects.get().finished_at is not None
    assert site.seen == []


def test_the_task_follows_links_if_the_webmaster_wants_it(db, site, private_allowed, settings):  # noqa: F811 - a fixture
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["www.example.org"], "https://www.example.org"
    settings.CHECK_EXTERNAL_LINKS = True
    with_links(f"{site.address}/gone")

    look_at_the_site.func()

    assert {row.matter for row in KeptFinding.objects.all()} == {"external_broken"}


def test_what_does_not_fit_into_one_task_goes_on_in_another(db, queue, settings, monkeypatch):
    settings.CHECK_EXTERNAL_LINKS = True
    monkeypatch.setattr("checks.tasks.TIME_FOR_OTHER_SITES", 0)
    with_links("https://example.org/a")

    look_at_the_site.func()

    assert DBTaskResult.objects.count() == 1
    assert list(KeptFinding.objects.all()) == []
