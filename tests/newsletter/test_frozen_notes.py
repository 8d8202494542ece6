"""What was approved goes out as it was approved: nobody, no translator either, changes the notes of its items."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from newsletter.models import Issue, IssuePart
from tests.admin.forms import as_it_stands
from tests.factories import make_issue, make_part, make_post
from translations import ledger
from translations.models import TranslatedItem

pytestmark = pytest.mark.django_db
OPEN = {"draft", "sent"}


def make_person(role):
    user = User.objects.create_user(role[:4], "a@example.org", "x", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.mark.parametrize("role", ["Translator", "Secretariat editor", "Administrator"])
@pytest.mark.parametrize("state", sorted(Issue.State.values))
def test_a_note_is_translated_before_approval_and_in_the_archive_only(client, role, state):
    part = make_part(issue=make_issue(state=state, number=7 if state != "draft" else None), item=make_post())
    IssuePart.objects.filter(pk=part.pk).update(note_en="Do not miss it.")
    ledger.refresh()
    known = TranslatedItem.objects.get(kind="newsletter.issuepart", item=part.pk)
    address = reverse("admin:translations_translateditem_translate", args=[known.pk, "es"])
    client.force_login(make_person(role))
    page = client.get(address)
    answer = client.post(address, as_it_stands(page) | {"note_es": "No se lo pierda.", "_save": "1"})
    part.refresh_from_db()
    is_open = state in OPEN
    assert (page.context["work"].may_write, answer.status_code, part.note_es) == (
        (True, 302, "No se lo pierda.") if is_open else (False, 403, None)
    )
