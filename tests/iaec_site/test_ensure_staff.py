import io
import re

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command


def ensure_staff():
    out = io.StringIO()
    call_command("ensure_staff", address="http://127.0.0.1:8001", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_first_account_can_sign_in_with_what_was_printed():
    output = ensure_staff()

    assert "http://127.0.0.1:8001/admin/" in output
    name, password = (re.search(rf"^  {label} +(\S+)$", output, re.M)[1] for label in ("user name", "password"))
    user = authenticate(username=name, password=password)
    assert (user.is_staff, user.is_superuser) == (True, True)


@pytest.mark.django_db
def test_a_second_run_makes_and_prints_nothing():
    ensure_staff()

    assert ensure_staff() == ""
    assert get_user_model().objects.count() == 1


@pytest.mark.django_db
def test_an_account_that_may_not_sign_in_does_not_count_and_keeps_its_name():
    get_user_model().objects.create_superuser("admin", password="x", is_active=False)

    assert re.search(r"user name  admin-\w{4}$", ensure_staff(), re.M)
