"""Two states of a form side by side: what differs, by the names that editors know and in words."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.text import capfirst

from desk.posted_values import as_posted
from desk.value_words import words_in_form
from publishing.rich_text import RichTextField, clean_html


class Change(NamedTuple):
    """One difference. `language` is "" for what is the same in every language; `rich`: the texts are HTML."""

    label: str
    language: str
    rich: bool
    before: str
    after: str


@dataclass
class Entry:
    label: str
    language: str
    rich: bool
    posted: dict
    words: callable


def changes(before, after):
    """Every difference between two FormRuns of the same item, in the order of the form."""
    old, new = entries_of(before), entries_of(after)
    found = []
    for key in [*old, *(key for key in new if key not in old)]:
        a, b = old.get(key), new.get(key)
        if a and b and a.posted == b.posted:
            continue
        known = b or a
        change = Change(known.label, known.language, known.rich, a.words() if a else "", b.words() if b else "")
        if change.before != change.after:
            found.append(change)
    return found


def entries_of(run):
    found = {}
    columns = {field.name: field for field in run.form._meta.model._meta.get_fields()}
    for name, field in run.form.fields.items():
        bound = run.form[name]
        rich = isinstance(columns.get(name), RichTextField)
        posted = as_posted(bound)
        if rich:
            posted = {key: [clean_html(text) for text in texts] for key, texts in posted.items()}
        language = field.widget.attrs.get("lang", "")
        # The label names the language in brackets; it stands beside it here.
        label = capfirst(str(bound.label)).removesuffix(f" [{language}]")
        found[name] = Entry(label, language, rich, posted, words_function(run.form, name))
    for formset in run.formsets:
        label = capfirst(str(formset.model._meta.verbose_name))
        for form in formset.forms:
            if is_deleted(formset, form) or (form.instance.pk is None and not form.has_changed()):
                continue
            names = [
                name for name in form.fields if name not in ("DELETE", formset.fk.name, formset.model._meta.pk.name)
            ]
            posted = {name: as_posted(form[name]) for name in names}
            key = (formset.prefix, form.instance.pk or repr(posted))
            found[key] = Entry(label, "", False, posted, row_words(form, posted))
    return found


def is_deleted(formset, form):
    return formset.is_bound and formset.can_delete and bool(form.data.get(f"{form.prefix}-DELETE"))


def words_function(form, name):
    return lambda: words_in_form(form, name, keep_html=True)


def row_words(form, posted):
    if form.instance.pk and not form.has_changed():
        return lambda: str(form.instance)

    def words():
        # A row says what is filled in: a box without a tick and an empty field are left out.
        said = [name for name, texts in posted.items() if any(map(any, texts.values()))]
        parts = [(capfirst(str(form[name].label)), words_in_form(form, name)) for name in said]
        return "\n".join(f"{label}: {text}" for label, text in parts if text)

    return words
