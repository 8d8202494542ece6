"""Tells browsers of style sheets and fonts before the page: `Link: …; rel=preload`."""

import re

HEAD_ENDS = b"</head>"
LONGEST_HEAD = 16_384
# As the templates write them: what is for paper only can wait.
STYLE_SHEET = re.compile(rb'<link rel="stylesheet" href="([^"]+)">')
FONT = re.compile(rb'<link rel="preload" href="([^"]+)" as="font" type="([^"]+)" crossorigin>')


class PreloadMiddleware:
    """Reads the head of the page that was made, so that the header never names what the page does not use.

    A browser, a proxy that sends 103 Early Hints or a network of proxies may fetch them while the page still comes.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            links = links_of(response.content)
            if links and "Link" not in response.headers:
                response.headers["Link"] = ", ".join(links)
        return response


def links_of(page: bytes) -> list[str]:
    """The values of the header for a page of HTML."""
    head = page[:LONGEST_HEAD].split(HEAD_ENDS, 1)[0]
    links = [f"<{href.decode()}>; rel=preload; as=style" for href in STYLE_SHEET.findall(head)]
    links += [
        f'<{href.decode()}>; rel=preload; as=font; type="{kind.decode()}"; crossorigin'
        for href, kind in FONT.findall(head)
    ]
    return links
