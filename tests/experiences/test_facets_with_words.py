"""Words, facets and languages together, against a look at every record: results, counts, and every form of them.

Other seeds: BANK_SEEDS=100 (how many).
"""

import csv
import io
import json
import os
import re
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import override

from experiences import data_views, views
from experiences.facet_index import FACETS, facet_index
from experiences.facets import FacetForm
from experiences.models import Experience
from experiences.selection import Result, read_selection
from search.analysis import fold
from tests.experiences.records import WORDS, described, fits, make_bank, random_choice
from translations.texts import ALL_LANGUAGES

pytestmark = pytest.mark.django_db
SEEDS = int(os.environ.get("BANK_SEEDS", "3"))
CHOICES = 8
PAGE = "/en/bank-of-experiences/"
CARD = re.compile(r'<h[23][^>]*>\s*<a href="(/[^"]+)"')
ATOM = "{http://www.w3.org/2005/Atom}"


def random_words(dice):
    """One or two words with or without accents, a word that must not be there, or none at all."""
    wanted = dice.sample(WORDS, dice.choice([0, 1, 1, 1, 2]))
    unwanted = [word for word in dice.sample(WORDS, dice.choice([0, 0, 1])) if word not in wanted] if wanted else []
    ways = (str, str.upper, fold)
    typed = [dice.choice(ways)(word) for word in wanted] + [f"-{dice.choice(ways)(word)}" for word in unwanted]
    dice.shuffle(typed)
    return " ".join(typed), {fold(word) for word in wanted}, {fold(word) for word in unwanted}


def answers(titles, wanted, unwanted):
    """Each language's title answers by itself: all words in one, none of the others in that."""
    return any(wanted <= words and not unwanted & words for words in titles)


def titles_of(pk):
    record = Experience.objects.get(pk=pk)
    titles = [getattr(record, f"title_{code}") for code in ALL_LANGUAGES]
    return [{fold(word) for word in title.split()} for title in titles if title]


@pytest.mark.parametrize("seed", range(1000, 1000 + SEEDS))
def test_words_with_facets_find_and_count_what_a_look_at_every_record_does(client, seed):
    dice = make_bank(seed)
    now = timezone.now()
    records = described(now)
    titles = {pk: titles_of(pk) for pk in records}
    for _ in range(CHOICES):
        text, wanted, unwanted = random_words(dice)
        among = {pk: values for pk, values in records.items() if answers(titles[pk], wanted, unwanted)}
        chosen = random_choice(dice, records)
        asked = urlencode(chosen | ({"q": text} if text else {}), doseq=True)

        with override("en"):
            result = Result(facet_index(), read_selection(QueryDict(asked), facet_index(), now), now)
            form = FacetForm(result, "/")
            counts = {
                facet.name: {option.value: option.count for option in (*facet.options, *facet.more)}
                for facet in form.facets
            }
        fitting = {pk for pk, values in among.items() if fits(values, chosen)}
        assert set(result.pks) == fitting, (seed, asked)
        assert counts == expected_counts(among, chosen), (seed, asked)


def expected_counts(records, chosen):
    counted = {}
    for name in FACETS:
        counts = dict.fromkeys(chosen.get(name, ()), 0)
        for values in records.values():
            if fits(values, chosen, but_for=name):
                for value in values[name]:
                    counts[value] = counts.get(value, 0) + 1
        if counts:
            counted[name] = counts
    return counted


def body_of(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def walked(client, address, asked, read):
    """What all pages of a list say, one after the other, until one says that it is the last."""
    found, number = [], 1
    while True:
        page, is_last = read(body_of(client.get(address, asked | {"page": number})).decode())
        found += page
        if is_last:
            return found
        number += 1


def cards(html):
    main = html.partition("<main")[2]
    return CARD.findall(main), 'rel="next"' not in html


def items(text):
    data = json.loads(text)
    return [item["url"] for item in data["items"]], data["page"] == data["pages"]


@pytest.mark.parametrize("seed", range(2000, 2000 + SEEDS))
def test_pages_downloads_and_feeds_hold_the_same_records_in_the_same_order(client, monkeypatch, seed):
    monkeypatch.setattr(views, "PAGE_SIZE", 5)
    monkeypatch.setattr(data_views, "PAGE_SIZE", 7)
    dice = make_bank(seed)
    records = described(timezone.now())
    compared = 0
    for _ in range(CHOICES):
        text, *_rest = random_words(dice)
        asked = random_choice(dice, records) | ({"q": text} if text else {})

        in_csv = list(csv.DictReader(io.StringIO(body_of(client.get(f"{PAGE}data.csv", asked)).decode())))
        urls = [row["url"] for row in in_csv]
        atom = ElementTree.fromstring(body_of(client.get("/en/bank-of-experiences.atom", asked)))
        feed = json.loads(body_of(client.get("/en/bank-of-experiences.json", asked)))

        assert walked(client, f"{PAGE}data.json", asked, items) == urls, (seed, asked)
        assert [f"http://testserver{path}" for path in walked(client, PAGE, asked, cards)] == urls, (seed, asked)
        newest = sorted(item["url"] for item in feed["items"])
        assert newest == sorted(urls), (seed, asked)
        assert sorted(link.get("href") for link in atom.findall(f"{ATOM}entry/{ATOM}link")) == newest
        compared += len(urls)
        for address in (f"{PAGE}data.csv", f"{PAGE}data.json", "/en/bank-of-experiences.atom"):
            tag = client.get(address, asked).headers["ETag"]
            assert client.get(address, asked, headers={"If-None-Match": tag}).status_code == 304
    assert compared
