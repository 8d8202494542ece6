"""Mozilla's HTTP Observatory, as its published rules grade a page: mdn-http-observatory, `src/grader/charts.js`.

Rewritten from the rules: each function is one of its ten tests and returns points. Extra points count only if nothing
was lost below 90. Left out is what cannot be seen from an answer: certificates, and the list of preloaded names.
"""

import re
from html.parser import HTMLParser

BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
SIX_MONTHS = 15_768_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
UNSAFE_REFERRER = {"origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade"}


def directives(policy):
    """{"img-src": {"'self'"}, …}; the first of two of one name counts."""
    found = {}
    for part in filter(None, map(str.strip, policy.split(";"))):
        name, *sources = part.split()
        found.setdefault(name.lower(), set(sources))
    return found


def content_security_policy(headers):
    if "content-security-policy" not in headers:
        return -25
    csp = directives(headers["content-security-policy"])
    default = csp.get("default-src", {"*"})
    script, style, objects = (csp.get(name, default) for name in ("script-src", "style-src", "object-src"))
    passive = csp.get("img-src", default) | csp.get("media-src", default)
    active = set().union(*(sources for name, sources in csp.items() if name not in {"img-src", "media-src"}), script)
    if script & (BROAD | {"'unsafe-inline'", "data:"}) or objects & BROAD:
        return -20
    if any(source.startswith(("http:", "ftp:")) for source in active):
        return -20
    if "'unsafe-eval'" in script | style:
        return -10
    if any(source.startswith(("http:", "ftp:")) for source in passive):
        return -10
    if style & (BROAD | {"'unsafe-inline'", "data:"}):
        return 0
    return 10 if default == {"'none'"} and csp.get("form-action", {"*"}) <= {"'none'", "'self'"} else 5


def cookies(headers):
    """Of a site that sets none on the page that is graded: nothing lost, nothing won."""
    return -20 if "set-cookie" in headers else 0


def cross_origin_sharing(headers):
    return -50 if headers.get("access-control-allow-credentials") == "true" else 0


def redirection(first_answer_over_http, host):
    """`first_answer_over_http`: (status, location)."""
    status, location = first_answer_over_http
    if status not in {301, 302, 307, 308}:
        return -20
    return 0 if location.startswith(f"https://{host}/") else -5 if location.startswith("https://") else -10


def referrer_policy(headers):
    policies = [word.strip() for word in headers.get("referrer-policy", "").split(",") if word.strip()]
    if not policies:
        return 0
    return 5 if policies[-1] in PRIVATE else -5


def strict_transport_security(headers):
    age = re.match(r"max-age=(\d+)", headers.get("strict-transport-security", ""))
    if not age:
        return -20
    return 0 if int(age[1]) >= SIX_MONTHS else -10


class Scripts(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "script" and dict(attributes).get("src"):
            self.found.append(dict(attributes))


def subresource_integrity(page, host):
    scripts = Scripts(page).found
    if any(one["src"].startswith(("//", "http:")) for one in scripts):
        return -50
    foreign = [one for one in scripts if one["src"].startswith("https:") and host not in one["src"]]
    if any("integrity" not in one for one in foreign):
        return -5
    return 5 if any("integrity" in one for one in scripts) else 0


def content_type_options(headers):
    return 0 if headers.get("x-content-type-options", "").lower() == "nosniff" else -5


def frame_options(headers):
    if directives(headers.get("content-security-policy", "")).get("frame-ancestors", {"*"}) <= {"'none'", "'self'"}:
        return 5
    return 0 if headers.get("x-frame-options", "").upper() in {"DENY", "SAMEORIGIN"} else -20


def cross_origin_resource_policy(headers):
    known = {"": 0, "same-origin": 10, "same-site": 10, "cross-origin": 0}
    return known.get(headers.get("cross-origin-resource-policy", ""), -5)


def points(headers, page, *, host, first_answer_over_http):
    """{rule: points} for a page's headers (names in any case) and its HTML, as asked for over https."""
    headers = {name.lower(): value for name, value in headers.items()}
    return {
        "content-security-policy": content_security_policy(headers),
        "cookies": cookies(headers),
        "cross-origin-resource-sharing": cross_origin_sharing(headers),
        "redirection": redirection(first_answer_over_http, host),
        "referrer-policy": referrer_policy(headers),
        "strict-transport-security": strict_transport_security(headers),
        "subresource-integrity": subresource_integrity(page, host),
        "x-content-type-options": content_type_options(headers),
        "x-frame-options": frame_options(headers),
        "cross-origin-resource-policy": cross_origin_resource_policy(headers),
    }


def score(found):
    """The sum of `points`: 100 and what was lost; what was won counts from 90 on."""
    lost = 100 + sum(one for one in found.values() if one < 0)
    return lost + sum(one for one in found.values() if one > 0) if lost >= 90 else max(lost, 0)
