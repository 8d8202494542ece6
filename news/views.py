from functools import partial

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from news.models import Category, Post
from news.selection import NewsSelection
from publishing.paging import page_of
from publishing.prepared import prepared
from publishing.public_page import public_page
from publishing.slugs import get_by_slug

PAGE_SIZE = 12


def render_posts(request, posts, category=None, year=None):
    """A page of posts with the links to all categories and years; the three lists of the news share it."""
    listed, name = posts.listed().newest_first().for_cards(), ("posts", category, year)
    page = page_of(listed, PAGE_SIZE, request.GET.get("page"), name, cards_of)
    context = {
        "kept_as": (*name, page.number),
        "choice": name,
        "page": page,
        "item": category,
        "category": category,
        "year": year,
        "elsewhere": [] if page.paginator.count else posts.languages_to_read(),
        # Asked for only where the part of the page that shows them is not kept.
        "categories": SimpleLazyObject(categories_with_posts),
        "years": SimpleLazyObject(Post.objects.published().listed().years),
    }
    return render(request, "news/post_list.html", context)


@prepared
def cards_of(*keys):
    return Post.objects.published().for_cards().filter(pk__in=keys).order_by()


@prepared
def categories_with_posts():
    return Category.objects.filter(Exists(Post.objects.published().listed().filter(categories=OuterRef("pk"))))


@public_page
def post_list(request):
    return render_posts(request, NewsSelection().posts())


@public_page
def post_archive(request, year):
    posts = Post.objects.published().in_year(year)
    if not posts.exists():
        raise Http404
    return render_posts(request, posts, year=year)


@public_page
def category_detail(request, slug):
    category = get_by_slug(Category.objects.all, slug)
    posts = NewsSelection(category=category).posts()
    return render_posts(request, posts, category=category)


@public_page
def post_detail(request, slug):
    return render_post(request, get_by_slug(public_posts, slug))


def public_posts():
    posts = Post.objects.published().select_related("focus_issue__experience", "picture")
    return posts.prefetch_related("categories")  # asked for by the page and by what is drawn for it


def of_post(build):
    """A function that finds rows which belong to a post."""
    return prepared(lambda pk: build(Post(pk=pk)))


# Each is asked for only where the part of the page that shows it is not kept.
RELATED = {
    "networks": of_post(lambda post: post.networks.published()),
    "cities": of_post(lambda post: post.cities.published()),
    "editions": of_post(lambda post: post.editions.published().for_cards()),
    "events": of_post(lambda post: post.events.published().for_cards()),
    "experiences": of_post(lambda post: post.experiences.published().listed().for_cards()),
}


def render_post(request, post):
    """Also called by the admin's preview, for drafts."""
    context = {
        "kept_as": ("post", post.pk),
        "item": post,
        "post": post,
        "newer": SimpleLazyObject(lambda: listed_links().newer_than(post).first()),
        "older": SimpleLazyObject(lambda: listed_links().older_than(post).first()),
    } | {name: SimpleLazyObject(partial(find, post.pk)) for name, find in RELATED.items()}
    return render(request, "news/post_detail.html", context)


def listed_links():
    return Post.objects.published().listed().for_links()
