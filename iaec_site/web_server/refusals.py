"""Answers of the server itself, where Django cannot be asked or should not be."""

from __future__ import annotations

from http import HTTPStatus

from iaec_site.security_headers import headers_outside_of_django


def refusal(status: int, text: str) -> bytes:
    """A whole answer of HTTP/1.1 that ends the connection."""
    headers, body = refusal_parts(text)
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}".encode()]
    lines += [name + b": " + value for name, value in headers]
    return b"\r\n".join([*lines, b"", body])


def refusal_parts(text: str) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """The headers and the body, for a server that writes the rest."""
    body = f"{text}\n".encode()
    headers = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(body)),
        "Connection": "close",
        **headers_outside_of_django(),
    }
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()], body
