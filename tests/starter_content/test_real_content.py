"""The association's own content, as it stands in the project."""

import json
import re
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import Q
from django.forms import CheckboxInput, modelform_factory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils.translation import override

from agenda.models import Event
from editions.models import Edition, Figure, Recognition, Series
from experiences.models import CharterPart, CharterPrinciple, Experience, FocusIssue, Sdg, TargetGroup, Theme
from networks.models import City, Membership, Network
from news.models import Category, Post
from newsletter.models import ConsentText
from pages.models import Highlight, MemberCount, MenuItem, Page, SiteIdentity, SocialLink
from publishing.slugs import languages
from starter_content.models import LoadedItem
from starter_content.reading import DATA, SECTIONS, read_folder
from starter_content.row_states import editable_columns
from tests.starter_content.conftest import run_command, totals

pytestmark = pytest.mark.django_db

# What is loaded of each section, and what else is made of its items.
MODELS = {
    "themes": Theme,
    "target_groups": TargetGroup,
    "sdgs": Sdg,
    "charter_parts": CharterPart,
    "charter_principles": CharterPrinciple,
    "cities": City,
    "networks": Network,
    "series": Series,
    "editions": Edition,
    "events": Event,
    "focus": FocusIssue,
    "categories": Category,
    "posts": Post,
    "pages": Page,
    "identity": SiteIdentity,
    "menu": MenuItem,
    "highlights": Highlight,
    "newsletter": ConsentText,
}
WITH_ADDRESSES = (City, Network, Series, Edition, Event, Experience, FocusIssue, Category, Post, Page)


@pytest.fixture
def loaded(db):
    return totals(run_command())


def rows():
    """(item of the files, its row) for each row."""
    content = read_folder(DATA)
    items = {
        (section.file, section.name_of(item["id"])): item
        for name, section in SECTIONS.items()
        for item in content[name]
    }
    for record in LoadedItem.objects.select_related("content_type"):
        item = items.get((record.file, record.item_id))
        yield item, record.content_type.model_class()._base_manager.get(pk=record.object_id)


def test_everything_in_the_files_is_on_the_site(loaded):
    content = read_folder(DATA)

    assert {name: model.objects.count() for name, model in MODELS.items()} == {
        name: len(content[name]) for name in MODELS
    }
    assert (City.objects.count(), Network.objects.count(), Event.objects.count()) == (238, 21, 97)
    assert (Edition.objects.count(), Experience.objects.count(), FocusIssue.objects.count()) == (37, 55, 25)
    assert (Post.objects.count(), Page.objects.count()) == (30, 8)
    assert Membership.objects.count() == sum(len(city["networks"]) for city in content["cities"])
    assert Figure.objects.count() == sum(
        len(edition.get("figures", {}).keys() - {"at_least"}) for edition in content["editions"]
    )
    assert Recognition.objects.count() == sum(
        len(edition.get(name, ()))
        for edition in content["editions"]
        for name in ("winners", "finalists", "distinguished")
    )
    site = content["identity"][0]
    assert (MemberCount.objects.count(), SocialLink.objects.count()) == (
        len(site["member_counts"]),
        len(site["social_links"]),
    )
    assert loaded["total"] == (604, 0, 0, 0)


def test_a_second_run_writes_nothing_and_asks_little(loaded):
    with CaptureQueriesContext(connection) as queries:
        assert totals(run_command())["total"] == (0, 0, 604, 0)

    statements = [query["sql"] for query in queries]
    assert [sql for sql in statements if sql.split()[0] in ("INSERT", "UPDATE", "DELETE")] == []
    assert len(statements) < 100


TRANSLATED = ("title", "name", "label", "theme", "summary", "teaser", "body", "note", "description", "exonym")
OTHER_NAMES = {"summary": "teaser", "exonym": "exonyms"}  # of the same field in the files


def test_texts_are_in_the_languages_of_the_files_and_in_no_other(loaded):
    found, wanted = {}, {}
    for item, row in rows():
        for field in TRANSLATED:
            if item and hasattr(row, f"{field}_en"):
                given = item.get(field) or item.get(OTHER_NAMES.get(field), {})
                wanted[row, field] = {code: given.get(code) for code in languages()}
                found[row, field] = {code: text_without_rel(row, f"{field}_{code}") for code in languages()}

    assert len(wanted) > 1000
    assert sum(None in texts.values() for texts in wanted.values()) > 100
    assert found == wanted


def text_without_rel(row, column):
    """Rich text marks links; all else has to be as it was."""
    text = getattr(row, column)
    return text and text.replace(' rel="noopener"', "")


@pytest.mark.filterwarnings("ignore:The default scheme will be changed")
def test_what_an_editor_saves_unchanged_is_no_edit(loaded):
    for _item, row in a_few_of_each_kind():
        names = [field.name for field in editable_columns(row._meta.label)]
        names += [field.name for field in row._meta.many_to_many if field.remote_field.through._meta.auto_created]
        form_class = modelform_factory(type(row), fields=names)
        form = form_class(as_a_browser_sends(form_class(instance=row)), instance=row)
        assert form.is_valid(), (row, form.errors)
        form.save()

    assert totals(run_command())["total"] == (0, 0, 604, 0)


def a_few_of_each_kind():
    seen = Counter()
    for item, row in rows():
        seen[type(row)] += 1
        if seen[type(row)] <= 12:
            yield item, row


def as_a_browser_sends(form):
    sent = {}
    for field in form:
        value = field.value()
        if isinstance(value, list):
            sent[field.html_name] = [getattr(one, "pk", one) for one in value]
        elif isinstance(value, str):
            sent[field.html_name] = value.replace("\n", "\r\n")
        elif value is not None and not (value is False and isinstance(field.field.widget, CheckboxInput)):
            sent[field.html_name] = value
    return sent


def test_items_pass_the_checks_that_editors_meet(loaded):
    for _item, row in a_few_of_each_kind():
        row.full_clean()


def test_every_item_has_an_address_in_every_language(loaded):
    for model in WITH_ADDRESSES:
        for row in model.objects.all():
            for code in languages():
                with override(code):
                    address = row.get_absolute_url()
                    assert address.startswith(f"/{code}/")
                    assert resolve(address).url_name


def test_no_address_needs_a_number_to_be_unique(loaded):
    numbered = {
        slug
        for model in (Network, Series, Edition, Event, Experience, Category, Post, Page)
        for row in model.objects.all()
        for code in languages()
        if re.search(r"-\d$", slug := getattr(row, f"slug_{code}"))
    } | {slug for slug in City.objects.values_list("slug", flat=True) if re.search(r"-\d+$", slug)}

    # A goal's number is a part of its name.
    assert numbered == {slug for row in Post.objects.filter(slug_en__endswith="-goal-4") for slug in slugs_of(row)}
    assert set(Event.objects.filter(title_en="Meeting of the Italian Network").values_list("slug_en", flat=True)) == {
        "meeting-of-the-italian-network-2025",
        "meeting-of-the-italian-network-2025-torino",
    }


def slugs_of(row):
    return {getattr(row, f"slug_{code}") for code in languages()}


def test_highlights_go_when_their_last_day_in_barcelona_is_over(loaded):
    lasting = {"IAEC Bank of Experiences", "Subscribe to our newsletter!", "2028 Congress Candidatures"}
    award, congress = "2026 Educating Cities Award", "2026 Granollers Congress"
    day = "2025 International Day of the Educating City"
    for at, passing in (
        (datetime(2025, 4, 21, 21, 59, tzinfo=UTC), {day, congress}),
        (datetime(2025, 9, 15, 12, 0, tzinfo=UTC), {award, day, congress}),
        (datetime(2025, 10, 15, 21, 59, tzinfo=UTC), {award, day, congress}),
        (datetime(2025, 10, 15, 22, 0, tzinfo=UTC), {day, congress}),
        (datetime(2025, 11, 30, 23, 0, tzinfo=UTC), {congress}),
        (datetime(2026, 5, 29, 22, 0, tzinfo=UTC), set()),
    ):
        shown = set(Highlight.objects.published(at).values_list("label_en", flat=True))
        assert shown == lasting | passing, at


def test_posts_show_from_their_day_on(loaded):
    assert Post.objects.published(datetime(2025, 9, 15, tzinfo=UTC)).count() == 24
    assert Post.objects.published(datetime(2025, 9, 26, 21, 59, tzinfo=UTC)).count() == 24
    assert Post.objects.published(datetime(2025, 9, 26, 22, 0, tzinfo=UTC)).count() == 25
    seed = Post.objects.filter(date__year=2017).newest_first().values_list("title_en", flat=True)
    by_seed_order = sorted(
        (post for post in read_folder(DATA)["posts"] if "seed_order" in post), key=lambda post: post["seed_order"]
    )
    assert list(seed) == [post["title"]["en"] for post in by_seed_order]


def test_everything_else_is_public(loaded):
    for model in (City, Network, Series, Edition, Event, Experience, FocusIssue, Page):
        assert model.objects.published().count() == model.objects.count()
    dated = FocusIssue.objects.filter(~Q(published=""))
    assert dict(dated.values_list("published", "publish_at"))["2017-04~"] == datetime(2017, 3, 31, 22, tzinfo=UTC)
    assert list(FocusIssue.objects.filter(published="", publish_at__isnull=False)) == []


def test_the_newest_record_of_the_bank_is_the_newest_issue(loaded):
    assert Experience.objects.first().focus_issue.number == 48


def test_the_focus_series_says_the_same_in_both_files():
    content = read_folder(DATA)
    ours = next(item for item in content["series"] if item["id"] == "focus_experience")
    theirs = content["focus_series"][0]

    assert {name: ours[name] for name in ("name", "description", "source_language")} == {
        name: theirs[name] for name in ("name", "description", "source_language")
    }


def test_the_files_are_written_alike():
    for path in sorted(DATA.glob("*.json")):
        text = path.read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n", path.name
