"""Lines of the log, letters about errors, and the access log."""

import json
import logging
import os
import re
import time

import pytest
from django.core import mail

from iaec_site import error_letters
from iaec_site.error_letters import ErrorLetters
from iaec_site.log_lines import JsonFormatter, PlainFormatter, background_task, request_id
from iaec_site.web_server.access_log import AccessLog


def record(message, *arguments, error=None):
    exc_info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("news", logging.ERROR, "x.py", 1, message, arguments, exc_info)


@pytest.fixture
def in_a_request():
    token = request_id.set("abcd1234")
    yield
    request_id.reset(token)


def broken():
    try:
        raise ValueError("for ana@example.org\nat redis://:pass@db/0")
    except ValueError as error:
        return error


def test_a_plain_line_names_its_request(in_a_request):
    line = PlainFormatter().format(record("Not found: %s", "/en/newsletter/leave/KEY/"))

    assert re.fullmatch(
        r"[\d-]{10}T[\d:.]{12}\+00:00 ERROR news Not found: /en/newsletter/leave/\*\*\* \[request=abcd1234\]", line
    )


def test_nobody_writes_lines_of_their_own_into_the_log():
    lines = PlainFormatter().format(record("a\n2026-11-30 ERROR forged\r\nb", error=broken())).split("\n")

    assert [line for line in lines[1:] if not line.startswith("    ")] == []
    assert "    ValueError: for ***@example.org" in lines
    assert "    at redis://***@db/0" in lines


def test_a_line_as_json_names_task_and_traceback():
    token = background_task.set(("news.tasks.send", "1-2"))
    try:
        fields = json.loads(JsonFormatter().format(record("It broke", error=broken())))
    finally:
        background_task.reset(token)

    exception = fields.pop("exception")
    assert exception.endswith("ValueError: for ***@example.org\nat redis://***@db/0")
    assert {**fields, "time": ""} == {
        "time": "",
        "level": "ERROR",
        "logger": "news",
        "message": "It broke",
        "task": "news.tasks.send",
        "task_id": "1-2",
    }


@pytest.fixture
def letters(settings):
    settings.ADMINS = [("", "webmaster@example.org")]
    handler = ErrorLetters()
    handler.setFormatter(PlainFormatter())

    def after(*records):
        for one in records:
            handler.handle(one)
        given_up = time.monotonic() + 5
        while not mail.outbox and time.monotonic() < given_up:
            time.sleep(0.01)
        time.sleep(0.2)
        return mail.outbox

    return after


def test_a_letter_about_an_error_has_the_id_and_no_secret(letters, in_a_request):
    (letter,) = letters(record("Broken: %s", "/en/draft/KEY/", error=broken()))

    assert letter.to == ["webmaster@example.org"]
    assert letter.subject == "[Django] ERROR news: Broken: /en/draft/***"
    assert "[request=abcd1234]" in letter.body
    assert "ValueError: for ***@example.org" in letter.body
    assert [word for word in ("KEY", "ana@", "pass@") if word in letter.body + letter.subject] == []


def test_a_flood_of_errors_makes_few_letters(letters, monkeypatch):
    same = [record("The same: %s", number) for number in range(20)]
    different = [record(f"Different {number}") for number in range(20)]

    assert len(letters(*same)) == 1
    assert len(letters(*different)) == error_letters.MOST


def test_a_mail_server_that_is_gone_holds_nobody_up(letters, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9139
    begun = time.process_time()

    assert letters(record("Broken")) == []
    assert time.process_time() - begun < 1
    assert [one.getMessage() for one in caplog.records] == [
        "No letter about an error could be sent: [Errno 111] Connection refused"
    ]


@pytest.fixture
def written():
    reading, writing = os.pipe()

    def lines(kind, form, *answers):
        log = AccessLog(kind, form, descriptor=writing)
        log.has_begun = True  # without a thread of its own
        for one in answers:
            log.note(*one)
        log.write()
        return os.read(reading, 65536).decode().splitlines()

    yield lines
    os.close(reading)
    os.close(writing)


ANSWER = (b"abcd1234", "GET", "/es/bolet%C3%ADn/b%61ja/KEY/", 200, 1234, 0.0123, False, 1_800_000_000.5, "")


def test_a_plain_line_of_the_access_log(written):
    path = "/en/%6Eewsletter/leave/KEY/%0Ax"
    assert written("made", "plain", (*ANSWER[:2], path, *ANSWER[3:])) == [
        "2027-01-15T08:00:00.500+00:00 INFO access GET /en/newsletter/leave/*** 200 1234 B 12.3 ms made"
        " [request=abcd1234]"
    ]


def test_a_line_of_the_access_log_as_json(written):
    (line,) = written("made", "json", (*ANSWER[:2], "/en/a%0Ab", *ANSWER[3:-1], "192.0.2.7"))
    assert json.loads(line) == {
        "time": "2027-01-15T08:00:00.500+00:00",
        "level": "INFO",
        "logger": "access",
        "request": "abcd1234",
        "method": "GET",
        "path": "/en/a%0Ab",
        "status": 200,
        "bytes": 1234,
        "ms": 12.3,
        "ready": False,
        "address": "192.0.2.7",
    }


def test_many_lines_go_out_whole(written):
    assert len(written("all", "plain", *[ANSWER] * 300)) == 300
