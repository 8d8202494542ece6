"""Does in a real browser what the guide says."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from guide.beginning import PASSWORD, SAMPLES
from guide.reading import WHOLE, Act, Step, Walk

PATIENCE = 10  # seconds until something named has to be there
EDITORS_ARE_READY = (
    "() => !window.CKEDITOR || Object.values(CKEDITOR.instances).every(each => each.status === 'ready')"
)
ROLES = ("button", "link", "checkbox", "radio", "heading")


class Astray(Exception):
    """The guide says what the interface does not have."""


def shows_what_is_pressed(act: Act) -> bool:
    """A picture right after a button shows the page before, unless it shows a whole window."""
    return act.kind == "picture" and not act.what.endswith(WHOLE)


class Walker:
    """`take` is called with the page, a path and what to mark, wherever the guide shows a picture."""

    def __init__(self, browser: Browser, site: str, take: Callable[[Page, str, list[Locator]], None] | None = None):
        self.browser, self.site, self.take = browser, site, take
        self.contexts: dict[str, list[Page]] = {}
        self.person = ""
        self.marks: list[Locator] = []

    @property
    def page(self) -> Page:
        """What the person has before them: the tab opened last that is still open."""
        pages = self.contexts[self.person]
        while len(pages) > 1 and pages[-1].is_closed():
            pages.pop()
        return pages[-1]

    def walk(self, walk: Walk) -> None:
        self.become(walk.person)
        if walk.address is not None:
            while len(self.contexts[self.person]) > 1:
                self.contexts[self.person].pop().close()
            self.page.goto(self.site + walk.address, wait_until="networkidle")
        for step in walk.steps:
            self.do(step)

    def become(self, person: str) -> None:
        self.person = person
        if person in self.contexts:
            return
        context = self.browser.new_context(
            viewport={"width": 1280, "height": 800},
            locale="en-GB",
            timezone_id="Europe/Madrid",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE * 1000)
        pages: list[Page] = []
        self.contexts[person] = pages
        context.on("page", lambda page: pages.append(page))
        context.new_page()
        if person not in ("visitor", "marta"):
            # The guide shows once how one signs in.
            self.page.goto(self.site + "/admin/login/")
            self.page.fill("#id_username", person)
            self.page.fill("#id_password", PASSWORD)
            self.page.press("#id_password", "Enter")
            self.page.wait_for_url("**/admin/")

    def close(self) -> None:
        for pages in self.contexts.values():
            pages[0].context.close()

    def do(self, step: Step) -> None:
        self.marks = []
        acts = step.acts
        try:
            for number, act in enumerate(acts):
                following = acts[number + 1] if number + 1 < len(acts) else Act("end")
                if act.kind in ("press", "open") and shows_what_is_pressed(following):
                    self.marks.append(self.find(act.what))
                    self.picture(following.what)
                if not (number and acts[number - 1].kind in ("press", "open") and shows_what_is_pressed(act)):
                    self.act(act)
        except (PlaywrightError, Astray) as error:
            raise Astray(f"{step}: {error}") from error

    def act(self, act: Act) -> None:
        if act.kind == "picture":
            self.picture(act.what)
        elif act.kind == "close":
            self.page.close()
        elif act.kind == "see":
            field = self.page.locator(f'label:text-is("{act.what}:")').filter(visible=True)
            self.marks.append(field.first if field.count() else self.find(act.what))
        elif act.kind in ("press", "open"):
            self.click(self.find(act.what))
        elif act.kind == "tick":
            self.marks.append(self.find(act.what))
            self.page.get_by_role("checkbox", name=act.what).filter(visible=True).first.check()
        else:
            self.fill(act)

    def picture(self, path: str) -> None:
        if self.take:
            self.settle()
            self.page.mouse.move(0, 0)
            self.take(self.page, path, self.marks)
        self.marks = []

    def click(self, what: Locator) -> None:
        before = len(self.contexts[self.person])
        what.click()
        deadline = time.monotonic() + 0.8
        while time.monotonic() < deadline and len(self.contexts[self.person]) == before:
            if self.page.is_closed():
                break
            try:
                self.page.wait_for_timeout(50)
            except PlaywrightError:
                break  # a window that closed itself
        self.settle()

    def settle(self) -> None:
        with contextlib.suppress(PlaywrightTimeout):  # a page that goes on asking is there all the same
            self.page.wait_for_load_state("networkidle", timeout=2000)
        # Not `wait_for_function`: the policy of public pages lets nobody evaluate a text.
        deadline = time.monotonic() + PATIENCE
        while not self.page.evaluate(EDITORS_ARE_READY) and time.monotonic() < deadline:
            self.page.wait_for_timeout(50)

    def find(self, label: str) -> Locator:
        """Whatever a person would take for this label; a button or a link before a mere text."""
        return self.wait_for(f"“{label}” is not there", lambda: self.first_visible(self.candidates(label)))

    def candidates(self, label: str) -> list[Locator]:
        page = self.page
        named = [page.get_by_role(role, name=label, exact=True) for role in ROLES]
        # Names that go on for those who do not see what the button stands beside: "Revoke" + " Maria".
        longer = re.compile(rf"^{re.escape(label)}(?=\W)")
        return [
            *named,
            page.locator(f'label:text-is("{label}:"), label:text-is("{label}"), legend:text-is("{label}")'),
            *(page.get_by_role(role, name=longer) for role in ROLES),
            page.get_by_text(label, exact=True),
            page.get_by_text(f"{label}:", exact=True),
            page.get_by_placeholder(label, exact=True),
            page.get_by_title(label, exact=True),
            page.get_by_label(label, exact=True),
            page.get_by_role("option", name=label, exact=True).locator("xpath=.."),
        ]

    def control(self, label: str) -> Locator:
        """The box that a label belongs to, in sight or behind the editor or list that stands for it."""
        page = self.page
        named = [
            page.get_by_label(f"{label}:", exact=True),
            page.get_by_label(label, exact=True),
            page.get_by_role("combobox", name=re.compile(rf"^{re.escape(label)}:?$")),
        ]
        return self.wait_for(f"No field “{label}” is there", lambda: next((x.first for x in named if x.count()), None))

    @staticmethod
    def first_visible(candidates: list[Locator]) -> Locator | None:
        for candidate in candidates:
            seen = candidate.filter(visible=True)
            if seen.count():
                return seen.first
        return None

    def wait_for(self, trouble: str, look: Callable[[], Locator | None]) -> Locator:
        deadline = time.monotonic() + PATIENCE
        while True:
            found = look()
            if found is not None:
                return found
            if time.monotonic() > deadline:
                raise Astray(f"{trouble} (at {self.page.url.removeprefix(self.site)}).")
            self.page.wait_for_timeout(100)

    def fill(self, act: Act) -> None:
        control = self.control(act.field)
        text = PASSWORD if act.kind == "password" else act.what
        kind, name = control.evaluate("each => [each.type || each.tagName, each.id]")
        if act.kind == "upload":
            control.set_input_files(Path(SAMPLES / text))
        elif kind.startswith("select") and "select2-hidden-accessible" in (control.get_attribute("class") or ""):
            self.choose_by_words(control, text)
        elif kind.startswith("select"):
            control.select_option(label=text)
        elif self.page.locator(f"#cke_{name}").count() if name else False:
            self.page.frame_locator(f"#cke_{name} iframe").locator("body").click()
            self.page.keyboard.type(text)
        elif kind in ("date", "time", "datetime-local"):
            control.fill(text.replace(" ", "T"))
        else:
            control.click()
            control.fill("")
            control.press_sequentially(text)
        self.page.wait_for_timeout(400)  # boxes that say how they understand what is typed wait for a pause
        self.settle()

    def choose_by_words(self, control: Locator, text: str) -> None:
        control.locator("xpath=following-sibling::span[contains(@class, 'select2')][1]").click()
        self.page.locator(".select2-container--open .select2-search__field").fill(text)
        self.page.locator(".select2-results__option:not(.loading-results)", has_text=text).first.click()
