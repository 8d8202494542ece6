"""A page that arrives while the work that it reports on goes on, and says meanwhile how far it is.

It needs no script, no second request and no table of jobs. Whoever closes the window ends the work after the step that
is being done.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from django.http import StreamingHttpResponse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, override

# Where a page is cut in two: the steps stand between.
CUT = "<!-- steps -->"
SECONDS_BETWEEN = 0.5


def while_it_goes_on(
    whole: Callable[..., str], steps: Iterable[int], total: int, report: Callable[[], dict]
) -> StreamingHttpResponse:
    """`whole` renders the page, which has CUT in it once; `steps` does the work and yields how much of it is done.

    What stands above the cut is rendered with `going_on`, before the work; what is below with what `report` returns.
    """
    top = whole(going_on=True).partition(CUT)[0]
    return StreamingHttpResponse(
        _parts(top, whole, steps, total, report, get_language()),
        # Proxies, and our own compression, hold back what is not a page's length.
        headers={"X-Accel-Buffering": "no", "Cache-Control": "private, no-store"},
    )


def _parts(top, whole, steps, total, report, language) -> Iterator[str]:
    yield top
    told = 0.0
    steps = iter(steps)
    while True:
        # Nobody keeps the request's language once its middleware is through.
        with override(language):
            done = next(steps, None)
            if done is None:
                break
            step = step_of(done, total)
        if time.monotonic() - told >= SECONDS_BETWEEN:
            told = time.monotonic()
            yield step
    with override(language):
        bottom = whole(**report()).partition(CUT)[2]
    yield bottom


def step_of(done: int, total: int) -> str:
    said = gettext("%(done)d of %(total)d texts") % {"done": done, "total": total}
    return format_html(
        '<p class="import-step"><progress max="{}" value="{}" aria-hidden="true"></progress> {}</p>\n',
        total,
        done,
        said,
    )
