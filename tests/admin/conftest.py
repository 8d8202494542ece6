import pytest
from django.contrib.auth import get_user_model

from tests.factories import make_editor


@pytest.fixture
def desk(client, db):
    """The client of somebody who may do everything in the admin."""
    client.force_login(get_user_model().objects.first() or make_editor())
    return client
