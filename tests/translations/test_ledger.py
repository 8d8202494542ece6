"""The ledger says of every text in every language whether it is missing, fresh or stale, whatever wrote it."""

import random

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from agenda.models import Event
from networks.models import City
from news.models import Post
from publishing.models import State as Publication
from tests.admin.forms import as_it_stands
from tests.factories import make_city, make_event, make_post, make_theme
from translations import change_log, ledger
from translations.kinds import kinds
from translations.models import Change, State, TranslatedItem, TranslationEntry, TranslationStatus

pytestmark = pytest.mark.django_db
POST = "news.post"


def state(item, field, language):
    ledger.refresh()
    return (
        TranslationEntry.objects.filter(
            translated__kind=item._meta.label_lower, translated__item=item.pk, field=field, language=language
        )
        .values_list("state", flat=True)
        .first()
    )


def test_a_new_item_has_fresh_and_missing_texts():
    post = make_post(title_en="News", title_es="Noticia", teaser_en="", body_en="<p>Text</p>")

    assert [state(post, "title", code) for code in ("en", "es", "fr")] == [None, State.FRESH, State.MISSING]
    assert [state(post, "teaser", code) for code in ("es", "fr")] == [None, None]
    assert state(post, "body", "es") == State.MISSING


def test_a_translation_is_stale_from_a_change_of_its_source_until_somebody_writes_it_again():
    post = make_post(title_en="News", title_es="Noticia", title_fr="Nouvelle")

    Post.objects.filter(pk=post.pk).update(title_en="Other news")
    assert [state(post, "title", code) for code in ("es", "fr")] == [State.STALE, State.STALE]

    Post.objects.filter(pk=post.pk).update(title_es="Otra noticia")
    assert [state(post, "title", code) for code in ("es", "fr")] == [State.FRESH, State.STALE]


def test_a_translation_written_before_its_source_changed_is_stale_although_nobody_looked_in_between():
    post = make_post(title_en="News", title_es="Noticia")

    Post.objects.filter(pk=post.pk).update(title_es="Otra noticia")
    Post.objects.filter(pk=post.pk).update(title_en="Other news")

    assert state(post, "title", "es") == State.STALE


def test_both_written_at_once_is_fresh():
    post = make_post(title_en="News", title_es="Noticia")

    Post.objects.filter(pk=post.pk).update(title_en="Other news", title_es="Otra noticia")

    assert state(post, "title", "es") == State.FRESH


def test_a_source_that_gets_its_words_back_makes_the_translation_fresh_again():
    post = make_post(title_en="News", title_es="Noticia")

    for title in ("Other", "News"):
        Post.objects.filter(pk=post.pk).update(title_en=title)

    assert state(post, "title", "es") == State.FRESH


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>One two</p>", "<p>One  two</p>"),
        ("<p>One two</p>", "<p>One\u00a0two</p>\n"),
        ("<p>One two</p>", "<h2>One <strong>two</strong></h2>"),
        ("<p>One two</p>", "<p>One</p><p>two</p>"),
        ("<p>caf\u00e9</p>", "<p>cafe\u0301</p>"),
        ('<p><a href="/a">x</a></p>', '<p><a href="/b">x</a></p>'),
    ],
)
def test_spaces_and_markup_do_not_count(before, after):
    post = make_post(body_en=before, body_es="<p>Uno</p>")

    Post.objects.filter(pk=post.pk).update(body_en=after)

    assert state(post, "body", "es") == State.FRESH


def test_the_description_of_a_picture_counts():
    post = make_post(body_en='<p><img src="/a" alt="A river"></p>', body_es='<p><img src="/a" alt="Un río"></p>')

    Post.objects.filter(pk=post.pk).update(body_en='<p><img src="/a" alt="A bridge"></p>')

    assert state(post, "body", "es") == State.STALE


def test_less_than_a_sign_in_a_title_is_no_markup():
    post = make_post(title_en="Under <18>", title_es="Menores")

    Post.objects.filter(pk=post.pk).update(title_en="Under <21>")

    assert state(post, "title", "es") == State.STALE


def test_the_source_is_the_items_own():
    post = make_post(title_en="News", title_es="Noticia", source_language="es")

    Post.objects.filter(pk=post.pk).update(title_es="Otra")

    assert [state(post, "title", code) for code in ("en", "es")] == [State.STALE, None]


def test_another_source_language_keeps_what_is_known():
    post = make_post(title_en="News", title_es="Noticia", title_fr="Nouvelle", title_ca="Notícia")
    Post.objects.filter(pk=post.pk).update(title_en="Other")
    Post.objects.filter(pk=post.pk).update(title_es="Otra", title_ca="Altra")

    Post.objects.filter(pk=post.pk).update(source_language="es")

    states = {code: state(post, "title", code) for code in ("en", "fr", "ca", "pt", "es")}
    assert states == {
        "en": State.FRESH,
        "fr": State.STALE,
        "ca": State.FRESH,
        "pt": State.MISSING,
        "es": None,
    }


def test_the_words_that_a_stale_translation_was_made_for_are_kept_until_it_is_fresh():
    post = make_post(title_en="News", title_es="Noticia")
    for title in ("Other news", "Third news"):
        Post.objects.filter(pk=post.pk).update(title_en=title)
    ledger.refresh()
    entry = TranslationEntry.objects.get(translated__kind=POST, field="title", language="es")
    assert entry.source_before == "News"

    ledger.confirm(kinds()[POST], post.pk, "es")

    entry = TranslationEntry.objects.get(translated__kind=POST, field="title", language="es")
    assert (entry.state, entry.source_before) == (State.FRESH, "")


def test_still_right_is_said_by_somebody_and_only_for_the_source_that_they_saw(admin_user):
    post = make_post(title_en="News", title_es="Noticia")
    Post.objects.filter(pk=post.pk).update(title_en="Other")
    ledger.refresh()
    seen = {"title": TranslationEntry.objects.get(field="title", language="es").source}
    Post.objects.filter(pk=post.pk).update(title_en="Third")

    with pytest.raises(ledger.SourceMoved):
        ledger.confirm(kinds()[POST], post.pk, "es", by=admin_user, sources=seen)
    assert state(post, "title", "es") == State.STALE

    assert ledger.confirm(kinds()[POST], post.pk, "es", by=admin_user) == ["title"]
    entry = TranslationEntry.objects.get(field="title", language="es")
    assert (entry.state, entry.confirmed_by) == (State.FRESH, admin_user)
    assert TranslationStatus.objects.get(translated__kind=POST, language="es").stale == 0


def test_who_confirmed_outlives_changes_of_other_texts(admin_user):
    post = make_post(title_en="News", title_es="Noticia")
    Post.objects.filter(pk=post.pk).update(title_en="Other")
    ledger.confirm(kinds()[POST], post.pk, "es", by=admin_user)

    Post.objects.filter(pk=post.pk).update(title_fr="Nouvelle")

    assert state(post, "title", "es") == State.FRESH
    assert TranslationEntry.objects.get(field="title", language="es").confirmed_by == admin_user


def test_whoever_saved_in_the_admin_is_who_confirmed(admin_client, admin_user):
    event = make_event(title_en="Meeting")
    ledger.refresh()
    address = f"/admin/agenda/event/{event.pk}/change/"
    data = as_it_stands(admin_client.get(address))

    response = admin_client.post(address, data | {"title_es": "Encuentro"})

    assert response.status_code == 302
    assert state(event, "title", "es") == State.FRESH
    assert TranslationEntry.objects.get(field="title", language="es", state="fresh").confirmed_by == admin_user


def test_a_change_that_is_rolled_back_leaves_nothing():
    post = make_post(title_en="News", title_es="Noticia")
    ledger.refresh()

    try:
        with transaction.atomic():
            Post.objects.filter(pk=post.pk).update(title_en="Other")
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass

    assert (Change.objects.count(), state(post, "title", "es")) == (0, State.FRESH)


def test_a_change_of_other_columns_is_not_even_noted():
    post = make_post()
    ledger.refresh()

    Post.objects.filter(pk=post.pk).update(state=Publication.DRAFT)
    post.save()

    assert Change.objects.count() == 0


def test_what_is_deleted_leaves_the_ledger():
    post = make_post(title_es="Noticia")
    ledger.refresh()
    assert TranslatedItem.objects.filter(kind=POST).count() == 1

    Post.objects.filter(pk=post.pk).delete()
    ledger.refresh()

    assert not TranslatedItem.objects.filter(kind=POST).exists()


def test_a_citys_name_in_another_language_is_no_translation():
    make_city(exonym_es="Turín")
    ledger.refresh()

    assert not TranslatedItem.objects.filter(kind=City._meta.label_lower).exists()


def test_the_status_counts_the_texts_of_a_language():
    post = make_post(title_en="News", teaser_en="Teaser", body_en="<p>Text</p>", title_es="Noticia", teaser_es="Texto")
    Post.objects.filter(pk=post.pk).update(teaser_en="Other")
    ledger.refresh()

    status = TranslationStatus.objects.get(translated__kind=POST, translated__item=post.pk, language="es")

    assert (status.state, status.texts, status.missing, status.stale) == (State.MISSING, 3, 1, 1)


def test_a_limit_leaves_the_rest_for_later():
    for _ in range(3):
        make_post()
    waiting = Change.objects.values("kind", "item").distinct().count()

    assert ledger.refresh(limit=1) == waiting - 1
    assert ledger.refresh() == 0


TEXTS = ["", None, "one", "two", "<p>one</p>", "<p>two</p>", " one ", "three & four"]
CODES = ["en", "es", "fr", "ca", "pt"]


def brute_force(history, kind):
    """The states by their definition, from the whole history of a row: [{column: text}, …]."""
    from translations.digests import digest

    found = {}
    for field in kind.fields:
        rich = field in kind.rich
        confirmed = {}
        for number, row in enumerate(history):
            original = digest(row[f"{field}_en"], rich)
            for code in CODES[1:]:
                text = digest(row[f"{field}_{code}"], rich)
                before = digest(history[number - 1][f"{field}_{code}"], rich) if number else ""
                if text != before:
                    confirmed[code] = original if text else None
        for code in CODES[1:]:
            text, original = (digest(history[-1][f"{field}_{c}"], rich) for c in (code, "en"))
            if not text:
                found[field, code] = State.MISSING if original else None
            else:
                found[field, code] = State.STALE if original and confirmed[code] != original else State.FRESH
    return {key: value for key, value in found.items() if value}


@pytest.mark.parametrize("seed", range(8))
def test_the_ledger_agrees_with_a_recomputation_after_any_edits(seed):
    chance = random.Random(seed)
    kind = kinds()["news.post"]
    fields = ["teaser", "body"]
    posts = [make_post() for _ in range(3)]
    histories = {post.pk: [] for post in posts}

    def note():
        for row in Post.objects.values("pk", *kind.columns):
            history = histories[row["pk"]]
            if not history or history[-1] != row:
                history.append(row)

    note()
    for _ in range(60):
        post = chance.choice(posts)
        changes = {
            f"{chance.choice(fields)}_{chance.choice(CODES)}": chance.choice(TEXTS)
            for _ in range(chance.choice([1, 1, 1, 2, 4]))
        }
        changes = {name: text or ("" if chance.random() < 0.5 else None) for name, text in changes.items()}
        way = chance.choice(["save", "update", "bulk_update", "sql", "save of columns"])
        rows = Post.objects.filter(pk=post.pk)
        if way == "update":
            rows.update(**changes)
        elif way == "sql":
            with connection.cursor() as cursor:
                for name, text in changes.items():
                    cursor.execute(f"UPDATE news_post SET {name} = %s WHERE id = %s", [text, post.pk])
                    note()
        else:
            fresh = rows.get()
            for name, text in changes.items():
                setattr(fresh, name, text)
            if way == "bulk_update":
                Post.objects.bulk_update([fresh], list(changes))
            else:
                fresh.save(update_fields=list(changes) if "columns" in way else None)
        note()
        if chance.random() < 0.3:
            ledger.refresh(limit=chance.choice([1, 5, None]))
    ledger.refresh()

    entries = TranslationEntry.objects.filter(translated__kind=kind.name)
    for post in posts:
        states = {
            (field, code): state
            for field, code, state in entries.filter(translated__item=post.pk).values_list(
                "field", "language", "state"
            )
        }
        assert states == brute_force(histories[post.pk], kind)
    call_command("check_translations", dry_run=True, verbosity=0)


def test_check_translations_repairs_what_somebody_broke(capsys):
    post = make_post(title_en="News", title_es="Noticia")
    ledger.refresh()
    change_log.remove("default")
    Post.objects.filter(pk=post.pk).update(title_en="Other")
    other = make_post(title_es="Otra")
    TranslatedItem.objects.create(
        kind=POST, item=999_999, title="Gone", source_language="en", written_at=post.created_at
    )

    with pytest.raises(CommandError, match="2 of them differ from the ledger; 1 in the ledger that are gone"):
        call_command("check_translations", dry_run=True)
    call_command("check_translations")

    assert "All is repaired." in capsys.readouterr().out
    assert change_log.missing("default") == set()
    assert (state(post, "title", "es"), state(other, "title", "es")) == (State.STALE, State.FRESH)
    call_command("check_translations", dry_run=True, verbosity=0)


def test_events_made_in_bulk_are_in_the_ledger():
    slugs = {f"slug_{code}": "bulk" for code in CODES}
    Event.objects.bulk_create([Event(title_en="Bulk", title_es="Lote", date="2030", **slugs)])

    assert state(Event.objects.get(), "title", "es") == State.FRESH


@pytest.mark.parametrize("kind", kinds().values(), ids=kinds().keys())
def test_everything_says_in_which_language_it_was_written(kind):
    assert kind.model._meta.get_field("source_language").default == settings.LANGUAGE_CODE


def test_a_word_of_a_vocabulary_may_be_written_in_another_language_first():
    theme = make_theme(name_en=None, name_es="Infancia", source_language="es")
    ledger.refresh()

    states = TranslationStatus.objects.filter(translated__item=theme.pk, translated__kind="experiences.theme")
    assert dict(states.values_list("language", "state")) == dict.fromkeys(("en", "fr", "ca", "pt"), State.MISSING)
    theme.name_en = "Childhood"
    theme.save()
    ledger.refresh()
    assert states.get(language="en").state == State.FRESH
