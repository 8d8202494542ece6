"""What the items that editors write look like: experiences, news, pages, the site's identity, the newsletter."""

from editions.models import Series
from experiences.models import Experience
from news.models import Category, Post
from newsletter.models import ConsentText
from pages.models import Highlight, MenuItem, Page, SiteIdentity, SocialLink
from pages.targets import Section as SiteSection
from starter_content.checks import (
    LANGUAGES,
    country,
    day,
    edtf,
    email,
    flag,
    html,
    item_id,
    language_tag,
    large,
    list_of,
    nothing_or,
    one_of,
    pattern,
    record,
    reference,
    slug,
    text,
    translated,
    url,
    whole,
    words,
    year,
)

LANGUAGE = one_of(LANGUAGES)
ORDER = whole()
SLUGS = translated(slug)
BODY = translated(html)
LOCATIONS = list_of(one_of(("main", "quick", "footer")), least=1)
ABOUT_EXPERIENCES = {
    "themes": list_of(reference("themes")),
    "target_groups": list_of(reference("target_groups")),
    "sdgs": list_of(reference("sdgs")),
    "charter_principles": list_of(reference("charter_principles")),
    "editions": list_of(reference("editions")),
    "started": edtf,
    "slug": SLUGS,
    "body": BODY,
}
EXPERIENCE = {
    "id": item_id,
    "source_language": LANGUAGE,
    "title": words(Experience, "title"),
    "country": country,
}
RELATED = {name: list_of(reference(name)) for name in ("networks", "events", "editions", "cities", "experiences")}
TITLE_AND_TEXT = record({"title": translated(text()), "text": translated(text())})
MAIL = record({"subject": translated(text()), "body_text": translated(text())})


def target(value, known):
    """Where a menu entry or a highlight leads: {"type", "id"}."""
    checks = {
        "section": one_of(SiteSection),
        "page": reference("pages"),
        "series": reference("series"),
        "edition": reference("editions"),
        "network": reference("networks"),
        "city": reference("cities"),
        "event": reference("events"),
    }
    yield from typed(value, known, checks)


def typed(value, known, checks):
    kind = value.get("type") if isinstance(value, dict) else None
    check_id = checks.get(kind) if isinstance(kind, str) else None
    yield from record({"type": one_of(checks), "id": check_id or text()})(value, known)


def issue_item(value, known):
    checks = {"news": reference("posts"), "event": reference("events"), "experience": reference("experiences")}
    yield from typed(value, known, checks)


TEXTS = {
    "focus_series": record(
        {
            "id": one_of((Series.Key.FOCUS_EXPERIENCE.value,)),
            "name": words(Series, "name"),
            "description": words(Series, "description"),
            "source_language": LANGUAGE,
        },
        {"first_number": whole(1), "last_number": whole(1)},
    ),
    "bank": record(
        {**EXPERIENCE, "kind": one_of(("bank",)), "city": nothing_or(reference("cities"))},
        {
            **ABOUT_EXPERIENCES,
            "summary": words(Experience, "summary"),
            "city_name": text((Experience, "city_name")),
            "award_year": year,
        },
    ),
    "focus": record(
        {**EXPERIENCE, "kind": one_of(("focus",)), "number": whole(1), "city": nothing_or(reference("cities"))},
        {
            **ABOUT_EXPERIENCES,
            "teaser": words(Experience, "summary"),
            "city_name": text((Experience, "city_name")),
            "award_year": year,
            "published": edtf,
        },
    ),
    "categories": record(
        {"id": item_id, "name": words(Category, "name"), "order": ORDER},
        {"source_language": LANGUAGE, "slug": SLUGS},
    ),
    "posts": record(
        {"id": item_id, "source_language": LANGUAGE, "title": words(Post, "title"), "date": day},
        {
            "slug": SLUGS,
            "teaser": words(Post, "teaser"),
            "body": BODY,
            "date_edtf": edtf,
            "date_confirmed": flag,
            "categories": list_of(reference("categories")),
            "related": record(optional=RELATED),
            "sdgs": list_of(reference("sdgs")),
            "video": nothing_or(url),
            "series_item": record({"series": reference("series"), "number": reference("focus_numbers")}),
            "seed_order": whole(1),
        },
    ),
    "pages": record(
        {"id": item_id, "source_language": LANGUAGE, "title": words(Page, "title")},
        {
            "slug": SLUGS,
            "teaser": words(Page, "teaser"),
            "body": BODY,
            "menu": record({"location": LOCATIONS, "order": ORDER}, {"parent": reference("menu")}),
        },
    ),
    "identity": record(
        {
            "id": item_id,
            "name": words(SiteIdentity, "name"),
            "acronym": words(SiteIdentity, "acronym"),
            "source_language": LANGUAGE,
            "content_languages": list_of(LANGUAGE),
        },
        {
            "tagline": words(SiteIdentity, "tagline"),
            "introduction": words(SiteIdentity, "introduction"),
            "official_languages": list_of(language_tag),
            "history": record(
                optional={
                    **dict.fromkeys(
                        ("movement_started", "association_founded", "charter_proclaimed", "unesco_agreement"), edtf
                    ),
                    "charter_revised": list_of(edtf),
                }
            ),
            "seat": record(
                {"city": reference("cities"), "country": country},
                {
                    "street": text((SiteIdentity, "street")),
                    "postal_code": text((SiteIdentity, "postal_code")),
                    "phone": text((SiteIdentity, "phone")),
                    "email": email,
                    "website": url,
                },
            ),
            "member_counts": list_of(record({"as_of": edtf, "cities": large}, {"countries": large, "at_least": flag})),
            "social_links": list_of(
                record(
                    {
                        "id": item_id,
                        "platform": one_of(SocialLink.Platform),
                        "label": text((SocialLink, "label")),
                        "order": ORDER,
                    },
                    {"url": url},
                )
            ),
        },
    ),
    "menu": record(
        {
            "id": item_id,
            "label": words(MenuItem, "label"),
            "target": target,
            "location": LOCATIONS,
            "order": ORDER,
            "source_language": LANGUAGE,
        },
        {"parent": reference("menu")},
    ),
    "highlights": record(
        {
            "id": item_id,
            "label": words(Highlight, "label"),
            "target": target,
            "order": ORDER,
            "source_language": LANGUAGE,
        },
        {"from": day, "until": day},
    ),
    "newsletter": record(
        {
            "id": item_id,
            "source_language": LANGUAGE,
            "consent": record(
                {"version": pattern(r"[A-Za-z0-9_-]{1,50}", "version"), "text": words(ConsentText, "text")}
            ),
        },
        {
            "signup": record({"title": translated(text()), "intro": translated(text())}),
            "placeholders": list_of(item_id),
            "mails": record(optional={"confirmation": MAIL, "welcome": MAIL}),
            "pages": record(optional=dict.fromkeys(("check_inbox", "confirmed", "goodbye"), TITLE_AND_TEXT)),
        },
    ),
    "issues": record(
        {"id": item_id, "number": whole(1), "title": translated(text()), "date": edtf, "source_language": LANGUAGE},
        {
            "sample": flag,
            "preheader": translated(text()),
            "intro": BODY,
            "sections": list_of(
                record({"id": item_id, "heading": translated(text()), "items": list_of(issue_item, least=1)})
            ),
        },
    ),
}
