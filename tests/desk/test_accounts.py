"""Accounts and groups: two administrators at once lose nothing of each other's."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from reversion.models import Version

from desk.conflict_admin import ConflictAdmin
from iaec_site.roles import ensure_roles
from tests.admin.forms import address, as_it_stands
from tests.desk.test_edit_conflicts import asked_at, opened, saved, told
from tests.desk.test_history import edit
from tests.desk.test_history import told as told_of
from tests.desk.test_history_restoring import restore

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


# --- who changed what ---


def test_who_changed_an_account_and_its_role_stands_in_its_history(anna, boris):
    carme, group = User.objects.create_user("carme", email="old@example.org"), Group.objects.get(name="Translator")
    right = Permission.objects.get(codename="add_event")
    edit(anna, carme, email="new@example.org", groups=[str(group.pk)])
    edit(boris, carme, is_staff="on", user_permissions=[str(right.pk)])

    assert told_of(anna, carme) == [
        ("Boris Ferrer", "", [("Staff status", "", "no", "yes"), ("User permissions", "", "", str(right))]),
        (
            "Anna Puig",
            "",
            [("Email address", "", "old@example.org", "new@example.org"), ("Groups", "", "", "Translator")],
        ),
        ("Nobody is known", "as it stood when its history began", []),
    ]


def test_a_new_password_is_told_and_stands_nowhere(anna, boris):
    carme = User.objects.create_user("carme", password="one that nobody guesses")
    passwords = dict.fromkeys(("password1", "password2"), "correct horse battery")

    anna.post(reverse("admin:auth_user_password_change", args=[carme.pk]), passwords | {"usable_password": "true"})
    own = {
        "old_password": "correct horse battery",
        "new_password1": "staple 77 staple",
        "new_password2": "staple 77 staple",
    }
    User.objects.filter(pk=carme.pk).update(is_staff=True)
    of_carme = Client()
    assert of_carme.login(username="carme", password="correct horse battery")
    assert of_carme.post(reverse("admin:password_change"), own).status_code == 302

    carme.refresh_from_db()
    assert carme.check_password("staple 77 staple")
    assert [(who, act) for who, act, _changes in told_of(boris, carme)] == [
        ("carme", "a new password was set"),
        ("Nobody is known", "changed outside the editors’ desk"),
        ("Anna Puig", "a new password was set"),
        ("Nobody is known", "as it stood when its history began"),
    ]
    kept = "".join(Version.objects.values_list("serialized_data", flat=True))
    assert ("carme" in kept, "password" in kept, "last_login" in kept) == (True, False, False)
    shown = boris.get(address("history", carme, carme.pk)).content.decode()
    assert carme.password not in shown
    assert "$" not in shown


def test_a_password_that_is_refused_leaves_no_version(anna):
    carme = User.objects.create_user("carme")
    where = reverse("admin:auth_user_password_change", args=[carme.pk])

    assert anna.post(where, {"password1": "a", "password2": "b", "usable_password": "true"}).status_code == 200
    assert Version.objects.count() == 0


def test_signing_in_is_no_change_of_an_account(anna):
    carme = User.objects.create_user("carme", password="one that nobody guesses")
    edit(anna, carme, first_name="Carme")
    count = Version.objects.count()
    Client().login(username="carme", password="one that nobody guesses")
    edit(anna, carme, first_name="Carme")

    assert Version.objects.count() == count


def test_the_role_of_an_account_comes_back_from_its_history_and_its_password_stays(anna):
    carme, group = (
        User.objects.create_user("carme", password="one that nobody guesses"),
        Group.objects.get(name="Translator"),
    )
    edit(anna, carme, first_name="Carme")
    edit(anna, carme, groups=[str(group.pk)], first_name="Carmen")

    restore(anna, carme, "groups")

    assert (list(carme.groups.all()), carme.first_name) == ([], "Carmen")
    assert carme.check_password("one that nobody guesses")


def test_a_deleted_account_comes_back_without_a_password(anna):
    group = Group.objects.get(name="Translator")
    carme = User.objects.create_user("carme", password="one that nobody guesses", is_staff=True)
    carme.groups.add(group)
    assert anna.post(address("delete", carme, carme.pk), {"post": "yes"}).status_code == 302

    [gone] = anna.get(address("deleted", User)).context["deleted"]
    assert (gone["name"], gone["who"]) == ("carme", "Anna Puig")
    response = anna.post(reverse("admin:auth_user_recover", args=[gone["version"].pk]), follow=True)

    again = User.objects.get(username="carme")
    assert (again.pk, list(again.groups.all()), again.has_usable_password()) == (carme.pk, [group], False)
    assert "It has no password: set one before it can be used." in response.content.decode()


def test_who_may_only_look_at_accounts_restores_and_recovers_none(anna, in_role):
    carme = User.objects.create_user("carme")
    edit(anna, carme, first_name="Carme")
    secretariat = in_role("Secretariat editor")
    version = Version.objects.earliest("pk")

    shown = secretariat.get(address("history", carme, carme.pk))

    assert (shown.status_code, shown.context["places"]) == (200, set())
    form = {"version": version.pk, "field": "first_name"}
    assert secretariat.post(address("restore", carme, carme.pk), form).status_code == 403
    assert secretariat.get(address("deleted", User)).status_code == 403


def test_rights_of_a_role_are_told_in_as_many_queries_for_many_as_for_one(anna):
    group = Group.objects.create(name="Interns")
    rights = [str(pk) for pk in Permission.objects.values_list("pk", flat=True)[:40]]
    counts = []
    for chosen in (rights[:1], rights):
        edit(anna, group, permissions=chosen)
        with CaptureQueriesContext(connection) as queries:
            anna.get(address("history", group, group.pk))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_migrate_that_gives_a_role_its_rights_back_is_told(anna):
    group = Group.objects.get(name="Translator")
    edit(anna, group, permissions=[])

    ensure_roles()

    assert [(who, act) for who, act, _changes in told_of(anna, group)][:2] == [
        ("By a command (migrate)", ""),
        ("Anna Puig", ""),
    ]
