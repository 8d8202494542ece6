"""What an editor changed or removed since stays so; all else follows the files."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agenda.models import Event
from editions.models import Edition, Figure, Series
from experiences.models import Experience, FocusIssue, Theme
from networks.models import City, Membership, Network
from news.models import Category, Post
from newsletter.models import ConsentText
from pages.models import Highlight, MenuItem, Page, SiteIdentity, SocialLink
from tests.factories import make_category, make_page, make_theme

pytestmark = pytest.mark.django_db

ALL = 23  # items of the least content
EVERYTHING = (0, 0, ALL, 0)
ONE_KEPT = (0, 0, ALL - 1, 1)
ONE_UPDATED = (0, 1, ALL - 1, 0)


def test_the_first_run_adds_and_the_second_finds_everything_unchanged(load):
    assert load()["total"] == (ALL, 0, 0, 0)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert load()["total"] == EVERYTHING

    changing = [query["sql"] for query in queries if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert changing == []


def save_a_title():
    event = Event.objects.get(title_en="Meeting")
    event.title_en = "Meeting in Torino"
    event.save()


EDITS = {
    "save": save_a_title,
    "update": lambda: Event.objects.filter(title_en="Meeting").update(title_fr="Réunion"),
    "publication": lambda: Post.objects.update(state="draft"),
    "many_to_many": lambda: Post.objects.get().categories.clear(),
    "many_to_many_of_a_network": lambda: Network.objects.get().coordination_committee.add(
        City.objects.get(name="Espoo")
    ),
    "membership": lambda: Membership.objects.all().delete(),
    "figure": lambda: Figure.objects.update(value=46),
    "social_link": lambda: SocialLink.objects.update(label="@educatingcities"),
    "issue": lambda: FocusIssue.objects.update(published="2017"),
    "taxonomy": lambda: Theme.objects.update(name_es="Cultura"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_item_that_was_edited_is_kept_and_nothing_else_is(load, content, edit):
    load()
    edit()
    assert load()["total"] == ONE_KEPT

    for events in content["events.json"]:
        events["title"]["en"] += " of the files"
    load()

    assert load()["total"] == ONE_KEPT


def test_an_edited_item_keeps_its_edit_when_the_file_changes_too(load, content):
    load()
    save_a_title()
    for item in content["events.json"]:
        item["date"] = "2025-12"

    assert load()["events.json"] == (0, 1, 0, 1)
    assert dict(Event.objects.values_list("title_en", "date")) == {
        "Meeting in Torino": "2025-11-14",
        "Assembly": "2025-12",
    }


def test_an_edit_that_was_taken_back_is_none(load):
    load()
    Event.objects.filter(title_en="Meeting").update(place="Torino")
    Event.objects.filter(title_en="Meeting").update(place="")

    assert load()["total"] == EVERYTHING


@pytest.mark.parametrize(
    ("model", "gone"),
    [
        (Event, 1),
        (Experience, 1),
        (Post, 1),
        (Edition, 2),  # and the highlight that led to it
        (Page, 2),  # and its entry in the menu
        (MenuItem, 1),
        (Highlight, 1),
    ],
)
def test_a_deleted_item_stays_deleted(load, content, model, gone):
    load()
    model.objects.order_by("pk").first().delete()
    left = model.objects.count()

    assert load()["total"] == (0, 0, ALL - gone, gone)
    content["events.json"][0]["place"] = content["events.json"][1]["place"] = "Torino"
    load()

    assert model.objects.count() == left


def test_new_items_leave_out_what_was_deleted(load, content):
    load()
    Post.objects.all().delete()
    FocusIssue.objects.all().delete()
    Experience.objects.all().delete()
    Series.objects.filter(key="focus_experience").delete()
    Page.objects.all().delete()
    new_post = {**content["news.json"]["posts"][0], "id": "news_again", "title": {"en": "Again"}}
    content["news.json"]["posts"].append(new_post)
    new_issue = {**content["experiences.json"]["focus"][0], "id": "focus_27", "number": 27, "title": {"en": "Rivers"}}
    content["experiences.json"]["focus"].append(new_issue)
    new_entry = {**content["site.json"]["menu"][0], "id": "who_we_are"}
    content["site.json"]["menu"].append(new_entry)

    assert load()["total"] == (1, 0, ALL - 6, 8)

    post = Post.objects.get()
    assert (post.title_en, post.focus_issue, list(post.experiences.all())) == ("Again", None, [])
    assert [city.name for city in post.cities.all()] == ["Espoo"]
    assert list(Experience.objects.values_list("title_en", flat=True)) == ["Rivers"]
    assert FocusIssue.objects.count() == 0
    assert list(MenuItem.objects.values_list("label_en", flat=True)) == ["news"]


def test_a_changed_file_updates_what_nobody_edited(load, content):
    load()
    before = list(Event.objects.order_by("pk").values_list("pk", "title_en"))
    meeting = content["events.json"][0]
    meeting["title"] = {"en": "Meeting", "es": "Encuentro"}
    meeting["city"] = "torino"

    assert load()["total"] == ONE_UPDATED

    event = Event.objects.get(title_en="Meeting")
    assert (event.title_es, event.slug_es, event.city.name) == ("Encuentro", "encuentro-2025", "Torino")
    assert list(Event.objects.order_by("pk").values_list("pk", "title_en")) == before
    assert load()["total"] == EVERYTHING


def test_a_text_or_relation_that_left_the_file_leaves_the_row(load, content):
    content["events.json"][0] |= {"theme": {"en": "Play"}, "place": "Torino", "ordinal": 3, "start_time": "10:00"}
    load()
    del content["events.json"][0]["theme"], content["events.json"][0]["place"]
    del content["events.json"][0]["ordinal"], content["events.json"][0]["start_time"]
    content["news.json"]["posts"][0]["related"] = {}
    content["cities.json"][0]["networks"] = []
    content["editions.json"][0]["winners"] = [{"city": "torino"}]

    assert load()["total"] == (0, 4, ALL - 4, 0)

    event = Event.objects.get(title_en="Meeting")
    assert (event.theme_en, event.place, event.ordinal, event.start_time) == (None, "", None, None)
    assert (Post.objects.get().cities.count(), Membership.objects.count()) == (0, 0)
    assert [str(one) for one in Edition.objects.get().recognitions.all()] == ["winner: Torino"]


def test_an_item_that_left_the_files_stays_on_the_site(load, content):
    load()
    del content["events.json"][1]

    assert load()["events.json"] == (0, 0, 1, 0)
    assert Event.objects.filter(title_en="Assembly").exists()


def test_an_address_of_an_editors_item_is_not_taken(load, content):
    make_category(name_en="Networks")

    load()

    assert sorted(Category.objects.values_list("slug_en", flat=True)) == ["networks", "networks-2"]
    assert load()["total"] == EVERYTHING


def test_what_an_editor_made_before_stands_for_the_item(load):
    page, theme = make_page(key="about", title_en="Our own words"), make_theme(key="culture", name_en="Arts")

    assert load()["total"] == (ALL - 2, 0, 0, 2)
    assert load()["total"] == (0, 0, ALL - 2, 2)

    assert Page.objects.get().title_en == "Our own words"
    assert MenuItem.objects.get(label_en="about").page == page
    assert list(Experience.objects.get(title_en="Library").themes.all()) == [theme]


def test_words_that_readers_agreed_to_are_followed_by_others_and_never_changed(load, content):
    load()
    consent = content["newsletter.json"]["consent"]
    consent["text"] = {"en": "Other words."}
    assert load()["newsletter.json"] == (0, 0, 0, 1)

    consent["version"] = "second"
    assert load()["newsletter.json"] == (1, 0, 0, 0)

    assert dict(ConsentText.objects.values_list("version", "text_en")) == {
        "first": "I would like to receive the newsletter.",
        "second": "Other words.",
    }


def test_there_is_one_identity_for_good(load, content):
    load()
    content["site.json"]["name"] = {"en": "Cities that educate"}

    assert load()["site.json"] == (0, 1, 3, 0)
    assert SiteIdentity.objects.get().name_en == "Cities that educate"
