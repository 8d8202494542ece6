"""Facets against brute force: what is counted is what a reader would find by looking at every record."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import timezone

from experiences.facet_index import FACETS, _kept, facet_index
from experiences.facets import FacetForm
from experiences.models import Experience
from experiences.selection import Result, read_selection
from publishing.clock import clock_set_to
from publishing.models import State
from search import finding
from tests import factories
from tests.experiences.records import described, fits, make_bank, random_choice
from translations.texts import ALL_LANGUAGES

pytestmark = pytest.mark.django_db
CHOICES = 25
BOX = re.compile(r'<input type="checkbox" name="(\w+)" value="([^"]*)".*? <span class="facet-count">(\d+)</span>')


def result_of(chosen, at):
    index = facet_index()
    return Result(index, read_selection(QueryDict(urlencode(chosen, doseq=True)), index, at), at)


def counts_of(form):
    return {
        facet.name: {option.value: option.count for option in (*facet.options, *facet.more)} for facet in form.facets
    }


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


@pytest.mark.parametrize("seed", range(6))
def test_results_and_counts_are_those_of_looking_at_every_record(seed):
    dice = make_bank(seed)
    for days in (0, 0, 20, -20):
        at = timezone.now() + timedelta(days=days)
        records = described(at)
        for _ in range(CHOICES):
            chosen = random_choice(dice, records)
            result = result_of(chosen, at)
            fitting = [pk for pk, values in records.items() if fits(values, chosen)]

            assert result.pks == sorted(fitting, reverse=True), chosen
            assert counts_of(FacetForm(result, "/")) == expected_counts(records, chosen), chosen


def test_what_the_page_prints_is_what_was_counted(client):
    dice = make_bank(77)
    records = described(timezone.now())
    for _ in range(10):
        chosen = random_choice(dice, records)

        html = client.get("/en/bank-of-experiences/", chosen).content.decode()

        printed = {}
        for name, value, count in BOX.findall(html):
            assert value not in printed.setdefault(name, {}), "a box stands twice"
            printed[name][value] = int(count)
        assert printed == expected_counts(records, chosen)


def test_a_count_is_what_the_value_leads_to_when_it_is_chosen():
    dice = make_bank(5)
    now = timezone.now()
    records = described(now)
    for _ in range(20):
        chosen = {name: values for name, values in random_choice(dice, records).items() if name != "theme"}
        for value, count in counts_of(FacetForm(result_of(chosen, now), "/")).get("theme", {}).items():
            assert result_of(chosen | {"theme": [value]}, now).count == count


def test_drafts_and_what_is_not_shown_yet_or_any_longer_are_never_counted(client):
    theme = factories.make_theme(key="culture")
    now = timezone.now()
    hidden = [
        {"state": State.DRAFT},
        {"publish_at": now + timedelta(hours=1)},
        {"withdraw_at": now - timedelta(hours=1)},
    ]
    for fields in [{}, *hidden]:
        factories.make_experience(**fields).themes.add(theme)

    assert counts_of(FacetForm(result_of({}, now), "/"))["theme"] == {"culture": 1}
    with clock_set_to(now + timedelta(hours=2)):
        html = client.get("/en/bank-of-experiences/?theme=culture").content.decode()
    assert '<p class="bank-count">2 experiences</p>' in html


def test_a_network_that_is_a_draft_is_not_offered():
    city = factories.make_city()
    factories.make_network(members=[city], state=State.DRAFT)
    factories.make_experience(city=city)

    assert "network" not in counts_of(FacetForm(result_of({}, timezone.now()), "/"))


def test_the_editors_tick_box_leaves_out_what_is_not_translated():
    make_bank(3)
    factories.make_translated_only("bank")
    now = timezone.now()
    english = {pk: values for pk, values in described(now).items() if "en" in values["language"]}

    result = result_of({}, now)

    assert result.pks == sorted(english, reverse=True)
    assert counts_of(FacetForm(result, "/")) == expected_counts(english, {})


def test_records_are_found_by_words_in_any_language_whatever_their_accents():
    found = [
        factories.make_experience(title_en=None, title_es="El Árbol de la plaza", source_language="es"),
        factories.make_experience(title_en="Trees", body_en="<p>un arbol</p>"),
    ]
    factories.make_experience(title_en="Arb")
    factories.make_experience(title_en="Árbol", state=State.DRAFT)

    assert result_of({"q": "ARBOL"}, timezone.now()).pks == [item.pk for item in found]  # titles first


def test_an_answer_to_a_text_that_was_kept_is_never_an_old_one():
    now = timezone.now()
    first = factories.make_experience(title_en="Fountains")
    later = factories.make_experience(title_en="A fountain", publish_at=now + timedelta(hours=1))
    until = factories.make_experience(title_en="Fountain", withdraw_at=now + timedelta(hours=2))

    def found(at):
        return sorted(result_of({"q": "fountain"}, at).pks)

    moments = [now, now + timedelta(hours=1), now + timedelta(hours=2)]
    for _ in range(2):
        assert [found(at) for at in moments] == [
            [first.pk, until.pk],
            [first.pk, later.pk, until.pk],
            [first.pk, later.pk],
        ]
    Experience.objects.filter(pk=first.pk).update(title_en="Springs")
    assert [found(at) for at in moments] == [[until.pk], [later.pk, until.pk], [later.pk]]
    Experience.objects.filter(pk=until.pk).delete()
    assert found(now) == []


def test_many_hits_are_in_the_order_of_the_list(monkeypatch):
    pks = {}
    for title, body in [("Fire", "water"), ("Water", ""), ("Water and fire", ""), ("Earth", "water")]:
        pks[factories.make_experience(title_en=title, body_en=f"<p>{body}</p>").pk] = title

    def found():
        return [pks[pk] for pk in result_of({"q": "water"}, timezone.now()).pks]

    assert found() == ["Water and fire", "Water", "Earth", "Fire"]
    monkeypatch.setattr(finding, "RANKED", 3)
    Experience.objects.filter(title_en="Earth").update(summary_en="Water again")
    assert found() == ["Earth", "Water and fire", "Water", "Fire"]


def test_long_facets_show_what_leads_to_most_and_hide_nothing_for_good():
    for number, code in enumerate(["ES", "PT", "IT", "FR", "KR", "BR", "TG", "MX", "AR", "UY", "CL", "SN", "FI"]):
        for _ in range(number + 1):
            factories.make_experience(country=code, city=factories.make_city(country=code))

    country = next(facet for facet in FacetForm(result_of({}, timezone.now()), "/").facets if facet.name == "country")

    # By the alphabet of their names, the eight with most.
    assert [option.value for option in country.options] == ["AR", "BR", "CL", "FI", "MX", "SN", "TG", "UY"]
    assert [option.value for option in country.more] == ["FR", "IT", "PT", "KR", "ES"]


@pytest.mark.parametrize("size", [1, 30])
def test_after_a_change_the_index_is_read_with_the_same_queries_for_any_number(django_assert_num_queries, size):
    make_bank(1, size)
    _kept.clear()

    # Versions; records, those with a window, their languages; relations and their vocabularies; cities; networks.
    with django_assert_num_queries(1 + (1 + 1 + len(ALL_LANGUAGES)) + 2 * 4 + 1 + 2):
        facet_index()


def test_any_choice_costs_the_same_few_queries(client, django_assert_num_queries):
    dice = make_bank(11)
    factories.make_site_identity()
    records = described(timezone.now())
    client.get("/en/bank-of-experiences/")
    for _ in range(8):
        chosen = random_choice(dice, records)
        empty = not any(fits(values, chosen) for values in records.values())
        # Site identity, menu, networks, social links; versions and tick box; records and their themes.
        with django_assert_num_queries(4 + 2 + (0 if empty else 2)):
            client.get("/en/bank-of-experiences/", chosen)
        with django_assert_num_queries(4 + 2):
            client.get("/en/bank-of-experiences/principles-and-goals/", chosen)
