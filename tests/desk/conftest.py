import pytest
from django.test import Client

from tests.admin.conftest import desk_page  # noqa: F401 - a fixture
from tests.factories import make_editor


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
