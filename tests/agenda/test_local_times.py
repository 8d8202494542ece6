"""The visitor's own clock beside the time of an online event, in a real browser."""

import pytest

from tests.factories import make_city, make_event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def visit(browser, live_server):
    """Opens the page of an event for a visitor in a time zone; returns the text on the visitor's clock, or None."""
    contexts = []

    def visit(event, timezone, language="en", **options):
        # A browser in German on purpose: the words are those of the page.
        context = browser.new_context(timezone_id=timezone, locale="de-DE", **options)
        contexts.append(context)
        page = context.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        slug = getattr(event, f"slug_{language}")
        page.goto(f"{live_server.url}/{language}/agenda/{slug}/", wait_until="load")
        element = page.locator("[data-local-time]")
        assert element.count() == 1
        assert [error for error in errors if "favicon" not in error] == []
        return element.inner_text() if element.is_visible() else None

    yield visit
    for context in contexts:
        context.close()


def make_online_event(**fields):
    titles = {f"title_{language}": "Webinar" for language in ("en", "es", "fr", "ca", "pt")}
    return make_event(
        **{"date": "2030-11-14", "timezone": "Europe/Madrid", "start_time": "12:50", "mode": "online"}
        | titles
        | fields
    )


@pytest.mark.parametrize(
    ("fields", "timezone", "text"),
    [
        ({}, "Europe/Helsinki", "13:50 in your time zone (Europe/Helsinki)"),
        ({}, "America/Mexico_City", "05:50 in your time zone (America/Mexico City)"),
        ({}, "Australia/Adelaide", "22:20 in your time zone (Australia/Adelaide)"),
        ({"end_time": "14:00"}, "Europe/Helsinki", "13:50–15:00 in your time zone (Europe/Helsinki)"),
        ({"start_time": None, "end_time": "23:30"}, "Asia/Seoul", "15 November, 07:30 in your time zone (Asia/Seoul)"),
        ({"start_time": "00:30"}, "America/Lima", "13 November, 18:30 in your time zone (America/Lima)"),
        (
            {"start_time": "16:00", "end_time": "18:30"},
            "Asia/Tokyo",
            "15 November, 00:00–02:30 in your time zone (Asia/Tokyo)",
        ),
        (
            {"start_time": "15:00", "end_time": "17:00"},
            "Asia/Tokyo",
            "14 November, 23:00 – 15 November, 01:00 in your time zone (Asia/Tokyo)",
        ),
        (
            {"date": "2030-11-14/2030-11-16", "end_time": "14:00"},
            "Europe/Helsinki",
            "14 November, 13:50 – 16 November, 15:00 in your time zone (Europe/Helsinki)",
        ),
        # An evening over midnight that is one morning elsewhere.
        (
            {"date": "2030-11-14/2030-11-15", "start_time": "23:00", "end_time": "01:00"},
            "Asia/Tokyo",
            "15 November, 07:00–09:00 in your time zone (Asia/Tokyo)",
        ),
        # The same clocks, whatever their name.
        ({}, "Europe/Madrid", None),
        ({}, "Europe/Paris", None),
        ({}, "Africa/Lagos", None),
        # In July they are not the same any more; nor are they on the last of three days on which they change.
        ({"date": "2030-07-14"}, "Africa/Lagos", "11:50 in your time zone (Africa/Lagos)"),
        (
            {"date": "2030-10-25/2030-10-27", "end_time": "18:00"},
            "Africa/Johannesburg",
            "25 October, 12:50 – 27 October, 19:00 in your time zone (Africa/Johannesburg)",
        ),
    ],
)
def test_the_time_is_said_on_the_visitors_clock_where_it_differs(visit, fields, timezone, text):
    assert visit(make_online_event(**fields), timezone) == text


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("es", "1 de noviembre, 07:30"),
        ("fr", "1er novembre, 07:30"),
        ("ca", "1 de novembre, 07:30"),
        ("pt", "1 de novembro, 07:30"),
    ],
)
def test_the_other_day_is_said_in_the_language_of_the_page(visit, language, day):
    event = make_online_event(date="2030-10-31", start_time="23:30")

    assert visit(event, "Asia/Seoul", language).startswith(f"{day} ")


def test_without_scripts_the_page_says_the_events_time_and_utc(browser, live_server):
    event = make_online_event(city=make_city(name="Barcelona", timezone="Europe/Madrid"))
    context = browser.new_context(timezone_id="Asia/Seoul", java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + event.get_absolute_url())

    assert page.locator(".facts-row dd").first.inner_text() == (
        "Thursday 14 November 2030, 12:50 (Barcelona time), 11:50 UTC"
    )
    context.close()
