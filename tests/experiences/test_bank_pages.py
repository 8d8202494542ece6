"""What a visitor sees of the bank: chips, cards or a table, ways out of nothing, the matrix, what is similar."""

import re

import pytest
from django.utils import timezone

from publishing.models import State
from tests import factories
from tests.experiences.records import described, fits, make_bank

pytestmark = pytest.mark.django_db
PAGE = "/en/bank-of-experiences/"


def main_of(client, address):
    html = client.get(address).content.decode()
    return re.search(r"<main.*?</main>", html, re.DOTALL)[0]


def words_of(html):
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def test_each_part_of_a_choice_has_a_chip_that_drops_it(client):
    record = factories.make_experience(country="PT", title_en="Water")
    record.themes.add(factories.make_theme(key="culture", name_en="Culture"))

    main = main_of(client, f"{PAGE}?q=water&theme=culture&country=PT&view=table")

    chips = re.findall(r'<a class="chip" href="([^"]+)">(.*?)</a>', main)
    assert [(address.replace("&amp;", "&"), words_of(text)) for address, text in chips] == [
        (f"{PAGE}?theme=culture&country=PT&view=table", "Remove: “water” ×"),
        (f"{PAGE}?q=water&country=PT&view=table", "Remove: Theme Culture ×"),
        (f"{PAGE}?q=water&theme=culture&view=table", "Remove: Country Portugal ×"),
    ]
    assert f'<a class="chips-clear" href="{PAGE}?view=table">' in main


def test_cards_and_table_show_the_same_records(client):
    make_bank(4)
    records = sorted(described(timezone.now()), reverse=True)

    links = {
        view: re.findall(r'<(?:h3|th)[^>]*><a href="([^"]+)"', main_of(client, f"{PAGE}?view={view}"))
        for view in ("cards", "table")
    }

    assert links["cards"] == links["table"][:12]
    assert len(links["table"]) == min(40, len(records))


def test_the_pages_of_a_result_hold_each_record_once(client):
    make_bank(8)
    records, found = described(timezone.now()), []
    for number in range(1, -(-len(records) // 12) + 1):
        main = main_of(client, f"{PAGE}?page={number}")
        found += re.findall(r'<h3[^>]*><a href="([^"]+)"', main)

    assert len(found) == len(set(found)) == len(records)


def test_a_choice_that_leads_to_nothing_names_the_ways_out(client):
    theme = factories.make_theme(key="culture", name_en="Culture")
    factories.make_experience(country="PT").themes.add(theme)
    factories.make_experience(country="ES")

    main = main_of(client, f"{PAGE}?theme=culture&country=ES")

    ways = re.findall(r'<li><a href="([^"]+)">Without “(.*?)”</a>: (.*?)</li>', main)
    assert [(address, words_of(label), count) for address, label, count in ways] == [
        (f"{PAGE}?country=ES", "Culture", "1 experience"),
        (f"{PAGE}?theme=culture", "Spain", "1 experience"),
    ]


def test_the_matrix_counts_what_its_cells_lead_to(client):
    make_bank(2)
    records = described(timezone.now())

    main = main_of(client, f"{PAGE}principles-and-goals/?country=ES&sdg=4")

    for address, count in re.findall(r'<td class="shade-\d"><a href="([^"]+)">(\d+)</a>', main):
        chosen = {"country": ["ES"]}
        for name, value in re.findall(r"(sdg|principle)=(\d+)", address):
            chosen[name] = [value]
        assert len(chosen) == 3
        assert sum(fits(values, chosen) for values in records.values()) == int(count)
        assert (
            f'<p class="bank-count">{count} experience' in client.get(address.replace("&amp;", "&")).content.decode()
        )
    cells = len(re.findall(r'<td class="shade-\d">', main))
    assert cells == 5 * 4


def test_similar_records_share_most_of_what_is_rare(client):
    common, rare = factories.make_theme(), factories.make_theme()
    goal = factories.make_sdg()
    record = factories.make_experience(title_en="This")
    record.themes.set([common, rare])
    record.sdgs.add(goal)
    for number in range(8):
        factories.make_experience(title_en=f"Common {number}").themes.add(common)
    near = factories.make_experience(title_en="Near", city=factories.make_city(country="PT"), country="PT")
    near.themes.set([rare])
    nearest = factories.make_experience(title_en="Nearest")
    nearest.themes.set([common, rare])
    nearest.sdgs.add(goal)
    draft = factories.make_experience(title_en="Draft", state=State.DRAFT)
    draft.themes.set([common, rare])
    factories.make_experience(title_en="Only the same country")

    main = main_of(client, record.get_absolute_url())

    similar = main.split('id="similar-title"')[1]
    assert re.findall(r"<h3[^>]*><a[^>]*>(.*?)</a>", similar) == ["Nearest", "Near", "Common 7", "Common 6"]


def test_a_record_that_shares_nothing_has_no_similar_ones(client):
    record = factories.make_experience()
    factories.make_experience().themes.add(factories.make_theme())

    assert "similar-title" not in main_of(client, record.get_absolute_url())


def test_a_hostile_name_stays_a_name(client):
    theme = factories.make_theme(key="x", name_en='<b onclick="x">&')
    factories.make_experience(city=factories.make_city(name="<i>City</i>")).themes.add(theme)

    main = main_of(client, f"{PAGE}?theme=x&q=%3Cu%3E")

    assert re.findall(r"<(?:b|i|u)\b", main) == []
    assert "“&lt;u&gt;”" in main
