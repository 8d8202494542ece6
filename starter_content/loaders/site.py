"""Editorial pages, the site's identity, its menu and highlights, and the newsletter's consent."""

from newsletter.models import ConsentText
from pages.models import Highlight, MenuItem, Page, SiteIdentity
from pages.targets import ITEM_FIELDS
from starter_content.columns import PUBLISHED, optional, parents_first, plain, slugs, start_of, texts
from starter_content.loading import Row

SECTIONS_OF_TARGETS = {
    "page": "pages",
    "series": "series",
    "edition": "editions",
    "network": "networks",
    "city": "cities",
    "event": "events",
}


def load_pages(loading):
    for item in loading.content["pages"]:
        key = {"key": item["id"]}
        values = {**PUBLISHED, **key, **texts(item, "title", "teaser", "body"), **slugs(item)}
        values |= plain(item, "source_language")
        loading.store(Row(Page, "pages", item, values, identity=key))


def load_site(loading):
    load_identity(loading)
    load_menu(loading)
    load_highlights(loading)


def load_identity(loading):
    item = loading.content["identity"][0]
    history, seat = item.get("history", {}), item.get("seat", {})
    values = {
        **texts(item, "name", "acronym", "tagline", "introduction"),
        **plain(item, "source_language"),
        **plain(history, "movement_started", "association_founded", "charter_proclaimed", "unesco_agreement"),
        **plain(seat, "street", "postal_code", "phone", "email", "website"),
        "charter_revised": history.get("charter_revised", []),
        "official_languages": item.get("official_languages", []),
        "seat_city_id": loading.pk("cities", seat.get("city")),
    }
    own = {
        "social_links": [plain(link, "platform", "label", "url", "order") for link in item.get("social_links", ())],
        "member_counts": [
            {
                **plain(count, "as_of"),
                **optional(count, "cities", "countries"),
                **plain(count, "at_least", empty=False),
            }
            for count in item.get("member_counts", ())
        ],
    }
    loading.store(Row(SiteIdentity, "identity", item, values, own=own, identity={"singleton": True}))


def load_menu(loading):
    for item in parents_first(loading.content["menu"], "parent"):
        target, needs = target_of(item, loading)
        if "parent" in item:
            needs += (loading.pk("menu", item["parent"]),)
        values = {
            **target,
            **texts(item, "label"),
            **plain(item, "source_language", "order"),
            **{f"in_{place}": place in item["location"] for place in ("main", "quick", "footer")},
            "parent_id": loading.pk("menu", item.get("parent")),
        }
        loading.store(Row(MenuItem, "menu", item, values, needs=needs))


def load_highlights(loading):
    """Both days of a highlight are its own: it shows until the midnight after the last."""
    for item in loading.content["highlights"]:
        target, needs = target_of(item, loading)
        values = {
            **PUBLISHED,
            **target,
            **texts(item, "label"),
            **plain(item, "source_language", "order"),
            "publish_at": start_of(item.get("from")),
            "withdraw_at": start_of(item.get("until"), days_later=1),
        }
        loading.store(Row(Highlight, "highlights", item, values, needs=needs))


def target_of(item, loading):
    """The columns that say where an entry leads, and the pk that they need."""
    kind, target_id = item["target"]["type"], item["target"]["id"]
    columns = {"section": "", "external_url": "", **{f"{name}_id": None for name in ITEM_FIELDS}}
    if kind == "section":
        return columns | {"section": target_id}, ()
    pk = loading.pk(SECTIONS_OF_TARGETS[kind], target_id)
    return columns | {f"{kind}_id": pk}, (pk,)


def load_newsletter(loading):
    """The words of the consent; the texts of pages and letters are the newsletter's own."""
    item = loading.content["newsletter"][0]
    consent = item["consent"]
    version = {"version": consent["version"]}
    values = {**version, **texts(consent, "text"), **plain(item, "source_language")}
    # Readers agreed to these words: other words need another version, which is another row.
    consent_item = {"id": consent["version"], "source_language": item["source_language"], **consent}
    loading.store(Row(ConsentText, "newsletter", consent_item, values, identity=version, fixed=True))
