"""Texts that come back: what is written, what is confirmed, what is refused and why."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.db.models.signals import post_save

from news.models import Post
from tests.factories import make_editor, make_post
from translations import ledger
from translations.exchange import files, table
from translations.exchange.arrival import Outcome, bring_in
from translations.exchange.selection import texts_for
from translations.exchange.units import Returned
from translations.models import State, TranslationEntry

pytestmark = pytest.mark.django_db


def back(item, **overrides):
    """What a translator would send for an item's text, for the source as it is in the database."""
    field = overrides.get("field", "title")
    outgoing = [
        text
        for text in texts_for("fr", states=State.values, names=[item._meta.label_lower])
        if text.item == item.pk and text.field == field
    ]
    return Returned(
        **{
            "name": f"{item._meta.label_lower}:{item.pk}",
            "field": field,
            "source_language": item.source_language,
            "language": "fr",
            "digest": outgoing[0].digest if outgoing else "",
            "text": "Nouvelle",
        }
        | overrides
    )


def outcome(text, **options):
    [line] = bring_in([text], **options)
    return line.outcome, line.reason


def state(item, field="title"):
    ledger.refresh()
    return TranslationEntry.objects.get(translated__item=item.pk, field=field, language="fr").state


def test_a_missing_text_is_written_and_gets_an_address_and_a_translator():
    post, editor = make_post(title_en="News"), make_editor()

    assert outcome(back(post), by=editor) == (Outcome.WRITTEN, "")

    post = Post.objects.get()
    assert (post.title_en, post.title_fr, post.slug_fr) == ("News", "Nouvelle", "nouvelle")
    ledger.refresh()
    entry = TranslationEntry.objects.get(field="title", language="fr")
    assert (entry.state, entry.confirmed_by) == (State.FRESH, editor)
    [log] = LogEntry.objects.all()
    assert (log.user, log.object_id, log.get_change_message()) == (editor, str(post.pk), "Changed title_fr.")


def test_a_dry_run_says_the_same_and_writes_nothing():
    post = make_post(title_en="News")

    assert outcome(back(post), dry_run=True, by=make_editor()) == (Outcome.WRITTEN, "")

    assert Post.objects.get().title_fr is None
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(("reviewed", "expected"), [(False, Outcome.UNCHANGED), (True, Outcome.CONFIRMED)])
def test_a_stale_text_that_comes_back_as_it_is_is_confirmed_by_who_vouches_for_it(reviewed, expected):
    post, editor = make_post(title_en="News", title_fr="Nouvelle"), make_editor()
    Post.objects.update(title_en="Other news")

    for dry_run in (True, False):
        assert outcome(back(post, reviewed=reviewed), by=editor, dry_run=dry_run) == (expected, "")
        assert state(post) == (State.FRESH if reviewed and not dry_run else State.STALE)
    entry = TranslationEntry.objects.get(field="title", language="fr")
    assert (entry.confirmed_by == editor) == reviewed


def test_a_fresh_text_that_comes_back_as_it_is_is_unchanged():
    post = make_post(title_en="News", title_fr="Nouvelle")

    assert outcome(back(post, reviewed=True)) == (Outcome.UNCHANGED, "")


def test_a_text_whose_source_has_moved_on_is_refused_and_the_others_of_its_item_are_written():
    post = make_post(title_en="News", teaser_en="Short", body_en="<p>Text</p>")
    texts = [
        back(post),
        back(post, field="teaser", text="Court"),
        back(post, field="body", text="<p>Texte</p>"),
    ]
    Post.objects.update(title_en="Other news")

    lines = bring_in(texts)

    assert [line.outcome for line in lines] == [Outcome.REFUSED, Outcome.WRITTEN, Outcome.WRITTEN]
    assert lines[0].reason == "the source has changed since this was exported; export it again"
    post = Post.objects.get()
    assert (post.title_fr, post.teaser_fr, post.body_fr) == (None, "Court", "<p>Texte</p>")


@pytest.mark.parametrize(
    ("overrides", "reason"),
    [
        ({"name": "news.post:999999"}, "there is no such item"),
        ({"name": "news.post:x"}, "there is no such item"),
        ({"name": "auth.user:1"}, "there is no such item"),
        ({"name": ""}, "there is no such item"),
        ({"name": "news.post:" + "9" * 30}, "there is no such item"),
        ({"field": "slug"}, "this kind of item has no translated text of this name"),
        ({"field": "state"}, "this kind of item has no translated text of this name"),
        ({"language": "ko"}, "“ko” is no language of this site"),
        ({"language": "en"}, "this is the language that the item is written in"),
        ({"source_language": "es"}, "the item is written in another language than the file says"),
        ({"text": "x" * 201}, "it is too long: 201 characters, where 200 have room"),
        ({"text": "a\nb"}, "it has a line break, where there is one line only"),
        ({"text": "a\0b"}, "it has a character that no text can have"),
        ({"digest": ""}, "the source has changed since this was exported; export it again"),
        ({"problem": "a problem of the reader's"}, "a problem of the reader's"),
    ],
)
def test_what_is_refused_and_why(overrides, reason):
    post = make_post(title_en="News")
    text = back(post, field="title")

    assert outcome(Returned(**vars(text) | overrides)) == (Outcome.REFUSED, reason)
    assert Post.objects.get().title_fr is None


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<p>Text<script>alert(1)</script></p>", "this site does not take: script"),
        ('<p onclick="x()">Texte</p>', 'this site does not take: onclick="x()"'),
        ('<p><a href="javascript:x()">Texte</a></p>', 'this site does not take: href="javascript:x()"'),
        ('<p><img src="https://evil.example/a.png">Texte</p>', "this site does not take: img"),
        ("<p>Texte<iframe></iframe></p>", "this site does not take: iframe"),
        ("<p>Texte<!-- x --></p>", "this site does not take: a comment"),
        ('<p style="color:red">Texte</p>', 'this site does not take: style="color:red"'),
        ("<p>Texte", "<p> is never closed"),
        ("Texte</p>", "</p> closes nothing"),
        ("<p><strong>Texte</p></strong>", "</p> closes nothing"),
        ("<p>a<p>b</p></p>", "its elements do not fit into each other"),
    ],
)
def test_broken_and_hostile_markup_is_refused_rather_than_mended(html, reason):
    post = make_post(body_en="<p>Text</p>")

    found, why = outcome(back(post, field="body", text=html))

    assert found is Outcome.REFUSED
    assert why.startswith(reason)
    assert not Post.objects.get().body_fr


def test_markup_may_be_spelt_otherwise():
    post = make_post(body_en="<p>Text</p>")

    assert outcome(back(post, field="body", text="<P>&Eacute;t&eacute;<br/>R&D</P>"))[0] is Outcome.WRITTEN
    assert Post.objects.get().body_fr == "<p>Été<br>R&amp;D</p>"


def test_an_empty_text_deletes_nothing():
    post = make_post(title_en="News", title_fr="Nouvelle")

    assert outcome(back(post, text=" ")) == (Outcome.SKIPPED, "")
    assert Post.objects.get().title_fr == "Nouvelle"


def test_of_a_text_that_comes_twice_the_first_counts():
    post = make_post(title_en="News")

    lines = bring_in([back(post), back(post, text="Autre")])

    assert [line.outcome for line in lines] == [Outcome.WRITTEN, Outcome.REFUSED]
    assert Post.objects.get().title_fr == "Nouvelle"


def test_who_may_not_change_the_item_writes_nothing(django_user_model):
    post, user = make_post(title_en="News"), django_user_model.objects.create_user("translator", is_staff=True)

    assert outcome(back(post), by=user) == (Outcome.REFUSED, "you may not change this item")

    user.user_permissions.add(Permission.objects.get(codename="change_post"))
    user = django_user_model.objects.get(pk=user.pk)
    assert outcome(back(post), by=user) == (Outcome.WRITTEN, "")


@pytest.mark.parametrize("form", ["xliff", "csv"])
def test_what_goes_out_comes_back_unchanged(form):
    post = make_post(title_en="News", title_fr="Nouvelle", teaser_en="One\r\ntwo", teaser_fr="Un\r\ndeux")
    Post.objects.update(title_en="Other", teaser_en="Two", body_en="<p>One</p>", body_fr="<p>Un &lt;b&gt;</p>")
    before = Post.objects.values().get()

    [content] = files.build(texts_for("fr", states=State.values), form).values()
    lines = bring_in(files.read(content))

    assert {line.outcome for line in lines if line.text.name == f"news.post:{post.pk}"} == {Outcome.UNCHANGED}
    assert Post.objects.values().get() == before


def test_only_what_is_asked_for_goes_out():
    post = make_post(title_en="News", title_fr="Nouvelle", teaser_en="Short")
    make_post(title_en=None, title_es="Noticia", source_language="es")
    Post.objects.filter(pk=post.pk).update(title_en="Other")

    def found(**options):
        return [
            (text.source, text.state, text.previous_source) for text in texts_for("fr", names=["news.post"], **options)
        ]

    assert found() == [("Other", "stale", "News"), ("Short", "missing", ""), ("Noticia", "missing", "")]
    assert found(states=["stale"]) == [("Other", "stale", "News")]
    assert found(source="es") == [("Noticia", "missing", "")]
    assert list(texts_for("fr", names=["agenda.event"])) == []


def test_the_commands(tmp_path, capsys):
    post = make_post(title_en="News")
    make_post(title_en=None, title_es="Noticia", source_language="es")
    out = ["--language=fr", "--kind=news.post"]

    call_command("export_translations", tmp_path / "a.xlf", *out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.en.xlf", "a.es.xlf"]
    call_command("export_translations", tmp_path / "a.csv", *out)
    rows = (tmp_path / "a.csv").read_bytes()
    (tmp_path / "a.csv").write_bytes(rows.replace(b"News,,fr,", b"News,,fr,Nouvelle"))
    call_command("import_translations", tmp_path / "a.csv", "--dry-run")
    assert Post.objects.get(pk=post.pk).title_fr is None
    call_command("import_translations", tmp_path / "a.csv", user=make_editor().username)
    assert Post.objects.get(pk=post.pk).title_fr == "Nouvelle"
    assert "1 written, 0 confirmed as it was, 0 unchanged, 1 not translated yet, 0 refused" in capsys.readouterr().out

    Post.objects.update(title_en="Other")
    with pytest.raises(CommandError, match="1 refused"):
        call_command("import_translations", tmp_path / "a.csv")
    (tmp_path / "b.csv").write_bytes("é".encode("cp1252"))
    with pytest.raises(CommandError, match="not in UTF-8"):
        call_command("import_translations", tmp_path / "b.csv")


def test_an_export_asks_no_more_queries_for_more_texts(client, django_assert_max_num_queries):
    for number in range(20):
        make_post(title_en=f"News {number}")
    ledger.refresh()

    with django_assert_max_num_queries(12):
        content = table.build(texts_for("fr", names=["news.post"]))
    assert content.count(b"news.post:") == 20


def test_the_report_says_where_a_fresh_translation_gives_way():
    post = make_post(title_en="News", title_fr="Actualité")
    assert outcome(back(post), dry_run=True) == (Outcome.WRITTEN, "replaces a translation that is up to date")

    Post.objects.update(title_en="Other news")
    assert outcome(back(post), dry_run=True) == (Outcome.WRITTEN, "")


def test_one_item_that_cannot_be_saved_takes_no_other_with_it():
    broken, whole = make_post(title_en="Broken"), make_post(title_en="Whole")
    texts = [back(post, text=f"Titre {post.pk}") for post in (broken, whole)]

    def refuse(instance, **kwargs):
        if instance.pk == broken.pk:
            raise DatabaseError("no room")

    post_save.connect(refuse, sender=Post)
    try:
        lines = bring_in(texts, by=make_editor())
    finally:
        post_save.disconnect(refuse, sender=Post)

    assert [line.outcome for line in lines] == [Outcome.REFUSED, Outcome.WRITTEN]
    assert lines[0].reason == "the item could not be saved: no room"
    assert dict(Post.objects.values_list("pk", "title_fr")) == {broken.pk: None, whole.pk: f"Titre {whole.pk}"}
    assert [log.object_id for log in LogEntry.objects.all()] == [str(whole.pk)]


def test_many_items_need_few_queries_each(django_assert_max_num_queries):
    posts = [make_post(title_en=f"News {number}") for number in range(20)]
    texts = [back(post, text=f"Titre {post.pk}") for post in posts]
    editor = make_editor()

    # Of each: a savepoint (2), slugs before, two looks whether the new one is free, the row, pictures of its text, the
    # log. In common: the rows and their history.
    with django_assert_max_num_queries(8 * 20 + 30):
        bring_in(texts, by=editor)

    assert Post.objects.filter(title_fr__startswith="Titre").count() == 20
