import pytest
from django.test import Client

from tests.factories import make_editor

PASSWORD = "correct horse battery"


class Person:
    """A member of staff at a browser."""

    def __init__(self, user):
        self.user = user
        self.browser = Client()

    def sign_in(self, password=PASSWORD, **headers):
        fields = {"username": self.user.username, "password": password, "next": "/admin/"}
        return self.browser.post("/admin/login/", fields, **headers)

    def at(self, address, **fields):
        return self.browser.post(address, fields) if fields else self.browser.get(address)


@pytest.fixture
def ana(db):
    return Person(make_editor(username="ana", password=PASSWORD))
