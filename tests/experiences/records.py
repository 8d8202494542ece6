"""A bank of records at random, and what a choice among them must lead to, worked out row by row."""

import random
from datetime import timedelta

from django.utils import timezone

from experiences.models import Experience
from networks.models import Network
from publishing.models import State
from tests import factories
from translations.texts import ALL_LANGUAGES

COUNTRIES = ["ES", "PT", "KR", "BR", "TG"]
WORDS = ["Árbol", "cœur", "school", "water", "città"]


def make_bank(seed, size=40):
    """Records of every state: drafts, some not yet or no longer shown, some in one language only."""
    dice = random.Random(seed)
    now = timezone.now()
    cities = [factories.make_city(country=dice.choice(COUNTRIES)) for _ in range(6)]
    networks = [factories.make_network(members=dice.sample(cities, 3)) for _ in range(3)]
    Network.objects.filter(pk=networks[-1].pk).update(state=State.DRAFT)
    vocabularies = {
        "themes": [factories.make_theme() for _ in range(5)],
        "target_groups": [factories.make_target_group() for _ in range(3)],
        "sdgs": [factories.make_sdg(number=number) for number in range(1, 6)],
        "charter_principles": [factories.make_charter_principle(number=number) for number in range(1, 5)],
    }
    for number in range(size):
        codes = dice.sample(ALL_LANGUAGES, dice.randint(1, 5))
        city = dice.choice([*cities, None])
        fields = {
            "source_language": codes[0],
            "city": city,
            "city_name": "" if city else "Elsewhere",
            "country": city.country if city else dice.choice(COUNTRIES),
            "started": dice.choice(["", "199X", "2013", "2013~", "2014-05", "2015/2017", "2016-21", "2016"]),
            "award_year": dice.choice([None, None, 2014, 2016]),
            "state": dice.choice([State.PUBLISHED] * 6 + [State.DRAFT]),
            "publish_at": dice.choice([None, None, now - timedelta(days=9), now + timedelta(days=9)]),
            "withdraw_at": dice.choice([None, None, None, now + timedelta(days=10), now - timedelta(days=1)]),
            **{f"title_{code}": f"{dice.choice(WORDS)} {number} {code}" for code in codes},
        }
        if fields["publish_at"] and fields["withdraw_at"] and fields["publish_at"] >= fields["withdraw_at"]:
            fields["publish_at"] = None
        record = Experience.objects.create(**fields)
        for name, values in vocabularies.items():
            getattr(record, name).set(dice.sample(values, dice.randint(0, 2)))
    return dice


def described(at):
    """{key: {facet: its values}} of the records that are public at a moment, asked one by one."""
    found = {}
    for record in Experience.objects.select_related("city"):
        if not record.is_public(at):
            continue
        networks = record.city.networks.all() if record.city else []
        years = {record.started[:4]} if record.started[:4].isdecimal() else set()
        found[record.pk] = {
            "theme": {theme.key for theme in record.themes.all()},
            "target_group": {group.key for group in record.target_groups.all()},
            "sdg": {str(sdg.number) for sdg in record.sdgs.all()},
            "principle": {str(principle.number) for principle in record.charter_principles.all()},
            "country": {record.country},
            "city": {record.city.slug} if record.city else set(),
            "network": {network.slug_en for network in networks if network.is_public(at)},
            "year": years | ({str(record.award_year)} if record.award_year else set()),
            "language": {code for code in ALL_LANGUAGES if getattr(record, f"title_{code}")},
        }
    return found


def fits(values, chosen, but_for=""):
    """Any value within a facet, all facets together."""
    return all(values[name] & set(wanted) for name, wanted in chosen.items() if wanted and name != but_for)


def random_choice(dice, records):
    """A choice among values that occur, of none to four facets."""
    names = dice.sample(sorted(next(iter(records.values()))), dice.randint(0, 4))
    chosen = {}
    for name in names:
        existing = sorted(set().union(*(values[name] for values in records.values())))
        if existing:
            chosen[name] = dice.sample(existing, min(len(existing), dice.randint(1, 3)))
    return chosen
