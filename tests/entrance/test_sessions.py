"""The browsers in which somebody is signed in."""

from datetime import timedelta

import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from entrance.models import SignIn
from entrance.retention import forget_what_is_over
from tests.entrance.conftest import PASSWORD, Person
from tests.factories import make_editor

ACCOUNT, OUT = "/admin/account/", "/admin/account/sign-out/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18 Mobile/15E Safari/604"
LOGIN = "/admin/login/?next=/admin/"


def second_browser(person):
    other = Person(person.user)
    other.sign_in(HTTP_USER_AGENT=PHONE)
    return other


def test_everybody_sees_their_own_browsers_only(ana):
    ana.sign_in(HTTP_USER_AGENT=FIREFOX)
    second_browser(ana)
    Person(make_editor(username="ben", password=PASSWORD)).sign_in()

    browsers = [(one.browser, is_here) for one, is_here in ana.at(ACCOUNT).context["browsers"]]
    assert sorted(browsers) == [("Firefox, Linux", True), ("Safari, iPhone", False)]


def test_one_all_others_or_all_are_signed_out_at_once(ana):
    ana.sign_in()
    first, second = second_browser(ana), second_browser(ana)
    chosen = SignIn.objects.get(session_key=first.browser.session.session_key)

    ana.at(OUT, browser=chosen.pk)
    assert (first.at("/admin/").url, second.at("/admin/").status_code) == (LOGIN, 200)
    ana.at(OUT, others="1")
    assert (second.at("/admin/").url, ana.at("/admin/").status_code) == (LOGIN, 200)
    ana.at(OUT, everywhere="1")
    assert ana.at("/admin/").url == LOGIN
    assert (SignIn.objects.count(), Session.objects.count()) == (0, 0)


def test_nobody_signs_out_somebody_else(ana):
    ana.sign_in()
    ben = Person(make_editor(username="ben", password=PASSWORD))
    ben.sign_in()
    ben.at(OUT, browser=SignIn.objects.get(user=ana.user).pk)

    assert ana.at("/admin/").status_code == 200


def test_a_link_signs_nobody_out(ana):
    ana.sign_in()
    assert (ana.at(OUT).status_code, ana.at("/admin/").status_code) == (405, 200)


def test_a_new_password_signs_other_browsers_out_and_this_one_stays_in_the_list(ana):
    ana.sign_in()
    other = second_browser(ana)
    new = "another horse, another battery"
    ana.at("/admin/password_change/", old_password=PASSWORD, new_password1=new, new_password2=new)

    assert other.at("/admin/").url == LOGIN
    assert [is_here for _, is_here in ana.at(ACCOUNT).context["browsers"]].count(True) == 1


def test_a_session_ends_when_nobody_uses_it_and_when_it_is_old(ana, settings):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ana.sign_in()
        clock.shift(timedelta(hours=settings.STAFF_IDLE_HOURS - 1))
        assert ana.at("/admin/").status_code == 200
        clock.shift(timedelta(hours=settings.STAFF_IDLE_HOURS + 1))
        assert ana.at("/admin/").url == LOGIN

        ana.sign_in()
        for _ in range(13):
            clock.shift(timedelta(days=1))
            assert ana.at("/admin/").status_code == 200
        clock.shift(timedelta(days=1, minutes=1))
        assert ana.at("/admin/").url == LOGIN


def test_what_is_left_of_old_sessions_goes(ana):
    ana.sign_in()
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        forget_what_is_over()
    assert (SignIn.objects.count(), Session.objects.count()) == (0, 0)


def test_the_key_of_a_session_is_new_after_signing_in(ana):
    stranger = Client()
    stranger.cookies["sessionid"] = "chosen-by-somebody-else-0123456789"
    stranger.post("/admin/login/", {"username": "ana", "password": PASSWORD, "next": "/admin/"})

    assert stranger.cookies["sessionid"].value != "chosen-by-somebody-else-0123456789"
    assert (stranger.cookies["sessionid"]["httponly"], stranger.cookies["sessionid"]["samesite"]) == (True, "Lax")
