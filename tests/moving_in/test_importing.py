"""Posts and pages of WordPress: what becomes of them, once, twice, and after editors have been at work."""

import datetime
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError
from reversion.models import Version

from moving_in.models import MovedThing, OldAddress
from news.models import Category, Post
from pages.models import Page
from tests import factories
from tests.moving_in.exports import category, item, written, wxr
from tests.moving_in.imports import all_rows, became, bring_in

pytestmark = pytest.mark.django_db


def test_a_post_becomes_a_news_post(tmp_path):
    told = bring_in(
        written(
            tmp_path,
            category(5, "schools", "Schools & parks"),
            item(
                12,
                "Open <em>day</em> &amp; more",
                "First.\n\nSecond\nline.",
                name="open-day",
                excerpt="<p>Come and see.</p>",
                terms=[("category", "schools"), ("post_tag", "garden")],
            ),
        )
    )

    post = Post.objects.get()
    assert (post.title_en, post.slug_en, post.source_language) == ("Open day & more", "open-day", "en")
    assert post.body_en == "<p>First.</p>\n<p>Second<br>\nline.</p>"
    assert post.teaser_en == "Come and see."
    assert (post.date, post.state) == (datetime.date(2019, 5, 3), "published")
    assert post.publish_at == datetime.datetime(2019, 5, 3, 8, 0, tzinfo=UTC)
    assert [(one.name_en, one.slug_en) for one in post.categories.all()] == [("Schools & parks", "schools")]
    assert told.numbers["news posts: new"] == 1
    assert told.of("author") == [(None, "Ana Pérez: 1 items")]


def test_a_page_becomes_a_page(tmp_path):
    bring_in(written(tmp_path, item(3, "About us", "<p>We.</p>", kind="page", name="about")))

    page = Page.objects.get()
    assert (page.title_en, page.slug_en, page.body_en, page.state) == ("About us", "about", "<p>We.</p>", "published")


@pytest.mark.parametrize(
    ("values", "state", "said"),
    [
        ({"status": "draft", "date_gmt": "0000-00-00 00:00:00"}, "draft", "a draft"),
        ({"status": "pending"}, "draft", "waiting for review"),
        ({"status": "private"}, "draft", "private"),
        ({"status": "inherit"}, "draft", "its state is “inherit”"),
        ({"password": "enter"}, "draft", "it asked for a password"),
        ({"status": "publish"}, "published", None),
    ],
)
def test_what_not_everybody_could_read_stays_closed(tmp_path, client, values, state, said):
    told = bring_in(written(tmp_path, item(4, "Who knows", name="who-knows", **values)))

    assert Post.objects.get().state == state
    assert told.of("withheld") == ([(4, f"“Who knows”: {said}")] if said else [])
    assert client.get("/en/news/who-knows/").status_code == (200 if state == "published" else 404)
    assert "enter" not in str(told.subjects)


def test_a_scheduled_post_shows_at_its_moment(tmp_path):
    bring_in(written(tmp_path, item(4, status="future", date="2090-01-02 10:00:00", date_gmt="2090-01-02 09:00:00")))

    post = Post.objects.get()
    assert (post.state, post.publish_at) == ("published", datetime.datetime(2090, 1, 2, 9, 0, tzinfo=UTC))
    assert not post.is_public()


def test_the_trash_revisions_and_menus_stay_behind(tmp_path):
    told = bring_in(
        written(
            tmp_path,
            item(1, "Gone", status="trash"),
            item(2, "Old", kind="revision", status="inherit"),
            item(3, "Entry", kind="nav_menu_item"),
            item(4, "Ring", kind="product"),
            item(5, "Bell", kind="product"),
            item(6, "Kept"),
        )
    )

    assert [post.title_en for post in Post.objects.all()] == ["Kept"]
    assert told.of("left_out") == [(1, "“Gone” lies in the trash")]
    assert told.of("kind") == [(None, "2 of the kind “product”: 4, 5")]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("", "(9)"),
        ("<b></b>", "(9)"),
        ("🎉🎉", "🎉🎉"),
        ("a < b & c", "a < b & c"),
        ("word " * 80, "word " * 38 + "word…"),
        ("x" * 400, "x" * 199 + "…"),
    ],
)
def test_odd_titles(tmp_path, title, expected):
    told = bring_in(written(tmp_path, item(9, title, name="")))

    post = Post.objects.get()
    assert post.title_en == expected
    assert post.slug_en
    assert bool(told.of("title")) == (expected != title)


def test_two_posts_with_one_slug_both_come(tmp_path):
    factories.make_post(title_en="Here first", slug_en="same")
    told = bring_in(written(tmp_path, item(1, name="same"), item(2, name="same")))

    assert sorted(Post.objects.values_list("slug_en", flat=True)) == ["same", "same-2", "same-3"]
    assert told.of("slug") == [(1, "“same” became “same-2” (en)"), (2, "“same” became “same-3” (en)")]


def test_a_category_that_the_site_has_is_taken_and_not_changed(tmp_path):
    own = factories.make_category(name_en="Our schools", slug_en="schools")
    bring_in(written(tmp_path, category(5, "schools", "Schools"), item(1, terms=[("category", "schools")])))

    assert Category.objects.get() == own
    assert Category.objects.get().name_en == "Our schools"
    assert list(Post.objects.get().categories.all()) == [own]


def test_a_map_says_where_categories_belong(tmp_path):
    network = factories.make_network(slug_en="iberia")
    awards = factories.make_category(name_en="Awards", slug_en="awards")
    rules = tmp_path / "map.txt"
    rules.write_text(
        "# ours\nportugal = network:iberia, category:awards\nold = leave out\nmisc = drop\nnowhere = category:none\n"
    )
    told = bring_in(
        written(
            tmp_path,
            item(1, terms=[("category", "portugal"), ("category", "misc")]),
            item(2, terms=[("category", "old")]),
            item(3, terms=[("category", "nowhere")]),
        ),
        map=rules,
    )

    assert became(2) is None
    assert list(became(1).networks.all()) == [network]
    assert list(became(1).categories.all()) == [awards]
    assert list(became(3).categories.all()) == []
    assert (None, "--map sends “nowhere” to the category “none”, which there is not") in told.of("term")


def test_a_map_that_says_nothing_is_refused(tmp_path):
    (tmp_path / "map.txt").write_text("a = b")
    with pytest.raises(CommandError, match=r"map\.txt, line 1: “b” is none of category:SLUG"):
        bring_in(written(tmp_path, item(1)), map=tmp_path / "map.txt")


def test_comments_are_counted_and_stay_behind(tmp_path):
    comment = "<wp:comment><wp:comment_author_email>who@example.org</wp:comment_author_email></wp:comment>"
    told = bring_in(written(tmp_path, item(1, more=comment * 3)))

    assert told.numbers["comments, which are not taken over"] == 3
    assert "who@example.org" not in str(told.subjects)


def test_several_files_of_one_site_come_together(tmp_path):
    first = written(tmp_path, item(1, content='<a href="https://old.example.org/?p=2">x</a>'), name="a.xml")
    second = written(tmp_path, item(2, name="second"), name="b.xml")
    bring_in(first, second)

    assert became(1).body_en == '<p><a href="/en/news/second/" rel="noopener">x</a></p>'


def test_files_of_two_sites_are_refused(tmp_path):
    files = [written(tmp_path, item(1)), written(tmp_path, item(2), name="b.xml", site="https://other.example.org")]
    with pytest.raises(CommandError, match=r"It comes from https://other\.example\.org, the file before it from"):
        bring_in(*files)
    assert Post.objects.count() == 0


def test_a_dry_run_tells_all_and_keeps_nothing(tmp_path):
    file = written(tmp_path, item(1), item(2, "Secret", status="private"), item(3, kind="page"))
    before = all_rows()
    dry = bring_in(file, dry_run=True)

    assert all_rows() == before
    wet = bring_in(file)
    assert wet.numbers == dry.numbers
    assert wet.subjects == dry.subjects
    assert dry.screen.endswith("This was a dry run: nothing was kept.\n")


def test_a_second_run_changes_no_row(tmp_path):
    network = factories.make_network(slug_en="iberia")
    (tmp_path / "map.txt").write_text("portugal = network:iberia")
    file = written(
        tmp_path,
        category(5, "schools", "Schools"),
        item(1, terms=[("category", "schools"), ("post_tag", "x")]),
        item(2, name="item-1", terms=[("category", "portugal")]),
        item(3, "Draft", status="draft", date="0000-00-00 00:00:00", date_gmt="0000-00-00 00:00:00"),
        item(4, kind="page", excerpt="Short."),
        item(5, "Meeting, 3 May 2019", terms=[("category", "events")]),
        item(6, "When?", terms=[("category", "events")]),
        item(7, content='<a href="#">nothing</a> <a href="foo:bar">x</a>'),
    )
    bring_in(file, map=tmp_path / "map.txt")
    before = all_rows()

    told = bring_in(file, map=tmp_path / "map.txt")

    assert all_rows() == before
    assert {name: number for name, number in told.numbers.items() if ": " in name} == {
        "news posts: unchanged": 4,
        "pages: unchanged": 1,
        "events: unchanged": 2,
    }
    assert list(became(2).networks.all()) == [network]


def test_each_item_has_one_version_that_says_where_it_comes_from(tmp_path):
    bring_in(written(tmp_path, item(1), item(2)))

    post = became(1)
    versions = Version.objects.filter(
        content_type=ContentType.objects.get_for_model(Post), object_id=str(post.pk)
    ).values_list("revision__comment", "revision__user")
    assert list(versions) == [("command import_wordpress", None)]


def test_a_newer_export_brings_what_is_new_and_leaves_editors_work(tmp_path):
    bring_in(written(tmp_path, item(1, "One", "<p>Old text.</p>", excerpt="Old."), item(2, "Two"), item(3, "Three")))
    edited, deleted = became(1), became(3)
    edited.body_en = "<p>Mended here.</p>"
    edited.save()
    deleted.delete()
    told = bring_in(
        written(
            tmp_path,
            item(1, "One, again", "<p>New text.</p>", excerpt="New."),
            item(2, "Two", "<p>Changed there.</p>"),
            item(3, "Three"),
            item(4, "Four"),
        )
    )

    edited.refresh_from_db()
    assert (edited.title_en, edited.teaser_en, edited.body_en) == ("One, again", "New.", "<p>Mended here.</p>")
    assert became(2).body_en == "<p>Changed there.</p>"
    assert became(3) is None
    assert became(4).title_en == "Four"
    assert told.of("edited") == [(1, "“One, again”: body_en")]
    assert told.of("gone") == [(3, "“Three”")]
    assert Post.objects.count() == 3


def test_what_an_editor_published_or_took_back_stays_so(tmp_path):
    file = written(tmp_path, item(1), item(2, status="draft"))
    bring_in(file)
    became(1).take_back()
    became(2).publish()
    bring_in(file)

    assert (became(1).state, became(2).state) == ("draft", "published")


def test_what_was_taken_back_in_wordpress_is_taken_back_here(tmp_path):
    bring_in(written(tmp_path, item(1)))
    bring_in(written(tmp_path, item(1, status="private")))

    assert became(1).state == "draft"


def test_the_checks_before_publication_keep_a_faulty_item_a_draft(tmp_path):
    file = written(
        tmp_path, item(1, "Fine"), item(2, "Faulty", '<p><a href="http://testserver/nothing/x/">dead</a></p>')
    )
    told = bring_in(file)

    assert (became(1).state, became(2).state) == ("published", "draft")
    assert told.of("refused") == [
        (2, "“Faulty” is a draft now: There is no page at http://testserver/nothing/x/ on this site.")
    ]


def test_a_webmaster_may_keep_public_what_was_public(tmp_path):
    file = written(tmp_path, item(2, "Faulty", '<p><a href="http://testserver/nothing/x/">dead</a></p>'))
    told = bring_in(file, keep_public=True)

    assert became(2).state == "published"
    assert told.of("refused")[0][1].startswith("“Faulty” stays public (--keep-public): There is no page")


def test_items_that_link_to_each_other_are_both_public(tmp_path):
    bring_in(
        written(
            tmp_path,
            item(1, name="one", content='<a href="/2019/05/two/">two</a>'),
            item(2, name="two", content='<a href="https://www.old.example.org/2019/05/one/#top">one</a>'),
        )
    )

    assert became(1).body_en == '<p><a href="/en/news/two/" rel="noopener">two</a></p>'
    assert became(2).body_en == '<p><a href="/en/news/one/" rel="noopener">one</a></p>'
    assert {became(1).state, became(2).state} == {"published"}


def test_a_text_that_nobody_wrote_by_hand_is_told_and_kept_from_readers(tmp_path):
    told = bring_in(written(tmp_path, item(1, "Huge", "a" * 1_100_000)))

    assert (became(1).state, became(1).body_en) == ("draft", "")
    assert told.of("text") == [(1, "left out whole: its text has more than 1,000,000 characters")]


def test_a_refused_file_writes_nothing(tmp_path):
    path = tmp_path / "export.xml"
    path.write_text(wxr(item(1))[:-100])
    with pytest.raises(CommandError, match=r"export\.xml was not imported\. It ends at line .* Nothing was written\."):
        bring_in(path)
    assert (Post.objects.count(), MovedThing.objects.count(), OldAddress.objects.count()) == (0, 0, 0)


def test_texts_of_the_export_cannot_write_over_a_terminal(tmp_path):
    told = bring_in(written(tmp_path, item(1, "Ring\u009b31m \u202eevil", status="private")))

    assert told.of("withheld") == [(1, "“Ring 31m  evil”: private")]


@pytest.mark.django_db(transaction=True)
def test_an_import_killed_at_any_moment_goes_on_to_the_same_end(tmp_path):
    posts = [
        item(number, f"Post {number}", f'<p><a href="/?p={number % 150 + 1}">next</a></p>', terms=[("category", "c")])
        for number in range(1, 151)
    ]
    file = written(tmp_path, category(9, "c", "C"), *posts)
    database = settings.DATABASES["default"]
    name = database["NAME"] if "sqlite" in database["ENGINE"] else None
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "iaec_site.settings",
        "DATABASE_URL": f"sqlite:///{name}"
        if name
        else os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{database['NAME']}",
        "VAR_DIR": str(tmp_path),
    }
    chance, killed = random.Random(1), 0
    for share in (0.15, 0.4, 0.7, 0.95):
        process = subprocess.Popen(
            [sys.executable, "manage.py", "import_wordpress", str(file)],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ends = time.monotonic() + 60
        wanted = share * 300
        while process.poll() is None and time.monotonic() < ends:
            rows = MovedThing.objects.filter(kind="post")
            if rows.count() + rows.filter(is_finished=True).count() >= wanted:
                break
            time.sleep(0.01)
        time.sleep(chance.random() / 20)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait()
        half_done = Post.objects.exclude(pk__in=finished())
        assert {post.state for post in half_done} <= {"draft"}
    assert killed >= 2
    bring_in(file)

    assert Post.objects.count() == 150
    assert {became(number).state for number in range(1, 151)} == {"published"}
    assert {became(n).body_en for n in (1, 150)} == {
        f'<p><a href="{became(n).get_absolute_url()}" rel="noopener">next</a></p>' for n in (2, 1)
    }
    assert Version.objects.filter(content_type=ContentType.objects.get_for_model(Post)).count() == 150
    assert OldAddress.objects.filter(address__startswith="/?p=").count() == 150
    assert Category.objects.count() == 1
    before = all_rows()
    bring_in(file)
    assert all_rows() == before


def finished():
    return MovedThing.objects.filter(kind="post", is_finished=True).values("object_id")
