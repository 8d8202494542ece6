"""The page on which an issue is checked, tried out, approved and sent, and on which one sees how that goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from checks.findings import language_name
from newsletter import issue_states, sending_issues
from newsletter.issue_checks import remarks_on
from newsletter.models import Delivery, Issue
from newsletter.progress import progress_of
from newsletter.reach import readers_by_language
from newsletter.trying_out import TooMany, TryOutForm, try_out
from publishing.moment_field import MomentField

State = Issue.State
UNSETTLED = 100  # deliveries shown at once
FURTHEST = timedelta(days=366)  # of a moment for sending: beyond it somebody has mistyped the year


@dataclass(frozen=True)
class Act:
    """A button that moves an issue on. `asks` is what the page before it says; without it the button acts at once."""

    words: object
    done: object
    states: tuple[str, ...]
    run: Callable
    asks: object = ""
    is_main: bool = False


ACTS = {
    "approve": Act(
        _("Approve"),
        _("Approved. It is not sent yet."),
        (State.DRAFT,),
        lambda issue, user: issue_states.approve(issue, user),
        _("From now on nothing in it can be changed, unless it is taken back. It is not sent yet."),
        is_main=True,
    ),
    "send": Act(
        _("Send now"),
        _("It is on its way."),
        (State.APPROVED,),
        lambda issue, user: sending_issues.start(issue),
        _("It goes out at once to the readers below. What was sent cannot be called back."),
        is_main=True,
    ),
    "draft": Act(
        _("Back to composing"),
        _("It can be changed again."),
        (State.APPROVED,),
        lambda issue, user: issue_states.back_to_draft(issue),
        _("The approval is taken back, and so is the moment that was set."),
    ),
    "pause": Act(_("Pause"), _("Paused."), (State.SENDING,), lambda issue, user: issue_states.pause(issue)),
    "resume": Act(
        _("Go on"),
        _("It goes on."),
        (State.PAUSED,),
        lambda issue, user: sending_issues.resume(issue),
        _("Readers who have not got the letter yet will get it."),
        is_main=True,
    ),
    "cancel": Act(
        _("Cancel"),
        _("Cancelled."),
        (State.APPROVED, State.SENDING, State.PAUSED),
        lambda issue, user: issue_states.cancel(issue),
        _("Who has not got the letter yet will never get it. This cannot be undone."),
    ),
}


class ScheduleForm(forms.Form):
    send_at = MomentField(
        label=_("Send at"),
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        help_text=_("By the secretariat’s clock. Empty: as soon as somebody presses “send”."),
    )

    def clean_send_at(self):
        moment = self.cleaned_data["send_at"]
        if moment and moment <= timezone.now():
            raise forms.ValidationError(gettext("This moment is over. To send it at once, press “send now”."))
        if moment and moment > timezone.now() + FURTHEST:
            raise forms.ValidationError(gettext("This is more than a year away. Please look at the year again."))
        return moment


class IssueSendingAdmin(admin.ModelAdmin):
    def get_urls(self):
        def view(of):
            return self.admin_site.admin_view(of)

        return [
            path("<int:pk>/sending/", view(require_safe(self.sending_view)), name="newsletter_issue_sending"),
            path("<int:pk>/progress/", view(require_safe(self.progress_view)), name="newsletter_issue_progress"),
            path("<int:pk>/act/<slug:name>/", view(self.act_view), name="newsletter_issue_act"),
            path("<int:pk>/schedule/", view(require_POST(self.schedule_view)), name="newsletter_issue_schedule"),
            path("<int:pk>/try-out/", view(require_POST(self.try_out_view)), name="newsletter_issue_try_out"),
            path("<int:pk>/decide/", view(require_POST(self.decide_view)), name="newsletter_issue_decide"),
            *super().get_urls(),
        ]

    def sending_view(self, request, pk):
        return self.render_sending(request, self.issue_to_view(request, pk))

    def render_sending(self, request, issue, *, schedule=None, tried=None, status=200):
        is_before = issue.state in (State.DRAFT, State.APPROVED)
        remarks = remarks_on(issue) if is_before else []
        readers = readers_by_language(issue) if is_before else {}
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": issue,
            "media": self.media,
            "title": gettext("Check and send"),
            "issue_steps": self.steps(request, issue, "sending"),
            "may_send": self.may_send(request),
            "is_before": is_before,
            "errors": [remark for remark in remarks if remark.is_error],
            "advice": [remark for remark in remarks if not remark.is_error],
            "readers": [(language_name(code), count) for code, count in readers.items()],
            "all_readers": sum(readers.values()),
            "acts": [(name, act) for name, act in ACTS.items() if issue.state in act.states],
            "schedule": schedule or ScheduleForm(initial={"send_at": issue.send_at}),
            "try_out": tried
            or TryOutForm(initial={"addresses": request.user.email, "language": get_language()}, auto_id="try_%s"),
            **self.progress_context(issue),
            **unsettled(issue),
        }
        return TemplateResponse(request, "admin/newsletter/issue/sending.html", context, status=status)

    def progress_context(self, issue):
        return {"progress": None if issue.state in (State.DRAFT, State.APPROVED) else progress_of(issue)}

    def progress_view(self, request, pk):
        """The part of the page that changes by itself, asked for once a second."""
        issue = self.issue_to_view(request, pk)
        context = {"original": issue, **self.progress_context(issue)}
        response = TemplateResponse(request, "admin/newsletter/issue/_progress.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response

    def issue_to_send(self, request, pk) -> Issue:
        issue = self.issue_to_view(request, pk)
        if not self.may_send(request):
            raise PermissionDenied
        return issue

    def back(self, issue):
        return redirect(reverse("admin:newsletter_issue_sending", args=[issue.pk]))

    def act_view(self, request, pk, name):
        issue, act = self.issue_to_send(request, pk), ACTS.get(name)
        if act is None:
            raise Http404
        if issue.state not in act.states:
            return self.too_late(request, issue)
        if name == "approve" and any(remark.is_error for remark in remarks_on(issue)):
            text = gettext("It cannot be approved yet: there are errors to mend first.")
            self.message_user(request, text, messages.ERROR)
            return self.back(issue)
        if request.method == "POST":
            # Of two who press at once, one is told that the other was faster.
            if not act.run(issue, request.user):
                return self.too_late(request, issue)
            self.log_change(request, issue, str(act.done))
            self.message_user(request, str(act.done), messages.SUCCESS)
            return self.back(issue)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": issue,
            "media": self.media,
            "title": act.words,
            "act": act,
            "readers": [(language_name(code), count) for code, count in readers_by_language(issue).items()]
            if name == "send"
            else [],
        }
        return TemplateResponse(request, "admin/newsletter/issue/act.html", context)

    def too_late(self, request, issue):
        issue.refresh_from_db()
        text = gettext("Nothing was done: somebody was faster, and the issue is “%(state)s” now.")
        self.message_user(request, text % {"state": issue.get_state_display()}, messages.WARNING)
        return self.back(issue)

    def schedule_view(self, request, pk):
        issue = self.issue_to_send(request, pk)
        form = ScheduleForm(request.POST)
        if not form.is_valid():
            return self.render_sending(request, issue, schedule=form, status=422)
        if not sending_issues.schedule(issue, form.cleaned_data["send_at"]):
            return self.too_late(request, issue)
        text = gettext("No moment is set.")
        if issue.send_at:
            moment = formats.date_format(timezone.localtime(issue.send_at), "DATETIME_FORMAT")
            text = gettext("It will be sent by itself: %(moment)s.") % {"moment": moment}
        self.log_change(request, issue, text)
        self.message_user(request, text, messages.SUCCESS)
        return self.back(issue)

    def try_out_view(self, request, pk):
        issue = self.issue_to_send(request, pk)
        form = TryOutForm(request.POST, auto_id="try_%s")
        if not form.is_valid():
            return self.render_sending(request, issue, tried=form, status=422)
        addresses = form.cleaned_data["addresses"]
        try:
            if not try_out(issue, form.cleaned_data["language"], addresses, request.user):
                form.add_error(None, gettext("There is nothing in the letter in this language."))
        except TooMany:
            form.add_error(None, gettext("You have sent very many of these. Try again in an hour."))
        except OSError as problem:  # every error of smtplib is one
            text = gettext("The mail server did not take it: %(problem)s")
            form.add_error(None, text % {"problem": str(problem)[:200]})
        if form.errors:
            return self.render_sending(request, issue, tried=form, status=422)
        text = gettext("Sent to %(addresses)s.") % {"addresses": ", ".join(addresses)}
        self.message_user(request, text, messages.SUCCESS)
        return self.back(issue)

    def decide_view(self, request, pk):
        """What a person knows of letters of which the site cannot know whether they arrived."""
        issue = self.issue_to_send(request, pk)
        chosen = [key for key in request.POST.getlist("delivery") if key.isdecimal() and len(key) < 19]
        deliveries = Delivery.objects.filter(issue=issue)
        if "_all" not in request.POST:
            deliveries = deliveries.filter(pk__in=chosen)
        again = request.POST.get("_decide") == "again"
        count = sending_issues.decide(deliveries, send_again=again)
        if again:
            text = ngettext("%(count)d letter goes out once more.", "%(count)d letters go out once more.", count)
        else:
            text = ngettext("%(count)d letter counts as sent.", "%(count)d letters count as sent.", count)
        if count:
            self.log_change(request, issue, text % {"count": count})
        self.message_user(request, text % {"count": count}, messages.SUCCESS if count else messages.WARNING)
        return self.back(issue)


def unsettled(issue) -> dict:
    """Deliveries that a person should look at: the first of each kind, and how many there are. Three queries."""
    rows = Delivery.objects.filter(issue=issue).select_related("subscriber").order_by("pk")
    if issue.state in (State.DRAFT, State.APPROVED):
        return {"uncertain": [], "refused": []}
    counts = Delivery.counts_of(issue)
    return {
        "uncertain": list(rows.filter(state=Delivery.State.UNCERTAIN)[:UNSETTLED]),
        "uncertain_count": counts.get(Delivery.State.UNCERTAIN, 0),
        "refused": list(rows.filter(state=Delivery.State.REFUSED)[:UNSETTLED]),
        "refused_count": counts.get(Delivery.State.REFUSED, 0),
        "most_shown": UNSETTLED,
    }
