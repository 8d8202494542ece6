"""The HTML of letters: styles written into the elements, where mail programs leave them alone."""

from functools import cache

from css_inline import CSSInliner


def with_styles_inlined(html: str) -> str:
    """Asks nobody for anything: what a letter looks like stands in its own template."""
    return inliner().inline(html)


@cache
def inliner() -> CSSInliner:
    return CSSInliner(keep_style_tags=False, load_remote_stylesheets=False)
