"""Holds the one-way order of imports, the names of modules, and the few places that may print markup as it is."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

CONTENT = {"agenda", "experiences", "news", "pages", "publications"}
BASE = {"publishing", "checks", "desk", "pictures", "translations", "search"}
MAY_IMPORT = {
    "publishing": set(),
    "entrance": {"publishing"},
    "checks": {"publishing"},
    "desk": {"publishing", "checks"},
    "pictures": {"publishing", "checks", "desk"},
    "translations": {"publishing", "checks", "desk", "pictures"},
    "search": {"publishing"},
    "networks": BASE,
    "editions": BASE | {"networks"},
    **{app: BASE | {"networks", "editions"} for app in sorted(CONTENT)},
    "newsletter": BASE | {"entrance", "networks", "editions"} | CONTENT,
    "invitations": BASE | {"entrance", "networks"},
    "starter_content": BASE | {"networks", "editions", "newsletter"} | CONTENT,
    "moving_in": BASE | {"networks"} | CONTENT,
    "iaec_site": BASE | {"entrance", "networks", "editions", "newsletter", "invitations", "moving_in"} | CONTENT,
}
NAMELESS = {"utils", "helpers", "common", "core", "mixins", "services"}

# Where HTML may be printed without escaping: file, and how many times. Anything new needs a reason here.
UNESCAPED = {
    # What the partials printed, which escaped it.
    "iaec_site/templatetags/kept_tags.py": 1,
    # JSON in which no character is left that could end its element.
    "publishing/structured_data.py": 1,
    # A drawing of our own making; names of items are hashed into it, never written.
    "pictures/templatetags/cover_tags.py": 2,
    # Rich text, cleaned by its field on the way into the database.
    "newsletter/letter_markup.py": 2,
    "translations/templatetags/translation_tags.py": 2,
}
UNESCAPED_IN_TEMPLATES = re.compile(r"\|\s*(?:safe|safeseq)\b|\{%\s*autoescape\s+off\b")


def modules():
    for app in MAY_IMPORT:
        yield from sorted((ROOT / app).rglob("*.py"))


def templates():
    for folder in ("templates", *(f"{app}/templates" for app in MAY_IMPORT)):
        yield from sorted(path for path in (ROOT / folder).rglob("*") if path.suffix in {".html", ".txt", ".xml"})


def imported_names(path):
    """Everything that a module imports by name, at its top or inside a function."""
    package = path.relative_to(ROOT).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            yield node.lineno, ".".join((*above, *filter(None, [node.module])))
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in {"import_module", "import_string", "__import__"}:
                yield node.lineno, str(node.args[0].value)


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_imports_go_one_way(app):
    against = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in sorted((ROOT / app).rglob("*.py"))
        for line, name in imported_names(path)
        if (other := name.partition(".")[0]) in MAY_IMPORT and other != app and other not in MAY_IMPORT[app]
    ]
    assert against == []


def test_every_app_of_ours_stands_in_the_order(settings):
    ours = {app.partition(".")[0] for app in settings.INSTALLED_APPS} & {
        path.parent.name for path in ROOT.glob("*/__init__.py")
    }
    assert ours == set(MAY_IMPORT)


def test_every_module_has_a_name_that_says_something():
    assert [str(path.relative_to(ROOT)) for path in modules() if {path.stem, path.parent.name} & NAMELESS] == []


def test_markup_is_printed_as_it_is_in_the_listed_places_only():
    found = {}
    for path in modules():
        uses = [
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if getattr(node, "attr", getattr(node, "id", "")) in {"mark_safe", "SafeString", "SafeText"}
        ]
        if uses:
            found[str(path.relative_to(ROOT))] = len(uses)
    for path in templates():
        if uses := UNESCAPED_IN_TEMPLATES.findall(path.read_text(encoding="utf-8")):
            found[str(path.relative_to(ROOT))] = len(uses)
    assert found == UNESCAPED
