"""One spelling for an old address, however it was written: the key by which it is stored and looked up.

https://www.example.org/2019/05/Open-Day/    /2019/05/open-day
/index.php?p=123   /?page_id=123             /?p=123
/about/?lang=es                              /about?lang=es
/wp-content/uploads/2019/05/a-300x200.jpg    itself; then, where nobody has it, …/a.jpg
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

LONGEST_KEY = 400  # characters
# WordPress numbers posts, pages and attachments together.
OF_POSTS = ("p", "page_id", "attachment_id")
OF_TERMS = ("cat",)
# What a page looks at of an old address; others are nothing to it.
PARAMETERS = (*OF_POSTS, *OF_TERMS, "lang")
NUMBER = re.compile(r"[0-9]{1,18}")
LANGUAGE = re.compile(r"[a-z]{2,3}([-_][a-z]{2,4})?", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# Ends of addresses that WordPress makes for every post, and forms of lists.
FORMS = re.compile(
    r"/(?:feed(?:/(?:rss2?|rdf|atom))?|amp|embed|trackback|(?:comment-)?page[-/][0-9]{1,6}|[0-9]{1,3})$"
)
FEED = re.compile(r"/feed(?:/(?:rss2?|rdf|atom))?$")
# Sizes that WordPress makes of a picture, and of one that was too large for it.
SIZE = re.compile(r"(?:-[0-9]{1,5}x[0-9]{1,5}|-scaled|-e[0-9]{10,13})(?=\.[a-z0-9]{2,5}$)", re.IGNORECASE)


def host_and_path(address: str) -> tuple[str, str]:
    """("www.example.org", "/2019/05/") of an address; nothing of what is none."""
    try:
        parts = urlsplit(address.strip())
        return (parts.hostname or "").lower(), parts.path
    except ValueError:
        return "", ""


def key_of(address: str) -> str | None:
    """The key of an address with or without its host; None where it can have none."""
    try:
        parts = urlsplit(address.strip())
        parameters = dict(parse_qsl(parts.query, max_num_fields=50))
    except ValueError:
        return None
    if not parts.path.startswith("/") and not (parts.netloc and not parts.path):
        return None
    return key_of_parts(unquote(parts.path), parameters.get)


def key_of_parts(path: str, parameter) -> str | None:
    """`path` is decoded; `parameter(name)` gives the value of a parameter, or None."""
    for name in OF_POSTS:
        if NUMBER.fullmatch(number := parameter(name) or ""):
            return f"/?p={int(number)}"
    for name in OF_TERMS:
        if NUMBER.fullmatch(number := parameter(name) or ""):
            return f"/?{name}={int(number)}"
    path = path_key(path)
    if path is None:
        return None
    language = (parameter("lang") or "").lower()
    key = f"{path}?lang={language}" if LANGUAGE.fullmatch(language) else path
    return key if len(key) <= LONGEST_KEY else None


def path_key(path: str) -> str | None:
    if len(path) > LONGEST_KEY or CONTROL.search(path):
        return None
    path = unicodedata.normalize("NFC", re.sub(r"/{2,}", "/", path)).lower()
    path = path.removesuffix("/index.php").removeprefix("/index.php").rstrip("/")
    return path or "/"


def keys_to_try(key: str) -> Iterator[str]:
    """The key, then what it may be a form of: without the language asked for, without a size, a page, a feed."""
    path, _, query = key.partition("?")
    seen = [key]
    if query.startswith("lang="):
        seen.append(path)
    if path.startswith("/?") or (query and not query.startswith("lang=")):
        yield from seen
        return
    if SIZE.search(path):
        seen.append(SIZE.sub("", path))
    shorter = path
    while match := FORMS.search(shorter):
        shorter = shorter[: match.start()]
        if query and shorter:
            seen.append(f"{shorter}?{query}")
        if shorter:
            seen.append(shorter)
    yield from dict.fromkeys(seen)
