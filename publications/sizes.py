"""How large a file is, as readers of a language write it."""

from __future__ import annotations

from babel import Locale
from babel.units import format_unit

from translations.texts import current_language

# Babel's plain "en" is American, and its "pt" Brazilian, which spells bytes out after one: "1,2 MByte".
LOCALES = {"en": "en_GB", "pt": "pt_PT"}


def size_text(size: int, language: str | None = None) -> str:
    """`1_234_567` bytes → "1.2 MB", in French "1,2 Mo"; in powers of ten, as the units say (IEC 80000-13)."""
    locale = Locale.parse(LOCALES.get(language or current_language(), language or current_language()))
    if size < 950_000:
        return format_unit(max(1, round(size / 1000)), "digital-kilobyte", "short", locale=locale)
    number = size / 1_000_000
    return format_unit(
        number, "digital-megabyte", "short", format="#,##0.#" if number < 10 else "#,##0", locale=locale
    )
