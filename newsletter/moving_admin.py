"""The admin's page on which readers are brought in from elsewhere, and everything is taken along."""

from __future__ import annotations

import tempfile

from django import forms
from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from entrance.models import TrailEntry
from entrance.trail import note
from newsletter.exporting import write_export
from newsletter.import_tables import OPTIONAL, REQUIRED, Unreadable, read_lines
from newsletter.importing import bring_in

# Some five thousand lines, which take a few seconds; a longer list comes in on the command line, with a progress bar.
MOST_BYTES = 500_000
MOST_SHOWN = 200
# Above this an export is written to a file instead of being kept in memory.
IN_MEMORY = 5_000_000


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("table"),
        help_text=_("CSV, at most 500 kB. A longer list comes in by the command import_subscribers."),
    )
    only_look = forms.BooleanField(
        label=_("only say what would happen, and write nothing"), required=False, initial=True
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 500 kB."))
        return file


def moving_page(request, admin_site):
    """The forms; after a file was sent, what became of its lines."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent, label_suffix="")
    context = admin_site.each_context(request) | {
        "title": gettext("Readers in and out"),
        "form": form,
        "required_columns": REQUIRED,
        "optional_columns": OPTIONAL[:-1],
    }
    if request.method == "POST" and form.is_valid():
        refused = []
        only_look = form.cleaned_data["only_look"]
        try:
            lines = read_lines(form.cleaned_data["file"].file)
            outcome = bring_in(lines, refuse=lambda *line: refused.append(line), dry_run=only_look)
        except Unreadable as error:
            form.add_error("file", str(error))
        else:
            context |= {"outcome": outcome, "only_looked": only_look, "refused": refused[:MOST_SHOWN]}
            context |= {"left_out": len(refused) - len(refused[:MOST_SHOWN])}
            if not only_look:
                text = gettext("%(count)d readers were brought in.") % {"count": outcome.brought_in}
                messages.success(request, text)
    return render(request, "admin/newsletter/subscriber/moving.html", context)


@require_POST
def export(request):
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    write_export(file)
    file.seek(0)
    note(TrailEntry.Act.EXPORTED, gettext("all readers of the newsletter"))
    name = f"newsletter-{timezone.localdate().isoformat()}.zip"
    return FileResponse(file, as_attachment=True, filename=name)
