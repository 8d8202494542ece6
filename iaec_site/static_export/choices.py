"""A form by which a reader chooses, as links: each leads to the file with this one choice.

The form's own words and frames stay. A tick box becomes a link in its label's place, a list of options a row of links,
a box for words a search of the whole copy; what sends the form goes.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from urllib.parse import urlencode

from iaec_site.static_export.wording import Wording


class Choices:
    """Reads the parts of one form. `link` makes of an address what stands in the page; None for what is no file.

    `lists`: the ids of all lists of options in the page, whose labels come before them.
    """

    def __init__(
        self,
        form: dict,
        address: str,
        link: Callable[[str], str | None],
        wording: Wording,
        lists: frozenset[str] = frozenset(),
    ):
        self.lists = lists
        self.form, self.address, self.link, self.wording = form, address.partition("?")[0], link, wording
        self.always: list[tuple[str, str]] = []
        self.label: dict | None = None  # of a box that has not come yet
        self.label_is = "label"
        self.option: dict | None = None
        self.select = ""
        self.words: list[str] = []
        self.is_button = False

    @property
    def is_mute(self) -> bool:
        """Whether text goes to `text` rather than into the page."""
        return bool(self.select) or self.is_button

    def begin(self) -> str:
        role = self.form.get("role") or "group"
        label = self.form.get("aria-label")
        said = f' aria-label="{html.escape(label)}"' if label else ""
        css = html.escape(self.form.get("class") or "")
        return f'<div class="{css}" role="{role}"{said}>{self.wording.one_choice}'

    def start(self, tag: str, named: dict) -> str | None:
        """What stands in place of a tag of the form; None for what stays."""
        if tag == "label":
            self.label = named
            if named.get("for") in self.lists:
                self.label_is = "p"
                css, own = html.escape(named.get("class") or ""), html.escape(f"{named['for']}-label")
                return f'<p class="{css}" id="{own}">'
            return "" if "for" not in named else None
        if tag == "input":
            return self.input(named)
        if tag == "button":
            self.is_button = True
            return ""
        if tag == "select":
            self.select = named.get("name") or ""
            named_by = html.escape(f"{named.get('id')}-label")
            return f'<ul class="tags" role="list" aria-labelledby="{named_by}">'
        if tag == "option":
            self.option, self.words = named, []
            return ""
        if self.label is not None and "for" not in self.label and self.label_is == "label":
            # A label around something else.
            held, self.label = self.label, None
            return f'<label class="{html.escape(held.get("class") or "")}">'
        return None

    def input(self, named: dict) -> str:
        kind, name, value = named.get("type") or "text", named.get("name") or "", named.get("value") or ""
        if kind == "hidden":
            self.always.append((name, value))
            return ""
        if kind in {"checkbox", "radio"}:
            label, self.label = self.label or {}, None
            css = label.get("class") or ""
            opened, self.label_is = self.opened(name, value, css=css, is_current="checked" in named)
            return opened
        if kind in {"search", "text"}:
            return self.box(named)
        return ""

    def opened(self, name: str, value: str, *, css: str, lang: str = "", is_current: bool) -> tuple[str, str]:
        """(tag, its name) of the link to one choice."""
        query = [*self.always, *([(name, value)] if value else [])]
        found = self.link(f"{self.address}?{urlencode(query)}" if query else self.address)
        attributes = f' class="{html.escape(css)}"' if css else ""
        attributes += f' lang="{html.escape(lang)}"' if lang else ""
        attributes += ' aria-current="true"' if is_current else ""
        if found is None:
            return f"<span{attributes}>", "span"
        return f'<a{attributes} href="{html.escape(found)}">', "a"

    def box(self, named: dict) -> str:
        search = self.link(self.wording.search_address)
        said = "".join(
            f' {key}="{html.escape(value or "")}"'
            for key, value in named.items()
            if key in {"class", "id", "name", "type", "maxlength", "autocomplete"}
        )
        return (
            f'<form class="search-row" action="{html.escape(search or "")}"><input{said}>'
            f'<button class="button" type="submit">{html.escape(self.wording.search_word)}</button></form>'
        )

    def text(self, data: str) -> None:
        self.words.append(data)

    def end(self, tag: str) -> str | None:
        if tag == "form":
            return "</div>"
        if tag == "label":
            closing, self.label_is, self.label = self.label_is, "label", None
            return f"</{closing}>"
        if tag == "button":
            self.is_button = False
            return ""
        if tag == "select":
            self.select = ""
            return "</ul>"
        if tag == "option" and self.option is not None:
            option, self.option = self.option, None
            value = option.get("value") or ""
            if not value:
                # “All countries” is a choice only where there is another one.
                return ""
            opened, closing = self.opened(
                self.select, value, css="tag", lang=option.get("lang") or "", is_current="selected" in option
            )
            return f"<li>{opened}{''.join(self.words).strip()}</{closing}></li>"
        return None
