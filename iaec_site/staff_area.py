"""Sessions, accounts, messages and form tokens exist in the staff's area only.

Visitors' pages are the same for everybody, so nothing there may read a cookie, let alone answer with one: another
application on the same domain may well have set cookies of the same names.
"""

import logging

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import Error as DatabaseError
from django.middleware.csrf import CsrfViewMiddleware

from publishing.trouble import trouble_of

logger = logging.getLogger(__name__)


def in_staff_area(request):
    return request.path_info.startswith(f"/{settings.ADMIN_PATH}")


class StaffSessionMiddleware(SessionMiddleware):
    def __call__(self, request):
        return super().__call__(request) if in_staff_area(request) else self.get_response(request)

    def process_response(self, request, response):
        """What a session notes beside (when it was last used) must not keep anybody from reading."""
        try:
            return super().process_response(request, response)
        except DatabaseError as error:
            if request.method not in ("GET", "HEAD") or trouble_of(error) is None:
                raise
            logger.warning("A session could not be kept: %s", error)
            return response


class StaffAuthenticationMiddleware(AuthenticationMiddleware):
    def __call__(self, request):
        return super().__call__(request) if in_staff_area(request) else self.get_response(request)


class StaffMessageMiddleware(MessageMiddleware):
    def __call__(self, request):
        return super().__call__(request) if in_staff_area(request) else self.get_response(request)


class StaffCsrfMiddleware(CsrfViewMiddleware):
    def __call__(self, request):
        return super().__call__(request) if in_staff_area(request) else self.get_response(request)

    def process_view(self, request, callback, callback_args, callback_kwargs):
        # The newsletter's form is protected by newsletter.same_origin; all other public pages only answer to reading.
        if not in_staff_area(request):
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)
