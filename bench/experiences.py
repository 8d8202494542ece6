"""A bank of experiences with far more in it than the association has."""

from datetime import timedelta
from itertools import count

from django.conf import settings
from django.utils import timezone

from editions.models import Series
from experiences.models import (
    CharterPart,
    CharterPrinciple,
    Experience,
    FocusIssue,
    Sdg,
    TargetGroup,
    Theme,
)
from publishing.models import State

LANGUAGES = [code for code, name in settings.LANGUAGES]
ISSUES = 50
TEXT = (
    "The municipality opened its schools in the afternoon, so that neighbours of all ages learn from each other, "
    "and asked them what the quarter was missing. "
)


def fill_bank(size, dice, cities):
    """Records as the association's own are described: one to three values of each facet, a tenth in one language."""
    vocabularies = {
        "theme": [Theme.objects.create(key=f"theme-{n}", name_en=f"Theme {n}", order=n) for n in range(20)],
        "targetgroup": [
            TargetGroup.objects.create(key=f"group-{n}", name_en=f"Group {n}", order=n) for n in range(12)
        ],
        "sdg": [
            Sdg.objects.create(number=n, name_en=f"Goal {n}", color="#C5192D", text_color="#FFFFFF")
            for n in range(1, 18)
        ],
        "charterprinciple": add_principles(),
    }
    records = [record(number, dice, cities) for number in range(size)]
    Experience.objects.bulk_create(records, batch_size=400)
    relations = (Experience.themes, Experience.target_groups, Experience.sdgs, Experience.charter_principles)
    for relation, (name, values) in zip(relations, vocabularies.items(), strict=True):
        through = relation.through
        through.objects.bulk_create(
            (
                through(**{"experience_id": item.pk, f"{name}_id": value.pk})
                for item in records
                for value in dice.sample(values, dice.randint(1, 3))
            ),
            batch_size=2000,
        )
    add_issues(records)


def add_principles():
    parts = [CharterPart.objects.create(key=f"part-{n}", name_en=f"Part {n}", order=n) for n in range(3)]
    return [
        CharterPrinciple.objects.create(number=n, part=parts[n * 3 // 21], label_en=f"Principle {n}")
        for n in range(1, 21)
    ]


def record(number, dice, cities):
    written_in = LANGUAGES if dice.random() < 0.9 else [dice.choice(LANGUAGES)]
    city = dice.choice(cities) if dice.random() < 0.95 else None
    # Every tenth was scheduled once; of these a few still are.
    is_scheduled = dice.random() < 0.1
    return Experience(
        source_language=written_in[0],
        city=city,
        city_name="" if city else "Somewhere else",
        country=city.country if city else "MX",
        started=dice.choice(["", "199X", *(str(year) for year in range(2000, 2026))]),
        award_year=dice.choice([None, None, 2016, 2018, 2020, 2022, 2024]),
        state=State.PUBLISHED if dice.random() < 0.97 else State.DRAFT,
        publish_at=timezone.now() + timedelta(days=dice.randint(-900, 20)) if is_scheduled else None,
        **{f"title_{code}": f"Experience {number} of a quarter ({code})" for code in written_in},
        **{f"summary_{code}": f"{TEXT} ({code})" for code in written_in},
        **{f"body_{code}": f"<p>{TEXT}</p>" * 10 for code in written_in},
        **{f"slug_{code}": f"experience-{number}-{code}" for code in LANGUAGES},
    )


def add_issues(records):
    series = Series.objects.create(key=Series.Key.FOCUS_EXPERIENCE, name_en="Focus Experience", state=State.PUBLISHED)
    public = (item for item in records if item.is_public() and item.title_en)
    for number, item in zip(count(1), public, strict=False):
        if number > ISSUES:
            break
        FocusIssue.objects.create(series=series, number=number, experience=item, state=State.PUBLISHED)
