"""What the copy says of itself, in the language of the page where it says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext, override

from pages.models import SiteIdentity
from publishing.templatetags.date_tags import edtf_text


@dataclass(frozen=True)
class Wording:
    """Markup and words for pages of one language; addresses in it are those of the site and still to be rewritten."""

    language: str
    frozen: str
    as_of: str
    one_choice: str
    no_sending: str
    search: str
    search_word: str
    search_address: str


def wording(language: str, moment: datetime) -> Wording:
    with override(language):
        identity = SiteIdentity.objects.first()
        context = {
            "language": language,
            "date": edtf_text(localdate(moment).isoformat()),
            "email": identity.email if identity else "",
            # In braces: what the script puts in.
            "found_one": found(1),
            "found_more": found(2),
        }

        def part(name: str) -> str:
            return render_to_string(f"static_export/{name}.html", context).strip()

        return Wording(
            language=language,
            frozen=part("_frozen"),
            as_of=part("_as_of"),
            one_choice=part("_one_choice"),
            no_sending=part("_no_sending"),
            search=part("_search"),
            search_word=gettext("Search"),
            search_address=reverse("search"),
        )


def found(number: int) -> str:
    """How many results there are, as the search page says it."""
    text = ngettext("%(count)s result for “%(text)s”", "%(count)s results for “%(text)s”", number)
    return text % {"count": "{count}", "text": "{text}"}
