"""The admin's page from which texts go out to translators, and to which they come back."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
import zlib
from collections import Counter

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from publishing.collation import collation_key
from publishing.word_diff import readable
from translations.exchange import files
from translations.exchange.arrival import Line, Outcome, bring_in, bring_in_by_steps
from translations.exchange.selection import WANTED, is_rich, texts_for
from translations.exchange.units import MAX_SIZE, Unreadable
from translations.kinds import kinds
from translations.models import State
from translations.progress import while_it_goes_on
from translations.rights import languages_of_translator, may_change, visible_items
from translations.translator_form import label_of

# A checked file waits in its form, packed; Django reads no longer forms than that.
MOST_PACKED = settings.DATA_UPLOAD_MAX_MEMORY_SIZE * 9 // 10
MOST_LINES = 1000
signer = signing.Signer(salt="translations.exchange")


def exchange_urls(admin_site):
    """The page's addresses, for `get_urls` of the admin site: "admin:translations_exchange" and "…_export"."""
    return [
        path(f"translations/{name}/", admin_site.admin_view(view), {"admin_site": admin_site}, f"translations_{name}")
        for name, view in (("exchange", exchange), ("export", require_safe(export)))
    ]


class ExportForm(forms.Form):
    language = forms.ChoiceField(label=_("translate into"))
    source = forms.ChoiceField(label=_("written in"), required=False)
    state = forms.MultipleChoiceField(
        label=_("state of the texts"), choices=State.choices, widget=forms.CheckboxSelectMultiple, initial=list(WANTED)
    )
    kind = forms.MultipleChoiceField(
        label=_("only these types"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none and you get all."),
    )
    format = forms.ChoiceField(
        label=_("format"),
        choices=files.FORMATS.items(),
        help_text=_("XLIFF for translators’ tools, CSV for a spreadsheet."),
    )

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        mine = languages_of_translator(request.user)
        self.fields["language"].choices = [pair for pair in settings.LANGUAGES if pair[0] in mine]
        self.fields["source"].choices = [("", _("any language")), *settings.LANGUAGES]
        self.fields["kind"].choices = sorted(
            ((kind.name, capfirst(str(kind.model._meta.verbose_name_plural))) for kind in changeable_kinds(request)),
            key=lambda pair: collation_key(pair[1]),
        )


class ImportForm(forms.Form):
    file = forms.FileField(label=_("file"), help_text=_("XLIFF 2.0 or CSV, as exported here, at most 20 MB."))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_SIZE:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        return file.read()


def changeable_kinds(request):
    return [kind for kind in kinds().values() if may_change(request, kind)]


def exchange(request, admin_site):
    """The forms; after a file was sent, what would become of each text, and the button that does it."""
    if not changeable_kinds(request):
        raise PermissionDenied
    import_form, report = ImportForm(label_suffix=""), {}
    if request.method == "POST" and "packed" in request.POST:
        return bring_in_checked(request, admin_site)
    if request.method == "POST":
        import_form = ImportForm(request.POST, request.FILES, label_suffix="")
        if import_form.is_valid():
            report = checked(request, import_form)
    export_form = ExportForm(request=request)
    return page(request, admin_site, import_form=import_form, export_form=export_form, **report)


def page(request, admin_site, **context):
    context = admin_site.each_context(request) | {"title": gettext("Translations out and in")} | context
    return render(request, "admin/translations/exchange.html", context)


def checked(request, form):
    """What a dry run says of a file; nothing, and an error in the form, where it cannot be read."""
    content = form.cleaned_data["file"]
    try:
        texts = files.read(content)
    except Unreadable as error:
        form.add_error("file", str(error))
        return {}
    report = summary(bring_in(texts, dry_run=True, **on_behalf_of(request)))
    packed = signer.sign(base64.b64encode(zlib.compress(content)).decode())
    if len(packed) > MOST_PACKED:
        form.add_error("file", _("This file is too large to be imported here. Send it in parts."))
        return report | {"nothing_to_do": True}
    return report | {"packed": packed}


def bring_in_checked(request, admin_site):
    """Writes while the page is on its way, which says meanwhile how far it is; thousands of texts take a minute."""
    try:
        packed = base64.b64decode(signer.unsign(request.POST["packed"]))
        content = zlib.decompressobj().decompress(packed, MAX_SIZE)
        lines = [Line(text) for text in files.read(content)]
    except (signing.BadSignature, binascii.Error, zlib.error, Unreadable):
        messages.error(request, gettext("The file did not arrive as it was. Send it once more."))
        return redirect("admin:translations_exchange")

    def whole(**context):
        forms = {"import_form": ImportForm(label_suffix=""), "export_form": ExportForm(request=request)}
        return page(request, admin_site, **forms, **context).content.decode()

    steps = bring_in_by_steps(lines, **on_behalf_of(request))
    return while_it_goes_on(whole, steps, len(lines), lambda: {"done": True, **summary(lines)})


def on_behalf_of(request):
    return {
        "by": request.user,
        "may_change": lambda user, item: may_change(request, kinds()[item._meta.label_lower], item),
    }


def summary(lines):
    """What needs a look first: refused, then written; the longest report is cut, and says so."""
    counts = Counter(line.outcome for line in lines)
    order = [Outcome.REFUSED, Outcome.WRITTEN, Outcome.CONFIRMED, Outcome.UNCHANGED, Outcome.SKIPPED]
    ordered = sorted(lines, key=lambda line: order.index(line.outcome))
    named = dict(settings.LANGUAGES)
    return {
        "counts": [(outcome.label, counts[outcome]) for outcome in order],
        "lines": [
            {
                "outcome": line.outcome,
                "reason": line.reason,
                "title": line.title or line.text.name,
                "kind": kind_name(line.text.name),
                "field": field_name(line.text),
                "language": named.get(line.text.language, line.text.language),
                "text": words_for_report(line)[:200],
                "code": line.text.language if line.text.language in named else "",
            }
            for line in ordered[:MOST_LINES]
        ],
        "left_out": max(0, len(lines) - MOST_LINES),
        "nothing_to_do": not (counts[Outcome.WRITTEN] or counts[Outcome.CONFIRMED]),
    }


def words_for_report(line):
    """As a person reads it; what was refused may be refused for its markup, so that is shown."""
    text = line.text
    return (
        text.text
        if line.outcome is Outcome.REFUSED
        else readable(text.text, is_rich(text.name.partition(":")[0], text.field))
    )


def field_name(text):
    """As the item's form calls it."""
    kind = kinds().get(text.name.partition(":")[0])
    return label_of(kind, text.field) if kind and text.field in kind.fields else text.field


def kind_name(name):
    kind = kinds().get(name.partition(":")[0])
    return kind.model._meta.verbose_name if kind else ""


def export(request, admin_site):
    form = ExportForm(request.GET, request=request)
    mine = [kind.name for kind in changeable_kinds(request)]
    if not mine:
        raise PermissionDenied
    if not form.is_valid():
        return page(request, admin_site, export_form=form, import_form=ImportForm(label_suffix=""))
    chosen = form.cleaned_data
    texts = list(
        texts_for(
            chosen["language"],
            states=chosen["state"],
            names=set(chosen["kind"] or mine),
            source=chosen["source"],
            among=visible_items(request),
        )
    )
    if not texts:
        form.add_error(None, _("No text is in that state. There is nothing to export."))
        return page(request, admin_site, export_form=form, import_form=ImportForm(label_suffix=""))
    return download(files.build(texts, chosen["format"]), chosen["format"], chosen["language"])


def download(built, form, language):
    """One file, or a ZIP of several where items were written in several languages."""
    day = timezone.localdate().isoformat()
    names = {
        "-".join(filter(None, ["translations", day, source, language])) + files.ENDINGS[form]: content
        for source, content in built.items()
    }
    if len(names) == 1:
        [(name, content)] = names.items()
        kind = files.CONTENT_TYPES[form]
    else:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in names.items():
                file.writestr(name, content)
        name, content, kind = f"translations-{day}-{language}.zip", archive.getvalue(), "application/zip"
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )
