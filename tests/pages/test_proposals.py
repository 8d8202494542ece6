"""“This belongs on the front page”: proposed by a network editor, decided by the secretariat in one list."""

import pytest
from django.urls import reverse

from iaec_site.roles import NETWORK_EDITOR, SECRETARIAT_EDITOR, TRANSLATOR
from pages.models import FrontPageProposal, Highlight
from tests.admin.forms import address
from tests.desk.conftest import editor_of, in_role
from tests.factories import (
    make_city,
    make_edition,
    make_event,
    make_experience,
    make_highlight,
    make_network,
    make_page,
    make_picture,
    make_post,
    make_series,
)

__all__ = ["editor_of", "in_role"]  # fixtures of the desk's own tests

pytestmark = pytest.mark.django_db

LIST = "admin:pages_frontpageproposal_changelist"


def propose_address(kind, item):
    return reverse("admin:propose", args=[kind, item.pk])


def decide(client, proposal, act, answer=""):
    return client.post(address("change", proposal, proposal.pk), {act: "1", "answer": answer}, follow=True)


def test_a_network_editor_proposes_the_secretariat_approves_and_it_is_on_the_front_page(editor_of, in_role, client):
    network, picture = make_network(), make_picture()
    make_highlight(order=30, page=make_page())
    event = make_event(network=network, title_en="A city plays", title_es="Una ciudad juega", picture=picture)
    editor, secretariat = editor_of(network), in_role(SECRETARIAT_EDITOR)

    form = editor.get(address("change", event, event.pk))
    assert propose_address("event", event) in form.content.decode()
    editor.post(propose_address("event", event), {"reason": "Everybody is invited."})
    proposal = FrontPageProposal.objects.get()
    listed = secretariat.get(reverse(LIST)).context["cl"].result_list
    approved = decide(secretariat, proposal, "_approve", "Gladly.")

    assert (proposal.event, proposal.reason, proposal.proposed_by) == (event, "Everybody is invited.", editor.user)
    assert list(listed) == [proposal]
    highlight = Highlight.objects.order_by("order").last()
    assert approved.redirect_chain[0][0] == address("change", highlight, highlight.pk)
    assert (highlight.event, highlight.label_en, highlight.label_es, highlight.label_fr) == (
        event,
        "A city plays",
        "Una ciudad juega",
        None,
    )
    assert (highlight.order, highlight.picture, highlight.is_public()) == (40, picture, True)
    proposal.refresh_from_db()
    assert (proposal.decision, proposal.answer, proposal.decided_by, proposal.highlight) == (
        "approved",
        "Gladly.",
        secretariat.user,
        highlight,
    )
    assert "A city plays</a>" in client.get("/en/").content.decode()


def test_what_is_declined_is_not_shown_and_the_proposer_reads_why(editor_of, in_role):
    network = make_network()
    event = make_event(network=network)
    editor, secretariat = editor_of(network), in_role(SECRETARIAT_EDITOR)
    editor.post(propose_address("event", event), {"reason": ""})
    proposal = FrontPageProposal.objects.get()

    decide(secretariat, proposal, "_decline", "After the congress, please.")

    assert Highlight.objects.count() == 0
    assert "After the congress, please." in editor.get(address("change", proposal, proposal.pk)).content.decode()
    again = editor.post(propose_address("event", event), {"reason": "The congress is over."})
    assert (again.status_code, FrontPageProposal.objects.filter(decision="waiting").count()) == (302, 1)


def test_an_item_waits_once_and_is_decided_once(editor_of, in_role):
    network = make_network()
    event = make_event(network=network)
    editor, secretariat = editor_of(network), in_role(SECRETARIAT_EDITOR)

    for reason in ("first", "second"):
        editor.post(propose_address("event", event), {"reason": reason})
    proposal = FrontPageProposal.objects.get()
    decide(secretariat, proposal, "_approve")
    decide(secretariat, proposal, "_approve")
    decide(secretariat, proposal, "_decline")

    proposal.refresh_from_db()
    assert (proposal.reason, proposal.decision, Highlight.objects.count()) == ("first", "approved", 1)


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("page", make_page),
        ("series", make_series),
        ("edition", make_edition),
        ("network", make_network),
        ("city", make_city),
        ("event", make_event),
        ("post", make_post),
        ("experience", make_experience),
    ],
)
def test_every_kind_of_item_can_stand_on_the_front_page(in_role, client, kind, make):
    item = make()
    secretariat = in_role(SECRETARIAT_EDITOR)

    secretariat.post(propose_address(kind, item), {"reason": ""})
    decide(secretariat, FrontPageProposal.objects.get(), "_approve")

    assert Highlight.objects.get().target_url() == item.get_absolute_url()
    assert f'class="poster" href="{item.get_absolute_url()}"' in client.get("/en/").content.decode()


def test_only_whoever_may_change_an_item_proposes_it_and_only_the_secretariat_decides(editor_of, in_role):
    mine, other = make_network(), make_network()
    own, foreign = make_event(network=mine), make_event(network=other)
    editor, translator = editor_of(mine), in_role(TRANSLATOR)

    refused = [editor.post(propose_address("event", foreign), {"reason": ""}).status_code]
    refused += [translator.post(propose_address("event", own), {"reason": ""}).status_code]
    refused += [in_role(NETWORK_EDITOR).post(propose_address("event", own), {"reason": ""}).status_code]
    assert (refused, FrontPageProposal.objects.count()) == ([403, 403, 403], 0)

    editor.post(propose_address("event", own), {"reason": ""})
    proposal = FrontPageProposal.objects.get()
    for client in (editor, translator, editor_of(other)):
        assert client.post(address("change", proposal, proposal.pk), {"_approve": "1"}).status_code in (403, 404)
    assert (FrontPageProposal.objects.get().decision, Highlight.objects.count()) == ("waiting", 0)
    assert list(editor_of(other).get(reverse(LIST)).context["cl"].result_list) == []


@pytest.mark.parametrize("kind", ["nothing", "section", "reason"])
def test_an_unknown_kind_of_item_is_not_found(in_role, kind):
    assert in_role(SECRETARIAT_EDITOR).get(f"/admin/propose/{kind}/1/").status_code == 404


def test_an_item_that_is_not_there_is_not_found(in_role):
    assert in_role(SECRETARIAT_EDITOR).get("/admin/propose/event/99999/").status_code == 404
