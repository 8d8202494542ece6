"""Inviting somebody: a letter in their language, a link that works once, an account with the rights meant for it."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client
from django.urls import reverse

from desk.letters_to_staff import letters_to
from desk.scope import networks_of
from invitations.models import Invitation
from tests.factories import make_network

pytestmark = pytest.mark.django_db
LIST = reverse("admin:invitations_invitation_changelist")
ADD = reverse("admin:invitations_invitation_add")
PASSWORD = "a long walk by the river"


@pytest.fixture(autouse=True)
def boss(client, time_machine):
    time_machine.move_to("2026-03-10T09:00:00Z", tick=False)
    user = User.objects.create_user(
        "boss", "boss@example.org", "x", is_staff=True, first_name="Anna", last_name="Puig"
    )
    user.groups.add(Group.objects.get(name="Administrator"))
    client.force_login(user)
    return user


def role(name="Secretariat editor"):
    return Group.objects.get(name=name)


@pytest.fixture
def invite(client, django_capture_on_commit_callbacks):
    def send(**overrides):
        data = {"email": "Marta@example.org", "role": role().pk, "networks": [], "language": "es"} | overrides
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(ADD, data, follow=True)

    return send


@pytest.fixture
def act(client, django_capture_on_commit_callbacks):
    def press(name):
        address = reverse("admin:invitations_invitation_act", args=[Invitation.objects.get().pk])
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(address, {name: "1"}, follow=True)
        return [str(message) for message in response.context["messages"]]

    return press


def link(letter=None):
    """The path of the last letter's link, or of that letter's."""
    return re.search(r"http://testserver(/admin/invitation/\S+)", (letter or mail.outbox[-1]).body)[1]


def typed(**overrides):
    fields = {"first_name": "Marta", "last_name": "Roca", "new_password1": PASSWORD, "new_password2": PASSWORD}
    return fields | overrides


def test_an_invited_person_sets_a_password_and_has_the_rights_that_were_meant(invite):
    network, other = make_network(), make_network()
    invite(role=role("Network editor").pk, networks=[network.pk])
    assert [(letter.to, letter.extra_headers["Content-Language"]) for letter in mail.outbox] == [
        (["Marta@example.org"], "es")
    ]
    visitor = Client()
    page = visitor.get(link())
    assert {name: page.headers[name] for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")} == {
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "same-origin",
    }
    assert (page.headers["Content-Language"], '<html lang="es"' in page.content.decode()) == ("es", True)
    assert visitor.post(link(), typed()).headers["Location"] == reverse("admin:login")
    account = User.objects.get(username="marta@example.org")
    assert (account.get_full_name(), account.email, account.is_staff, account.is_superuser) == (
        "Marta Roca",
        "Marta@example.org",
        True,
        False,
    )
    assert [group.name for group in account.groups.all()] == ["Network editor"]
    assert networks_of(account) == {network.pk} != {network.pk, other.pk}
    assert letters_to(account).language == "es"
    assert visitor.login(username="marta@example.org", password=PASSWORD)


def test_a_link_works_once_and_looking_at_it_does_nothing(invite):
    invite()
    for _ in range(3):
        assert Client().get(link()).status_code == 200
    assert [Client().post(link(), typed()).status_code for _ in range(2)] == [302, 410]
    assert Client().get(link()).status_code == 410
    assert User.objects.filter(email="Marta@example.org").count() == 1


def test_a_link_expires_after_seven_days(invite, time_machine):
    invite()
    time_machine.shift(timedelta(days=7, seconds=-1))
    assert Client().get(link()).status_code == 200
    time_machine.shift(timedelta(seconds=1))
    assert [Client().get(link()).status_code, Client().post(link(), typed()).status_code] == [410, 410]
    assert not User.objects.filter(email="Marta@example.org").exists()


def test_sending_again_ends_the_former_link_and_begins_the_days_anew(client, boss, invite, act, time_machine):
    invite()
    time_machine.shift(timedelta(days=6))
    client.force_login(boss)  # the session of six days ago is over
    assert act("_again") == ["Sent again. The former link has ended."]
    time_machine.shift(timedelta(days=6))
    first, second = (link(letter) for letter in mail.outbox)
    assert [Client().get(address).status_code for address in (first, second)] == [410, 200]


def test_a_revoked_invitation_cannot_be_accepted_nor_sent_again(invite, act):
    invite()
    assert act("_revoke") == ["Revoked. Its link does not work any more."]
    assert [Client().get(link()).status_code, Client().post(link(), typed()).status_code] == [410, 410]
    assert act("_again") == ["Nothing was done: it was accepted or revoked meanwhile."]
    assert (len(mail.outbox), User.objects.filter(email="Marta@example.org").count()) == (1, 0)


@pytest.mark.parametrize("token", ["0" * 64, "x", "None"])
def test_a_guessed_link_is_answered_like_one_that_has_ended(invite, token):
    invite()
    pk = Invitation.objects.get().pk
    for key in (pk, pk + 1, 10**30):
        assert Client().get(reverse("admin:invitation", args=[key, token])).status_code == 410


def test_the_database_alone_does_not_tell_the_link(invite):
    invite()
    token = link().rstrip("/").rpartition("/")[2]
    assert (len(token), token in str(Invitation.objects.values().get())) == (64, False)


@pytest.mark.parametrize(
    ("overrides", "field"),
    [
        ({"new_password2": "another one"}, "new_password2"),
        ({"new_password1": "short", "new_password2": "short"}, "new_password2"),
        (
            {"new_password1": "marta.roca.1", "new_password2": "marta.roca.1", "last_name": "marta.roca"},
            "new_password2",
        ),
        ({"first_name": ""}, "first_name"),
    ],
)
def test_a_bad_password_leaves_the_link_working(invite, overrides, field):
    invite()
    response = Client().post(link(), typed(**overrides))
    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert Client().post(link(), typed()).status_code == 302


def test_nobody_is_invited_twice_at_a_time_or_with_an_account(invite, boss):
    invite()
    for email in ("marta@EXAMPLE.org", "Boss@example.org"):
        assert invite(email=email).status_code == 200
    assert [invitation.email for invitation in Invitation.objects.all()] == ["Marta@example.org"]


def test_a_network_editor_is_not_invited_without_networks(invite):
    response = invite(role=role("Network editor").pk)
    assert list(response.context["adminform"].form.errors) == ["networks"]


@pytest.mark.parametrize("name", ["Secretariat editor", "Network editor", "Translator"])
def test_only_who_may_make_accounts_may_invite(name):
    user = User.objects.create_user("ana", "ana@example.org", "x", is_staff=True)
    user.groups.add(role(name))
    visitor = Client()
    visitor.force_login(user)
    assert [visitor.get(address).status_code for address in (LIST, ADD)] == [403, 403]
