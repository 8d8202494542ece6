"""The Bank of Experiences and the Focus Experience issues."""

from experiences.models import Experience, FocusIssue
from starter_content.columns import PUBLISHED, optional, plain, slugs, start_of, texts
from starter_content.loading import Row

SETS = ("themes", "target_groups", "sdgs", "charter_principles", "editions")


def load_experiences(loading):
    """Records that were featured come last: the newest of the bank stand first, by descending pk."""
    for item in loading.content["bank"]:
        loading.store(experience_row("bank", item, loading))
    series = loading.pk("series", "focus_experience")
    for item in loading.content["focus"]:
        loading.store(experience_row("focus", item, loading))
        experience = loading.pk("experiences", item["id"])
        number = {"series_id": series, "number": item["number"]}
        values = {
            **PUBLISHED,
            **number,
            "experience_id": experience,
            "published": item.get("published", ""),
            "publish_at": start_of(item.get("published")),
        }
        loading.store(
            Row(
                FocusIssue,
                "focus",
                item,
                values,
                identity=number,
                needs=(series, experience),
                part="issue",
                reference=("focus_issues", item["number"]),
            )
        )


def experience_row(section, item, loading):
    values = {
        **PUBLISHED,
        **texts(item, "title", "body", summary="summary" if section == "bank" else "teaser"),
        **slugs(item),
        **plain(item, "source_language", "country", "started", "city_name"),
        **optional(item, "award_year"),
        "city_id": loading.pk("cities", item["city"]),
        "publish_at": start_of(item.get("published")),
    }
    sets = {name: loading.pks_of(name, item.get(name, ())) for name in SETS}
    return Row(Experience, section, item, values, sets=sets, reference=("experiences", item["id"]))
