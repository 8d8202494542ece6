"""PostgreSQL is killed, not asked to stop: visitors hardly notice, editors lose nothing, and it mends itself."""

import json
from types import SimpleNamespace

import pytest

from tests.admin.forms import as_it_stands
from tests.survival.breakable import Served, new_site, wait_until


@pytest.fixture
def served(tmp_path, postgresql, on_postgresql):
    if not postgresql.listens():
        postgresql.start()
    with Served(new_site(tmp_path, on_postgresql, content=False)) as served:
        yield served
    if not postgresql.listens():
        postgresql.start()


def address_of(served, number):
    """Of a post, and of its form."""
    said = served.site.python(
        "import django; django.setup()\n"
        "from news.models import Post; import json\n"
        f"post = Post.objects.get(slug_en='post-{number}')\n"
        "print(json.dumps([post.get_absolute_url(), f'/admin/news/post/{post.pk}/change/']))"
    )
    page, form = json.loads(said.splitlines()[-1])
    return SimpleNamespace(page="/en" + page[3:], form=form)


def in_the_database(served, expression):
    return served.site.python(f"import django; django.setup()\nfrom news.models import Post\nprint({expression})")


def test_visitors_editors_and_the_way_back(served, postgresql):
    post, other = address_of(served, 0), address_of(served, 1)
    served.sign_in()
    form = as_it_stands(served.get(post.form))
    with served.visitor():
        made = served.get(post.page)
        assert (made.status, made.is_stale) == (200, False)
        assert served.get("/en/").status == 200
    # Somebody changes another post: from now on no page is right any more.
    in_the_database(served, "Post.objects.filter(slug_en='post-1').update(title_en='Changed')")

    postgresql.kill()

    with served.visitor():
        stale = served.get(post.page)
        assert (stale.status, stale.is_stale, stale.text) == (200, True, made.text)
        assert "set-cookie" not in stale.headers
        assert served.get("/en/").is_stale
        # Nobody has asked for this page before.
        missing = served.get(other.page.replace("/en/", "/fr/", 1).replace("/news/", "/actualites/", 1))
        assert (missing.status, missing.headers["retry-after"], missing.headers["content-language"]) == (
            503,
            "60",
            "fr",
        )
        assert '<html lang="fr">' in missing.text
        assert "content-security-policy" in missing.headers
        signed_up = served.post("/en/newsletter/subscribe/", {"email": "eva@example.org"})
        assert (signed_up.status, "Nothing was stored" in signed_up.text) == (503, True)
        assert "eva@example.org" in signed_up.text
        strange = served.post("/en/newsletter/subscribe/", {"email": "x"}, Origin="https://evil.example")
        # Refused by a page of which all parts are kept, or by the one that tells of the outage.
        assert (strange.status in {403, 503}, "x</dd>" in strange.text) == (True, False)
    typed = form | {"title_en": "Typed with care", "body_en": "<p>While it was gone</p>"}
    refused = served.post(post.form, typed)
    assert refused.status == 503
    assert "the database does not answer" in refused.text
    assert "Typed with care" in refused.text
    assert "While it was gone" in refused.text
    assert served.get("/admin/").status == 503

    postgresql.start()

    with served.visitor():
        again = wait_until(lambda: fresh(served, "/en/"), "a page that is right")
        assert "Changed" in again.text
        assert "Text 1" in served.get(other.page).text
    assert in_the_database(served, "Post.objects.filter(title_en='Typed with care').exists()") == "False"
    # Nobody has to sign in again, and the form that was kept is saved.
    assert served.post(post.form, typed).status == 302
    with served.visitor():
        saved = served.get(post.page)
        assert (saved.is_stale, "Typed with care" in saved.text) == (False, True)
    assert len(served.children("worker")) == 1


def fresh(served, path):
    heard = served.get(path)
    return heard if heard.status == 200 and not heard.is_stale else None


def test_what_was_withdrawn_stays_away(served, postgresql):
    post, other = address_of(served, 2), address_of(served, 3)
    assert served.get(post.page).status == 200
    in_the_database(served, "Post.objects.get(slug_en='post-2').take_back()")
    # Made after that, so it holds nothing that was withdrawn.
    assert served.get(other.page).status == 200
    in_the_database(served, "Post.objects.filter(slug_en='post-1').update(title_en='Changed again')")

    postgresql.kill()

    assert (served.get(post.page).status, served.get(other.page).is_stale) == (503, True)


def test_a_database_that_may_only_be_read(served, postgresql):
    post = address_of(served, 0)
    served.sign_in()
    form = as_it_stands(served.get(post.form))
    postgresql.say("ALTER DATABASE site SET default_transaction_read_only = on")
    try:
        # Connections that are there go on as they were opened.
        postgresql.say("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'site'")
        with served.visitor():
            page = wait_until(lambda: fresh(served, post.page), "the page")
            assert page.status == 200
            signed_up = served.post("/en/newsletter/subscribe/", {"email": "eva@example.org"})
        assert served.get(post.form).status == 200
        refused = served.post(post.form, form | {"title_en": "Not now"})
    finally:
        postgresql.say(
            "SET default_transaction_read_only = off",
            "ALTER DATABASE site RESET default_transaction_read_only",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'site'",
        )

    assert (signed_up.status, "Nothing was stored" in signed_up.text) == (503, True)
    assert refused.status == 503
    assert "may read and not write" in refused.text
    assert "Not now" in refused.text
    assert served.post(post.form, form | {"title_en": "Now"}).status == 302
