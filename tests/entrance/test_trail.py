"""What staff did: written by itself, read by administrators, changed by nobody."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from entrance.models import TrailEntry
from entrance.retention import forget_what_is_over
from tests.admin.forms import as_it_stands
from tests.factories import make_editor, make_subscriber

PASSWORD = "seven-tall-lighthouses"
LIST = "/admin/entrance/trailentry/"


@pytest.fixture
def boss(db):
    client = Client()
    client.force_login(make_editor(username="boss"))
    TrailEntry.objects.forget_before(timezone.now() + timedelta(days=1))
    return client


def lines():
    return [(one.act, one.actor, one.about) for one in TrailEntry.objects.order_by("pk")]


def test_rights_that_change_are_told_whoever_changes_them(boss):
    role = Group.objects.create(name="Guests")
    ana = User.objects.create_user("ana")
    ana.groups.add(role)
    ana.groups.remove(role)
    role.user_set.add(ana)
    ana.is_superuser = True
    ana.save()

    assert lines() == [
        ("account", "", "ana"),
        ("roles", "", "ana: +Guests"),
        ("roles", "", "ana: −Guests"),
        ("roles", "", "ana: +Guests"),
        ("roles", "", "ana: is_superuser=True"),
    ]


def test_the_admin_names_who_changed_them(boss):
    ana = User.objects.create_user("ana", is_staff=True)
    form = f"/admin/auth/user/{ana.pk}/change/"
    boss.post(form, as_it_stands(boss.get(form)) | {"is_superuser": "on"})

    assert lines()[-1] == ("roles", "boss", "ana: is_superuser=True")


def test_invitations_and_new_passwords_are_told(boss, mailoutbox, django_capture_on_commit_callbacks):
    role = Group.objects.get(name="Secretariat editor")
    invited = {"email": "eva@example.org", "role": role.pk, "language": "en"}
    with django_capture_on_commit_callbacks(execute=True):
        boss.post("/admin/invitations/invitation/add/", invited)
    accept = re.search(r"http://testserver(/admin/invitation/\S+)", mailoutbox[-1].body)[1]
    names = {"first_name": "Eva", "last_name": "Sol"}
    Client().post(accept, names | {"new_password1": PASSWORD, "new_password2": PASSWORD})
    Client().post("/admin/forgotten-password/", {"email": "eva@example.org"})
    reset = re.search(r"http://testserver(/admin/new-password/\S+)", mailoutbox[-1].body)[1]
    Client().post(reset, {"new_password1": PASSWORD[::-1], "new_password2": PASSWORD[::-1]})

    assert lines() == [
        ("invited", "boss", "eva@example.org"),
        ("account", "", "eva@example.org"),
        ("roles", "", "eva@example.org: +Secretariat editor"),
        ("password", "", "eva@example.org"),
    ]


def test_a_password_that_is_only_hashed_anew_is_no_new_one(boss, settings):
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    settings.PASSWORD_HASHERS = hashers
    older = make_password(PASSWORD, hasher="pbkdf2_sha256")
    ana = User.objects.create(username="ana", password=older, is_staff=True)
    assert ana.check_password(PASSWORD)
    assert User.objects.get(username="ana").password != older
    assert lines() == [("account", "", "ana")]


def test_personal_data_taken_along_or_erased_are_told_without_names(boss):
    reader = make_subscriber(email="reader@example.org")
    boss.post("/admin/newsletter/subscriber/moving/all.zip")
    boss.post(f"/admin/newsletter/subscriber/{reader.pk}/delete/", {"post": "yes"})

    assert lines() == [("exported", "boss", "all readers of the newsletter"), ("erased", "boss", "")]


def test_it_is_only_read(boss):
    User.objects.create_user("ana")
    entry = TrailEntry.objects.get()
    asked = [f"{LIST}add/", f"{LIST}{entry.pk}/delete/"]

    assert [boss.get(page).status_code for page in asked] == [403, 403]
    assert [one.pk for one in boss.get(LIST).context["cl"].result_list] == [entry.pk]
    boss.post(f"{LIST}{entry.pk}/change/", {"actor": "nobody"})
    boss.post(LIST, {"action": "delete_selected", "_selected_action": entry.pk, "post": "yes"})
    for change in (
        entry.save,
        entry.delete,
        TrailEntry.objects.all().delete,
        lambda: TrailEntry.objects.update(act=""),
    ):
        with pytest.raises(TypeError, match="only added to"):
            change()
    assert lines() == [("account", "", "ana")]


@pytest.mark.parametrize("role", ["Secretariat editor", "Network editor", "Translator"])
def test_others_do_not_see_it(db, role):
    user = User.objects.create_user("ana", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)

    assert client.get(LIST).status_code == 403


def test_it_is_kept_for_as_long_as_the_setting_says(boss, settings):
    with time_machine.travel(timezone.now() - timedelta(days=settings.TRAIL_DAYS + 1)):
        User.objects.create_user("old")
    User.objects.create_user("new")
    forget_what_is_over()

    assert lines() == [("account", "", "new")]
