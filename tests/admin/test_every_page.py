"""Every model that the admin knows: its pages answer, save, count no more queries for more rows, and stay at home."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.history.recording import recorded
from moving_in.models import OldAddress
from pages.models import FrontPageProposal
from tests import factories
from tests.admin.forms import address, as_it_stands, errors_of
from translations.models import TranslatorLanguages

pytestmark = pytest.mark.django_db

MAKERS = {
    "agenda.Event": factories.make_event,
    "auth.Group": lambda: Group.objects.create(name=f"Group {next(factories.numbers)}"),
    "auth.User": factories.make_editor,
    "editions.Edition": lambda: factories.make_edition(host_city=factories.make_city()),
    "editions.Series": factories.make_series,
    "experiences.CharterPart": factories.make_charter_part,
    "experiences.CharterPrinciple": factories.make_charter_principle,
    "experiences.Experience": factories.make_experience,
    "experiences.FocusIssue": factories.make_focus_issue,
    "experiences.Sdg": factories.make_sdg,
    "experiences.TargetGroup": factories.make_target_group,
    "experiences.Theme": factories.make_theme,
    "invitations.Invitation": factories.make_invitation,
    "moving_in.OldAddress": lambda: OldAddress.objects.create(
        address=f"/2019/05/{next(factories.numbers)}", item=factories.make_post(), language="en"
    ),
    "networks.City": factories.make_city,
    "networks.Network": factories.make_network,
    "networks.NetworkEditor": factories.make_network_editor,
    "news.Category": factories.make_category,
    "news.Post": factories.make_post,
    "newsletter.ConsentText": factories.make_consent_text,
    "newsletter.Issue": lambda: factories.make_issue(factories.make_post(), factories.make_event()),
    "newsletter.Subscriber": factories.make_subscriber,
    "pages.FrontPageProposal": lambda: FrontPageProposal.objects.create(event=factories.make_event()),
    "pages.Highlight": lambda: factories.make_highlight(event=factories.make_event()),
    "pages.MenuItem": lambda: factories.make_menu_item(edition=factories.make_edition()),
    "pages.Page": factories.make_page,
    "pages.SiteIdentity": factories.make_site_identity,
    "pictures.Picture": factories.make_picture,
    "publications.Document": factories.make_document,
    "publications.Publication": factories.make_publication,
    "publications.PublicationSeries": factories.make_publication_series,
    "translations.TranslatedOnly": factories.make_translated_only,
    "translations.TranslatorLanguages": lambda: TranslatorLanguages.objects.create(
        user=factories.make_editor(), languages=["ca"]
    ),
}
# Lists without forms: see translations/test_matrix.py, checks/test_kept_findings.py, entrance/test_trail.py.
WITHOUT_FORMS = {"translations.TranslatedItem", "checks.KeptFinding", "entrance.TrailEntry"}
WITHOUT_A_FORM_TO_SEND_BACK = {
    *("newsletter.Subscriber", "auth.User", "invitations.Invitation", "pages.FrontPageProposal", "pictures.Picture")
}
# Django's own admins, an admin without a form, and people who have a right to be forgotten.
WITHOUT_HISTORY = {
    *("auth.Group", "auth.User", "invitations.Invitation", "pages.FrontPageProposal", "newsletter.Subscriber")
}
# One row of each, by their nature; the background work's own list is not ours.
LIST_IS_FORM = {"pages.SiteIdentity", "translations.TranslatedOnly"}
SINGLE = LIST_IS_FORM | {"editions.Series"}
ELSEWHERE = re.compile(r"""(?:src|href|action|srcset)=["'](?:https?:)?//(?!testserver)([^"']+)""")
# The editor's wrapper has a style of its own, and its pages a policy that allows it.
EDITOR = re.compile(r'<div class="django-ckeditor-widget"[^>]*>')
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son\w+=")
LINKS_OF_CONTENT = {"example.org/@cities"}


def registered():
    return {model._meta.label: model for model in admin.site._registry}


def test_each_model_of_ours_is_made_here():
    ours = {label for label in registered() if not label.startswith("django_tasks")}
    assert ours == set(MAKERS) | WITHOUT_FORMS


@pytest.mark.parametrize("label", MAKERS)
def test_list_add_and_change_pages_answer_and_ask_no_other_site(desk, label):
    item = MAKERS[label]()
    pages = [desk.get(address("changelist", item), follow=True), desk.get(address("change", item, item.pk))]
    if label not in LIST_IS_FORM | {"newsletter.Subscriber", "pages.FrontPageProposal"}:
        pages.append(desk.get(address("add", item)))
    pages.append(desk.get(address("history", item, item.pk)))
    if label not in LIST_IS_FORM | WITHOUT_HISTORY:
        pages.append(desk.get(address("deleted", item)))

    assert [page.status_code for page in pages] == [200] * len(pages)
    for page in pages:
        html = page.content.decode()
        assert set(ELSEWHERE.findall(html)) - LINKS_OF_CONTENT == set()
        assert INLINE.findall(EDITOR.sub("", html)) == []
    if label not in LIST_IS_FORM:
        assert item in pages[0].context["cl"].result_list


@pytest.mark.parametrize("label", sorted(set(MAKERS) - SINGLE))
def test_lists_need_the_same_queries_for_any_number(desk, label):
    MAKERS[label]()
    model = registered()[label]
    desk.get(address("changelist", model))  # content types are read once
    with CaptureQueriesContext(connection) as for_one:
        desk.get(address("changelist", model))
    for _ in range(9):
        MAKERS[label]()

    with CaptureQueriesContext(connection) as for_ten:
        response = desk.get(address("changelist", model))

    assert len(response.context["cl"].result_list) >= 10
    assert len(for_ten) == len(for_one), [query["sql"] for query in for_ten]


@pytest.mark.parametrize("label", ["agenda.Event", "experiences.Experience", "news.Post", "pages.Page"])
def test_lists_fetch_no_long_text(desk, label):
    MAKERS[label]()
    with CaptureQueriesContext(connection) as queries:
        desk.get(address("changelist", registered()[label]))

    assert [query["sql"] for query in queries if '"body' in query["sql"]] == []


@pytest.mark.parametrize("label", sorted(set(MAKERS) - WITHOUT_A_FORM_TO_SEND_BACK))
def test_saving_a_form_as_it_stands_changes_nothing(desk, label):
    item = MAKERS[label]()
    columns = [field.attname for field in item._meta.concrete_fields if field.name != "updated_at"]
    before = type(item).objects.filter(pk=item.pk).values(*columns).get()
    response = desk.get(address("change", item, item.pk))

    saved = desk.post(address("change", item, item.pk), as_it_stands(response))

    assert saved.status_code == 302, errors_of(saved)
    after = type(item).objects.filter(pk=item.pk).values(*columns).get()
    assert {name: value or None for name, value in after.items()} == {
        name: value or None for name, value in before.items()
    }


@pytest.mark.parametrize("label", sorted(set(MAKERS) - LIST_IS_FORM - WITHOUT_HISTORY))
def test_each_kind_is_recorded_told_deleted_and_recovered(desk, label):
    """Without a line in its own admin."""
    item = MAKERS[label]()
    model = type(item)
    with recorded(get_user_model().objects.first()):
        model._base_manager.get(pk=item.pk).save()
        model._base_manager.filter(pk=item.pk).delete()

    version = desk.get(address("deleted", item)).context["deleted"][0]["version"]
    shown = desk.get(address("recover", item, version.pk))
    answer = desk.post(address("recover", item, version.pk), as_it_stands(shown))

    assert answer.status_code == 302, (shown.context["problems"], shown.context["form"])
    assert model._base_manager.filter(pk=item.pk).exists()
    told = desk.get(address("history", item, item.pk)).context["entries"]
    assert [entry.act for entry in told][:2] == ["recovered after it had been deleted", "deleted"]


def test_a_user_is_still_made_and_changed_as_in_djangos_own_admin(desk):
    password = "correct horse 9"
    data = {"username": "anna", "usable_password": "true", "password1": password, "password2": password}

    assert desk.post(address("add", User), data).status_code == 302
    assert User.objects.get(username="anna").check_password(password)
