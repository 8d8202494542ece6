import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from pages.models import MenuItem
from pages.templatetags.page_tags import menus
from tests.factories import make_highlight, make_menu_item, make_page, make_publication

pytestmark = pytest.mark.django_db


def labels(entries):
    return [(entry.texts.label_en, labels(entry.entries)) for entry in entries]


def test_entries_stand_below_their_parent():
    about = make_menu_item(label_en="About")
    make_menu_item(label_en="People", parent=about)

    assert labels(menus({})["main"]) == [("About", [("People", [])])]


def test_entries_and_highlights_lead_to_a_publication_while_it_is_public(client):
    charter = make_publication(title_en="Charter of cities")
    entry = make_menu_item(label_en="Charter", publication=charter)
    highlight = make_highlight(label_en="The charter", publication=charter)
    address = "/en/publications/charter-of-cities/"
    assert [one.address for one in menus({})["main"]] == [address]
    assert client.get("/en/").content.decode().count(f'href="{address}"') == 2

    charter.take_back()

    assert menus({})["main"] == []
    for item in (entry, highlight):
        item.refresh_from_db()
        assert item.target_url() == ""
    assert address not in client.get("/en/").content.decode()


def test_what_stands_below_a_hidden_entry_is_hidden_with_it():
    hidden = make_menu_item(label_en="Hidden", section="", page=make_page(state="draft"))
    make_menu_item(label_en="Below", parent=hidden)

    assert labels(menus({})["main"]) == []


def test_an_entry_below_one_of_the_footer_stands_by_itself():
    footer = make_menu_item(label_en="Footer", in_main=False, in_footer=True)
    make_menu_item(label_en="Below", parent=footer)

    assert labels(menus({})["main"]) == [("Below", [])]


def test_the_menu_has_two_levels():
    first = make_menu_item()
    second = make_menu_item(parent=first)
    first.parent = make_menu_item()

    for entry in (MenuItem(label_en="Third", section="news", parent=second), first):
        with pytest.raises(ValidationError) as error:
            entry.full_clean()
        assert list(error.value.message_dict) == ["parent"]


def test_an_entry_cannot_stand_below_itself():
    entry = make_menu_item()

    with pytest.raises(IntegrityError), transaction.atomic():
        MenuItem.objects.filter(pk=entry.pk).update(parent=entry)


@pytest.mark.parametrize("targets", [{}, {"section": "news", "external_url": "https://example.org/"}])
def test_an_entry_has_exactly_one_target(targets):
    with pytest.raises(IntegrityError), transaction.atomic():
        MenuItem.objects.create(label_en="Entry", **targets)
