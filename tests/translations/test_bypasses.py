"""Every translated text that readers see goes through `translations.texts` or its tags, which know its language."""

from pathlib import Path

import pytest
from django.template import engines

from tests.translations.bypasses import bypasses_in_python, bypasses_in_template, translated_fields

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"

# Variables whose last part is called like a translated field and is none.
NO_TRANSLATED_FIELD = {
    # A city's and a network's own name and letters, the same in all languages.
    "city.name",
    "edition.host_city.name",
    "site.seat_city.name",
    "network.acronym",
    # An account elsewhere under the name that it has there.
    "link.label",
    # A city's official name with the language beside it; a language under its own name.
    "name.text",
    "language.name",
    "link.name",
    # Words of the interface: forms, tabs, dates, what can be chosen (a network's name says its language beside it).
    "chip.label",
    "facet.label",
    "facet.name",
    "hit.kind.label",
    "kind.label",
    "dates.text",
    "field.label",
    "group.label",
    "next.name",
    "option.label",
    "previous.name",
    "tab.label",
    "view.label",
    "way.label",
    "licence.name",
    "source.name",
    # A `Text` with its language beside it.
    "list.title.language",
    "list.title.text",
    # What a visitor typed.
    "form.selection.text",
    "selection.text",
    # A working copy keeps its title as its editor knows it, and the mail goes to that editor.
    "copy.title",
    # Hits of the search: texts of one language each, which the list names.
    "hit.title",
    "piece.text",
    # A letter holds `Text`, which knows its language, and `lang_of` says it; the alternative text says its own.
    "contents.intro",
    "contents.subject",
    "contents.subject.text",
    "entry.note",
    "entry.note.text",
    "entry.title",
    "entry.title.text",
    "entry.words.text",
    "foot.acronym.text",
    "foot.name",
    "foot.name.text",
    "picture.alt",
    "section.label",
    # Made of the above, where no markup can stand.
    "feeds.title",
    "forms.title",
    "selection.title",
}

# The same in Python, by module: what makes pages, feeds, calendars, cards and letters.
APPS = ("agenda", "editions", "experiences", "iaec_site", "networks", "news", "newsletter", "pages", "pictures")
# Models are what the accessors read.
NOT_FOR_READERS = ("models", "taxonomy", "migrations", "management", "roles", "processes", "tasks")
# Editors see every language, and name items to one another as the desk does.
NOT_FOR_READERS += ("admin", "adding", "describing", "publication_checks", "uses")
# The index has a row for each language, with that language's own texts and no others.
NOT_FOR_READERS += ("search_documents", "search_names")
# Tables and columns by their own names, in no language.
NOT_FOR_READERS += ("backup", "content_export", "export_folder")
# The webmaster's: log lines, letters about errors, what the doctor found.
NOT_FOR_READERS += ("doctor", "log_lines", "error_letters", "static_files")
DESK_TEMPLATES = {"pictures/_uses.html"}
NO_TRANSLATED_FIELD_IN_PYTHON = {
    # Entries hold `Text`, which knows its language.
    "agenda/feeds.py": {"entry.summary", "entry.theme", "entry.title", "entry.title.text", "text.text"},
    "agenda/ical.py": {"event.summary", "event.theme", "event.title", "event.title.text", "text.text"},
    "agenda/structured_data.py": {"city.name", "name.text", "text.text"},
    "agenda/selection.py": {"part.text"},
    "experiences/feeds.py": {"title.text"},
    "experiences/data_views.py": {"text.text"},
    "experiences/feed_views.py": {"text.text"},
    "experiences/templatetags/bank_tags.py": {"text.text", "option.label"},
    # A column, and a key, for each language; the visitor's words.
    "experiences/data.py": {
        *(f"getattr({row}, f'title_{{code}}')" for row in ("row", "self.row")),
        "getattr(row, f'summary_{code}')",
        "summary.text",
        "self.text",
    },
    "experiences/facets.py": {"self.name", "selection.text", "self.selection.text", "text.text", "option.label"},
    "experiences/selection.py": {"self.selection.text", "self.text"},
    "experiences/views.py": {"selection.text", "text.text"},
    "news/feeds.py": {"title.text"},
    "agenda/data.py": {"city.name"},
    "editions/data.py": {"edition.host_city.name", "edition.ceremony_city.name", "one.city.name"},
    "editions/structured_data.py": {"city.name", "name.text", "series.text", "theme.text"},
    # A family of metrics and a file have a name.
    "iaec_site/metrics/of_processes.py": {"family.name", "sample.name"},
    "iaec_site/metrics/shared_counts.py": {"path.name"},
    # The bytes of an answer and what a cursor says of its columns.
    "iaec_site/page_cache/answers.py": {"form.body", "self.body"},
    "iaec_site/page_cache/commits.py": {"readings.note", "wrapper.cursor.description"},
    "iaec_site/page_cache/stale.py": {"answer.body"},
    # Methods that take note of something.
    "iaec_site/page_cache/layer.py": {"self.outage.note"},
    "iaec_site/web_server/bridge.py": {"access_log.note", "answering.note"},
    "iaec_site/web_server/process.py": {"thread.name"},
    "iaec_site/web_server/ready_pages.py": {"self.log_of_answers.note", "self.note"},
    "iaec_site/structured_data.py": {"city.name"},
    # Bytes and markup of answers, and what a form calls its boxes.
    "iaec_site/static_export/choices.py": {"self.label"},
    "iaec_site/static_export/crawling.py": {"answer.body", "rewriter.text"},
    "iaec_site/static_export/exporting.py": {"answer.body"},
    "iaec_site/static_export/html_pages.py": {"inner.text", "self.choices.text"},
    # Documents of the search: texts of one language each, as the list of results names it.
    "iaec_site/static_export/search_index.py": {
        "document.body",
        "document.title",
        "kind.label",
        "kind.name",
        "self.note",
    },
    "networks/city_map.py": {"dot.city.name"},
    "networks/city_selection.py": {"self.text"},
    "networks/data.py": {"city.name", "getattr(city, f'exonym_{code}')", "network.acronym"},
    "networks/structured_data.py": {"city.name"},
    # What servers said, what readers agreed to, names of files and of addresses.
    "newsletter/bounces.py": {"report.text", "self.name"},
    "newsletter/exporting.py": {"getattr(consent, f'text_{code}')"},
    "newsletter/mailboxes.py": {"file.name"},
    "newsletter/provider_events.py": {"event.description"},
    "newsletter/reader_data.py": {"getattr(consent, f'text_{subscriber.consent_language}', None)"},
    "newsletter/webhook_urls.py": {"pattern.name"},
    # Letters and what they are made of: `Text`, which knows its language, and the answers of a mail server.
    "newsletter/archive_feeds.py": {"intro.text", "subject.text"},
    "newsletter/dispatch.py": {"answer.text", "self.name"},
    "newsletter/issue_checks.py": {"finding.text"},
    "newsletter/letter_contents.py": {"intro.text", "key.label", "text.text"},
    "newsletter/letter_markup.py": {"shown.alt", "shown.text"},
    "newsletter/letter_text.py": {
        "contents.first_words.text",
        "contents.intro",
        "contents.intro.text",
        "contents.subject",
        "contents.subject.text",
        "entry.note",
        "entry.note.text",
        "entry.title",
        "entry.title.text",
        "entry.words.text",
        "foot.name",
        "foot.name.text",
        "section.label",
    },
    "newsletter/letters.py": {"rendered.subject", "rendered.text"},
    "newsletter/newly_public.py": {"field.name"},
    "newsletter/plain_letter.py": {"self.text"},
    "newsletter/templatetags/letter_tags.py": {"text.text"},
    "newsletter/trying_out.py": {"letter.subject", "letter.text"},
    "newsletter/wire.py": {"letter.subject", "letter.text", "self.body"},
    "pictures/in_texts.py": {"alt.text"},
    "pictures/shown.py": {"shown.text"},
    # A city's own name, and its exonym in the page's language or not at all.
    "agenda/templatetags/agenda_tags.py": {
        "ShownDates(event).text",
        "city.name",
        "getattr(city, f'exonym_{self.language}')",
    },
    "networks/templatetags/network_tags.py": {"city.name"},
    "networks/views.py": {"city.name"},
    "iaec_site/search_page.py": {"found.query.text", "hit.kind.label"},
    "iaec_site/sharing_cards.py": {"getattr(item, 'acronym', '')"},
    # Words and names that are no items.
    "agenda/vtimezone.py": {"change.name", "needed[-1].name"},
    "pages/targets.py": {"field.name"},
    "pictures/cards.py": {"pen.text"},
    "pictures/files.py": {"rendition.name", "self.name"},
    "pictures/renditions.py": {"self.name"},
}
WORDS_OF_THE_INTERFACE = {"selection.title"}


def public_templates():
    names = [path.relative_to(TEMPLATES) for path in sorted(TEMPLATES.rglob("*")) if path.is_file()]
    found = [str(name) for name in names if name.parts[0] != "admin" and name.suffix != ".svg"]
    return [name for name in found if name not in DESK_TEMPLATES]


def modules_for_readers():
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = path.relative_to(ROOT).parts
            if not any(part.startswith(NOT_FOR_READERS) for part in parts[1:]):
                yield "/".join(parts), path.read_text(encoding="utf-8")


def compiled(source):
    return engines["django"].engine.from_string(source)


def is_choice(expression):
    """ "Event.Kind(kind).label": the word for one of a fixed set of values."""
    return expression.endswith(".label") and expression[0].isupper()


def is_read(expression):
    """ "text_of(site, 'name').text": what the accessor answered."""
    return expression.startswith("text_of(") and expression.endswith(".text")


def test_every_template_reads_translated_texts_by_the_tags():
    engine = engines["django"].engine

    found = {name: bypasses_in_template(engine.get_template(name)) for name in public_templates()}

    past = {name: sorted(set(variables) - NO_TRANSLATED_FIELD) for name, variables in found.items()}
    assert {name: variables for name, variables in past.items() if variables} == {}
    # None of the exceptions has outlived its reason.
    assert NO_TRANSLATED_FIELD - {variable for variables in found.values() for variable in variables} == set()


def test_every_module_that_writes_for_readers_reads_translated_texts_by_the_accessor():
    found = {
        module: {read for read in bypasses_in_python(source) if not (is_choice(read) or is_read(read))}
        - WORDS_OF_THE_INTERFACE
        for module, source in modules_for_readers()
    }

    assert {module: reads for module, reads in found.items() if reads} == NO_TRANSLATED_FIELD_IN_PYTHON


def test_the_walk_knows_the_fields_and_the_templates():
    assert {"title", "title_es", "summary", "alt", "acronym", "exonym", "project"} - translated_fields() == set()
    assert "slug" not in translated_fields()
    names = set(public_templates())
    assert {"base.html", "agenda/_event_card.html", "newsletter/mail/welcome.txt", "sitemap.xml"} - names == set()


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("{{ event.title }}", ["event.title"]),
        ("{{ event.title|upper }}", ["event.title"]),
        ("{{ event.title_es }}", ["event.title_es"]),
        ("{{ one.edition.title }}", ["one.edition.title"]),
        ("{{ event.title.strip }}", ["event.title.strip"]),
        ("{{ nothing|default:post.teaser }}", ["post.teaser"]),
        ("{% if event.title %}{{ event.summary }}{% endif %}", ["event.summary"]),
        ("{% if no %}{% else %}{{ event.summary }}{% endif %}", ["event.summary"]),
        ("{% for event in events %}{{ event.theme }}{% empty %}{{ site.tagline }}{% endfor %}", None),
        ("{% with name=network.name %}{{ name }}{% endwith %}", ["network.name"]),
        ("{% firstof event.theme event.place %}", ["event.theme"]),
        ('{% include "_prev_next.html" with previous_label=post.title only %}', ["post.title"]),
        (
            "{% load i18n %}{% blocktranslate with title=event.title %}{{ title }}{% endblocktranslate %}",
            ["event.title"],
        ),
        ("{% block main %}{% filter upper %}{{ page.body }}{% endfilter %}{% endblock %}", ["page.body"]),
        ('{% extends "base.html" %}{% block main %}{{ page.body|safe }}{% endblock %}', ["page.body"]),
        ("{% load page_part_tags %}{% facts %}{{ network.description }}{% endfacts %}", ["network.description"]),
        ("{% load page_part_tags %}{% kept as head %}{{ page.title }}{% endkept %}", ["page.title"]),
        ("{% load network_tags %}{% city_link city city.exonym %}", ["city.exonym"]),
        ("{% load network_tags %}{% city_link city text=city.exonym %}", ["city.exonym"]),
    ],
)
def test_the_walk_finds_a_field_that_is_read_past_the_tags(planted, found):
    assert bypasses_in_template(compiled(planted)) == (found or ["event.theme", "site.tagline"])


@pytest.mark.parametrize(
    "honest",
    [
        '{% load translation_tags %}{% translated event "title" %}{% translated issue %}',
        "{% if event.theme %}{{ event.place }}{% endif %}",
        "{{ event.slug }}{{ title }}{{ event.get_absolute_url }}",
    ],
)
def test_the_walk_passes_what_shows_no_translated_field_by_itself(honest):
    assert bypasses_in_template(compiled(honest)) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("name = event.title", ["event.title"]),
        ("name = post.focus_issue.experience.summary_es.upper()", ["post.focus_issue.experience.summary_es"]),
        ("name = getattr(item, 'teaser')", ["getattr(item, 'teaser')"]),
        ("name = getattr(item, f'title_{language}')", ["getattr(item, f'title_{language}')"]),
        ("event.title = text_of(event, 'title')", []),
        ("rows.only(*columns('title'))", []),
    ],
)
def test_the_walk_finds_a_field_that_python_reads_past_the_accessor(planted, found):
    assert bypasses_in_python(planted) == found
