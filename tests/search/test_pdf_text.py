"""The text of PDFs, for the apps that have such files."""

from io import BytesIO

import pytest

from search.pdf_text import text_of_pdf


def pdf_with(text):
    """A PDF of one page with a line of text, as plain as the format allows."""
    content = f"BT /F1 12 Tf 20 700 Td ({text}) Tj ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
        b"/Encoding /WinAnsiEncoding >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def test_the_words_of_a_page_come_out():
    assert text_of_pdf(BytesIO(pdf_with("Carta de Ciudades Educadoras, edición de 2020"))) == (
        "Carta de Ciudades Educadoras, edición de 2020"
    )


@pytest.mark.parametrize("content", [b"", b"no PDF", b"%PDF-1.4\n", pdf_with("x")[:200]])
def test_a_broken_file_has_no_text(content):
    assert text_of_pdf(BytesIO(content)) == ""
