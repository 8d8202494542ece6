"""Are the files fit to be loaded? Everything is looked at before anything is written."""

from starter_content.reading import SECTIONS, BadData
from starter_content.rules import RULES
from starter_content.shapes.facts import FACTS
from starter_content.shapes.texts import TEXTS

SHAPES = FACTS | TEXTS


def validate(content):
    """Raises `BadData` with every problem of the sections that `read_folder` returned.

    A problem reads “file: item: field: what is wrong”.
    """
    known, problems = known_ids(content), []
    for name, items in content.items():
        for number, item in enumerate(items):
            where = f"{SECTIONS[name].file}: {name_in_messages(name, number, item)}"
            problems += [
                ": ".join(filter(None, (where, field, problem))) for field, problem in SHAPES[name](item, known)
            ]
    # Rules about several fields or items may rely on the shape of each.
    problems = problems or [
        f"{SECTIONS[name].file}: {SECTIONS[name].name_of(item_id)}: {field}: {problem}"
        for rule in RULES
        for name, item_id, field, problem in rule(content)
    ]
    if problems:
        raise BadData(problems)


def name_in_messages(name, number, item):
    item_id = item.get("id") if isinstance(item, dict) else None
    return SECTIONS[name].name_of(item_id if isinstance(item_id, str) and item_id else f"item {number + 1}")


def known_ids(content):
    """What items may refer to: ids, or numbers where the files use those."""

    def collect(name, field="id"):
        found = (item.get(field) for item in content[name] if isinstance(item, dict))
        return {value for value in found if isinstance(value, str | int)}

    known = {name: collect(name) for name in SECTIONS}
    known["experiences"] = known["bank"] | known["focus"]
    known["sdgs"] = collect("sdgs", "number")
    known["charter_principles"] = collect("charter_principles", "number")
    known["focus_numbers"] = collect("focus", "number")
    return known
