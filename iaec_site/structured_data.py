"""The association and its site as search engines read them on the home page: schema.org, as dicts for JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pages.models import SiteIdentity
from publishing.structured_data import SCHEMA, without_gaps
from translations.texts import ALL_LANGUAGES, text_of

# What a program puts the words in place of; the name that search engines document.
WORDS = "search_term_string"


def organization_data(site: SiteIdentity, *, home: str, logo: str, links: Iterable[str]) -> dict[str, Any]:
    """By its name in the page's language; the acronym and the names in the others stand beside it."""
    name, city = text_of(site, "name").text, site.seat_city
    others = [getattr(site, f"{field}_{code}") for field in ("acronym", "name") for code in ALL_LANGUAGES]
    here = [text_of(site, "acronym").text, *others]
    return without_gaps(
        {
            "@context": SCHEMA,
            "@type": "Organization",
            "name": name,
            "alternateName": [other for other in dict.fromkeys(filter(None, here)) if other != name],
            "url": home,
            "logo": logo,
            "email": site.email,
            "telephone": site.phone,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": site.street,
                "postalCode": site.postal_code,
                "addressLocality": city.name,
                "addressCountry": city.country,
            }
            if city
            else None,
            "sameAs": list(links),
        }
    )


def website_data(site: SiteIdentity, *, home: str, search: str, language: str) -> dict[str, Any]:
    """With the way to search it; all addresses are whole ones."""
    return without_gaps(
        {
            "@context": SCHEMA,
            "@type": "WebSite",
            "name": text_of(site, "name").text,
            "alternateName": text_of(site, "acronym").text,
            "url": home,
            "inLanguage": language,
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{{WORDS}}}"},
                "query-input": f"required name={WORDS}",
            },
        }
    )
