"""The pages for those who are not signed in, with a keyboard or a screen reader, on a phone."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from invitations.mail import invitation, new_password
from invitations.models import Invitation
from tests.accessibility import axe_violations
from tests.factories import make_invitation

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a long walk by the river"


@pytest.fixture(autouse=True)
def roles():
    """Between these tests the tables are emptied."""
    Group.objects.get_or_create(name="Secretariat editor")


@pytest.fixture
def phone(page):
    page.set_viewport_size({"width": 360, "height": 800})
    return page


def path_in(letter):
    return re.search(r"http://[^/\s]+(/\S+)", letter.body)[1]


def test_an_invitation_is_accepted_and_leads_to_the_desk(phone, live_server):
    invited = make_invitation(email="marta@example.org")
    phone.goto(live_server.url + path_in(invitation(invited)))
    for label, text in (("First name", "Marta"), ("Last name", "Roca")):
        phone.get_by_label(label).fill(text)
    for box in phone.locator("input[type=password]").all():
        box.fill(PASSWORD)
    phone.get_by_role("button", name="Open my account").click()
    expect(phone.locator(".messagelist")).to_contain_text("Log in with marta@example.org")
    phone.get_by_label("Username").fill("marta@example.org")
    phone.get_by_label("Password").fill(PASSWORD)
    phone.get_by_role("button", name="Log in").click()
    expect(phone.get_by_role("link", name="Letters to me")).to_be_visible()
    assert (phone.errors, Invitation.objects.get().is_open) == ([], False)


def test_a_forgotten_password_is_asked_for_from_the_login_page(phone, live_server):
    User.objects.create_user("marta", "marta@example.org", "forgotten", is_staff=True)
    phone.goto(live_server.url + reverse("admin:login"))
    phone.get_by_role("link", name="Forgotten").click()
    phone.get_by_label("Email").fill("marta@example.org")
    phone.get_by_role("button", name="Send me the link").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
    assert ([letter.to for letter in mail.outbox], phone.errors) == ([["marta@example.org"]], [])


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_pages_are_accessible_and_as_wide_as_a_phone(phone, live_server, colours):
    user = User.objects.create_user("marta", "marta@example.org", "forgotten", is_staff=True)
    phone.emulate_media(color_scheme=colours)
    waiting, password = path_in(invitation(make_invitation())), path_in(new_password(user))
    for path in (waiting, password, reverse("admin_password_reset"), reverse("admin:invitation", args=[1, "x"])):
        phone.goto(live_server.url + path)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360
        assert axe_violations(phone) == []
