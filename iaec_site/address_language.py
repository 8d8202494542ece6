"""The language of a request: on visitors' pages the address's alone, in the staff's area the editor's."""

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

from iaec_site.staff_area import in_staff_area


def language_of_path(path):
    """The language code that a path begins with, or None."""
    code = path.lstrip("/").split("/")[0]
    return code if code in dict(settings.LANGUAGES) else None


def language_of_address(request):
    """The language code that the address of a request begins with, or None."""
    return language_of_path(request.path_info)


def language_of_browser(request):
    """The best of the site's languages for the browser that asks; no cookie is looked at."""
    return best_language(request.headers.get("Accept-Language", ""))


def best_language(header):
    """The best of the site's languages by an `Accept-Language` (RFC 9110), else the site's own."""
    for wanted, _quality in parse_accept_lang_header(header):
        try:
            return get_supported_language_variant(wanted)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


class AddressLanguageMiddleware(LocaleMiddleware):
    def __call__(self, request):
        if in_staff_area(request):
            return super().__call__(request)
        code = language_of_address(request) or language_of_browser(request)
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response
