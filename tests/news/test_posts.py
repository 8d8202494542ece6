import pytest

from news.models import Post
from tests.factories import make_category, make_post

LANGUAGES = ("en", "es", "fr", "ca", "pt")
pytestmark = pytest.mark.django_db


def test_posts_of_the_same_day_are_neighbours_too(client):
    first, second, third = (make_post(date="2025-05-03") for _ in range(3))

    context = client.get(second.get_absolute_url()).context

    assert (context["older"], context["newer"]) == (first, third)


def test_the_year_is_stored_however_a_post_is_written():
    make_post(date="2019-12-31")
    Post.objects.bulk_create(
        [Post(title_en="Bulk", date="2021-01-01", **{f"slug_{code}": "bulk" for code in LANGUAGES})]
    )

    assert list(Post.objects.order_by("year").values_list("year", flat=True)) == [2019, 2021]


def test_only_categories_with_public_posts_are_offered(client):
    used, hidden = make_category(), make_category()
    make_category()
    make_post().categories.add(used)
    make_post(state="draft").categories.add(hidden)

    assert list(client.get("/en/news/").context["categories"]) == [used]
