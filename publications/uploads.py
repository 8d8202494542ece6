"""May this file become a document of the site? Judged by its content, never by its name or its claimed type.

Cheap questions come first: bytes, then how it begins and ends, and only then is it read.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from publications.pdf_reading import Unreadable, facts_of

MEGABYTE = 1024 * 1024
MAX_BYTES = 40 * MEGABYTE
MAX_PAGES = 1000
ACCEPTED = "application/pdf,.pdf"
# Where the end of a PDF is looked for, as readers do.
TAIL = 1024

REFUSALS = {
    "too_many_bytes": _("This file is larger than %(megabytes)d MB. Save it with smaller pictures and try again."),
    "too_many_pages": _("This file has more than %(pages)d pages. Divide it into parts."),
    "not_a_pdf": _("This file is no PDF, whatever its name says. Open it in the program it comes from and export it."),
    "damaged": _("This PDF is damaged or incomplete. Open it in the program it comes from and export it anew."),
    "encrypted": _("This PDF is protected by a password or by restrictions. Save it without them."),
    "too_costly": _("Reading this PDF takes more memory or time than a document needs. Export it anew."),
    "disguised": _(
        "This file is a PDF and something else at once (a page, a program or an archive). Export the PDF anew."
    ),
    "javascript": _("This PDF contains a program (JavaScript). Export it without forms that calculate or check."),
    "launch": _("This PDF starts another program when it is opened or clicked. Export it without that."),
    "embedded": _("There are other files inside this PDF. Save it without attachments."),
    "sends": _("A form in this PDF sends or fetches data by itself. Export it without that."),
    "media": _("There is sound or film inside this PDF. Export it without and link to the recording."),
    "xfa": _("This PDF holds a form (XFA) that most programs cannot show. Print it to a PDF."),
}


@dataclass(frozen=True)
class PdfFacts:
    """What is known of a document from its file; `language` and `title` as the file itself gives them, "" if not."""

    size: int
    digest: str
    pages: int
    is_tagged: bool
    language: str
    title: str


def refusal(*codes: str) -> ValidationError:
    params = {"megabytes": MAX_BYTES // MEGABYTE, "pages": MAX_PAGES}
    return ValidationError([ValidationError(REFUSALS[code], code=code, params=params) for code in codes])


def inspected(upload: File) -> PdfFacts:
    """Looked at once, however often form, model and storage ask. Raises ValidationError, with every reason."""
    if not hasattr(upload, "pdf_facts"):
        if upload.size is not None and upload.size > MAX_BYTES:
            raise refusal("too_many_bytes")
        upload.open()
        data = upload.read(MAX_BYTES + 1)
        upload.seek(0)
        upload.pdf_facts = inspect(data.encode() if isinstance(data, str) else data)
    return upload.pdf_facts


def inspect(data: bytes) -> PdfFacts:
    if len(data) > MAX_BYTES:
        raise refusal("too_many_bytes")
    if not data.startswith(b"%PDF-"):
        raise refusal("not_a_pdf")
    if b"%%EOF" not in data[-TAIL:]:
        raise refusal("disguised" if b"%%EOF" in data else "damaged")
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise refusal("disguised")
    try:
        facts = facts_of(data)
    except Unreadable:
        raise refusal("too_costly") from None
    if "refused" in facts:
        raise refusal(facts["refused"])
    if facts["found"]:
        raise refusal(*facts["found"])
    if facts["pages"] > MAX_PAGES:
        raise refusal("too_many_pages")
    return PdfFacts(
        size=len(data),
        digest=hashlib.sha256(data).hexdigest(),
        pages=facts["pages"],
        is_tagged=facts["tagged"],
        language=facts["language"],
        title=facts["title"],
    )
