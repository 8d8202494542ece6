"""Puts the style sheets of `static/css/` together for browsers: few files, without what only people read.

Each sheet stays a file of its own to write in. Django's machinery for static files finds the bundles like any other
file, so development, tests and `collectstatic` have the same ones: docs/decisions/0037-light-pages.md.
"""

import os
import re
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder, find
from django.core.files.storage import FileSystemStorage

# The order is that of the cascade within each layer. What the home page shows is in `site.css`, with the frame that
# every page has; all other pages have `pages.css` besides.
BUNDLES = {
    "css/site.css": "tokens base layout components events features forms search-box picture",
    "css/pages.css": "paths records agenda month newsletter search bank map publications prose",
}

# No more than this: packed, a true minifier's bundles are 2 % smaller, and one of them lost the space of `& :is(…)`.
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s+")


class BundleFinder(BaseFinder):
    """Finds the bundles, made anew whenever a sheet has changed."""

    def __init__(self, app_names=None, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "style-sheets")

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        """Where the bundle of that name lies, in a list with `find_all`; an empty list for every other name.

        Never None: Django would take it for a place, and hand out a list where it promises a path.
        """
        if path not in BUNDLES:
            return []
        return [self.written(path)] if find_all else self.written(path)

    def list(self, ignore_patterns):
        for path in BUNDLES:
            self.written(path)
            yield path, self.storage

    def written(self, path: str) -> str:
        bundle = Path(self.storage.path(path))
        text = bundled(path)
        if not bundle.exists() or bundle.read_text(encoding="utf-8") != text:
            bundle.parent.mkdir(parents=True, exist_ok=True)
            # In one step, as another process may be reading it.
            descriptor, temporary = tempfile.mkstemp(dir=bundle.parent)
            with open(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
            os.chmod(temporary, 0o644)
            os.replace(temporary, bundle)
        return str(bundle)


def bundled(path: str) -> str:
    """The text of a bundle. Fails with `FileNotFoundError` where a sheet that it names does not exist."""
    texts = []
    for name in BUNDLES[path].split():
        sheet = find(f"css/{name}.css")
        if sheet is None:
            raise FileNotFoundError(f"The style sheet css/{name}.css does not exist, but {path} is made of it.")
        texts.append(Path(sheet).read_text(encoding="utf-8"))
    return SPACE.sub(" ", COMMENT.sub("", "\n".join(texts))).strip() + "\n"
