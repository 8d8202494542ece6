import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from iaec_site.roles import NETWORK_EDITOR
from networks.models import NetworkEditor
from tests.admin.conftest import desk, desk_page
from tests.factories import make_editor, numbers

__all__ = ["desk", "desk_page"]


@pytest.fixture
def in_role(db):
    """in_role("Translator") → (a signed-in client, its user) in the groups named and no other."""

    def sign_in(*roles):
        user = User.objects.create_user(f"person{next(numbers)}", is_staff=True)
        user.groups.set(Group.objects.filter(name__in=roles))
        assert user.groups.count() == len(roles)
        client = Client()
        client.force_login(user)
        client.user = user
        return client

    return sign_in


@pytest.fixture
def editor_of(in_role):
    """editor_of(network, …) → the client of a network editor."""

    def sign_in(*networks):
        client = in_role(NETWORK_EDITOR)
        NetworkEditor.objects.create(user=client.user).networks.set(networks)
        return client

    return sign_in


@pytest.fixture
def anna(db):
    return signed_in("anna", first_name="Anna", last_name="Puig")


@pytest.fixture
def boris(db):
    return signed_in("boris", first_name="Boris", last_name="Ferrer")


def signed_in(username, **names):
    client = Client()
    client.user = make_editor(username=username, **names)
    client.force_login(client.user)
    return client
