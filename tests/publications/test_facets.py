"""What can be chosen among publications, against brute force: each choice leads to just what a reader would count."""

import random

import pytest
from django.utils import timezone

from publications.models import Publication
from publishing.models import State
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/en/publications/"
LANGUAGES = ["en", "es", "eu", "gl", "ko"]
YEARS = ["", "1994", "2004", "2020"]


def make_shelf():
    dice = random.Random(16)
    series = [factories.make_publication_series(name_en=f"Series {number}") for number in range(3)]
    networks = [factories.make_network() for _ in range(3)]
    document = factories.make_document()
    for number in range(40):
        publication = factories.make_publication(
            title_en=f"Publication {number}",
            series=dice.choice([None, *series]),
            date=dice.choice(YEARS),
            files=dict.fromkeys(dice.sample(LANGUAGES, dice.randint(1, 3)), document),
            state=dice.choice([State.PUBLISHED, State.PUBLISHED, State.DRAFT]),
        )
        publication.networks.set(dice.sample(networks, dice.randint(0, 2)))
    return dice


def described():
    """{title: {field: its values}} of what is public, read without a look at what lists do."""
    return {
        item.title_en: {
            "series": {item.series.slug_en} if item.series else set(),
            "language": {file.language for file in item.files.all()},
            "year": {item.date} - {""},
            "network": {network.slug_en for network in item.networks.all()},
        }
        for item in Publication._base_manager.all()
        if item.state == "published" and (item.publish_at is None or item.publish_at <= timezone.now())
    }


def titles(client, chosen):
    items = client.get(f"{LIST}data.json", chosen).json()["items"]
    return sorted(item["title"]["en"] for item in items)


def test_each_value_that_is_offered_leads_to_what_has_it_and_no_value_is_missing(client):
    make_shelf()
    shelf = described()

    form = client.get(LIST).context["form"]
    offered = dict(zip(("series", "language", "year", "network"), form.fields, strict=True))

    for name, options in offered.items():
        values = set().union(*(one[name] for one in shelf.values()))
        assert {option.value for option in options} == values
        for value in values:
            expected = sorted(title for title, one in shelf.items() if value in one[name])
            assert titles(client, {name: value}) == expected


def test_several_choices_have_to_hold_together(client):
    dice = make_shelf()
    shelf = described()
    for _ in range(25):
        model = dice.choice(list(shelf.values()))
        names = dice.sample([name for name in model if model[name]], dice.randint(1, 2))
        chosen = {name: dice.choice(sorted(model[name])) for name in names}

        response = client.get(LIST, chosen)

        expected = sorted(title for title, one in shelf.items() if all(chosen[n] in one[n] for n in chosen))
        assert titles(client, chosen) == expected
        assert response.context["page"].paginator.count == len(expected)
        assert sorted(option.value for option in response.context["form"].chips) == sorted(chosen.values())
