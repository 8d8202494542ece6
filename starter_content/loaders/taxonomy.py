"""Vocabularies by which experiences are described."""

from django.conf import settings

from experiences.taxonomy import CharterPart, CharterPrinciple, Sdg, TargetGroup, Theme
from starter_content.columns import plain, texts
from starter_content.loading import Row


def load_taxonomy(loading):
    for section, model in (("themes", Theme), ("target_groups", TargetGroup), ("charter_parts", CharterPart)):
        for item in loading.content[section]:
            key = {"key": item["id"]}
            values = {
                **key,
                **plain(item, "source_language", empty=settings.LANGUAGE_CODE),
                **texts(item, "name"),
                "order": item["order"],
            }
            loading.store(Row(model, section, item, values, identity=key))
    for item in loading.content["sdgs"]:
        number = plain(item, "number")
        values = {**number, **texts(item, "name"), **plain(item, "color", "text_color")}
        loading.store(Row(Sdg, "sdgs", item, values, identity=number, reference=("sdgs", item["number"])))
    for item in loading.content["charter_principles"]:
        number, part = plain(item, "number"), loading.pk("charter_parts", item["part"])
        values = {**number, **texts(item, "label"), "part_id": part}
        reference = ("charter_principles", item["number"])
        loading.store(
            Row(
                CharterPrinciple,
                "charter_principles",
                item,
                values,
                identity=number,
                needs=(part,),
                reference=reference,
            )
        )
