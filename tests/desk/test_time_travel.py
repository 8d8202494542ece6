"""The staff sees the site as it will be at a moment, all of it, and nobody else does."""

import ast
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import expect

from agenda.models import Event
from desk.models import WorkingCopy
from news.models import Post
from publishing import clock
from publishing.models import State
from tests.accessibility import axe_violations
from tests.admin.forms import address, as_it_stands
from tests.factories import make_event, make_highlight, make_page, make_post, make_site_identity
from tests.test_architecture import MAY_IMPORT, ROOT

pytestmark = pytest.mark.django_db

THEN = "2026-12-01T09:00"
PREFIX = f"/admin/as-of/{THEN}"

# Who may ask the machine's own clock, and why. What decides what readers see asks publishing.clock.
REAL_CLOCK = {
    "agenda/attention.py": "what editors are pointed to",
    "agenda/querysets.py": "writes when rows were changed",
    "checks/following.py": "when addresses were looked at",
    "checks/looking.py": "what editors are pointed to",
    "checks/site.py": "when the site was checked",
    "checks/tasks.py": "background work",
    "desk/conflict_admin.py": "when a form was opened",
    "desk/draft_links.py": "when links end",
    "desk/draft_links_admin.py": "when links end",
    "desk/edit_conflicts.py": "when a form was opened",
    "desk/history/pruning.py": "how long versions are kept",
    "desk/history/recording.py": "when versions were made",
    "desk/last_saved.py": "when an item was saved",
    "desk/list_conflicts.py": "when a form was opened",
    "desk/time_travel.py": "reads a moment by the secretariat's clock",
    "desk/value_words.py": "says moments to editors",
    "desk/withdrawing.py": "writes until when items are shown",
    "desk/working_copies.py": "when copies are due",
    "desk/working_copy_pages.py": "when copies are due",
    "entrance/limits.py": "counts what people send",
    "entrance/middleware.py": "when a session is over",
    "entrance/noting.py": "when somebody signed in",
    "entrance/retention.py": "what goes when its time is over",
    "entrance/sign_ins.py": "which sessions are over",
    "iaec_site/backup/manifest.py": "when an archive was made",
    **dict.fromkeys(
        (
            "iaec_site/doctor/of_database.py",
            "iaec_site/doctor/of_machine.py",
            "iaec_site/doctor/of_tasks.py",
            "iaec_site/metrics/of_site.py",
            "iaec_site/workers/beating.py",
            "iaec_site/workers/models.py",
        ),
        "how the machine is, and whether workers live",
    ),
    "iaec_site/management/commands/backup.py": "names a file",
    "iaec_site/management/commands/export_json.py": "when an export was made",
    "iaec_site/management/commands/export_static.py": "the moment that the copy shows",
    "iaec_site/management/commands/personal_data.py": "what is older than its term",
    "iaec_site/page_cache/kept_blocks.py": "until when they are kept; on another day nothing is",
    "iaec_site/retention.py": "what goes when its time is over",
    "iaec_site/security_txt.py": "until when the file is right",
    "iaec_site/stranded_tasks.py": "background work",
    "search/index.py": "whether something was taken from the public",
    "invitations/models.py": "how long links work",
    "networks/search_names.py": "writes the index, which is the same whoever asks",
    "newsletter/bounces.py": "when letters came back",
    "newsletter/digest.py": "what editors are reminded of",
    "newsletter/dispatch.py": "background work",
    "newsletter/importing.py": "writes when somebody was brought in",
    "newsletter/issue_admin.py": "what editors compose today",
    "newsletter/issue_sending_admin.py": "until when a moment can be set",
    "newsletter/issue_states.py": "writes when issues were approved and sent",
    "newsletter/joining.py": "writes when somebody joined",
    "newsletter/letters.py": "writes when letters were made",
    "newsletter/management/commands/send_newsletter.py": "background work",
    "newsletter/models/issues.py": "on which day an issue went out",
    "newsletter/models/movements.py": "writes on which day readers came and went",
    "newsletter/models/subscribers.py": "when promises end",
    "newsletter/models/undeliverable.py": "when letters came back",
    "newsletter/moves.py": "writes when letters went out",
    "newsletter/moving_admin.py": "names a file",
    "newsletter/newly_public.py": "what editors are proposed",
    "newsletter/progress.py": "how fast letters go out",
    "newsletter/proposal.py": "what editors are proposed",
    "newsletter/provider_events.py": "when letters came back",
    "newsletter/reports.py": "the months that editors look back on",
    "newsletter/reports_admin.py": "names a file",
    "newsletter/sending_issues.py": "background work",
    "newsletter/today.py": "what editors are told of readers",
    "newsletter/turns.py": "background work",
    "pages/models.py": "writes when a highlight was proposed and decided",
    "pictures/leftovers.py": "when files are thrown away",
    "pictures/models.py": "writes since when a file is a former one",
    "pictures/tasks.py": "background work",
    "publications/documents.py": "writes since when a file is given up",
    "publications/leftovers.py": "when files are thrown away",
    "publications/models.py": "writes when a file was replaced",
    "publications/tasks.py": "background work",
    "publishing/clock.py": "the clock itself",
    "publishing/date_box.py": "what editors write today",
    "publishing/feed_response.py": "since when a feed is what it is",
    "publishing/letters.py": "when a letter is tried again",
    "publishing/models.py": "writes when an item was published",
    "publishing/shown_state.py": "the state that editors see",
    "search/finding.py": "the day of the moment that it is given",
    "search/models.py": "what the index has to follow by now, for everybody",
    "search/moments.py": "which moments are still ahead, for everybody",
    "translations/admin_exchange.py": "names a file",
    "translations/ledger.py": "writes when texts were changed",
    "translations/stored.py": "writes when texts were changed",
    "translations/wanted.py": "what translators are pointed to",
    "translations/weekly_letter.py": "background work",
}
CLOCKS = {"now", "localdate", "localtime", "today", "utcnow"}
OWNERS = {"timezone", "datetime", "date"}


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-24T12:00:00+01:00", tick=False)


def text(response):
    return response.content.decode()


def then(desk, path="/en/", moment=THEN):
    return desk.get(f"/admin/as-of/{moment}{path}")


def test_scheduled_items_show_and_ended_ones_are_gone(desk):
    make_post(title_en="Not yet", publish_at="2026-12-01T08:00:00Z")
    make_post(title_en="Gone by then", withdraw_at="2026-11-30T12:00:00Z")
    assert "Not yet" not in text(desk.get("/en/"))

    assert "Not yet" in text(then(desk))
    assert "Gone by then" not in text(then(desk))
    assert "Not yet" not in text(then(desk, moment="2026-12-01T08:59"))
    assert "Not yet" not in text(Client().get("/en/"))


def test_a_scheduled_item_has_its_page(desk):
    post = make_post(publish_at="2026-12-01T08:00:00Z")
    assert Client().get(post.get_absolute_url()).status_code == 404
    assert then(desk, post.get_absolute_url(), "2026-11-25T09:00").status_code == 404
    assert then(desk, post.get_absolute_url()).status_code == 200


def test_coming_and_past_and_the_days_left_are_counted_from_then(desk):
    make_event(title_en="Over by then", date="2026-11-28")
    deadline = make_event(title_en="Deadline", kind=Event.Kind.DEADLINE, date="2026-12-09")
    agenda = text(then(desk, "/en/agenda/"))

    assert "Deadline" in agenda
    assert "Over by then" not in agenda
    assert "8 days left" in text(then(desk, deadline.get_absolute_url()))
    assert "15 days left" in text(Client().get(deadline.get_absolute_url()))


def test_highlights_follow_the_moment(desk):
    make_highlight(event=make_event(date="2030"), label_en="Winter poster", publish_at="2026-12-01T08:00:00Z")

    assert "Winter poster" in text(then(desk))
    assert "Winter poster" not in text(Client().get("/en/"))


def test_links_lead_on_within_the_moment_and_the_bar_leads_out(desk):
    post = make_post(title_en="Some news")
    page = text(then(desk))

    assert f'href="{PREFIX}{post.get_absolute_url()}"' in page
    assert f'href="{PREFIX}/es/"' in page
    assert f'action="{PREFIX}/en/networks' in page or 'action="/en/' not in page
    assert '<a href="/en/">This page as it is now</a>' in page
    assert "The site as it will be on 1 December 2026, 09:00" in page
    assert f'href="{PREFIX}/en/agenda/' in text(then(desk, "/en/agenda/?when=past"))


def test_moved_addresses_lead_on_within_the_moment(desk):
    page = make_page(title_en="Old title")
    old = page.get_absolute_url()
    page.slug_en = "new-title"
    page.save()

    assert then(desk, old).url == f"{PREFIX}{page.get_absolute_url()}"


def test_what_is_not_there_says_so_under_the_same_bar(desk):
    for path in ("/en/nothing-here/", "/en/news/nothing-here/"):
        response = then(desk, path)
        assert response.status_code == 404
        assert 'class="desk-bar' in text(response)
    assert desk.get("/admin/as-of/2026-13-01T09:00/en/").status_code == 404
    assert desk.get("/admin/as-of/0001-01-01T00:00/en/").status_code == 404
    assert desk.get(f"{PREFIX}/sitemap.xml").status_code == 404


def test_nothing_is_kept_and_nothing_can_be_sent(desk):
    response = then(desk)

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert desk.post(f"{PREFIX}/en/newsletter/").status_code == 405
    assert not clock.is_set()


def test_only_the_staff_travels():
    assert Client().get(f"{PREFIX}/en/").status_code == 302
    visitor = Client()
    visitor.force_login(User.objects.create_user("visitor"))
    assert visitor.get(f"{PREFIX}/en/").status_code == 302
    assert visitor.get("/admin/as-of/").status_code == 302


def test_working_copies_that_are_scheduled_until_then_are_shown_and_stay(desk):
    event = make_event(title_en="Old name", date="2030")
    form = as_it_stands(desk.get(address("change", event, event.pk)))
    desk.post(address("change", event, event.pk), form | {"title_en": "New name", "_save_draft": "1"})
    hidden = {k: v[0] for k, v in as_it_stands(desk.get(address("working_copy", event, event.pk))).items()}
    desk.post(address("working_copy", event, event.pk), hidden | {"publish_at": "2026-12-01T08:00", "_schedule": "1"})

    assert "New name" in text(then(desk, event.get_absolute_url()))
    assert "New name" not in text(then(desk, event.get_absolute_url(), "2026-12-01T07:59"))
    assert (Event.objects.get().title_en, WorkingCopy.objects.count()) == ("Old name", 1)
    Event.objects.update(theme_en="Changed by another way")
    page = text(then(desk, event.get_absolute_url()))
    assert "1 scheduled working copy could not be shown." in page
    assert "New name" not in page


def test_the_page_that_asks_for_a_moment_leads_to_this_site_alone(desk):
    ask = "/admin/as-of/"
    assert desk.get(ask).status_code == 200
    assert desk.get(ask, {"at": THEN}).url == f"{PREFIX}/en/"
    assert desk.get(ask, {"at": THEN, "page": "/es/agenda/?when=past"}).url == f"{PREFIX}/es/agenda/?when=past"
    assert desk.get(ask, {"at": THEN, "page": "//evil.example/"}).url == f"{PREFIX}/en/"
    assert desk.get(ask, {"at": THEN, "page": "https://evil.example/"}).url == f"{PREFIX}/en/"
    assert list(desk.get(ask, {"at": "1066-10-14T09:00"}).context["form"].errors) == ["at"]


def test_what_decides_what_readers_see_asks_the_clock_of_pages():
    asking = set()
    for app in MAY_IMPORT:
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts and asks_the_machine(path):
                asking.add(str(path.relative_to(ROOT)))
    assert asking == set(REAL_CLOCK)


def asks_the_machine(path: Path):
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in CLOCKS
        and isinstance(node.value, ast.Name)
        and node.value.id in OWNERS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_travelling_in_a_browser(desk_page, width, scheme, time_machine):
    time_machine.move_to("2026-11-24T12:00:00+01:00")
    make_site_identity()
    make_post(title_en="Not yet", body_en="<p>Text</p>", publish_at="2026-12-01T08:00:00Z")
    desk_page.emulate_media(color_scheme=scheme)
    desk_page.set_viewport_size({"width": width, "height": 800})
    desk_page.open("/admin/as-of/")
    found = axe_violations(desk_page)

    desk_page.fill("#id_at", THEN)
    desk_page.get_by_role("button", name="Show the site").click()
    desk_page.get_by_role("link", name="Not yet").first.click()

    expect(desk_page.locator("h1")).to_have_text("Not yet")
    assert PREFIX in desk_page.url
    found += axe_violations(desk_page)
    assert desk_page.evaluate("document.documentElement.scrollWidth") == width
    desk_page.get_by_label("Another moment").fill("2026-11-25T09:00")
    desk_page.get_by_role("button", name="Show", exact=True).click()
    expect(desk_page.locator("h1")).to_have_text("This page is not on our plan")
    desk_page.errors.clear()  # the browser notes the 404, and axe tries styles that the policy forbids
    assert found == []
    assert Post.objects.get().state == State.PUBLISHED
