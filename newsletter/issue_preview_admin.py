"""The letter before it goes: as any kind of reader gets it, as HTML or text, on a phone or not, light or dark."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from experiences.models import Theme
from networks.models import Network
from newsletter.kinds_of_reader import parts_for, topics_of
from newsletter.letter_text import KIB, render
from newsletter.models import Issue
from publishing.admin_address import admin_address
from translations.texts import text_of

DARK = "@media (prefers-color-scheme: dark)"
WIDTHS = {"phone": 360, "desktop": 700}


class KindOfReader:
    """What the page's form chose; what it cannot read counts as not chosen."""

    def __init__(self, query):
        language = query.get("language", "")
        self.language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        self.networks = numbers(query.getlist("network"))
        self.themes = numbers(query.getlist("theme"))
        self.is_text = query.get("form") == "text"
        self.is_dark = query.get("colours") == "dark"
        self.width = query.get("width") if query.get("width") in WIDTHS else "desktop"

    @property
    def query(self) -> str:
        chosen = {"language": self.language, "network": sorted(self.networks), "theme": sorted(self.themes)}
        return urlencode(chosen | {"colours": "dark" if self.is_dark else "light"}, doseq=True)

    def letter(self, issue: Issue):
        topics = topics_of(issue)
        chosen = {"networks": self.networks, "themes": self.themes}
        return render(
            issue, self.language, parts_for(topics, self.language, untranslated=issue.untranslated, **chosen)
        )


def numbers(values) -> frozenset[int]:
    return frozenset(int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19)


class IssuePreviewAdmin(admin.ModelAdmin):
    def get_urls(self):
        def view(of):
            return self.admin_site.admin_view(require_safe(of))

        return [
            path("<int:pk>/preview/", view(self.preview_view), name="newsletter_issue_preview"),
            path("<int:pk>/letter/", view(self.letter_view), name="newsletter_issue_letter"),
            *super().get_urls(),
        ]

    def issue_to_view(self, request, pk) -> Issue:
        issue = self.get_object(request, str(pk))
        if issue is None or not self.has_view_permission(request, issue):
            raise Http404
        return issue

    def preview_view(self, request, pk):
        issue = self.issue_to_view(request, pk)
        reader = KindOfReader(request.GET)
        letter = reader.letter(issue)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": issue,
            "media": self.media,
            "title": gettext("Preview"),
            "issue_steps": self.steps(request, issue, "preview"),
            "reader": reader,
            "letter": letter,
            "kilobytes": -(-letter.size // KIB) if letter else 0,
            "width": WIDTHS[reader.width],
            "languages": settings.LANGUAGES,
            "networks": [(network.pk, network.official_name) for network in Network.objects.published()],
            "themes": [(theme.pk, text_of(theme, "name").text) for theme in Theme.objects.all()],
            "frame": f"{reverse('admin:newsletter_issue_letter', args=[pk])}?{reader.query}",
        }
        response = TemplateResponse(request, "admin/newsletter/issue/preview.html", context)
        response.frames_own_page = True
        return response

    def letter_view(self, request, pk):
        """The HTML alone, for the frame: it runs no script, leads nowhere and asks for nothing but pictures."""
        reader = KindOfReader(request.GET)
        letter = reader.letter(self.issue_to_view(request, pk))
        if letter is None:
            raise Http404
        # Which colours a reader prefers is said by the form here, not by the editor's own screen.
        html = letter.html.replace(DARK, "@media all" if reader.is_dark else "@media not all")
        html = html.replace("color-scheme: light dark", f"color-scheme: {'dark' if reader.is_dark else 'light'}")
        response = HttpResponse(html)
        response.headers["Content-Security-Policy"] = policy(request)
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def steps(self, request, issue, here):
        """[(key, words, address, whether it is this page)] of the pages on the way from composing to sending."""
        steps = [
            ("change", gettext("Compose"), admin_address(issue)),
            ("preview", gettext("Preview"), reverse("admin:newsletter_issue_preview", args=[issue.pk])),
            ("sending", gettext("Check and send"), reverse("admin:newsletter_issue_sending", args=[issue.pk])),
        ]
        return [(key, words, address, key == here) for key, words, address in steps]


def policy(request) -> str:
    """For a letter in a frame. Its pictures have the site's own address, which may not be this one."""
    parts = urlsplit(settings.SITE_URL)
    pictures = f"'self' {parts.scheme}://{parts.netloc} {request.scheme}://{request.get_host()}"
    return "; ".join(
        [
            "default-src 'none'",
            f"img-src {pictures}",
            "style-src 'unsafe-inline'",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors 'self'",
            "sandbox",
        ]
    )
