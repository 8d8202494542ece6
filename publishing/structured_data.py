"""What search engines read in a page beside its text: schema.org's vocabulary as JSON-LD, a data block that no browser
runs.
"""

from __future__ import annotations

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import mark_safe

SCHEMA = "https://schema.org"
# As Django's `json_script` does, whose kind of block is fixed: nothing in a text can end the element.
ESCAPED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


def data_block(data: dict[str, Any] | None) -> str:
    """The element for a page; nothing where there is nothing to say."""
    if data is None:
        return ""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


def without_gaps(value: Any) -> Any:
    """The same without what is empty."""
    if isinstance(value, dict):
        kept = {key: without_gaps(part) for key, part in value.items()}
        return {key: part for key, part in kept.items() if part not in ("", None, [])}
    return [without_gaps(part) for part in value] if isinstance(value, list) else value
