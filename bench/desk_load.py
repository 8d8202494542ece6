"""What editors wait for on the server: a list, a form, a save, and until readers see it."""

from __future__ import annotations

import http.client
import time
from statistics import median
from types import SimpleNamespace
from urllib.parse import urlencode

from django.test import Client

from bench.desk_content import editor
from bench.load import processor_time
from news.models import Post
from tests.admin.forms import address, as_it_stands

TIMES = 20
ASKED = {"admin list": "/admin/agenda/event/", "admin form": "/admin/agenda/event/77/change/"}


class Desk:
    """An editor's browser, signed in at a server."""

    def __init__(self, port: int):
        client = Client()
        client.force_login(editor())
        self.session = f"sessionid={client.cookies['sessionid'].value}"
        self.browser = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, path: str, data: dict | None = None) -> tuple[int, bytes]:
        headers, body = {"Cookie": self.session}, None
        if data is not None:
            body = urlencode(data, doseq=True)
            # A cookie may hold the token as the form has it.
            headers["Cookie"] += f"; csrftoken={data['csrfmiddlewaretoken'][-1]}"
            headers |= {"Origin": f"http://127.0.0.1:{self.browser.port}"}
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        self.browser.request("GET" if data is None else "POST", path, body, headers)
        answer = self.browser.getresponse()
        return answer.status, answer.read()

    def save(self, post: Post, title: str) -> float:
        """Seconds that the save alone takes, its form being open."""
        path = address("change", post, post.pk)
        form = as_it_stands(SimpleNamespace(content=self.ask(path)[1]))
        begun = time.perf_counter()
        status, page = self.ask(path, form | {"title_en": [title], "_save": ["1"]})
        if status != 302:
            raise RuntimeError(f"the save was refused ({status}): {page[:300]!r}")
        return time.perf_counter() - begun


def measure_desk(site, home: str) -> None:
    """`site` is the server (bench.serving.Server); `home` a page on which the newest post stands."""
    desk = Desk(site.port)
    for title, path in ASKED.items():
        desk.ask(path)
        before, spent = processor_time(site.pid), []
        for _ in range(TIMES):
            begun = time.perf_counter()
            status, _ = desk.ask(path)
            spent.append(time.perf_counter() - begun)
        cpu = 1000 * (processor_time(site.pid) - before) / TIMES
        show(title, spent, f"  CPU {cpu:.1f} ms" + (f"  ERROR {status}" if status != 200 else ""))
    newest = Post.objects.published().newest_first()[0]
    saves, seen = [], []
    for number in range(TIMES):
        title = f"Saved for the {number}. time"
        saves.append(desk.save(newest, title))
        begun = time.perf_counter()
        while title.encode() not in site.get(home, "identity"):
            pass
        seen.append(time.perf_counter() - begun)
    show("admin save", saves)
    show("a save is seen after", seen)


def show(title: str, spent: list[float], more: str = "") -> None:
    low, middle, high = (1000 * seconds for seconds in (min(spent), median(spent), max(spent)))
    print(f"{title:<28} {middle:8.1f} ms ({low:.1f}–{high:.1f}){more}", flush=True)
