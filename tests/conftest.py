import os
import shutil

import pytest
from django.core.cache import cache
from django.utils import translation

# Playwright's event loop runs in the thread of the tests; Django would take that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

BROWSER_FIXTURES = {"browser", "page"}


def pytest_collection_modifyitems(items):
    for item in items:
        if BROWSER_FIXTURES & set(item.fixturenames):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
def each_test_begins_alike():
    """A page asked for in French would leave French behind for the next test, and a cached answer its content."""
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def browser():
    names = [os.environ.get("CHROMIUM") or "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        leave_out("Chromium is missing: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    arguments = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses its sandbox to root
    try:
        playwright = sync_playwright().start()
    except Exception as error:
        leave_out(f"Playwright's driver does not start ({error}): apt-get install libatomic1")
    chromium = playwright.chromium.launch(executable_path=path, args=arguments)
    yield chromium
    chromium.close()
    playwright.stop()


def leave_out(reason):
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason} (in CI no test may be left out)", pytrace=False)
    pytest.skip(reason)


def is_error_of_ours(message):
    # Browsers ask for this by themselves, also when a page names its icon or has none.
    return message.type == "error" and not message.location["url"].endswith("/favicon.ico")


@pytest.fixture
def page(browser):
    """A fresh visitor at 1280 px. `page.errors` collects failing scripts and blocked or missing files."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="en-GB", timezone_id="Europe/Madrid", reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda message: page.errors.append(message.text) if is_error_of_ours(message) else None)
    yield page
    context.close()
