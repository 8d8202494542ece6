"""The least content that can be loaded: one item of each kind, two where a test needs another to stay as it is."""

import json


def least_content():
    """{file: parsed}; tests change it before they write it."""
    return {
        "taxonomy.json": {
            "themes": [{"id": "culture", "name": {"en": "Culture"}, "order": 1}],
            "target_groups": [{"id": "families", "name": {"en": "Families"}, "order": 1}],
            "sdgs": [
                {
                    "id": "sdg_4",
                    "number": 4,
                    "name": {"en": "Quality Education"},
                    "color": "#C5192D",
                    "text_color": "#FFFFFF",
                }
            ],
            "charter_parts": [{"id": "rights", "order": 1, "from": 1, "to": 6, "name": {"en": "Rights"}}],
            "charter_principles": [{"id": "one", "number": 1, "part": "rights", "label": {"en": "Learning"}}],
        },
        "cities.json": [
            {"id": "torino", "name": "Torino", "country": "IT", "listed_as": "member", "networks": ["rete"]},
            {"id": "espoo", "name": "Espoo", "country": "FI", "listed_as": "member"},
        ],
        "networks.json": [
            {
                "id": "rete",
                "official_name": {"language": "it", "text": "Rete"},
                "name": {"en": "Italian Network"},
                "kind": "territorial",
                "countries": ["IT"],
                "coordinating_city": "torino",
                "coordination_committee": ["torino"],
                "shown_on_home": True,
                "order": 1,
                "source_language": "en",
            }
        ],
        "series.json": [series("award"), series("focus_experience")],
        "editions.json": [
            {
                "id": "award_1",
                "series": "award",
                "ordinal": 1,
                "year": 2016,
                "title": {"en": "2016 Award"},
                "date": "2016",
                "status": "held",
                "figures": {"cities": 45, "at_least": True},
                "winners": [{"city": "espoo", "project": {"en": "Opinmäki"}}],
                "source_language": "en",
            }
        ],
        "events.json": [event("meeting", "Meeting"), event("assembly", "Assembly")],
        "experiences.json": {
            "series": series("focus_experience", order=False),
            "bank": [experience("bank_library", "bank", "Library", themes=["culture"], sdgs=[4])],
            "focus": [experience("focus_26", "focus", "Makerspaces", number=26, published="2017-04~")],
        },
        "news.json": {
            "categories": [{"id": "networks", "name": {"en": "Networks"}, "order": 1}],
            "posts": [
                {
                    "id": "news_focus",
                    "source_language": "en",
                    "title": {"en": "Focus Experience #26"},
                    "date": "2025-09-27",
                    "categories": ["networks"],
                    "related": {"cities": ["espoo"], "experiences": ["focus_26"]},
                    "series_item": {"series": "focus_experience", "number": 26},
                }
            ],
        },
        "pages.json": [
            {
                "id": "about",
                "source_language": "en",
                "title": {"en": "About us", "es": "Quiénes somos"},
                "body": {"en": "<p>Cities that educate.</p>"},
            }
        ],
        "site.json": {
            "id": "site",
            "name": {"en": "Educating Cities"},
            "acronym": {"en": "EC"},
            "source_language": "en",
            "content_languages": ["en", "es", "fr", "ca", "pt"],
            "member_counts": [{"as_of": "2020", "cities": 500}],
            "social_links": [{"id": "x", "platform": "x", "label": "@cities", "order": 1}],
            "menu": [
                link("about", "page", "about", location=["main"]),
                link("news", "section", "news", location=["main"]),
            ],
            "highlights": [link("award", "edition", "award_1", until="2025-10-15", **{"from": "2025-04-22"})],
        },
        "newsletter.json": {
            "source_language": "en",
            "consent": {"version": "first", "text": {"en": "I would like to receive the newsletter."}},
            "issues": [],
        },
    }


def series(key, order=True):
    item = {"id": key, "name": {"en": key}, "description": {"en": "A series."}, "source_language": "en"}
    return item | ({"order": 1} if order else {})


def event(event_id, title, **fields):
    return {
        "id": event_id,
        "kind": "meeting",
        "title": {"en": title},
        "date": "2025-11-14",
        "status": "confirmed",
        "source_language": "en",
    } | fields


def experience(experience_id, kind, title, **fields):
    return {
        "id": experience_id,
        "kind": kind,
        "source_language": "en",
        "title": {"en": title},
        "city": "espoo",
        "country": "FI",
    } | fields


def link(link_id, kind, target, **fields):
    target = {"type": kind, "id": target}
    return {"id": link_id, "label": {"en": link_id}, "target": target, "order": 1, "source_language": "en"} | fields


def write_files(folder, content):
    """A folder for the option `--data`."""
    for file, parsed in content.items():
        text = parsed if isinstance(parsed, str) else json.dumps(parsed, ensure_ascii=False)
        (folder / file).write_text(text, encoding="utf-8")
    return str(folder)
