import pytest
from django.contrib import admin
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_index_groups_by_task_and_loses_nothing(desk):
    groups = desk.get(reverse("admin:index")).context["app_list"]

    assert [group["name"] for group in groups] == [
        "Agenda and news",
        "Experiences",
        "Networks and cities",
        "Congress, Award, International Day",
        "Pages, menu and home page",
        "Publications",
        "Languages",
        "Checks",
        "Pictures",
        "Newsletter",
        "Words to find by",
        "System",
    ]
    assert {entry["model"] for group in groups for entry in group["models"]} == set(admin.site._registry)


def test_who_may_do_nothing_sees_no_task(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("guest", is_staff=True))

    response = client.get(reverse("admin:index"))

    assert response.context["app_list"] == []
    assert "You don’t have permission to view or edit anything." in response.content.decode()


@pytest.mark.parametrize("language", ["en", "es", "fr", "ca", "pt"])
def test_the_desk_speaks_the_editors_language(desk, language):
    response = desk.get(reverse("admin:index"), headers={"accept-language": language})

    assert response.headers["Content-Language"] == language
