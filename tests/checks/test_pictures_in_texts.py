"""A library picture in a text needs words for whoever cannot see it: in the text, or in the library."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from checks.looking import findings, findings_of_several
from checks.site import check_site
from pictures.models import Picture
from publishing.models import State
from tests.admin.forms import address, as_it_stands, errors_of
from tests.factories import make_page, make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def silent():
    """A picture that was uploaded and not described yet."""
    picture = make_picture(title="Square <1>")
    Picture.objects.filter(pk=picture.pk).update(alt_en="")
    picture.refresh_from_db()
    return picture


def text_with(picture, alt="", around="{}"):
    return "<p>" + around.format(f'<img src="{picture.library_address}" alt="{alt}">') + "</p>"


def errors_in(html):
    return [(one.matter, one.column) for one in findings(make_page(body_en=html)) if one.is_error]


def matters_in(html):
    return [one.matter for one in findings(make_page(body_en=html)) if one.field == "body"]


def test_one_without_words_anywhere_is_an_error(silent):
    assert errors_in(text_with(silent)) == [("picture_without_alt", "body_en")]
    assert errors_in(f'<p><img src="{silent.library_address}"></p>') == [("picture_without_alt", "body_en")]


def test_words_in_the_text_are_enough(silent):
    assert matters_in(text_with(silent, alt="People on a square")) == []


def test_words_in_the_library_are_enough():
    assert matters_in(text_with(make_picture())) == []


def test_a_decorative_picture_needs_none(silent):
    Picture.objects.update(decorative=True)

    assert matters_in(text_with(silent)) == []


def test_a_linked_picture_is_heard_by_the_words_of_the_library(silent):
    link = '<a href="/en/agenda/">{}</a>'

    assert matters_in(text_with(make_picture(), around=link)) == []
    Picture.objects.update(decorative=True)
    assert matters_in(text_with(silent, around=link)) == ["link_without_text"]


def test_a_picture_that_is_gone_is_no_picture(silent):
    html = text_with(silent)
    silent.delete()

    assert errors_in(html) == [("image_missing", "body_en")]


def test_it_stops_the_form_with_a_link_to_the_picture(desk, silent):
    page = make_page(state=State.DRAFT)
    data = as_it_stands(desk.get(address("change", page, page.pk))) | {"state": "published"}

    response = desk.post(address("change", page, page.pk), data | {"body_en": text_with(silent)})

    link = f'<a href="{address("change", silent, silent.pk)}">Square &lt;1&gt;</a>'
    said = f"The picture “{link}” has no alternative text and is not marked as decorative."
    assert errors_of(response) == {"body_en": [said]}
    assert said in response.content.decode()
    page.refresh_from_db()
    assert page.state == State.DRAFT


def test_it_is_asked_again_by_the_button_of_the_list(desk, silent):
    page = make_page(state=State.DRAFT, body_en=text_with(silent))

    data = {"action": "publish_now", "_selected_action": [page.pk]}
    response = desk.post(address("changelist", page), data)

    link = f'<a href="{address("change", silent, silent.pk)}">Square &lt;1&gt;</a>'
    (said,) = [str(message) for message in get_messages(response.wsgi_request)]
    assert link in said
    page.refresh_from_db()
    assert page.state == State.DRAFT


def test_the_list_of_findings_leads_to_the_picture(desk, silent):
    make_page(body_en=text_with(silent))
    list(check_site())

    html = desk.get("/admin/checks/keptfinding/").content.decode()

    assert f'<a href="{address("change", silent, silent.pk)}">Square &lt;1&gt;</a>' in html


def test_many_texts_ask_no_more_than_one(silent):
    def queries_for(pages):
        with CaptureQueriesContext(connection) as queries:
            findings_of_several(pages)
        return len(queries)

    pages = [make_page(body_en=text_with(make_picture())) for _ in range(8)]
    assert queries_for(pages) == queries_for(pages[:1])
