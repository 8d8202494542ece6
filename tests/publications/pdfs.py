"""PDFs of all kinds, made here: plain ones, and those that an upload has to refuse."""

import zlib
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject


def assembled(objects, version=b"1.7"):
    """A PDF of the bodies of its objects, the first of which is its catalogue."""
    out, places = b"%PDF-" + version + b"\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def pdf(text="A line of text", pages=1, *, catalogue=b"", stream=None):
    """So many pages with one line; `catalogue` are further entries of the catalogue ("/Lang (en)")."""
    content = f"BT /F1 12 Tf 20 700 Td ({text}) Tj ET".encode("latin-1")
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        stream or b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 3 0 R >> >> >>"
    )
    return assembled([*objects, *[page] * pages])


def tagged_pdf(text="A line of text", language="en"):
    return pdf(text, catalogue=b"/MarkInfo << /Marked true >> /Lang (%s)" % language.encode())


def written_with(change):
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_script():
    return with_action("/JavaScript", JS="app.alert(1)")


def with_escaped_script():
    """The name of the action written as no human would, in an object that nothing leads to."""
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
            b"<< /S /Java#53cript /J#53 (app.alert(1)) >>",
        ]
    )


def with_attachment():
    return written_with(lambda writer: writer.add_attachment("a.exe", b"MZ"))


def with_action(action, **entries):
    def change(writer):
        writer._root_object[NameObject("/OpenAction")] = DictionaryObject(
            {NameObject("/S"): NameObject(action)}
            | {NameObject(f"/{key}"): TextStringObject(text) for key, text in entries.items()}
        )

    return written_with(change)


def with_film():
    def change(writer):
        writer.pages[0][NameObject("/Annots")] = ArrayObject(
            [
                DictionaryObject(
                    {NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/RichMedia")}
                )
            ]
        )

    return written_with(change)


def with_xfa():
    return pdf(catalogue=b"/AcroForm << /XFA (form) >>")


def encrypted():
    return written_with(lambda writer: writer.encrypt("secret", algorithm="RC4-128"))


def bomb(megabytes=400):
    """A page whose content grows a thousandfold when it is unpacked."""
    packed = zlib.compress(b" " * (megabytes * 1024 * 1024), 9)
    return pdf(stream=b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed))


def endless_pages():
    """A tree of pages that is its own branch."""
    return assembled(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R 2 0 R] /Count 3000000 >>"]
    )
