"""Who may look at an item but not change it reads its dates in words."""

import re

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User

from publishing.date_field import EdtfField
from tests import factories
from tests.admin.forms import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def onlooker(client):
    user = User.objects.create_user("onlooker", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user)
    return client


def shown(client, item, name):
    html = client.get(address("change", item, item.pk)).content.decode()
    row = html[html.index(f"field-{name}") :]
    return re.search(r'<div class="readonly">(.*?)</div>|<p>\s*(.*?)\s*</p>', row, re.DOTALL).group(1, 2)


def test_the_date_of_an_event_is_said_where_it_is_held(onlooker):
    city = factories.make_city(country="AR", latitude=-34.6, timezone="America/Argentina/Buenos_Aires")

    assert shown(onlooker, factories.make_event(date="2025-23", city=city), "date") == ("Autumn 2025 (Mar–May)", None)
    assert shown(onlooker, factories.make_event(date="2025-23"), "date") == ("Autumn 2025 (Sep–Nov)", None)


def test_every_other_date_is_said_in_words(onlooker):
    identity = factories.make_site_identity(charter_proclaimed="1990-11")
    factories.make_member_count(site=identity, as_of="2026-03")

    assert shown(onlooker, factories.make_edition(date="2026-05-26/2026-05-29"), "date") == ("26–29 May 2026", None)
    assert shown(onlooker, factories.make_network(active="2025/2027"), "active") == ("2025–2027", None)
    assert shown(onlooker, factories.make_network(), "active") == ("", None)
    assert shown(onlooker, factories.make_focus_issue(published="2017-04~"), "published") == ("about April 2017", None)
    assert shown(onlooker, factories.make_post(date_edtf="2017-04~"), "date_edtf") == ("about April 2017", None)
    assert shown(onlooker, identity, "charter_proclaimed") == ("November 1990", None)
    assert shown(onlooker, identity, "as_of") == (None, "March 2026")


def test_the_label_and_the_help_stay_those_of_the_field(onlooker):
    network = factories.make_network(active="2025/2027")

    html = onlooker.get(address("change", network, network.pk)).content.decode()

    row = html[html.index("field-active") :]
    assert "<label>Years of work:</label>" in row
    assert "Of a thematic network, for example “2025–2027”." in row


def test_no_help_of_a_date_shows_how_it_is_stored():
    helps = {
        str(field): str(field.formfield().help_text)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, EdtfField)
    }

    assert len(helps) > 10
    stored = re.compile(r"\d{4}-\d\d\b|\d{4}/\d{4}|\d~|XXXX")
    assert [name for name, text in helps.items() if stored.search(text)] == []
