"""News posts and their categories."""

from news.models import Category, Post
from starter_content.columns import PUBLISHED, day, plain, slugs, start_of, texts
from starter_content.loading import Row


def load_news(loading):
    for item in loading.content["categories"]:
        values = {**texts(item, "name"), **slugs(item), "order": item["order"]}
        values["source_language"] = item.get("source_language", "en")
        loading.store(Row(Category, "categories", item, values))
    for item in loading.content["posts"]:
        loading.store(Row(Post, "posts", item, post_values(item, loading), sets=post_sets(item, loading)))


def post_values(item, loading):
    """A post shows from the day that it bears."""
    return {
        **PUBLISHED,
        **texts(item, "title", "teaser", "body"),
        **slugs(item),
        **plain(item, "source_language", "date_edtf"),
        "date": day(item["date"]),
        "publish_at": start_of(item["date"]),
        "date_confirmed": item.get("date_confirmed", True),
        "video_url": item.get("video") or "",
        "focus_issue_id": loading.pk("focus_issues", item.get("series_item", {}).get("number")),
    }


def post_sets(item, loading):
    related = item.get("related", {})
    return {
        "categories": loading.pks_of("categories", item.get("categories", ())),
        "sdgs": loading.pks_of("sdgs", item.get("sdgs", ())),
        **{
            name: loading.pks_of(name, related.get(name, ()))
            for name in ("networks", "cities", "editions", "events", "experiences")
        },
    }
