"""Which pages may be shown while the database does not answer; that they are, tests/survival shows."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from iaec_site.page_cache.answers import Answer
from iaec_site.page_cache.generation import WITHDRAWALS, generation
from iaec_site.page_cache.moments import next_moments
from iaec_site.page_cache.stale import OLDEST, marked, may_be_shown
from news.models import Post
from tests import factories

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def post(transactional_db):
    return factories.make_post(title_en="First")


def withdrawals():
    return generation().words[WITHDRAWALS]


def take_back(post):
    post.take_back()


def delete(post):
    post.delete()


def in_sql(post):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE news_post SET state = 'draft' WHERE id = %s", [post.pk])


def until_now(post):
    Post.objects.filter(pk=post.pk).update(publish_at=None, withdraw_at=datetime.now(UTC))


@pytest.mark.parametrize("act", [take_back, delete, in_sql, until_now])
def test_whatever_takes_something_from_the_public_is_noticed(post, act):
    before = withdrawals()
    act(post)
    assert withdrawals() > before


def edit(post):
    post.title_en = "Second"
    post.save()


def save_a_draft(post):
    factories.make_post(state="draft").save()


def publish(post):
    factories.make_post()


@pytest.mark.parametrize("act", [edit, save_a_draft, publish])
def test_other_changes_keep_pages_showable(post, act):
    before = withdrawals()
    act(post)
    assert withdrawals() == before


def test_the_moment_at_which_something_withdraws_itself_is_known(db):
    factories.make_post(publish_at=NOW + timedelta(hours=1), withdraw_at=NOW + timedelta(hours=5))
    factories.make_post(withdraw_at=NOW + timedelta(hours=3))

    found = next_moments(NOW)

    assert found.change == (NOW + timedelta(hours=1)).timestamp()
    assert found.withdrawal == (NOW + timedelta(hours=3)).timestamp()


def answer(status="200 OK", *, age=60.0, withdrawn_in=3600.0):
    made = Answer(status, [("Content-Type", "text/html"), ("ETag", '"x"')], b"<p>Text</p>")
    made.made_at, made.withdrawn_from = time.time() - age, time.time() + withdrawn_in
    made.withdrawals = withdrawals()
    return made


@pytest.mark.parametrize(
    ("one", "is_shown"),
    [
        (lambda: answer(), True),
        (lambda: answer("302 Found"), True),
        (lambda: answer("404 Not Found"), False),
        (lambda: answer(age=OLDEST + 1), False),
        (lambda: answer(withdrawn_in=-1), False),
    ],
)
def test_what_may_be_shown(one, is_shown):
    assert may_be_shown(one(), generation()) == is_shown


def test_nothing_that_was_made_before_a_withdrawal_is_shown():
    one = answer()
    generation().note_withdrawal()
    assert not may_be_shown(one, generation())


def test_a_stale_page_says_so_and_is_else_the_same():
    one = answer()
    stale = marked(one)
    assert set(stale.form("").headers) - set(one.form("").headers) == {("Cache-Status", "site; hit; detail=stale")}
    assert (stale.body, stale.etag, marked(one) is stale) == (one.body, one.etag, True)
