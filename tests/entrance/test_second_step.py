"""The code after the password: it is asked for however somebody came in, and nothing opens without it."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from entrance.models import RecoveryCode, TrailEntry
from tests.entrance.conftest import PASSWORD
from tests.factories import make_editor

SET_UP, STEP, ACCOUNT = "/admin/account/second-step/", "/admin/second-step/", "/admin/account/"
CHANGE = "/admin/account/second-step/change/"


def code_of(user, later=0):
    """What the app on the telephone shows."""
    device = TOTPDevice.objects.get(user=user)
    totp = TOTP(device.bin_key)
    totp.time = time.time() + later
    return f"{totp.token():06d}"


def switch_on(person):
    """Returns the recovery codes."""
    person.at(SET_UP, password=PASSWORD)
    page = person.at(SET_UP, code=code_of(person.user))
    return page.context["codes"]


@pytest.fixture
def protected(ana):
    """Ana with a second step and a browser that is not signed in, half a minute later; `ana.codes` are hers."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ana.sign_in()
        ana.codes = switch_on(ana)
        ana.browser = Client()
        clock.shift(timedelta(seconds=60))
        ana.clock = clock
        yield ana


def test_it_is_switched_on_by_password_and_code(ana):
    ana.sign_in()
    wrong = ana.at(SET_UP, password="wrong")
    assert wrong.context["form"].errors.as_data().keys() == {"password"}
    assert TOTPDevice.objects.count() == 0

    ana.at(SET_UP, password=PASSWORD)
    page = ana.at(SET_UP)
    assert page.context["picture"].startswith("data:image/svg+xml")
    assert TOTPDevice.objects.get().confirmed is False
    assert ana.at(SET_UP, code="000000").context["form"].errors.as_data().keys() == {"code"}


def test_the_codes_are_shown_once_and_kept_as_hashes(protected):
    assert [bool(re.fullmatch("([a-z2-9]{4}-){3}[a-z2-9]{4}", code)) for code in protected.codes] == [True] * 10
    assert len(set(protected.codes)) == 10
    kept = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert [code for code in protected.codes if code in kept or code.replace("-", "") in kept] == []


def test_a_password_alone_opens_nothing(protected):
    assert protected.sign_in().url == "/admin/"
    closed = ["/admin/", "/admin/news/post/", ACCOUNT, "/admin/password_change/", "/admin/auth/user/", "/admin/x/"]

    assert [protected.at(page).url.partition("?")[0] for page in closed] == [STEP] * len(closed)
    assert protected.browser.post(CHANGE, {"password": PASSWORD, "off": "1"}).url.partition("?")[0] == STEP


def test_the_code_opens_and_leads_on(protected):
    protected.sign_in()
    answer = protected.at(STEP, code=code_of(protected.user), next="/admin/news/post/")

    assert answer.url == "/admin/news/post/"
    assert protected.at("/admin/news/post/").status_code == 200


def test_another_site_is_not_led_to(protected):
    protected.sign_in()
    assert protected.at(STEP, code=code_of(protected.user), next="https://evil.example/").url == "/admin/"


def test_any_other_way_in_ends_at_the_same_step(protected):
    """As a link of an invitation may sign in, or a test."""
    browser = Client()
    browser.force_login(protected.user)

    assert browser.get("/admin/").url.partition("?")[0] == STEP


def test_a_code_is_not_taken_twice(protected):
    code = code_of(protected.user)
    protected.sign_in()
    assert protected.at(STEP, code=code).status_code == 302
    protected.browser = Client()
    protected.sign_in()

    assert protected.at(STEP, code=code).context["form"].errors.as_data().keys() == {"code"}


def test_a_recovery_code_opens_once_in_any_writing(protected):
    code = protected.codes[3]
    protected.sign_in()
    assert protected.at(STEP, code=f" {code.upper()} ").status_code == 302
    assert protected.at(ACCOUNT).context["codes_left"] == 9
    protected.browser = Client()
    protected.sign_in()

    assert protected.at(STEP, code=code).status_code == 200
    assert TrailEntry.objects.filter(act="code-used").count() == 1


def test_guessing_ends_after_ten_tries_in_a_quarter_of_an_hour(protected):
    protected.clock.move_to("2026-12-01T10:01:00Z")
    protected.sign_in()
    statuses = [protected.at(STEP, code=f"{number:06d}").status_code for number in range(11)]
    assert statuses == [200] * 10 + [429]
    assert protected.at(STEP, code=protected.codes[0]).status_code == 429
    protected.clock.move_to("2026-12-01T10:16:00Z")
    assert protected.at(STEP, code=protected.codes[0]).status_code == 302


def test_other_browsers_are_signed_out_when_it_is_switched_on(ana):
    other = Client()
    other.force_login(ana.user)
    ana.sign_in()
    switch_on(ana)

    assert other.get("/admin/").url == "/admin/login/?next=/admin/"
    assert ana.at("/admin/").status_code == 200


def test_it_is_switched_off_by_the_password_only(ana):
    ana.sign_in()
    switch_on(ana)
    ana.at(CHANGE, password="wrong", off="1")
    assert TOTPDevice.objects.count() == 1
    ana.at(CHANGE, password=PASSWORD, off="1")
    assert (TOTPDevice.objects.count(), RecoveryCode.objects.count()) == (0, 0)
    assert ana.at("/admin/").status_code == 200


def test_new_codes_take_the_place_of_the_old(ana):
    ana.sign_in()
    old = switch_on(ana)
    new = ana.at(CHANGE, password=PASSWORD).context["codes"]

    assert (len(new), set(new) & set(old), RecoveryCode.objects.count()) == (10, set(), 10)


def test_where_it_is_compulsory_nothing_opens_before_it_is_set_up(ana, settings):
    ana.sign_in()
    assert ana.at("/admin/").status_code == 200
    settings.STAFF_TWO_FACTOR = True

    assert ana.at("/admin/news/post/").url.partition("?")[0] == SET_UP
    switch_on(ana)
    assert ana.at("/admin/news/post/").status_code == 200


def test_an_administrator_helps_who_lost_the_telephone(protected):
    boss = Client()
    boss.force_login(make_editor(username="boss"))
    boss.post("/admin/auth/user/", {"action": "remove_second_step", "_selected_action": protected.user.pk})

    protected.sign_in()
    assert protected.at("/admin/").status_code == 200
    last = TrailEntry.objects.filter(act="second-step-off").get()
    assert (last.actor, last.about) == ("boss", "ana")


def test_nobody_sees_a_secret_in_the_admin(protected):
    boss = Client()
    boss.force_login(make_editor())
    assert boss.get("/admin/otp_totp/totpdevice/").status_code == 404
