"""Holds those up whose second step is due, closes sessions whose time is over, and knows who acts."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from entrance import second_step, sign_ins
from entrance.trail import acting

# Where somebody may go before the second step.
OPEN = ("logout", "jsi18n", "second_step", "set_up_second_step")


class EntranceMiddleware:
    """Below the staff's area there are no people, and so nothing to do: `request.user` exists in it only."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not hasattr(request, "user"):
            return self.get_response(request)
        with acting(request):
            if not request.user.is_authenticated:
                return self.get_response(request)
            now = timezone.now()
            if sign_ins.is_over(request.session, now):
                with sign_ins.passing_over_trouble():
                    logout(request)
                request.user = AnonymousUser()
                return self.get_response(request)
            if held_up := self.hold_up(request):
                return held_up
            key = request.session.session_key
            sign_ins.see_again(request, now)
            response = self.get_response(request)
            if request.user.is_authenticated:
                sign_ins.follow(key, request.session.session_key)
            return response

    def hold_up(self, request):
        step = request.session.get(second_step.STEP)
        if step == second_step.DONE or (step is None and not settings.STAFF_TWO_FACTOR):
            return None
        name = "second_step" if step == second_step.DUE else "set_up_second_step"
        if request.path in {reverse(f"admin:{each}") for each in OPEN}:
            return None
        way = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse(f'admin:{name}')}?{way}")
