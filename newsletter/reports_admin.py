"""The page of the admin with what became of each issue, and the same as a table to take along."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_safe

from newsletter.bar_chart import bar_chart
from newsletter.models import Issue
from newsletter.reports import IssueReport, MonthReport, last_months, readers_now, reports_on
from publishing.date_text import date_text
from publishing.date_words import month_names, words_for
from publishing.dates import parse_edtf
from publishing.open_data import csv_lines

ISSUES_ON_A_PAGE = 12
MONTHS = 12
ISSUES_OF_A_QUERY = 200
COLUMNS = ("number", "subject", "began", "sent", "bounced", "left", "unreachable", "joined")


class ReportsAdmin(admin.ModelAdmin):
    change_list_template = "admin/newsletter/issue/change_list.html"

    def get_urls(self):
        def view(of):
            return self.admin_site.admin_view(require_safe(of))

        return [
            path("reports/", view(self.reports_view), name="newsletter_issue_reports"),
            path("reports/issues.csv", view(self.reports_table), name="newsletter_issue_reports_table"),
            *super().get_urls(),
        ]

    def may_see_reports(self, request):
        """They are about readers, though they name none."""
        return self.has_view_permission(request) and request.user.has_perm("newsletter.view_subscriber")

    def changelist_view(self, request, extra_context=None):
        extra = {"may_see_reports": self.may_see_reports(request)}
        return super().changelist_view(request, extra | (extra_context or {}))

    def reports_view(self, request):
        if not self.may_see_reports(request):
            raise PermissionDenied
        page = Paginator(Issue.objects.archived(), ISSUES_ON_A_PAGE).get_page(request.GET.get("page"))
        reports, months = reports_on(page.object_list), last_months(MONTHS)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": gettext("Reports"),
            "page": page,
            "reports": reports,
            "months": [(month, name_of_month(month)) for month in months],
            "readers": readers_now(),
            "issues_chart": issues_chart(reports[::-1]),
            "issues_in_words": issues_in_words(reports),
            "months_chart": months_chart(months),
            "months_in_words": months_in_words(months),
        }
        return TemplateResponse(request, "admin/newsletter/issue/reports.html", context)

    def reports_table(self, request):
        if not self.may_see_reports(request):
            raise PermissionDenied
        response = StreamingHttpResponse(csv_lines(COLUMNS, rows()), content_type="text/csv; charset=utf-8")
        name = f"newsletter-issues-{timezone.localdate().isoformat()}.csv"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def rows():
    """Of all issues, oldest first, a few hundred at a time."""
    issues = list(Issue.objects.archived().order_by("number"))
    for start in range(0, len(issues), ISSUES_OF_A_QUERY):
        for report in reports_on(issues[start : start + ISSUES_OF_A_QUERY]):
            issue, began = report.issue, report.issue.sent_on
            counts = (report.sent, report.bounced, report.left, report.unreachable, report.joined)
            yield (issue.number, str(issue), began.isoformat() if began else "", *counts)


def name_of_month(month: MonthReport) -> str:
    return date_text(parse_edtf(f"{month.first_day:%Y-%m}"), get_language())


def issues_chart(reports: list[IssueReport]):
    labels = [gettext("no. %(number)d") % {"number": report.issue.number} for report in reports]
    return bar_chart(labels, ("sent", [report.sent for report in reports]))


def issues_in_words(reports: list[IssueReport]) -> str:
    """What the drawing shows, for whoever does not see it."""
    if not reports:
        return ""
    most = max(reports, key=lambda report: report.sent)
    text = ngettext(
        "The last issue went to %(last)d reader. The most got number %(number)d: %(most)d.",
        "The last issue went to %(last)d readers. The most got number %(number)d: %(most)d.",
        reports[0].sent,
    )
    return text % {"last": reports[0].sent, "number": most.issue.number, "most": most.sent}


def months_chart(months: list[MonthReport]):
    names = month_names(words_for(get_language()), short=True, alone=True)
    labels = [names[month.first_day.month] for month in months]
    return bar_chart(
        labels, ("joined", [month.joined for month in months]), ("left", [month.gone for month in months])
    )


def months_in_words(months: list[MonthReport]) -> str:
    counts = {"joined": sum(month.joined for month in months), "gone": sum(month.gone for month in months)}
    return gettext("In all of these months: %(joined)d joined, %(gone)d left or unreachable.") % counts
