"""Names and passwords, with three brakes: each in the database, so they hold across processes and machines.

Five wrong passwords for one name from one address lock this pair for half an hour (axes). Beyond that a name may be
tried 100 times an hour from wherever (ASVS 5.0, 6.3.1), and one network may try 60 times in ten minutes.
"""

from __future__ import annotations

from axes.backends import AxesStandaloneBackend
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied

from entrance.limits import is_within
from entrance.visitor_address import network_of, visitor_address


class EntranceBackend(AxesStandaloneBackend, ModelBackend):
    def authenticate(self, request, username=None, password=None, **kwargs):
        if request is None:  # a command, or a test
            return ModelBackend.authenticate(self, request, username=username, password=password, **kwargs)
        AxesStandaloneBackend.authenticate(self, request, username=username, password=password, **kwargs)
        address = visitor_address(request)
        if not (
            is_within("sign-in", str(username), most=100, seconds=3600)
            and (address is None or is_within("sign-in-network", network_of(address), most=60, seconds=600))
        ):
            request.axes_locked_out = True
            raise PermissionDenied
        return ModelBackend.authenticate(self, request, username=username, password=password, **kwargs)
