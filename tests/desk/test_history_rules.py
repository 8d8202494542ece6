"""Rules that hold for any sequence of changes, and pages that are valid HTML."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from reversion.models import Version

from agenda.models import Event
from desk.history.kinds import kinds
from desk.history.recording import recorded
from desk.history.snapshots import from_text, read
from editions.models import Edition, Figure
from news.models import Post
from tests.admin.forms import address, as_it_stands
from tests.factories import (
    make_category,
    make_edition,
    make_editor,
    make_event,
    make_figure,
    make_network,
    make_post,
)
from tests.html_validity import html_errors

WORDS = st.text(st.sampled_from("ab <>&\"'é한\n"), min_size=1, max_size=12).filter(str.strip)
CHANGES = st.lists(st.tuples(st.sampled_from(["title_en", "title_ca", "teaser_fr", "categories"]), WORDS), max_size=6)


def versions(item):
    return Version.objects.filter(object_id=item.pk, content_type__model=item._meta.model_name).order_by("pk")


def present(item):
    return read(kinds()[type(item)], [item.pk])[item.pk].as_read()


class AnyChanges(TestCase):
    def restore(self, item, version):
        shown = self.client.get(address("restore", item, item.pk), {"version": version.pk})
        if shown.context["groups"]:  # else it is like that already
            answer = self.client.post(address("restore", item, item.pk), as_it_stands(shown))
            assert answer.status_code == 302, answer.context["errors"]

    def setUp(self):
        self.client = Client()
        self.client.force_login(User.objects.first() or make_editor())

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(CHANGES, st.randoms(use_true_random=False))
    def test_every_version_can_be_restored_and_nothing_between_is_lost(self, changes, chance):
        post = make_post(title_en="Begun", body_en="<p>One</p>")
        categories = [make_category() for _ in range(3)]
        for name, text in changes:
            with recorded():
                if name == "categories":
                    post.categories.set(chance.sample(categories, len(text) % 4))
                else:
                    setattr(post, name, " ".join(text.split()))
                    post.save()
        wanted = list(versions(post))
        for version in chance.sample(wanted, len(wanted)):
            self.restore(post, version)
            # Addresses follow the rules of saving: one that was borrowed is made anew when a language gets a title.
            shown = [column.name for column in kinds()[Post].shown if not column.name.startswith("slug_")]
            then, now = from_text(kinds()[Post], version.serialized_data), present(post)
            assert {name: now.values[name] or None for name in shown} == {
                name: then.values[name] or None for name in shown
            }
        assert {version.pk for version in wanted} <= set(versions(post).values_list("pk", flat=True))

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.integers(0, 5000), max_size=4), st.randoms(use_true_random=False))
    def test_rows_come_back_as_they_were(self, values, chance):
        edition = make_edition()
        for value in values:
            with recorded():
                for kind in Figure.Kind.values:
                    chosen = chance.choice(["stay", "change", "go"])
                    if chosen == "go":
                        for figure in edition.figures.filter(kind=kind):
                            figure.delete()
                    elif chosen == "change":
                        figure = edition.figures.filter(kind=kind).first() or Figure(edition=edition, kind=kind)
                        figure.value = value
                        figure.save()
        for version in versions(edition):
            self.restore(edition, version)
            then = from_text(kinds()[Edition], version.serialized_data).rows["editions.figure"]
            assert sorted((row["kind"], row["value"]) for row in then.values()) == sorted(
                edition.figures.values_list("kind", "value")
            )


@pytest.mark.django_db
def test_the_pages_are_valid_html(anna):
    event, edition, gone = make_event(), make_edition(), make_event(slug_en="gone", title_en="<b>Gone</b>")
    with recorded(anna.user):
        event.title_en, event.title_es, event.network = "A <i>new</i> title", "Otro", make_network()
        event.save()
        make_figure(edition=edition)
        Event.objects.get(pk=gone.pk).delete()
    make_event(slug_en="gone")
    first = versions(event).first()
    pages = {
        "history": anna.get(address("history", event, event.pk)),
        "rows": anna.get(address("history", edition, edition.pk)),
        "restore": anna.get(address("restore", event, event.pk), {"version": first.pk}),
        "deleted": anna.get(address("deleted", Event)),
        "recover": anna.get(address("recover", Event, versions(gone).last().pk)),
    }

    assert html_errors({name: page.content.decode() for name, page in pages.items()}) == []
