"""Answers of the server itself, where Django cannot be asked or should not be."""

from __future__ import annotations

from http import HTTPStatus

HEADERS = (
    ("content-type", "text/plain; charset=utf-8"),
    ("cache-control", "no-store"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("connection", "close"),
)


def refusal(status: int, text: str) -> bytes:
    """A whole answer of HTTP/1.1 that ends the connection."""
    headers, body = refusal_parts(text)
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}".encode()]
    lines += [name + b": " + value for name, value in headers]
    return b"\r\n".join([*lines, b"", body])


def refusal_parts(text: str) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """The headers and the body, for a server that writes the rest."""
    body = f"{text}\n".encode()
    headers = [(name.encode(), value.encode()) for name, value in HEADERS]
    return [*headers, (b"content-length", str(len(body)).encode())], body
