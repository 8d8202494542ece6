"""Two editors in one item: what comes of it, field by field and row by row."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agenda.models import Event
from editions.models import Edition
from news.models import Post
from tests.admin.forms import address, as_it_stands
from tests.factories import make_category, make_city, make_edition, make_event, make_figure, make_network, make_post


def opened(client, item):
    return as_it_stands(client.get(address("change", item, item.pk)))


def saved(client, item, data, **typed):
    """Saves a form with other values at some names."""
    data = data | {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
    return client.post(address("change", item, item.pk), data)


def told(response):
    return [str(message) for message in response.context["messages"]]


def asked_at(response):
    form = response.context["adminform"].form
    return sorted(name for name, errors in form.errors.items() if "edit-conflict" in str(errors))


def test_what_only_the_other_changed_stays(anna, boris):
    event = make_event(title_en="Day", title_es="Día", body_en="<p>Long</p>", theme_en="Trees")
    of_anna, of_boris = opened(anna, event), opened(boris, event)

    saved(anna, event, of_anna, title_en="Day of the city", body_en="<p>Long text</p>", date="2027-05")
    response = saved(boris, event, of_boris, title_es="El día", _continue="1")

    assert response.status_code == 302
    event.refresh_from_db()
    assert (event.title_en, event.title_es, event.body_en, event.date) == (
        "Day of the city",
        "El día",
        "<p>Long text</p>",
        "2027-05",
    )
    assert told(boris.get(response.url))[1:] == [
        "Changed by somebody else while you were writing, and kept: Title [en], Text [en], Date."
    ]


def test_what_both_changed_is_asked_and_nothing_is_saved(anna, boris):
    event = make_event(title_en="Day", title_es="Día")
    of_anna, of_boris = opened(anna, event), opened(boris, event)

    saved(anna, event, of_anna, title_en="Day of the city")
    response = saved(boris, event, of_boris, title_en="Great day", title_es="El día")

    assert response.status_code == 200
    assert asked_at(response) == ["title_en"]
    assert "Anna Puig" in response.content.decode()
    event.refresh_from_db()
    assert (event.title_en, event.title_es) == ("Day of the city", "Día")
    back = as_it_stands(response)
    assert (back["title_en"], back["title_es"]) == (["Great day"], ["El día"])


@pytest.mark.parametrize(("choice", "title"), [("mine", "Great day"), ("theirs", "Day of the city")])
def test_the_choice_is_what_is_saved(anna, boris, choice, title):
    event = make_event(title_en="Day", title_es="Día")
    of_boris = opened(boris, event)
    saved(anna, event, opened(anna, event), title_en="Day of the city")
    asked = as_it_stands(saved(boris, event, of_boris, title_en="Great day", title_es="El día"))

    response = saved(boris, event, asked, **{"_choice-title_en": choice})

    assert response.status_code == 302
    event.refresh_from_db()
    assert (event.title_en, event.title_es) == (title, "El día")


def test_without_a_choice_it_asks_again(anna, boris):
    event = make_event(title_en="Day")
    of_boris = opened(boris, event)
    saved(anna, event, opened(anna, event), title_en="Day of the city")
    asked = as_it_stands(saved(boris, event, of_boris, title_en="Great day"))

    response = saved(boris, event, asked)

    assert (response.status_code, asked_at(response)) == (200, ["title_en"])


def test_a_third_editor_is_noticed_before_the_choice_counts(anna, boris):
    event = make_event(title_en="Day")
    of_boris = opened(boris, event)
    saved(anna, event, opened(anna, event), title_en="Day of the city")
    asked = as_it_stands(saved(boris, event, of_boris, title_en="Great day"))
    saved(anna, event, opened(anna, event), title_en="Day of all cities")

    response = saved(boris, event, asked, **{"_choice-title_en": "mine"})

    assert (response.status_code, asked_at(response)) == (200, ["title_en"])
    event.refresh_from_db()
    assert event.title_en == "Day of all cities"
    response = saved(boris, event, as_it_stands(response), **{"_choice-title_en": "mine"})
    event.refresh_from_db()
    assert (response.status_code, event.title_en) == (302, "Great day")


def test_the_same_change_by_both_is_no_conflict(anna, boris):
    event = make_event(title_en="Day")
    of_boris = opened(boris, event)
    saved(anna, event, opened(anna, event), title_en="Day of the city", date="May 2027")

    assert saved(boris, event, of_boris, title_en="Day of the city", date="2027-05").status_code == 302


def test_relations_to_many_are_merged_too(anna, boris):
    categories = [make_category() for _ in range(3)]
    network = make_network()
    post = make_post()
    post.categories.set(categories[:1])
    of_boris = opened(boris, post)
    saved(anna, post, opened(anna, post), categories=[str(row.pk) for row in categories])

    saved(boris, post, of_boris, networks=[str(network.pk)])

    post = Post.objects.get()
    assert sorted(post.categories.values_list("pk", flat=True)) == sorted(row.pk for row in categories)
    assert list(post.networks.all()) == [network]


def test_relations_that_both_changed_are_asked(anna, boris):
    categories = [make_category(name_en=name) for name in ("Awards", "Calls", "Diary")]
    post = make_post()
    of_boris = opened(boris, post)
    saved(anna, post, opened(anna, post), categories=[str(categories[0].pk)])

    response = saved(boris, post, of_boris, categories=[str(categories[1].pk)])

    assert asked_at(response) == ["categories"]
    assert '<p class="edit-conflict-text">Awards</p>' in response.content.decode()
    saved(boris, post, as_it_stands(response), **{"_choice-categories": "theirs"})
    assert list(post.categories.all()) == categories[:1]


def test_a_form_that_says_nothing_of_what_it_showed_overwrites_nothing(boris):
    event = make_event(title_en="Day")
    data = opened(boris, event)
    del data["_as_shown"]

    assert asked_at(saved(boris, event, data, title_en="Night")) == ["title_en"]
    assert saved(boris, event, data).status_code == 302


def test_what_a_form_showed_counts_for_that_item_only(boris):
    event, other = make_event(title_en="Day"), make_event(title_en="Day")
    data = opened(boris, event) | {"_as_shown": opened(boris, other)["_as_shown"]}

    assert asked_at(saved(boris, event, data, title_en="Night")) == ["title_en"]


def test_an_invalid_form_comes_back_with_what_the_other_saved_in_it(anna, boris):
    event = make_event(title_en="Day", theme_en="Trees")
    of_boris = opened(boris, event)
    saved(anna, event, opened(anna, event), theme_en="Rivers")

    response = saved(boris, event, of_boris, title_en="", title_es="Día")

    back = as_it_stands(response)
    assert (response.status_code, back["theme_en"], back["title_es"]) == (200, ["Rivers"], ["Día"])
    assert saved(boris, event, back, title_en="The day").status_code == 302
    event.refresh_from_db()
    assert (event.title_en, event.theme_en) == ("The day", "Rivers")


# Rows


@pytest.fixture
def edition(db):
    edition = make_edition()
    for kind, value in (("cities", 3), ("countries", 2), ("mayors", 1)):
        make_figure(edition=edition, kind=kind, value=value)
    return edition


def figures(edition):
    return dict(edition.figures.values_list("kind", "value"))


def row(data, kind):
    """The start of the names of the row of this kind."""
    name = next(name for name, values in data.items() if name.startswith("figures-") and values == [kind])
    return name.removesuffix("kind")


def with_new_row(data, kind, value):
    number = int(data["figures-TOTAL_FORMS"][0])
    return data | {
        "figures-TOTAL_FORMS": [str(number + 1)],
        f"figures-{number}-kind": [kind],
        f"figures-{number}-value": [str(value)],
    }


def note_of(response, kind):
    """What stands at the row of this kind as a whole."""
    formset = next(one for one in response.context["inline_admin_formsets"] if one.formset.prefix == "figures").formset
    return [str(error) for form in formset if form["kind"].value() == kind for error in form.non_field_errors()]


def test_changes_in_different_rows_and_columns_all_stay(anna, boris, edition):
    of_anna, of_boris = opened(anna, edition), opened(boris, edition)
    saved(anna, edition, of_anna, **{row(of_anna, "cities") + "value": "30", row(of_anna, "mayors") + "value": "10"})

    response = saved(
        boris,
        edition,
        of_boris,
        **{row(of_boris, "countries") + "value": "20", row(of_boris, "cities") + "at_least": "on"},
    )

    assert response.status_code == 302
    assert figures(edition) == {"cities": 30, "countries": 20, "mayors": 10}
    assert edition.figures.get(kind="cities").at_least is True


def test_a_row_that_the_other_added_stays_and_is_there_when_the_form_comes_back(anna, boris, edition):
    of_boris = opened(boris, edition)
    saved(anna, edition, with_new_row(opened(anna, edition), "continents", 4))

    response = saved(boris, edition, with_new_row(of_boris, "experiences_selected", 5), title_en="")
    back = as_it_stands(response)

    assert back["figures-INITIAL_FORMS"] == ["4"]
    assert saved(boris, edition, back, title_en="Congress").status_code == 302
    assert figures(edition) == {
        "cities": 3,
        "countries": 2,
        "mayors": 1,
        "continents": 4,
        "experiences_selected": 5,
    }


def test_a_row_that_the_other_deleted_stays_away_and_the_rows_after_it_are_saved(anna, boris, edition):
    of_anna, of_boris = opened(anna, edition), opened(boris, edition)
    saved(anna, edition, of_anna, **{row(of_anna, "cities") + "DELETE": "on"})

    response = saved(boris, edition, of_boris, **{row(of_boris, "mayors") + "value": "7"})

    assert response.status_code == 302
    assert figures(edition) == {"countries": 2, "mayors": 7}


def test_a_row_that_the_other_deleted_and_i_changed_comes_back_as_a_new_one_once_i_say_so(anna, boris, edition):
    of_anna, of_boris = opened(anna, edition), opened(boris, edition)
    saved(anna, edition, of_anna, **{row(of_anna, "cities") + "DELETE": "on"})

    response = saved(boris, edition, of_boris, **{row(of_boris, "cities") + "value": "33"})

    assert response.status_code == 200
    assert [note.split(" (")[0] for note in note_of(response, "cities")] == ["This row was deleted meanwhile"]
    assert figures(edition) == {"countries": 2, "mayors": 1}
    assert saved(boris, edition, as_it_stands(response)).status_code == 302
    assert figures(edition) == {"cities": 33, "countries": 2, "mayors": 1}


def test_a_row_that_the_other_changed_is_not_deleted_unseen(anna, boris, edition):
    of_anna, of_boris = opened(anna, edition), opened(boris, edition)
    saved(anna, edition, of_anna, **{row(of_anna, "cities") + "value": "30"})

    response = saved(boris, edition, of_boris, **{row(of_boris, "cities") + "DELETE": "on"})

    assert response.status_code == 200
    assert [note.split(",")[0] for note in note_of(response, "cities")] == ["You wanted to delete this row"]
    back = as_it_stands(response)
    assert back[row(back, "cities") + "value"] == ["30"]
    saved(boris, edition, back, **{row(back, "cities") + "DELETE": "on"})
    assert figures(edition) == {"countries": 2, "mayors": 1}


def test_a_field_of_a_row_that_both_changed_is_asked_also_when_rows_moved_up(anna, boris, edition):
    of_anna, of_boris = opened(anna, edition), opened(boris, edition)
    saved(anna, edition, of_anna, **{row(of_anna, "cities") + "DELETE": "on", row(of_anna, "mayors") + "value": "10"})

    response = saved(boris, edition, of_boris, **{row(of_boris, "mayors") + "value": "11"})

    back = as_it_stands(response)
    assert (response.status_code, row(back, "mayors"), figures(edition)["mayors"]) == (200, "figures-1-", 10)
    assert 'name="_choice-figures-1-value"' in response.content.decode()
    assert saved(boris, edition, back, **{"_choice-figures-1-value": "mine"}).status_code == 302
    assert figures(edition) == {"countries": 2, "mayors": 11}


def test_members_that_can_only_be_added_and_taken_away_are_merged_as_well(anna, boris):
    cities = [make_city(name=name) for name in ("Aosta", "Braga", "Ceuta")]
    network = make_network(members=cities[:2])
    of_anna, of_boris = opened(anna, network), opened(boris, network)
    saved(anna, network, of_anna, **{"memberships-0-DELETE": "on"})

    number = {"memberships-TOTAL_FORMS": "3", "memberships-2-city": str(cities[2].pk)}
    response = saved(boris, network, of_boris, **number, acronym="RETE")

    assert response.status_code == 302
    network.refresh_from_db()
    assert network.acronym == "RETE"
    assert sorted(network.memberships.values_list("city", flat=True)) == [cities[1].pk, cities[2].pk]


# Items that are gone


def test_what_was_typed_into_a_deleted_item_makes_a_new_one(anna, boris, edition):
    of_boris = opened(boris, edition)
    anna.post(address("delete", edition, edition.pk), {"post": "yes"})

    response = saved(boris, edition, of_boris, title_en="Congress of cities")

    assert (response.status_code, Edition.objects.count()) == (200, 0)
    assert told(response)[0].startswith("This item was deleted while you were writing (Anna Puig, ")
    back = as_it_stands(response)
    assert back["title_en"] == ["Congress of cities"]
    assert boris.post(address("add", edition), back).status_code == 302
    again = Edition.objects.get()
    assert (again.title_en, figures(again)) == ("Congress of cities", {"cities": 3, "countries": 2, "mayors": 1})


def test_who_may_add_nothing_can_copy_what_was_typed(anna, boris):
    event = make_event(title_en="Day")
    boris.user.is_superuser = False
    boris.user.save()
    boris.user.user_permissions.add(*Permission.objects.filter(codename__in=["change_event", "view_event"]))
    of_boris = opened(boris, event)
    anna.post(address("delete", event, event.pk), {"post": "yes"})

    response = saved(boris, event, of_boris, title_en="Great day", body_en="<p>Much <b>text</b></p>")

    assert response.status_code == 409
    assert [words for _label, words in response.context["texts"] if "text" in words or "Great" in words] == [
        "Great day",
        "Much text",
    ]


def test_what_never_was_there_is_not_found_as_ever(boris):
    event = make_event()
    data = opened(boris, event)

    assert boris.post(address("change", event, event.pk + 1), data).url == "/admin/"


# What the browser kept


def test_what_the_browser_kept_is_shown_again_and_not_saved(boris):
    event = make_event(title_en="Day")

    response = saved(boris, event, opened(boris, event), title_en="Night", _restore="1")

    event.refresh_from_db()
    assert (response.status_code, as_it_stands(response)["title_en"], event.title_en) == (200, ["Night"], "Day")
    response = boris.post(address("add", event), {"title_en": "New", "_restore": "1"})
    assert (as_it_stands(response)["title_en"], Event.objects.count()) == (["New"], 1)


def test_a_form_costs_the_same_queries_for_any_number_of_rows(anna, edition, django_assert_num_queries):
    data = opened(anna, edition)
    with CaptureQueriesContext(connection) as for_three:
        saved(anna, edition, data)
    for kind in ("continents", "candidatures", "distinguished"):
        make_figure(edition=edition, kind=kind)
    data = opened(anna, edition)

    with CaptureQueriesContext(connection) as for_six:
        saved(anna, edition, data)

    # Django itself looks up the row and the item of each row that comes in.
    assert len(for_six) - len(for_three) <= 9
