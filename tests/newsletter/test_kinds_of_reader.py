"""Which parts concern whom: a pure function of the language and the choices."""

from datetime import timedelta

import pytest
from django.utils import timezone

from newsletter.kinds_of_reader import PartTopics, concerns, parts_for, topics_of
from newsletter.models import Issue
from publishing.models import State
from tests import factories

ONE, TWO = frozenset({1}), frozenset({2})
NONE = frozenset()


@pytest.mark.parametrize(
    ("part", "networks", "themes", "expected"),
    [
        (PartTopics(1), ONE, ONE, True),
        (PartTopics(1, networks=ONE), NONE, NONE, True),
        (PartTopics(1, networks=ONE), ONE | TWO, NONE, True),
        (PartTopics(1, networks=ONE), TWO, NONE, False),
        (PartTopics(1, themes=ONE), NONE, TWO, False),
        (PartTopics(1, networks=ONE, themes=ONE), ONE, TWO, False),
        (PartTopics(1, networks=ONE, themes=ONE), ONE, NONE, True),
        (PartTopics(1, networks=ONE), NONE, TWO, True),
    ],
)
def test_a_part_concerns_those_who_chose_one_of_its_networks_and_themes_or_none_at_all(
    part, networks, themes, expected
):
    assert concerns(part, networks, themes) is expected


def test_what_a_language_lacks_stays_or_goes_as_the_editor_chose():
    topics = [PartTopics(1, languages=frozenset({"en"})), PartTopics(2, languages=frozenset({"en", "es"}))]
    assert parts_for(topics, "es") == (1, 2)
    assert parts_for(topics, "es", untranslated=Issue.Untranslated.LEFT_OUT) == (2,)
    assert parts_for(topics, "en", untranslated=Issue.Untranslated.LEFT_OUT) == (1, 2)


def test_topics_are_read_from_the_items(db):
    network, theme = factories.make_network(), factories.make_theme()
    event = factories.make_event(network=network, title_es="Encuentro")
    post = factories.make_post(title_en=None, title_fr="Billet")
    post.networks.add(network)
    experience = factories.make_experience()
    experience.themes.add(theme)
    focus = factories.make_focus_issue(experience=experience)
    issue = factories.make_issue(network, focus, post, event, experience, factories.make_page(network=network))
    ids = {part.item: part.pk for part in issue.parts.all()}

    assert {topic.part_id: topic for topic in topics_of(issue)} == {
        topic.part_id: topic
        for topic in [
            PartTopics(ids[event], frozenset({network.pk}), NONE, frozenset({"en", "es"})),
            PartTopics(ids[post], frozenset({network.pk}), NONE, frozenset({"fr"})),
            PartTopics(ids[focus], NONE, frozenset({theme.pk}), frozenset({"en"})),
            PartTopics(ids[experience], NONE, frozenset({theme.pk}), frozenset({"en"})),
            PartTopics(ids[network], frozenset({network.pk}), NONE, frozenset({"en"})),
            PartTopics(issue.parts.latest("pk").pk, frozenset({network.pk}), NONE, frozenset({"en"})),
        ]
    }
    order = [event, post, issue.parts.latest("pk").item, focus, experience, network]
    assert [topic.part_id for topic in topics_of(issue)] == [ids[item] for item in order]


def test_what_was_dropped_withdrawn_or_deleted_meanwhile_is_left_out(db):
    kept, dropped, withdrawn, draft, deleted = (factories.make_post() for _ in range(5))
    issue = factories.make_issue(kept, dropped, withdrawn, draft, deleted)
    issue.parts.filter(object_id=dropped.pk).update(is_kept=False)
    withdrawn.withdraw(timezone.now() - timedelta(minutes=1))
    draft.state = State.DRAFT
    draft.save()
    deleted.delete()

    assert [topic.part_id for topic in topics_of(issue)] == [issue.parts.get(object_id=kept.pk).pk]


@pytest.mark.parametrize("count", [1, 5])
def test_topics_need_the_same_queries_for_any_number_of_parts(db, count, django_assert_num_queries):
    issue = factories.make_issue()
    for _ in range(count):
        factories.make_part(issue=issue, item=factories.make_event(network=factories.make_network()))
        factories.make_part(issue=issue, item=factories.make_post())
        factories.make_part(issue=issue, item=factories.make_focus_issue())
    topics_of(issue)

    with django_assert_num_queries(7):  # parts; items of three kinds; networks of two, themes of one
        assert len(topics_of(issue)) == 3 * count
