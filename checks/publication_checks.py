"""The checks of every item: links, pictures in texts, headings, languages, titles."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import translator

from checks.findings import Matter, Severity
from checks.looking import publication_check
from checks.texts import rich_texts, title_name, titles, written_addresses
from publishing.models import Publishable
from publishing.slugs import languages

ERROR, ADVICE = Severity.ERROR, Severity.ADVICE

LINK_WITHOUT_TEXT = Matter(
    "link_without_text", ERROR, _("A link to %(address)s has no text: nobody can see or hear that it is there.")
)
LINK_WITHOUT_ADDRESS = Matter("link_without_address", ERROR, _("The link “%(text)s” leads nowhere."))
INCOMPLETE_ADDRESS = Matter(
    "incomplete_address", ERROR, _("“%(address)s” is no complete address. Let it begin with https:// or with /.")
)
LINK_INSIDE = Matter(
    "link_inside", ADVICE, _("The link “%(text)s” leads to a place in the same text, and texts have no such places.")
)
LINK_TO_NOTHING = Matter("link_to_nothing", ERROR, _("There is no page at %(address)s on this site."))
LINK_TO_STAFF = Matter("link_to_staff", ERROR, _("%(address)s is a page of the editors’ desk, closed to readers."))
LINK_NOT_PUBLIC = Matter("link_not_public", ERROR, _("The page at %(address)s is not public: “%(title)s”."))
LINK_TOO_EARLY = Matter(
    "link_too_early",
    ERROR,
    _("The page at %(address)s shows only from %(moment)s, later than this one: “%(title)s”."),
)
IMAGE_WITHOUT_ALT = Matter("image_without_alt", ERROR, _("A picture in the text has no alternative text: %(address)s"))
IMAGE_EMPTY_ALT = Matter(
    "image_empty_alt",
    ADVICE,
    _("A picture in the text has an empty alternative text. Right only if it is mere decoration: %(address)s"),
)
IMAGE_MISSING = Matter("image_missing", ERROR, _("There is no picture at %(address)s."))
HEADING_SKIPS = Matter(
    "heading_skips",
    ADVICE,
    _("The heading “%(text)s” is of level %(level)s where level %(expected)s would follow."),
)
HEADING_EMPTY = Matter("heading_empty", ADVICE, _("There is a heading without any text."))
EXTERNAL_BROKEN = Matter(
    "external_broken",
    ADVICE,
    _("%(address)s could not be reached on %(moment)s: %(problem)s."),
)
NO_TITLE = Matter("no_title", ERROR, _("It has no title in any language."))
MISSING_LANGUAGES = Matter(
    "missing_languages",
    ADVICE,
    _("Not translated into %(languages)s yet: these readers are shown the original."),
    kept=False,
)
MISSING_TEXTS = Matter(
    "missing_texts",
    ADVICE,
    _("“%(field)s” is missing in %(languages)s, where there is a title already."),
    kept=False,
)
TITLE_USED = Matter("title_used", ADVICE, _("Another item of this kind has the same title in %(languages)s."))
EMPTY_TEXT = Matter("empty_text", ADVICE, _("There is no text in “%(field)s”."))

# {model: the text that a picture of this kind brings along}; see `brings_its_text`.
BRINGS_TEXT: dict[type, Callable] = {}


def brings_its_text(model, text):
    """Says that a picture whose address leads to such a row is read out as `text(row)` where a text says nothing.

    Whether it lacks one is for the model's own check to say.
    """
    BRINGS_TEXT[model] = text


FIRST_LEVEL = 2  # the page's title is the heading above

# {model: fields that readers expect to be filled}; see `expects`.
EXPECTED: dict[type, tuple[str, ...]] = {}


def expects(model, *fields):
    """Says that items of this model should have these texts, though a form may be saved without them."""
    EXPECTED[model] = fields


@publication_check()
def check_links(item, known):
    for column, html in rich_texts(item):
        for link in known.markup(html).links:
            where = {"column": column.field, "language": column.language}
            text = " ".join(link.text.split())[:80]
            if not link.address:
                yield LINK_WITHOUT_ADDRESS.found(item, **where, text=text)
                continue
            if not link.shows_something and not any(text_brought(known, image) for image in link.images):
                yield LINK_WITHOUT_TEXT.found(item, **where, address=link.address)
            if known.target(link.address).kind == "inside":
                matter = LINK_WITHOUT_ADDRESS if link.address == "#" else LINK_INSIDE
                yield matter.found(item, **where, text=text)
            yield from where_it_leads(item, known, link.address, where)
    for column, address in written_addresses(item):
        yield from where_it_leads(item, known, address, {"column": column.field, "language": column.language})


def text_brought(known, address):
    """What is read out for a picture that has a text beside the rich text; None where it is not of that kind."""
    for row in known.target(address).rows:
        if type(row) in BRINGS_TEXT:
            return BRINGS_TEXT[type(row)](row)
    return None


def where_it_leads(item, known, address, where):
    target = known.target(address)
    if target.kind == "elsewhere" and (last := known.answer(address)):
        moment = last.checked_at.isoformat()
        yield EXTERNAL_BROKEN.found(item, **where, address=address, moment=moment, problem=last.problem)
    if target.kind == "incomplete":
        yield INCOMPLETE_ADDRESS.found(item, **where, address=address)
    elif target.kind == "missing":
        yield LINK_TO_NOTHING.found(item, **where, address=address)
    elif target.kind == "staff":
        yield LINK_TO_STAFF.found(item, **where, address=address)
    elif target.kind == "item":
        yield from not_public(item, known, address, target.rows, where)


def not_public(item, known, address, rows, where):
    at = known.shows_from(item)
    if any(is_public(row, at) or (type(row) is type(item) and row.pk == item.pk) for row in rows):
        return
    row = rows[0]
    begins = getattr(row, "publish_at", None)
    if begins and begins > at and is_public(row, begins):
        yield LINK_TOO_EARLY.found(item, **where, address=address, moment=begins.isoformat(), title=str(row))
    else:
        yield LINK_NOT_PUBLIC.found(item, **where, address=address, title=str(row))


def is_public(row, at):
    """What has no state is always public: a category, for example."""
    return row.is_public(at) if isinstance(row, Publishable) else True


@publication_check()
def check_images(item, known):
    for column, html in rich_texts(item):
        where = {"column": column.field, "language": column.language}
        for image in known.markup(html).images:
            if text_brought(known, image.address) is not None:
                continue
            if image.alt is None:
                yield IMAGE_WITHOUT_ALT.found(item, **where, address=image.address)
            elif not image.alt:
                yield IMAGE_EMPTY_ALT.found(item, **where, address=image.address)
            if known.target(image.address).kind in ("missing", "incomplete"):
                yield IMAGE_MISSING.found(item, **where, address=image.address)


@publication_check()
def check_headings(item, known):
    for column, html in rich_texts(item):
        where = {"column": column.field, "language": column.language}
        expected = FIRST_LEVEL
        for heading in known.markup(html).headings:
            text = " ".join(heading.text.split())[:80]
            if not text:
                yield HEADING_EMPTY.found(item, **where)
            elif heading.level > expected:
                yield HEADING_SKIPS.found(item, **where, text=text, level=heading.level, expected=expected)
            expected = heading.level + 1


@publication_check()
def check_languages(item, known):
    name, model = title_name(type(item)), type(item)
    if not name or not hasattr(item, f"{name}_{languages()[0]}") or stays_as_it_is(model):
        return
    existing = titles(item)
    if not existing:
        yield NO_TITLE.found(item, column=name, language=getattr(item, "source_language", ""))
        return
    if missing := [code for code in languages() if code not in existing]:
        yield MISSING_LANGUAGES.found(item, languages=missing)
    source = getattr(item, "source_language", "") or next(iter(existing))
    for field in translator.get_options_for_model(model).all_fields:
        if field in ("slug", name) or not getattr(item, f"{field}_{source}", None):
            continue
        if lacking := [code for code in existing if not getattr(item, f"{field}_{code}", None)]:
            yield MISSING_TEXTS.found(item, languages=lacking, field=field)


def stays_as_it_is(model):
    """Names that are no translations of one another: a city's exonyms."""
    return getattr(translator.get_options_for_model(model), "fallback_languages", None) == {"default": ()}


@publication_check()
def check_title(item, known):
    if shared := known.namesakes(item):
        yield TITLE_USED.found(item, languages=shared)


@publication_check()
def check_expected_texts(item, known):
    for field in EXPECTED.get(type(item), ()):
        if not any(getattr(item, f"{field}_{code}", None) for code in languages()):
            yield EMPTY_TEXT.found(item, field=field)
