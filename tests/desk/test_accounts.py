"""Accounts and groups: two administrators at once lose nothing of each other's."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User

from desk.conflict_admin import ConflictAdmin
from tests.admin.forms import address, as_it_stands
from tests.desk.test_edit_conflicts import asked_at, opened, saved, told

pytestmark = pytest.mark.django_db

# Nobody changes anything in these.
LOOKED_AT_ONLY = {"checks.KeptFinding", "translations.TranslatedItem"}
# Decided once, by whoever comes first: see `pages.proposals`.
DECIDED_ONCE = {"pages.FrontPageProposal"}


def test_no_admin_overwrites_unseen(anna):
    request = type("Request", (), {"user": anna.user})()
    lacking = {
        model._meta.label
        for model, own in admin.site._registry.items()
        if not isinstance(own, ConflictAdmin) and own.has_change_permission(request)
    }

    assert lacking - LOOKED_AT_ONLY == DECIDED_ONCE


def test_what_one_administrator_changed_in_an_account_stays(anna, boris):
    carme, group = User.objects.create_user("carme", email="old@example.org"), Group.objects.get(name="Translator")
    right = Permission.objects.get(codename="add_event")
    of_anna, of_boris = opened(anna, carme), opened(boris, carme)

    saved(anna, carme, of_anna, email="new@example.org", groups=[str(group.pk)])
    response = saved(boris, carme, of_boris, first_name="Carme", user_permissions=[str(right.pk)], _continue="1")

    assert response.status_code == 302
    carme.refresh_from_db()
    assert (carme.email, carme.first_name, carme.is_active) == ("new@example.org", "Carme", True)
    assert (list(carme.groups.all()), list(carme.user_permissions.all())) == ([group], [right])
    assert "Changed by somebody else while you were writing, and kept: Email address, Groups." in told(
        boris.get(response.url)
    )


def test_who_took_the_rights_of_an_account_away_keeps_them_away(anna, boris):
    carme = User.objects.create_user("carme", is_staff=True)
    carme.set_password("one that nobody guesses")
    carme.save()
    of_anna, of_boris = opened(anna, carme), opened(boris, carme)
    del of_anna["is_active"]
    saved(anna, carme, of_anna)

    saved(boris, carme, of_boris, last_name="Roca")

    carme.refresh_from_db()
    assert (carme.is_active, carme.last_name) == (False, "Roca")
    assert carme.check_password("one that nobody guesses")


def test_what_both_changed_in_a_group_is_asked(anna, boris):
    group = Group.objects.create(name="Interns")
    first, second = Permission.objects.filter(codename__in=["add_event", "change_event"]).order_by("codename")
    of_anna, of_boris = opened(anna, group), opened(boris, group)

    saved(anna, group, of_anna, permissions=[str(first.pk)])
    response = saved(boris, group, of_boris, permissions=[str(second.pk)])

    assert asked_at(response) == ["permissions"]
    assert list(group.permissions.all()) == [first]
    again = as_it_stands(response) | {"_choice-permissions": ["mine"]}
    assert saved(boris, group, again).status_code == 302
    assert list(group.permissions.all()) == [second]


def test_accounts_are_added_as_ever(anna):
    form = as_it_stands(anna.get(address("add", User)))
    passwords = dict.fromkeys(("password1", "password2"), "correct horse battery")
    response = anna.post(address("add", User), form | {"username": "dora"} | passwords)

    assert response.status_code == 302
    assert User.objects.get(username="dora").check_password("correct horse battery")
