"""The WSGI application in front of Django: ready pages from memory, one rendering at a time for all others."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from math import inf

from django.conf import settings

from entrance.visitor_address import address_in
from iaec_site.address_language import best_language, language_of_path
from iaec_site.metrics.counting import MADE, READY, STALE, WAITED
from iaec_site.page_cache.answers import KEPT_STATUS, Answer
from iaec_site.page_cache.generation import NUMBER, WITHDRAWALS, Generation
from iaec_site.page_cache.moments import Moments
from iaec_site.page_cache.recorded_request import ALL, READ
from iaec_site.page_cache.several_machines import Follower
from iaec_site.page_cache.shared_pages import shared_view
from iaec_site.page_cache.stale import Outage, marked, may_be_shown
from iaec_site.page_cache.store import LONGEST_ADDRESS, Page, Store

READING = frozenset(("GET", "HEAD"))
# Seconds that a visitor waits for a page that is being made for another one.
LONGEST_WAIT = 20
# What a page for everybody may depend on. All else that a browser sends is kept from it.
PASSED_ON = frozenset(("HTTP_HOST",))
# In the WSGI environment: Django need not try, for the database does not answer.
OUTAGE = "iaec_site.outage"
# … and how the answer came about: one of `metrics.counting.KINDS`. Not there for answers that are nobody else's.
KIND = "iaec_site.kind_of_answer"


class Flight:
    """A page that is being made. Who asks for it meanwhile waits for this one."""

    def __init__(self, number: int):
        self.number = number
        self.done = threading.Event()
        self.answer: Answer | None = None


class PageCache:
    """`django` is a `RecordingHandler`; `size` are bytes of memory."""

    def __init__(self, django: Callable, generation: Generation, follower: Follower, size: int):
        self.django = django
        self.generation = generation
        self.words = generation.words
        self.follower = follower
        self.store = Store(size)
        self.flights: dict[tuple[Page, str], Flight] = {}
        self.lock = threading.Lock()
        self.streaming: set[Callable] = set()
        self.session_cookie = settings.SESSION_COOKIE_NAME + "="
        self.scheme_header, self.scheme_secure = settings.SECURE_PROXY_SSL_HEADER or ("", "")
        # As it is spelt on the wire; "" names none.
        self.scheme_header_name = self.scheme_header.removeprefix("HTTP_").replace("_", "-").lower().encode()
        self.passed_on = PASSED_ON | {self.scheme_header}
        self.moments = Moments()
        self.outage = Outage(generation)

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in READING:
            return self.django(environ, start_response)
        if self.is_of_staff(environ.get("HTTP_COOKIE", "")) and not self.outage.is_on:
            return self.django(environ, start_response)
        scheme = self.scheme(environ.get(self.scheme_header, ""), environ["wsgi.url_scheme"])
        page = (scheme, environ.get("HTTP_HOST"), environ["PATH_INFO"], "")
        query = environ.get("QUERY_STRING", "")
        answer = self.ready(page, query)
        if answer is not None:
            return sent(answer, READY, environ, start_response)
        return self.answer_new(page, query, environ, start_response)

    def ready(self, page: Page, query: str) -> Answer | None:
        """What can be sent at once, in whatever thread."""
        answer = self.store.find(page, query)
        if answer is None or self.is_right(answer):
            return answer
        return self.stale(answer) if self.outage.is_on else None

    def stale(self, answer: Answer | None) -> Answer | None:
        return marked(answer) if answer is not None and may_be_shown(answer, self.generation) else None

    def is_right(self, answer: Answer) -> bool:
        if answer.number != self.words[NUMBER]:
            return False
        now = time.time()
        return now < answer.until and now < self.follower.trusted_until

    def is_of_staff(self, cookie: str) -> bool:
        """Whether a `Cookie` header holds a session: whoever signed in asks Django each time."""
        return self.session_cookie in cookie

    def scheme(self, forwarded: str, own: str) -> str:
        """As `HttpRequest.scheme` has it, from what a proxy says and how the server itself was asked."""
        if not forwarded:
            return own
        return "https" if forwarded.split(",", 1)[0].strip() == self.scheme_secure else "http"

    def answer_new(self, page: Page, query: str, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """An answer that is not ready, at least not under this address alone."""
        self.follower.begin()
        scheme, host, path, _ = page
        view = shared_view(path) if self.may_be_kept(environ, path, query) else None
        if view is None or view in self.streaming:
            return self.django(environ, start_response)
        if not language_of_path(path):
            page = (scheme, host, path, best_language(environ.get("HTTP_ACCEPT_LANGUAGE", "")))
            answer = self.ready(page, query)
            if answer is not None:
                return sent(answer, READY, environ, start_response)
        number = self.words[NUMBER]
        asked_at = time.time()
        with self.lock:
            flight = self.flights.get((page, query))
            is_mine = flight is None or flight.number != number
            if is_mine:
                flight = self.flights[page, query] = Flight(number)
        if is_mine:
            try:
                flight.answer = answer = self.make(page, query, number, environ, view)
            finally:
                with self.lock:
                    if self.flights.get((page, query)) is flight:
                        del self.flights[page, query]
                flight.done.set()
        else:
            flight.done.wait(LONGEST_WAIT)
            answer = flight.answer
            if answer is not None and asked_at >= answer.until:
                answer = None
        if answer is None:
            return self.django(environ, start_response)
        return sent(answer, MADE if is_mine else WAITED, environ, start_response)

    def may_be_kept(self, environ: dict, path: str, query: str) -> bool:
        return (
            len(path) + len(query) <= LONGEST_ADDRESS
            and "HTTP_HOST" in environ
            and "HTTP_AUTHORIZATION" not in environ
            and environ.get("CONTENT_LENGTH") in (None, "", "0")
            and not environ.get("SCRIPT_NAME")
            and "%00" not in query  # of which pages want to know without looking at a parameter
        )

    def make(self, page: Page, query: str, number: int, environ: dict, view: Callable) -> Answer | None:
        """Have Django make a page, keep it if it may be kept. None where each visitor needs an answer of their own."""
        is_settled = self.generation.is_settled()
        begun = time.time()
        read: set = set()
        asked = {name: value for name, value in environ.items() if name[:5] != "HTTP_" or name in self.passed_on}
        asked["REQUEST_METHOD"] = "GET"
        # Not for the page, but for who asks too much: see entrance/search_limit.py.
        asked["REMOTE_ADDR"] = str(address_in(environ) or "")
        asked[READ] = read
        if self.outage.is_on:
            asked[OUTAGE] = True
        withdrawals = self.words[WITHDRAWALS]
        if page[3]:
            asked["HTTP_ACCEPT_LANGUAGE"] = page[3]
        begin: list = []
        response = self.django(asked, lambda status, headers, exc_info=None: begin.extend((status, headers)))
        try:
            if response.streaming:
                # Nothing of it has been made yet. From now on this view is asked at once.
                self.streaming.add(view)
                return None
            answer = Answer(*begin, b"".join(response))
            answer.read = None if ALL in read else frozenset(read)
            if getattr(response, "may_be_replaced", False):
                if response.is_outage:
                    self.outage.note(number)
                answer.until = inf  # those who waited for it need not try themselves
                return self.stale(self.store.find(page, query)) or answer
            if not is_keepable(response, by_language=bool(page[3])):
                # Too many of one visitor's are not too many of another's who waits for the same page.
                return answer if response.status_code >= 400 and response.status_code != 429 else None
            answer.number = number
            answer.until, answer.withdrawn_from = self.moments.after(self.generation, begun)
            answer.made_at, answer.withdrawals = begun, withdrawals
            if is_settled and self.words[NUMBER] == number and begun < self.follower.trusted_until:
                self.store.put(page, query, answer)
            return answer
        finally:
            response.close()


def sent(answer: Answer, kind: int, environ: dict, start_response: Callable) -> Iterable[bytes]:
    environ[KIND] = STALE if answer.is_stale else kind
    return answer.send(environ, start_response)


def is_keepable(response, *, by_language: bool) -> bool:
    """Whether an answer is the same for whoever asks for this address; `by_language`: in the same language."""
    if response.status_code not in KEPT_STATUS or response.cookies:
        return False
    cache_control = response.headers.get("Cache-Control", "")
    if "no-store" in cache_control or "private" in cache_control:
        return False
    vary = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")}
    return vary <= {"", "accept-encoding"} | ({"accept-language"} if by_language else set())
