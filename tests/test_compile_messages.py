import gettext
import importlib.util
from pathlib import Path

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "compile_messages.py"

CATALOGUE = r"""
#, fuzzy
msgid ""
msgstr ""
"Language: \n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

msgid "Agenda"
msgstr "Agenda à venir"

#, fuzzy
msgid "News"
msgstr "Une supposition"

msgctxt "month"
msgid "May"
msgstr "mai"

#, python-format
msgid "%(count)s event"
msgid_plural "%(count)s events"
msgstr[0] "%(count)s événement"
msgstr[1] "%(count)s événements"
"""


def compile_texts(source, target):
    specification = importlib.util.spec_from_file_location("compile_messages", SCRIPT)
    script = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(script)
    script.compile_catalogue(source, target)
    with target.open("rb") as file:
        return gettext.GNUTranslations(file)


def test_compiled_texts_keep_plurals_and_contexts_and_leave_out_guesses(tmp_path):
    source = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE, encoding="utf-8")

    texts = compile_texts(source, tmp_path / "django.mo")

    assert texts.gettext("Agenda") == "Agenda à venir"
    assert texts.gettext("News") == "News"
    assert texts.pgettext("month", "May") == "mai"
    assert [texts.ngettext("%(count)s event", "%(count)s events", count) for count in (0, 1, 2)] == [
        "%(count)s événement",
        "%(count)s événement",
        "%(count)s événements",
    ]
