"""Who may do what: each role, at each address of the admin, with an item of its own and with somebody else's."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agenda.models import Event
from iaec_site.roles import (
    ADMINISTRATOR,
    NETWORK_EDITOR,
    ROLES,
    SECRETARIAT_EDITOR,
    TRANSLATOR,
    ensure_roles,
    named_in,
)
from networks.models import NetworkEditor
from news.models import Post
from tests.admin.forms import as_it_stands, errors_of
from tests.admin.test_every_page import MAKERS
from tests.factories import (
    make_document,
    make_edition,
    make_event,
    make_experience,
    make_network,
    make_page,
    make_picture,
    make_post,
    make_publication,
    make_theme,
)
from translations import ledger
from translations.models import TranslatedItem, TranslatorLanguages

pytestmark = pytest.mark.django_db

# How an address of the admin names an item.
KEY = re.compile("<(path:object_id|int:pk)>/.")
OWN_KINDS = ["agenda.Event", "news.Post", "pages.Page", "pictures.Picture", "networks.Network"]
OWN_KINDS += ["publications.Publication", "publications.Document"]


def make_for(label, network):
    match label:
        case "agenda.Event":
            return make_event(network=network)
        case "news.Post":
            post = make_post()
            post.networks.add(network)
            return post
        case "pages.Page":
            return make_page(network=network)
        case "pictures.Picture":
            return make_picture(network=network)
        case "networks.Network":
            return network
        case "publications.Publication":
            publication = make_publication()
            publication.networks.add(network)
            return publication
        case "publications.Document":
            return make_document(network=network)


def address(name, item):
    keys = [] if name in ("changelist", "add") else [item.pk]
    return reverse(f"admin:{item._meta.app_label}_{item._meta.model_name}_{name}", args=keys)


def addresses_of(item):
    """Every address of the admin that has this item's key in it."""
    own = admin.site._registry[type(item)]
    # The number in "begun/…" is not the item's: it is that of something which nobody but its writer finds.
    names = [pattern.name for pattern in own.get_urls() if KEY.match(str(pattern.pattern))]
    assert {"change", "delete", "history"} <= {name.rpartition("_")[2] for name in names}
    return [reverse(f"admin:{name}", args=[item.pk]) for name in names]


# --- the table ---


def test_each_role_has_what_the_table_says_after_every_migrate(db):
    Group.objects.get(name=TRANSLATOR).permissions.clear()
    Group.objects.get(name=NETWORK_EDITOR).permissions.add(Permission.objects.get(codename="delete_city"))
    Group.objects.filter(name=SECRETARIAT_EDITOR).delete()

    call_command("migrate", verbosity=0)

    held = {
        group.name: {
            f"{app}.{code}" for app, code in group.permissions.values_list("content_type__app_label", "codename")
        }
        for group in Group.objects.prefetch_related("permissions__content_type")
    }
    assert set(held) == set(ROLES)
    assert len(held[ADMINISTRATOR]) == Permission.objects.count()
    assert "networks.delete_city" not in held[NETWORK_EDITOR]
    assert {"agenda.add_event", "networks.delete_city", "pages.change_frontpageproposal"} <= held[SECRETARIAT_EDITOR]
    assert {code for code in held[SECRETARIAT_EDITOR] if code.startswith("auth.")} == {"auth.view_user"}
    assert {code for code in held[TRANSLATOR] if ".view_" not in code} == {"translations.change_translateditem"}


def test_the_table_names_only_permissions_that_there_are(db):
    rows = Permission.objects.values_list("content_type__app_label", "codename")
    known = {f"{app}.{code}" for app, code in rows}
    assert {code for rules in ROLES.values() if rules for code in named_in(rules)} - known == set()


def test_making_the_roles_again_changes_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(3):
        ensure_roles()


# --- network editors ---


@pytest.mark.parametrize("label", OWN_KINDS)
def test_a_network_editor_opens_and_saves_what_is_theirs(editor_of, label):
    network = make_network()
    item = make_for(label, network)
    client = editor_of(network)

    shown = client.get(address("change", item))
    saved = client.post(address("change", item), as_it_stands(shown))

    assert shown.status_code == 200
    if label != "pictures.Picture":  # a form does not send its file back
        assert saved.status_code == 302, errors_of(saved)


@pytest.mark.parametrize("label", OWN_KINDS)
def test_another_networks_item_is_refused_at_every_address(editor_of, label):
    mine, other = make_network(), make_network()
    item = make_for(label, other)
    client = editor_of(mine)

    for where in addresses_of(item):
        read, written = client.get(where).status_code, client.post(where, {"post": "yes"}).status_code
        # A preview is only ever posted.
        assert (where, read, written) == (where, 405 if where.endswith("/preview/") else 403, 403)
    assert type(item).objects.filter(pk=item.pk).exists()


@pytest.mark.parametrize("key", ["x", "1/nothing", "9" * 30, "-1", "²"])
def test_what_is_no_key_leads_a_network_editor_nowhere(editor_of, key):
    client = editor_of(make_network())

    for page in ("change", "delete", "history"):
        assert client.get(f"/admin/agenda/event/{key}/{page}/").status_code == 302
    assert client.get(f"/admin/agenda/event/{key}/", follow=True).redirect_chain[-1] == ("/admin/", 302)


@pytest.mark.parametrize("label", OWN_KINDS)
def test_lists_and_searches_show_a_network_editor_their_own_items_alone(editor_of, label):
    mine, other = make_network(), make_network()
    own, foreign = make_for(label, mine), make_for(label, other)
    client = editor_of(mine)

    assert list(client.get(address("changelist", own)).context["cl"].result_list) == [own]
    model = type(own)
    source, field = {
        "agenda.Event": ("pages.Highlight", "event"),
        "news.Post": ("pages.Highlight", "post"),
        "pages.Page": ("pages.Highlight", "page"),
        "pictures.Picture": ("agenda.Event", "picture"),
        "networks.Network": ("agenda.Event", "network"),
        "publications.Document": ("publications.PublicationFile", "document"),
        "publications.Publication": (None, None),  # chosen nowhere
    }[label]
    if source is None:
        return
    app, name = source.lower().split(".")
    found = client.get(reverse("admin:autocomplete"), {"app_label": app, "model_name": name, "field_name": field})
    assert [entry["id"] for entry in found.json()["results"]] == [str(own.pk)]
    assert model.objects.filter(pk=foreign.pk).exists()


def test_whoever_has_the_role_and_no_network_sees_nothing(in_role):
    event = make_event(network=make_network())
    client = in_role(NETWORK_EDITOR)

    assert list(client.get(address("changelist", event)).context["cl"].result_list) == []
    assert client.get(address("change", event)).status_code == 403


def test_a_network_editor_cannot_give_an_item_to_another_network_nor_to_nobody(editor_of):
    mine, other = make_network(), make_network()
    event = make_event(network=mine)
    client = editor_of(mine)
    form = as_it_stands(client.get(address("change", event)))

    for value in (other.pk, ""):
        answer = client.post(address("change", event), form | {"network": value})
        assert (answer.status_code, list(answer.context["adminform"].form.errors)) == (200, ["network"])
    event.refresh_from_db()
    assert event.network == mine


def test_a_network_editor_cannot_use_another_networks_picture_but_keeps_one_that_is_there(editor_of):
    mine = make_network()
    theirs, placed = make_picture(network=make_network()), make_picture()
    event = make_event(network=mine, picture=placed)
    client = editor_of(mine)
    form = as_it_stands(client.get(address("change", event)))
    assert form["picture"] == [str(placed.pk)]

    refused = client.post(address("change", event), form | {"picture": theirs.pk})
    kept = client.post(address("change", event), form)

    assert (refused.status_code, list(refused.context["adminform"].form.errors)) == (200, ["picture"])
    assert kept.status_code == 302
    event.refresh_from_db()
    assert event.picture == placed


def test_the_only_network_stands_in_a_new_form_already(editor_of):
    network = make_network()

    form = as_it_stands(editor_of(network).get(reverse("admin:agenda_event_add")))

    assert form["network"] == [str(network.pk)]


def test_what_belongs_to_two_networks_is_seen_by_both_and_changed_by_neither_alone(editor_of):
    mine, other = make_network(), make_network()
    post = make_for("news.Post", mine)
    post.networks.add(other)
    client = editor_of(mine)

    assert client.get(address("change", post)).context["has_change_permission"] is False
    assert client.post(address("change", post), {"title_en": "Mine"}).status_code == 403
    client.post(
        address("changelist", post), {"action": "take_back_to_draft", "_selected_action": [post.pk]}, follow=True
    )
    post.refresh_from_db()
    assert post.state == "published"
    both = editor_of(mine, other)
    assert both.get(address("change", post)).context["has_change_permission"] is True


ACTS = {
    "publish_now": ({"state": "draft"}, "Public from now on: “{own}”."),
    "take_back_to_draft": ({}, "A draft again, seen by editors only: “{own}”."),
    "withdraw_at_a_moment": ({}, "1 item is shown until 3 May 2030, 09:00."),
}


@pytest.mark.parametrize("act", ACTS)
def test_bulk_actions_reach_own_items_only_and_say_so(editor_of, act):
    mine, other = make_network(), make_network()
    overrides, done = ACTS[act]
    own, shared, foreign = (make_post(title_en=name, **overrides) for name in ("Own", "Shared", "Foreign"))
    own.networks.add(mine)
    shared.networks.add(mine, other)
    foreign.networks.add(other)
    before = post_states()
    data = {"action": act, "_selected_action": [own.pk, shared.pk, foreign.pk]}

    response = editor_of(mine).post(
        address("changelist", own), data | {"_withdraw": "1", "moment": "2030-05-03T09:00"}, follow=True
    )

    assert sorted(pk for pk, state in post_states().items() if before[pk] != state) == [own.pk]
    assert [str(message) for message in response.context["messages"]] == [
        "1 item is left alone, because it belongs to another network.",
        "Left alone, because they belong to other networks as well: “Shared”.",
        done.format(own=own),
    ]


def post_states():
    return {post.pk: (post.state, post.withdraw_at) for post in Post.objects.all()}


@pytest.mark.parametrize("act", ACTS)
def test_bulk_actions_on_foreign_items_alone_say_whose_they_are(editor_of, act):
    foreign = [make_event(network=make_network()) for _ in range(2)]
    data = {"action": act, "_selected_action": [event.pk for event in foreign]}

    response = editor_of(make_network()).post(address("changelist", foreign[0]), data, follow=True)

    assert "cl" in response.context
    assert [str(message) for message in response.context["messages"]] == [
        "2 items are left alone, because they belong to other networks."
    ]
    assert Event.objects.published().count() == 2


@pytest.mark.parametrize("label", sorted(set(MAKERS) - set(OWN_KINDS)))
def test_a_network_editor_changes_nothing_that_belongs_to_no_network(editor_of, label):
    item = MAKERS[label]()
    client = editor_of(make_network())

    changed = client.post(address("change", item), {})
    deleted = client.post(address("delete", item), {"post": "yes"})

    assert (changed.status_code, deleted.status_code) == (403, 403)
    assert type(item)._base_manager.filter(pk=item.pk).exists()


def test_the_translators_page_and_the_matrix_end_at_the_networks_borders(editor_of):
    mine = make_network()
    own, foreign = make_event(network=mine), make_event(network=make_network())
    ledger.refresh()
    client = editor_of(mine)
    rows = {row.item: row for row in TranslatedItem.objects.filter(kind="agenda.event")}

    listed = client.get(reverse("admin:translations_translateditem_changelist") + "?kind=agenda.event")
    pages = [
        client.get(reverse("admin:translations_translateditem_translate", args=[rows[item.pk].pk, "es"])).status_code
        for item in (own, foreign)
    ]

    assert [row.item for row in listed.context["cl"].result_list] == [own.pk]
    assert pages == [200, 403]


@pytest.mark.parametrize("make", [make_edition, make_experience, make_theme])
def test_a_network_editor_translates_nothing_that_belongs_to_no_network(editor_of, make):
    item = make()
    ledger.refresh()
    client = editor_of(make_network())
    row = TranslatedItem.objects.get(kind=item._meta.label_lower, item=item.pk)
    page = reverse("admin:translations_translateditem_translate", args=[row.pk, "es"])

    assert client.post(page, {"name_es": "Mine", "title_es": "Mine", "_save": "1"}).status_code == 403


def test_what_two_networks_share_is_translated_by_neither_alone(editor_of):
    mine = make_network()
    post = make_for("news.Post", mine)
    post.networks.add(make_network())
    ledger.refresh()
    row = TranslatedItem.objects.get(kind="news.post", item=post.pk)
    page = reverse("admin:translations_translateditem_translate", args=[row.pk, "es"])

    assert editor_of(mine).post(page, {"title_es": "Mine", "_save": "1"}).status_code == 403


def test_the_admin_asks_who_somebody_is_once_a_page(editor_of):
    network = make_network()
    make_event(network=network)
    client = editor_of(network)

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("admin:agenda_event_changelist"))

    assert len([query for query in queries if 'FROM "networks_networkeditor" ' in query["sql"]]) == 1


# --- translators ---


def test_a_translator_writes_translations_and_no_item(in_role):
    event = make_event(title_en="Play", source_language="en")
    ledger.refresh()
    client = in_role(TRANSLATOR)
    TranslatorLanguages.objects.create(user=client.user, languages=["es"])
    row = TranslatedItem.objects.get(kind="agenda.event", item=event.pk)
    page = reverse("admin:translations_translateditem_translate", args=[row.pk, "es"])

    shown = client.get(page)
    data = as_it_stands(shown) | {"title_es": "Jugar", "_save": "1"}
    client.post(page, data)

    event.refresh_from_db()
    assert event.title_es == "Jugar"
    assert client.get(address("change", event)).context["has_change_permission"] is False
    assert client.post(address("change", event), {"title_en": "Mine"}).status_code == 403
    foreign = reverse("admin:translations_translateditem_translate", args=[row.pk, "fr"])
    assert client.get(foreign).status_code == 403


@pytest.mark.parametrize("label", sorted(set(MAKERS) - {"auth.User", "auth.Group"}))
def test_a_translator_changes_and_deletes_no_item_of_any_kind(in_role, label):
    item = MAKERS[label]()
    client = in_role(TRANSLATOR)

    answers = [client.post(address(name, item), {"post": "yes"}).status_code for name in ("change", "delete")]

    assert answers == [403, 403]
    assert type(item)._base_manager.filter(pk=item.pk).exists()


# --- the secretariat and administrators ---


@pytest.mark.parametrize("label", sorted(set(MAKERS) - {"auth.User", "auth.Group", "invitations.Invitation"}))
def test_the_secretariat_opens_every_item(in_role, label):
    item = MAKERS[label]()

    assert in_role(SECRETARIAT_EDITOR).get(address("change", item)).status_code == 200


def test_accounts_and_rights_are_the_administrators_alone(in_role):
    group, user = Group.objects.first(), User.objects.create_user("somebody")
    data = {"is_superuser": "on", "username": "somebody"}

    for role in (SECRETARIAT_EDITOR, NETWORK_EDITOR, TRANSLATOR):
        client = in_role(role)
        assert [client.post(address("change", item), data).status_code for item in (group, user)] == [403, 403]
    assert in_role(ADMINISTRATOR).get(address("change", group)).status_code == 200
    assert NetworkEditor.objects.count() == 0


def test_nobody_is_led_round_to_an_item_by_its_number(in_role):
    event = make_event(state="draft")
    kind = ContentType.objects.get_for_model(Event)

    assert in_role(ADMINISTRATOR).get(f"/admin/r/{kind.pk}/{event.pk}/").status_code == 404


def test_models_of_this_test_are_those_that_belong_to_networks():
    scoped = {model._meta.label for model, own in admin.site._registry.items() if getattr(own, "network_path", "")}
    assert scoped == set(OWN_KINDS)
