"""The translator's page: side by side, saved in one language only, and nothing typed is lost."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from news.models import Post
from publishing.word_diff import ADDED, REMOVED, SAME, readable
from tests.admin.forms import as_it_stands
from tests.factories import make_event, make_menu_item, make_post, make_recognition
from tests.translations.people import staff
from translations import ledger
from translations.digests import digest
from translations.models import State, TranslatedItem, TranslationEntry
from translations.translator_form import fingerprint

pytestmark = pytest.mark.django_db


def page_of(item, language="es", **query):
    ledger.refresh()
    known = TranslatedItem.objects.get(kind=item._meta.label_lower, item=item.pk)
    return reverse("admin:translations_translateditem_translate", args=[known.pk, language], query=query or None)


def rows(response):
    return {row.field: row for row in response.context["rows"]}


def messages(response):
    return [str(message) for message in response.context["messages"]]


def state(item, field, language="es"):
    ledger.refresh()
    return TranslationEntry.objects.get(
        translated__kind=item._meta.label_lower, translated__item=item.pk, field=field, language=language
    ).state


def save(desk, address, shown, act="_save", follow=True, **texts):
    return desk.post(address, as_it_stands(shown) | texts | {act: "1"}, follow=follow)


def test_texts_stand_side_by_side_each_in_its_language(desk):
    post = make_post(title_en="News", title_es="Noticia", teaser_en="", body_en="<p>Text</p>")

    response = desk.get(page_of(post))

    assert list(rows(response)) == ["title", "body"]
    html = response.content.decode()
    assert '<div lang="en" class="translator-words"><div' not in html
    assert "<p>Text</p>" in html
    attrs = {name: field.widget.attrs for name, field in response.context["form"].fields.items()}
    assert {name: (found["lang"], found["spellcheck"]) for name, found in attrs.items()} == {
        "title_es": ("es", "true"),
        "body_es": ("es", "true"),
    }
    assert "'unsafe-inline'" in response.headers["Content-Security-Policy"]


def test_a_page_without_rich_text_has_the_strict_policy(desk):
    response = desk.get(page_of(make_menu_item(label_en="Agenda")))

    assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]


def test_saving_writes_this_language_only_and_says_who(desk, django_user_model):
    post = make_post(title_en="News", body_en="<p>Text</p>")
    address = page_of(post)
    shown = desk.get(address)
    Post.objects.filter(pk=post.pk).update(title_fr="Nouvelle", teaser_en="New teaser")

    response = save(desk, address, shown, title_es="Noticia", body_es='<p onclick="x()">Texto</p><script>1</script>')

    post.refresh_from_db()
    assert (post.title_es, post.body_es, post.title_fr, post.teaser_en) == (
        "Noticia",
        "<p>Texto</p>",
        "Nouvelle",
        "New teaser",
    )
    assert messages(response) == ["Saved in Spanish: “Title” and “Text”."]
    log = LogEntry.objects.get()
    assert (log.get_change_message(), log.object_id) == ("Changed Title and Text.", str(post.pk))
    entry = TranslationEntry.objects.get(translated__kind="news.post", field="title", language="es")
    assert (entry.state, entry.confirmed_by) == (State.FRESH, django_user_model.objects.get())


def test_saving_a_page_as_it_stands_changes_nothing(desk):
    post = make_post(title_es="Noticia", teaser_en="A\nb", teaser_es="A\nb", body_en="<p>a</p>\n<p>b</p>")
    Post.objects.filter(pk=post.pk).update(body_es="<p>a</p>\n<p>b</p>")
    before = Post.objects.values().get(pk=post.pk)
    address = page_of(post)

    response = save(desk, address, desk.get(address), body_es="<p>a</p>\r\n\r\n<p>b</p>\r\n", teaser_es="A\r\nb")

    assert messages(response) == ["Nothing was changed, so nothing was saved."]
    assert Post.objects.values().get(pk=post.pk) == before
    assert LogEntry.objects.count() == 0


def test_a_translation_may_be_emptied(desk):
    post = make_post(title_es="Noticia")
    address = page_of(post)

    save(desk, address, desk.get(address), title_es="")

    assert Post.objects.values_list("title_es", flat=True).get(pk=post.pk) is None
    assert state(post, "title") == State.MISSING


def test_a_text_that_is_too_long_is_refused_and_kept(desk):
    post = make_post(title_en="News")
    address = page_of(post)

    response = save(desk, address, desk.get(address), title_es="x" * 400)

    assert list(response.context["form"].errors) == ["title_es"]
    assert as_it_stands(response)["title_es"] == ["x" * 400]
    post.refresh_from_db()
    assert post.title_es is None


def test_what_is_wrong_elsewhere_in_the_item_does_not_stop_a_translator(desk):
    below = make_menu_item(label_en="Deep", parent=make_menu_item(parent=make_menu_item()))
    address = page_of(below)

    save(desk, address, desk.get(address), label_es="Hondo")

    below.refresh_from_db()
    assert below.label_es == "Hondo"


def test_a_stale_text_shows_what_changed_word_by_word(desk):
    post = make_post(title_en="Meeting in May", title_es="Encuentro en mayo")
    page_of(post)
    Post.objects.filter(pk=post.pk).update(title_en="Meeting in June")

    row = rows(desk.get(page_of(post)))["title"]

    assert row.changes == [(SAME, "Meeting in"), (REMOVED, "May"), (ADDED, "June")]


def test_still_right_confirms_what_is_stale_and_saves_what_was_changed(desk):
    post = make_post(title_en="News", title_es="Noticia", teaser_en="One", teaser_es="Uno")
    Post.objects.filter(pk=post.pk).update(title_en="The news", teaser_en="Two")
    address = page_of(post)

    response = save(desk, address, desk.get(address), act="_right", teaser_es="Dos")

    assert messages(response) == ["Saved in Spanish: “Teaser”.", "Declared still right: “Title”."]
    assert (state(post, "title"), state(post, "teaser")) == (State.FRESH, State.FRESH)
    post.refresh_from_db()
    assert (post.title_es, post.teaser_es) == ("Noticia", "Dos")


def test_still_right_is_refused_for_a_source_that_nobody_saw(desk):
    post = make_post(title_en="News", title_es="Noticia")
    Post.objects.filter(pk=post.pk).update(title_en="The news")
    address = page_of(post)
    shown = desk.get(address)
    Post.objects.filter(pk=post.pk).update(title_en="All the news")

    response = save(desk, address, shown, act="_right")

    assert messages(response) == [
        "The original changed while this page was open, so nothing was declared right. "
        "What changed is marked below: please look again."
    ]
    assert state(post, "title") == State.STALE


def test_the_second_of_two_is_told_what_the_first_wrote_and_keeps_the_own_text(desk):
    post = make_post(title_en="News", title_es="Noticia", teaser_en="One", teaser_es="Uno")
    address = page_of(post)
    shown = desk.get(address)
    Post.objects.filter(pk=post.pk).update(title_es="Novedad", teaser_es="Un")

    refused = save(desk, address, shown, title_es="Actualidad")

    post.refresh_from_db()
    assert post.title_es == "Novedad"
    assert "Somebody else wrote this meanwhile" in refused.content.decode()
    assert [row.field for row in rows(refused).values() if row.overtaken] == ["title"]
    again = as_it_stands(refused)
    # The text that this person did not touch is the other's by now.
    assert (again["title_es"], again["teaser_es"]) == (["Actualidad"], ["Un"])

    save(desk, address, refused)
    post.refresh_from_db()
    assert (post.title_es, post.teaser_es) == ("Actualidad", "Un")


def test_a_text_that_nobody_here_touched_is_not_written_back(desk):
    post = make_post(title_en="News", title_es="Noticia", teaser_en="One", teaser_es="Uno")
    address = page_of(post)
    shown = desk.get(address)
    Post.objects.filter(pk=post.pk).update(teaser_es="Un")

    save(desk, address, shown, title_es="Actualidad")

    post.refresh_from_db()
    assert (post.title_es, post.teaser_es) == ("Actualidad", "Un")


def test_a_source_that_changed_meanwhile_is_told_and_the_own_text_kept(desk):
    post = make_post(title_en="In May", body_en="<p>Text</p>")
    address = page_of(post)
    shown = desk.get(address)
    Post.objects.filter(pk=post.pk).update(title_en="In June")

    refused = save(desk, address, shown, title_es="En mayo")

    assert rows(refused)["title"].moved == [(SAME, "In"), (REMOVED, "May"), (ADDED, "June")]
    assert as_it_stands(refused)["title_es"] == ["En mayo"]
    post.refresh_from_db()
    assert post.title_es is None

    save(desk, address, refused, title_es="En junio")
    assert (state(post, "title"), Post.objects.get(pk=post.pk).title_es) == (State.FRESH, "En junio")


def test_save_and_next_stays_within_the_filters_of_the_list(desk):
    posts = [make_post(title_en=f"Post {number}") for number in range(3)]
    make_event()
    done = make_post(title_en="Done", title_es="Hecho", body_en="")
    query = {"kind": "news.post", "state": "missing"}
    addresses = [page_of(post, **query) for post in posts]

    visited, address = [], addresses[2]
    while "/es/" in address:
        visited.append(address)
        shown = desk.get(address)
        texts = {f"{field}_es": f"Texto {len(visited)}" for field in rows(shown)}
        address = save(desk, address, shown, "_next", False, **texts).url

    assert visited == [addresses[2], addresses[1], addresses[0]]
    assert address == "/admin/translations/translateditem/?kind=news.post&state=missing"
    assert messages(desk.get(address))[-1] == "Nothing else in this list needs work in Spanish."
    assert state(done, "title") == State.FRESH


def test_next_without_saving(desk):
    first, second = make_post(), make_post()
    address = page_of(second)

    assert desk.get(f"{address}next/").url == page_of(first)


def test_a_part_of_another_items_form_is_translated_too(desk):
    recognition = make_recognition(project_en="A project")
    address = page_of(recognition)

    save(desk, address, desk.get(address), project_es="Un proyecto")

    recognition.refresh_from_db()
    assert recognition.project_es == "Un proyecto"
    assert LogEntry.objects.get().get_edited_object() == recognition


def test_who_may_only_look_sees_no_form_and_saves_nothing(client):
    post = make_post(title_es="Noticia")
    address = page_of(post)
    staff(client, "view_post")

    response = client.get(address)

    assert (response.status_code, response.context["form"]) == (200, None)
    assert client.post(address, {"text-title": "", "title_es": "x"}).status_code == 403


def test_who_may_not_see_the_item_does_not_see_its_translation(client):
    address = page_of(make_post())

    assert staff(client, "change_event").get(address).status_code == 403


@pytest.mark.parametrize(("language", "status"), [("ca", 200), ("es", 403), ("fr", 403), ("xx", 404)])
def test_a_translator_sees_their_languages_only(client, language, status):
    address = page_of(make_post(), language)
    staff(client, "change_post", languages=["ca", "pt"])

    assert client.get(address).status_code == status


def test_the_original_is_written_in_the_items_own_form(desk):
    post = make_post()

    assert desk.get(page_of(post, "en")).url == f"/admin/news/post/{post.pk}/change/"


def test_an_expired_session_leads_back_to_the_page(client):
    address = page_of(make_post(), state="stale")

    assert client.post(address, {}).url == "/admin/login/?next=" + address.replace("?", "%3F").replace("=", "%3D")


@pytest.mark.parametrize(
    "html",
    ["", "<p>a &amp; b</p>", "<p>a</p>\n<ul><li>b <b>c</b></li></ul>", '<img src="/a" alt="x">', "a&nbsp;b<br>c"],
)
def test_the_words_that_go_with_the_form_stand_for_the_source(html):
    assert digest(readable(html, rich=True)) == digest(html, rich=True)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("<p>a</p>\n<p>b</p>", "<p>a</p>\r\n\r\n<p>b</p>\r\n", True),
        ("<p>a</p>", "<h2>a</h2>", False),
        ("<p><b>a</b> <i>b</i></p>", "<p><b>a</b><i>b</i></p>", False),
        ("", None, True),
    ],
)
def test_two_versions_are_told_apart_but_not_by_line_breaks(one, other, same):
    assert (fingerprint(one, True) == fingerprint(other, True)) is same
