"""Menu entries, the site's identity and its social links stand on every page: they are looked at with the site."""

import pytest

from checks.looking import findings
from checks.models import ExternalAddress, KeptFinding
from checks.site import check_site, note_external_addresses
from iaec_site.roles import SECRETARIAT_EDITOR
from pages.models import MenuItem, SiteIdentity, SocialLink
from publishing.models import State
from tests.admin.forms import address, as_it_stands
from tests.checks.test_site import run
from tests.factories import make_event, make_page, make_site_identity

pytestmark = pytest.mark.django_db

NOWHERE = "http://localhost/en/nothing/"


def entry(label="Join us", **target):
    return MenuItem.objects.create(label_en=label, **target or {"section": "agenda"})


def matters(item):
    return [found.matter for found in findings(item) if found.is_kept]


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ({"section": "agenda"}, []),
        ({"external_url": "https://example.org/"}, []),
        ({"external_url": "http://localhost/en/agenda/"}, []),
        ({"external_url": NOWHERE}, ["link_to_nothing"]),
        ({"external_url": "http://localhost/admin/"}, ["link_to_staff"]),
    ],
)
def test_where_an_entry_leads(target, found):
    assert matters(entry(**target)) == found


def test_an_entry_may_wait_for_its_page_which_is_advice():
    page = make_page()
    item = entry(page=page)
    assert matters(item) == []

    page.take_back()

    (found,) = [one for one in findings(MenuItem.objects.get()) if one.is_kept]
    assert (found.matter, found.is_error) == ("menu_target_not_public", False)


def test_an_entry_that_leads_to_a_draft_by_its_address_is_an_error():
    event = make_event(state=State.DRAFT)

    assert matters(entry(external_url=f"http://localhost{event.get_absolute_url()}")) == ["link_not_public"]


def test_two_entries_may_have_the_same_label():
    entry("Contact")

    assert matters(entry("Contact")) == []


def test_the_identity_and_its_social_links_are_followed():
    site = make_site_identity(website=NOWHERE)
    SocialLink.objects.create(site=site, platform="x", label="X", url="http://localhost/en/gone/")
    SocialLink.objects.create(site=site, platform="youtube", label="YouTube")

    found = [one for one in findings(site) if one.is_error]

    assert sorted(one.text for one in found) == [
        "There is no page at http://localhost/en/gone/ on this site.",
        "There is no page at http://localhost/en/nothing/ on this site.",
    ]


def test_the_command_and_the_weekly_task_find_them(in_role):
    item = entry(external_url=NOWHERE)
    site = make_site_identity()
    SocialLink.objects.create(site=site, platform="x", label="X", url="https://example.org/x")

    code, text = run("--errors-only")
    list(check_site())
    note_external_addresses()

    assert code == 1
    assert text.splitlines()[0] == f"pages.MenuItem {item.pk}: Join us"
    (kept,) = KeptFinding.objects.filter(severity="error")
    assert (kept.kind, kept.item) == ("pages.menuitem", item.pk)
    assert "https://example.org/x" in ExternalAddress.objects.values_list("address", flat=True)
    editor = in_role(SECRETARIAT_EDITOR)
    html = editor.get("/admin/checks/keptfinding/").content.decode()
    assert f'<a href="{address("change", item, item.pk)}">Join us</a>' in html


def test_what_is_mended_is_gone_at_once(desk):
    item = entry(external_url=NOWHERE)
    list(check_site())
    data = as_it_stands(desk.get(address("change", item, item.pk)))

    assert (
        desk.post(address("change", item, item.pk), data | {"external_url": "https://example.org/"}).status_code == 302
    )

    assert not KeptFinding.objects.filter(severity="error").exists()


def test_a_social_link_is_looked_at_as_it_is_saved(desk):
    site = make_site_identity()
    SocialLink.objects.create(site=site, platform="x", label="X", url="https://example.org/")
    data = as_it_stands(desk.get(address("change", site, site.pk)))

    desk.post(address("change", site, site.pk), data | {"social_links-0-url": NOWHERE})

    assert [row.item for row in KeptFinding.objects.filter(kind="pages.siteidentity", severity="error")] == [
        SiteIdentity.objects.get().pk
    ]
