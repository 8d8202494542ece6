"""The columns of an item here, from the posts of WordPress that it is made of."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from agenda.models import Event
from moving_in.bundles import Bundle
from moving_in.event_dates import FoundDate, date_of
from moving_in.kinds import CLOSED, EVENT, PAGE, POST, SCHEDULED
from moving_in.moments import day_of, published_at
from moving_in.report import Report
from moving_in.staging import Staging
from moving_in.surroundings import Neighbourhood, OfPost, Silent
from moving_in.texts.converting import TooLong, converted, first_lines, plain, teaser_of, title_of
from moving_in.wxr.records import Item
from publishing.models import State
from publishing.slugs import make_slug

TEASERS = {POST: "teaser", PAGE: "teaser", EVENT: "summary"}


@dataclass
class Values:
    """`columns` is what the item should hold."""

    columns: dict = field(default_factory=dict)
    may_be_public: bool = False


def first_values(bundle: Bundle, staging: Staging, zone: ZoneInfo) -> tuple[dict, FoundDate | None]:
    """What the item needs to have an address: title, source language, date. It is a draft until the rest is there."""
    values = {"source_language": bundle.source_language, "state": State.DRAFT}
    for language, item in bundle.members:
        values[f"title_{language}"] = title_of(item.title, item.number)[0]
    found = None
    if bundle.becomes == POST:
        values["date"] = day_of(bundle.source, staging.site.pub_date)
    elif bundle.becomes == EVENT:
        found = date_of_event(bundle, staging)
        values |= {
            "date": found.edtf,
            "start_time": found.start_time,
            "end_time": found.end_time,
            "timezone": found.zone,
            "kind": Event.Kind.OTHER,
        }
    return values, found


def slugs_of(bundle: Bundle) -> dict[str, str]:
    """{language: slug as it was in WordPress}, "" where it had none."""
    return {language: make_slug(unquote(item.name)) for language, item in bundle.members}


def date_of_event(bundle: Bundle, staging: Staging) -> FoundDate:
    """By the first of its languages that tells one."""
    found = None
    for _language, item in bundle.members:
        try:
            lines = first_lines(converted(item.content, Silent(), attached=list))
        except TooLong:
            lines = []
        written_on = day_of(item, staging.site.pub_date)
        other = date_of(item, [*lines, *([plain(item.excerpt[:2000])] if item.excerpt else [])], written_on)
        found = found or other
        if other.is_known:
            return other
    return found


def all_values(bundle: Bundle, near: Neighbourhood, zone: ZoneInfo) -> Values:
    """Everything, with a report of what could not be taken over."""
    staging, report = near.staging, near.staging.report
    columns, date = first_values(bundle, staging, zone)
    values = Values(columns)
    values.may_be_public = bundle.openness != CLOSED
    if not values.may_be_public:
        report.note(
            "withheld",
            f"“{columns[f'title_{bundle.source_language}']}”: {why_closed(bundle.source)}",
            bundle.source.number,
        )
    if date is not None:
        tell_date(bundle, date, report, values)
    teaser = TEASERS[bundle.becomes]
    for language, item in bundle.members:
        told = title_of(item.title, item.number)[1]
        if told:
            report.note("title", told, item.number)
        around = OfPost(near, item, language, is_public=values.may_be_public)
        try:
            columns[f"body_{language}"] = converted(
                item.content, around, attached=lambda number=item.number: pictures_of(staging, number)
            )
        except TooLong as error:
            columns[f"body_{language}"] = ""
            values.may_be_public = False
            report.note("text", f"left out whole: {error}", item.number)
        columns[f"{teaser}_{language}"] = teaser_of(item.excerpt)
        staging.use(f"author:{item.author}")
        for name in item.meta:
            if not name.startswith("_"):
                staging.use(f"field:{name}")
        for slug in item.slugs("post_tag"):
            staging.use(f"tag:{slug}")
        if item.is_sticky:
            report.note(
                "field",
                f"“{columns[f'title_{language}']}” was kept at the top; a highlight does that here",
                item.number,
            )
    columns["picture_id"] = cover_of(bundle, near)
    if bundle.becomes == EVENT:
        columns |= place_of_event(bundle, staging)
    if values.may_be_public:
        columns["publish_at"] = shown_from(bundle, zone)
        columns["state"] = State.PUBLISHED
    return values


def shown_from(bundle: Bundle, zone: ZoneInfo) -> datetime.datetime | None:
    """What was public, since the first of its languages was; what is scheduled, when the last is due."""
    moments = [moment for _language, item in bundle.members if (moment := published_at(item, zone))]
    if not moments:
        return None
    return max(moments) if bundle.openness == SCHEDULED else min(moments)


def why_closed(item: Item) -> str:
    if item.has_password:
        return "it asked for a password"
    return {"draft": "a draft", "pending": "waiting for review", "private": "private"}.get(
        item.status, f"its state is “{item.status}”"
    )


def tell_date(bundle: Bundle, date: FoundDate, report: Report, values: Values) -> None:
    number, title = bundle.source.number, values.columns[f"title_{bundle.source_language}"]
    if not date.is_known:
        tried = " | ".join(line[:120] for line in date.tried[:4])
        report.note("date", f"“{title}”: read in vain: {tried}", number)
        values.may_be_public = False
    elif date.text:
        report.note("date_read", f"“{title}”: “{date.text}” was read as {date.edtf}", number)


def pictures_of(staging: Staging, number: int) -> list[int]:
    """The pictures that were uploaded to a post, in their order there."""
    rows = staging.items("becomes = 'file' AND parent = ?", number)
    pictures = [item for item in rows if not item.file_address.lower().endswith((".pdf", ".mp3", ".mp4", ".zip"))]
    return [item.number for item in sorted(pictures, key=lambda item: (item.order, item.number))]


def cover_of(bundle: Bundle, near: Neighbourhood) -> int | None:
    """The featured image of the first of its languages that has one."""
    for language, item in bundle.members:
        number = item.meta.get("_thumbnail_id", "")
        attachment = near.staging.item(int(number)) if number.isdigit() and len(number) < 19 else None
        if attachment is None:
            continue
        picture = near.media.picture_at(attachment.file_address, language)
        if picture is not None:
            return picture.pk
        near.staging.report.note("picture", f"its featured image, {attachment.file_address}", item.number)
    return None


def place_of_event(bundle: Bundle, staging: Staging) -> dict:
    """Where a plugin's field, or the venue that it names, says that the event is held; its page for more."""
    meta = bundle.source.meta
    number, place = meta.get("_EventVenueID", ""), meta.get("_EventVenue", "") or meta.get("event_place", "")
    venue = staging.item(int(number)) if number.isdigit() and len(number) < 19 else None
    if venue is not None:
        parts = [venue.title, venue.meta.get("_VenueCity", "")]
        place = ", ".join(dict.fromkeys(filter(None, (" ".join(plain(part).split()) for part in parts))))
    address = meta.get("_EventURL", "").strip()
    is_address = address.startswith(("http://", "https://")) and len(address) <= 200 and bool(urlsplit(address).netloc)
    return {"place": " ".join(plain(place).split())[:200], "url": address if is_address else ""}
