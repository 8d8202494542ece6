"""A second request hidden in the first: what one server takes for a body, another may take for a request.

Whatever is not plain HTTP/1.1 (RFC 9112) is refused, and its connection closed: nothing behind it is read.
"""

import re
import socket

import pytest

from tests.web_server.serving import serving

HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"
LENGTH = b"%d" % len(HIDDEN)
POST = b"POST / HTTP/1.1\r\nHost: a\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
LAST = b"0\r\n\r\n"

REFUSED = {
    "length and pieces": POST + b"Content-Length: 40\r\nTransfer-Encoding: chunked\r\n\r\n" + LAST,
    "pieces and length": POST + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n" + LAST,
    "two lengths": POST + b"Content-Length: 0\r\nContent-Length: " + LENGTH + b"\r\n\r\n",
    "the same length twice": POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\nhi",
    "a list of lengths": POST + b"Content-Length: 0, " + LENGTH + b"\r\n\r\n",
    "a length with a sign": POST + b"Content-Length: +2\r\n\r\nhi",
    "a negative length": POST + b"Content-Length: -2\r\n\r\nhi",
    "a length in hexadecimal": POST + b"Content-Length: 0x2\r\n\r\nhi",
    "a length with an underscore": POST + b"Content-Length: 1_0\r\n\r\n0123456789",
    "a space before the colon": POST + b"Content-Length : 2\r\n\r\nhi",
    "another coding": POST + b"Transfer-Encoding: xchunked\r\n\r\n" + LAST,
    "a coding behind the pieces": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n" + LAST,
    "two codings": POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n" + LAST,
    "a coding with a space": POST + b"Transfer-Encoding : chunked\r\n\r\n" + LAST,
    "lines that end in LF": b"GET / HTTP/1.1\nHost: a\n\n",
    "one line that ends in LF": b"GET / HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n",
    "one line that ends in CR": b"GET / HTTP/1.1\r\nHost: a\rX-A: b\r\n\r\n",
    "a folded line": b"GET / HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n",
    "a folded coding": POST + b"Transfer-Encoding:\r\n chunked\r\n\r\n" + LAST,
    "a space before the first header": b"GET / HTTP/1.1\r\n X-A: b\r\nHost: a\r\n\r\n",
    "a NUL in a header": b"GET / HTTP/1.1\r\nHost: a\r\nX-A: b\0c\r\n\r\n",
    "a LF in a chunk's extension": CHUNKED + b"2;\nxx\r\nhi\r\n" + LAST,
    "chunks that end in LF": CHUNKED + b"2\nhi\n0\n\n",
    "a negative chunk": CHUNKED + b"-2\r\nhi\r\n" + LAST,
    "a chunk with 0x": CHUNKED + b"0x2\r\nhi\r\n" + LAST,
    "a chunk of 2^72 bytes": CHUNKED + b"ffffffffffffffffff\r\nhi\r\n" + LAST,
    "a chunk without its end": CHUNKED + b"2\r\nhiXX" + LAST,
    "the beginning of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a tunnel": b"CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n",
}
# What is said, and how many requests the application hears of.
TAKEN = {
    "an extension of a chunk": (CHUNKED + b"2;a=b\r\nhi\r\n" + LAST, [b"POST / hi", b"GET /hidden "]),
    "a body of a GET": (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: " + LENGTH + b"\r\n\r\n", [b"GET / " + HIDDEN]),
    "a header spelt with _": (POST + b"Transfer_Encoding: chunked\r\nContent-Length: 0\r\n\r\n", None),
    "an upgrade that is not offered": (
        b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
        [b"GET / "],
    ),
    "pieces in HTTP/1.0": (CHUNKED.replace(b"1.1", b"1.0") + LAST, [b"POST / "]),
}


def echo(environ, start_response):
    text = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} ".encode() + environ["wsgi.input"].read()
    if forged := environ.get("HTTP_X_FORWARDED_FOR"):
        text += f" from {forged}".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(text)))])
    return [text]


@pytest.fixture(scope="module")
def port():
    with serving(echo) as port:
        yield port


def said(port, data):
    """(what came back until nothing more did, whether the server closed the connection)."""
    heard = b""
    with socket.create_connection(("127.0.0.1", port), timeout=1) as visitor:
        visitor.sendall(data)
        try:
            while more := visitor.recv(65536):
                heard += more
        except TimeoutError:
            return heard, False
        except ConnectionResetError:  # closed, with bytes of ours unread
            pass
    return heard, True


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_what_may_be_read_in_two_ways_is_refused(port, data):
    heard, is_closed = said(port, data + HIDDEN)
    assert (re.findall(rb"HTTP/1\.1 (\d+)", heard), is_closed) == ([b"400"], True)


@pytest.mark.parametrize(("data", "expected"), TAKEN.values(), ids=TAKEN)
def test_what_has_one_meaning_is_read_so(port, data, expected):
    heard, _ = said(port, data + HIDDEN)
    assert set(re.findall(rb"HTTP/1\.1 (\d+)", heard)) == {b"200"}
    found = re.findall(rb"(?s)\r\n\r\n(.*?)(?=HTTP/1\.1 200|$)", heard.replace(HIDDEN, b"<hidden>"))
    assert [one.replace(b"<hidden>", HIDDEN) for one in found] == (expected or [b"POST / ", b"GET /hidden "])


def test_what_stands_behind_a_body_is_no_header(port):
    """A proxy replaces X-Forwarded-For among the headers, and might pass on what a visitor puts behind the body."""
    heard, _ = said(port, CHUNKED + b"2\r\nhi\r\n0\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n")
    assert heard.partition(b"\r\n\r\n")[2] == b"POST / hi"
