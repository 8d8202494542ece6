"""WordPress's shortcodes, `[gallery ids="1,2"]`: what can be said in HTML is, all others go and are told.

WordPress takes for one what a plugin has registered, which no export tells. So an unknown name in brackets counts as
one if it has attributes, an end, or a hyphen or underscore in it: “[sic]” and “[1]” stay what they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from html import escape

# With these, reading a text stays quick whatever somebody wrote into it.
MOST_BRACKETS = 5000
ATTRIBUTES = r"(?:[^\[\]\"'<>]|\"[^\"]{0,500}\"|'[^']{0,500}'){0,600}"
SHORTCODE = re.compile(rf"\[(\[?)(/?)([A-Za-z][\w-]{{0,60}})((?:\s{ATTRIBUTES}|=[^\[\]\s]{{0,200}})?/?)\](\]?)")
ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))")
KEPT_AS_IT_IS = re.compile(r"(<(pre|code)\b[^<>]*>.*?(?:</\2\s*>|\Z))", re.IGNORECASE | re.DOTALL)
SIDES = {"alignleft": "align-left", "alignright": "align-right", "aligncenter": "align-center"}
MEDIA = ("src", "mp4", "m4v", "webm", "ogv", "wmv", "flv", "mp3", "m4a", "ogg", "wav", "wma")
CAPTION_BEHIND = re.compile(r"\s*((?:<a\b[^>]*>)?\s*<img\b[^>]*>\s*(?:</a>)?)(.*)", re.IGNORECASE | re.DOTALL)


def without_shortcodes(text: str, *, attached: Callable[[], Iterable[int]], note: Callable[[str], None]) -> str:
    """HTML without shortcodes. `attached()` are the numbers of pictures uploaded to the post, for a bare [gallery]."""
    if text.count("[") > MOST_BRACKETS:
        note("thousands of brackets: none of them was read as a shortcode")
        return text
    if "[" not in text:
        return text
    left_out: Counter = Counter()
    parts = KEPT_AS_IT_IS.split(text)
    # Of three parts, the second is <pre>…</pre> whole, the third its name.
    texts = [
        part if place % 3 == 1 else _converted(part, attached, left_out)
        for place, part in enumerate(parts)
        if place % 3 != 2
    ]
    for name, times in left_out.items():
        note(f"shortcode [{name}]" + (f", {times} times" if times > 1 else ""))
    return "".join(texts)


def _converted(text: str, attached, left_out: Counter) -> str:
    found, out, at = list(SHORTCODE.finditer(text)), [], 0
    closings = {match[3] for match in found if match[2]}
    skip_until = 0
    for place, match in enumerate(found):
        if match.start() < skip_until:
            continue
        out.append(text[at : match.start()])
        at = match.end()
        name, attributes = match[3], match[4]
        if match[1] and match[5]:
            out.append(match[0][1:-1])  # [[name]] means the word itself
        elif name.lower() in KNOWN and not match[2]:
            inside, end = _enclosed(text, found, place)
            out.append(KNOWN[name.lower()](_attributes(attributes), inside, attached) + _spare(match))
            at = skip_until = end
        elif name.lower() in KNOWN or attributes.strip(" /") or name in closings or "-" in name or "_" in name:
            if not match[2]:
                left_out[name] += 1
            out.append(_spare(match))
        else:
            out.append(match[0])
    return "".join(out) + text[at:]


def _spare(match: re.Match) -> str:
    """A bracket that was no part of it."""
    return (match[1] if not match[5] else "") + (match[5] if not match[1] else "")


def _enclosed(text: str, found: list[re.Match], place: int) -> tuple[str, int]:
    """What stands between a shortcode and its end, and where it goes on; nothing where it has no end."""
    start, name = found[place], found[place][3]
    if start[4].rstrip().endswith("/"):
        return "", start.end()
    for match in found[place + 1 :]:
        if match[3] == name:
            return (text[start.end() : match.start()], match.end()) if match[2] else ("", start.end())
    return "", start.end()


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): a or b or c for name, a, b, c in ATTRIBUTE.findall(text)}


def _caption(attributes: dict, inside: str, _attached) -> str:
    side = next((SIDES[name] for name in attributes.get("align", "").split() if name in SIDES), "")
    match = CAPTION_BEHIND.fullmatch(inside)
    image, words = match.groups() if match else (inside, "")
    words = attributes.get("caption") or words
    return f'\n\n<figure class="{side}">{image}<figcaption>{words.strip()}</figcaption></figure>\n\n'


def _gallery(attributes: dict, _inside: str, attached) -> str:
    wanted = attributes.get("ids") or attributes.get("include") or ""
    numbers = [int(number) for number in re.findall(r"\d{1,18}", wanted)] or list(attached())
    pictures = "".join(f'<figure><img src="/?attachment_id={number}"></figure>' for number in numbers[:200])
    return f"\n\n{pictures}\n\n"


def _embed(attributes: dict, inside: str, _attached) -> str:
    address = inside.strip() or attributes.get("src") or attributes.get("url") or attributes.get("id") or ""
    return _linked(address)


def _youtube(attributes: dict, inside: str, _attached) -> str:
    address = inside.strip() or attributes.get("id") or attributes.get("url") or ""
    if re.fullmatch(r"[\w-]{11}", address):
        address = f"https://www.youtube.com/watch?v={address}"
    return _linked(address)


def _vimeo(attributes: dict, inside: str, _attached) -> str:
    address = inside.strip() or attributes.get("id") or attributes.get("url") or ""
    return _linked(f"https://vimeo.com/{address}" if address.isdigit() else address)


def _media(attributes: dict, inside: str, _attached) -> str:
    return _linked(next((attributes[name] for name in MEDIA if attributes.get(name)), inside.strip()))


def _code(_attributes, inside: str, _attached) -> str:
    inside = inside.strip("\n")
    return f"<pre>{inside if '&lt;' in inside else escape(inside, quote=False)}</pre>"


def _linked(address: str) -> str:
    address = address.strip()
    if not address.startswith(("http://", "https://", "/")):
        return ""
    shown = re.sub(r"^https?://(www\.)?", "", address)
    return f'\n\n<p><a href="{escape(address)}">{escape(shown)}</a></p>\n\n'


KNOWN = {
    "caption": _caption,
    "wp_caption": _caption,
    "gallery": _gallery,
    "embed": _embed,
    "youtube": _youtube,
    "vimeo": _vimeo,
    "audio": _media,
    "video": _media,
    "wpvideo": _embed,
    "code": _code,
    "sourcecode": _code,
}
