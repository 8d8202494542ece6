"""The pages of the admin on which an item is proposed for the front page, and on which the secretariat decides."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desk.history.acts import Act
from desk.history.recording import recorded
from desk.last_saved import name_of
from desk.scope import networks_of
from pages.letters_on_proposals import tell_proposer, tell_who_decides
from pages.models import FrontPageProposal
from pages.targets import ITEM_FIELDS
from publishing.admin_address import admin_address

WAITING = FrontPageProposal.Decision.WAITING


def field_for(model) -> str:
    """The field of a proposal that holds an item of this model; "" where none can."""
    for name in ITEM_FIELDS:
        if FrontPageProposal._meta.get_field(name).remote_field.model is model:
            return name
    return ""


def proposal_urls(site) -> list:
    """For `get_urls` of the admin site: "admin:propose", with the kind of item and its key."""
    return [path("propose/<slug:kind>/<int:key>/", site.admin_view(propose), {"site": site}, "propose")]


class ReasonForm(forms.ModelForm):
    class Meta:
        model = FrontPageProposal
        fields = ["reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 4, "cols": 60})}


def propose(request, kind, key, site):
    """GET asks why, POST proposes. For whoever may change the item, whose admin says so."""
    item = item_to_propose(request, kind, key, site)
    waiting = FrontPageProposal.objects.filter(decision=WAITING, **{kind: item}).select_related("proposed_by").first()
    form = ReasonForm(request.POST or None)
    change = admin_address(item)
    if request.method == "POST" and waiting is None and form.is_valid():
        form.instance.proposed_by = request.user
        setattr(form.instance, kind, item)
        try:
            with transaction.atomic():
                tell_who_decides(form.save())
        except IntegrityError:  # the second press of the button, or a colleague's
            messages.info(request, gettext("It is proposed already: the secretariat will decide."))
        else:
            text = gettext("Proposed for the front page. The answer will stand in the list of proposals.")
            messages.success(request, text)
        return redirect(change)
    context = {
        **site.each_context(request),
        "title": _("Propose for the front page"),
        "item": item,
        "change_address": change,
        "opts": item._meta,
        "form": form,
        "waiting": waiting,
    }
    return TemplateResponse(request, "admin/pages/propose.html", context)


def item_to_propose(request, kind, key, site):
    if not request.user.has_perm("pages.add_frontpageproposal"):
        raise PermissionDenied
    if kind not in ITEM_FIELDS:
        raise Http404
    own = site._registry.get(FrontPageProposal._meta.get_field(kind).remote_field.model)
    item = own.get_object(request, str(key)) if own else None
    if item is None:
        raise Http404
    if not own.has_change_permission(request, item):
        raise PermissionDenied
    return item


class FrontPageProposalAdmin(admin.ModelAdmin):
    """The one list of proposals. Its page of a proposal decides; nothing else of it can be edited."""

    change_form_template = "admin/pages/decide.html"
    list_display = ["item_column", "decision", "proposer_column", "proposed_at", "decider_column"]
    list_display_links = ["item_column"]
    list_filter = ["decision"]
    list_select_related = ["proposed_by", "decided_by", *ITEM_FIELDS]
    asked = ["item_link", "reason", "proposer_column", "proposed_at"]
    decided = ["decision", "answer", "decider_column", "decided_at"]
    readonly_fields = [*asked, *decided]

    def get_fields(self, request, obj=None):
        return self.asked if obj and obj.decision == WAITING else self.readonly_fields

    def get_queryset(self, request):
        """A network editor sees what they proposed, and nobody else's."""
        rows = super().get_queryset(request)
        return rows if networks_of(request.user) is None else rows.filter(proposed_by=request.user)

    def get_changelist_instance(self, request):
        change_list = super().get_changelist_instance(request)
        change_list.title = capfirst(self.opts.verbose_name_plural)
        return change_list

    def has_add_permission(self, request):
        return False  # proposed on the item's own form

    @admin.display(description=_("item"))
    def item_column(self, proposal):
        return str(proposal.target_item)

    @admin.display(description=_("proposed by"), ordering="proposed_by")
    def proposer_column(self, proposal):
        return name_of(proposal.proposed_by) if proposal.proposed_by else None

    @admin.display(description=_("decided by"), ordering="decided_by")
    def decider_column(self, proposal):
        return name_of(proposal.decided_by) if proposal.decided_by else None

    @admin.display(description=_("item"))
    def item_link(self, proposal):
        item = proposal.target_item
        return format_html('<a href="{}">{}</a>', admin_address(item), item)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method == "POST" and self.has_change_permission(request):
            return self.decide(request, object_id)
        proposal = self.get_object(request, object_id)
        context = {
            "title": _("Proposal for the front page"),
            "subtitle": None,
            "is_waiting": bool(proposal) and proposal.decision == WAITING,
            "show_save": False,
            "show_save_and_continue": False,
        }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def decide(self, request, object_id):
        answer = request.POST.get("answer", "").strip()
        approved = "_approve" in request.POST
        with recorded(request.user, Act.APPROVED):
            rows = self.get_queryset(request).select_related(None).select_for_update()
            proposal = rows.filter(pk=object_id if str(object_id).isdecimal() else None).first()
            if proposal is None:
                raise Http404
            if proposal.decision != WAITING:
                text = gettext("It is decided already: see below by whom.")
                if answer:
                    text += " " + gettext("Your answer was not sent: “%(answer)s”") % {"answer": answer}
                messages.warning(request, text)
                return redirect(request.path)
            if approved:
                if not request.user.has_perm("pages.add_highlight"):
                    raise PermissionDenied
                highlight = proposal.approve(request.user, answer)
                self.log_change(request, proposal, gettext("Approved."))
            else:
                proposal.decline(request.user, answer)
                self.log_change(request, proposal, gettext("Declined."))
            tell_proposer(proposal)
        if approved:
            text = gettext("“%(item)s” is on the front page now. Here you can shorten its label or change its order.")
            messages.success(request, text % {"item": proposal})
            return redirect("admin:pages_highlight_change", highlight.pk)
        messages.success(request, gettext("Declined. The proposer finds your answer in the list of proposals."))
        return redirect("admin:pages_frontpageproposal_changelist")
