"""Before an item is published it is looked at: errors stop it, advice is told. See `checks`.

What readers see already stays where it is: an old error does not keep anybody from mending something else, and is
shown beside the form until it is gone.
"""

from django.contrib import admin, messages
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext

from checks.looking import findings, findings_of_several, with_what_checks_read
from checks.site import keep_findings
from publishing.admin_address import admin_address
from publishing.models import State
from publishing.shown_state import ShownState, shown_state

ON_THE_SITE = (ShownState.PUBLISHED, ShownState.SCHEDULED)
MOST_NAMED = 5


class CheckingForm:
    """Mixed into the form of an item: asks the checks once everything else in it is right."""

    findings, old = (), frozenset()
    publishes = staticmethod(lambda item: False)
    # Errors can be noted and stop nothing, as for a preview.
    errors_stop = True
    # When readers will see it; None is now.
    shows_at = None

    def _post_clean(self):
        super()._post_clean()
        if self.errors or not self.publishes(self.instance):
            return
        self.findings = findings(self.instance, self.shows_at)
        self.old = stored_findings(self.instance)
        for found in self.new_errors() if self.errors_stop else ():
            self.add_error(found.column if found.column in self.fields else None, found.shown)

    def new_errors(self):
        """What readers would meet and do not meet yet."""
        return [found for found in self.findings if found.is_error and found.key not in self.old]

    def new_advice(self):
        """What the editor has not been told before."""
        return [found for found in self.findings if not found.is_error and found.key not in self.old]


class CheckingAdmin(admin.ModelAdmin):
    class Media:
        css = {"all": ["admin-look/findings.css"]}

    def __init__(self, model, admin_site):
        super().__init__(model, admin_site)
        self.form = type(self.form)(
            self.form.__name__, (CheckingForm, self.form), {"__module__": self.form.__module__}
        )

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)  # a class of this request's own
        form.publishes = staticmethod(lambda item: self.publishes(request, item))
        return form

    def publishes(self, request, item) -> bool:
        """Whether saving the form would put what it holds on the site, now or at its moment."""
        return item.state == State.PUBLISHED and shown_state(item) in ON_THE_SITE

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """The panel: of the form that came back, else of the item as it is saved."""
        form = context["adminform"].form
        if not context.get("is_popup"):
            context["findings"] = getattr(form, "findings", ()) or (findings(obj) if obj is not None else [])
            context["is_on_the_site"] = obj is not None and shown_state(obj) in ON_THE_SITE
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not isinstance(form, CheckingForm):
            return  # a row of a list: its few fields say nothing that could be wrong
        item = form.instance
        keep_findings([item], [form.findings if self.publishes(request, item) else []])
        if advice := form.new_advice() if form.findings else []:
            lead = ngettext(
                "It can be published as it is. One piece of advice:",
                "It can be published as it is. %(count)d pieces of advice:",
                len(advice),
            )
            messages.warning(request, in_a_list(lead % {"count": len(advice)}, [found.shown for found in advice]))

    def without_errors(self, request, items) -> list:
        """Those of the items that may be published; tells what is wrong with the others."""
        items = list(items)
        # The rows of a list come without their long texts.
        rows = with_what_checks_read(self.model._base_manager.filter(pk__in=[item.pk for item in items]))
        whole = {row.pk: row for row in rows}
        for row in whole.values():
            row.publish_at = None  # the button means now
        found = dict(zip(whole, findings_of_several(whole.values()), strict=True))
        kept, lines = [], []
        for item in items:
            errors = [one for one in found.get(item.pk, []) if one.is_error]
            # Who presses the button on what is public already changes nothing.
            if not errors or shown_state(item) == ShownState.PUBLISHED:
                kept.append(item)
                continue
            said = format_html_join(" ", "{}", ((one.shown,) for one in errors[:MOST_NAMED]))
            lines.append(format_html('<a href="{}">{}</a>: {}', admin_address(item), item, said))
        if lines:
            lead = gettext("Not published, because readers would meet an error. Open the item and mend it:")
            messages.error(request, in_a_list(lead, lines[:MOST_NAMED], more=len(lines) - MOST_NAMED))
        return kept


def stored_findings(item) -> set:
    """Keys of what is wrong with an item as readers see it; none where they do not see it."""
    if item.pk is None:
        return set()
    stored = with_what_checks_read(type(item)._base_manager.filter(pk=item.pk)).first()
    if stored is None or shown_state(stored) not in ON_THE_SITE:
        return set()
    return {found.key for found in findings(stored)}


def in_a_list(lead, lines, more=0):
    rest = [gettext("and %(count)d more") % {"count": more}] if more > 0 else []
    if not lines:
        return lead
    return format_html(
        "{}<ul>{}</ul>", lead, format_html_join("", "<li>{}</li>", ((line,) for line in [*lines, *rest]))
    )
