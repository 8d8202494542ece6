"""The text of a PDF, for the apps that have such files to let it be found."""

from __future__ import annotations

import logging
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

logger = logging.getLogger(__name__)

MAX_PAGES = 500
MAX_LENGTH = 1_000_000


def text_of_pdf(file: BinaryIO) -> str:
    """The words of its pages, in one line; "" for a file without text, encrypted, or broken.

    Call it when a file arrives and keep the text: a hundred pages take seconds.
    """
    texts, length = [], 0
    try:
        reader = PdfReader(file)
        for number, page in enumerate(reader.pages):
            if number == MAX_PAGES or length > MAX_LENGTH:
                break
            texts.append(" ".join((page.extract_text() or "").replace("\0", " ").split()))
            length += len(texts[-1])
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        # What a broken file makes of a reader is as various as broken files.
        logger.warning("No text could be read from a PDF: %s", error)
    return " ".join(filter(None, texts))[:MAX_LENGTH]
