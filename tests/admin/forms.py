"""What a browser would send for a form of the admin."""

from html.parser import HTMLParser

from django.urls import reverse

NOT_SENT = {"submit", "button", "file"}
ONLY_IF_CHECKED = {"checkbox", "radio"}


def address(kind, item_or_model, *args):
    opts = item_or_model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{kind}", args=args)


def as_it_stands(response):
    """The data of the page's form when nobody typed anything; rows that a script would add stay out."""
    reader = FormReader()
    reader.feed(response.content.decode())
    return {name: values for name, values in reader.data.items() if "__prefix__" not in name}


def errors_of(response):
    return response.context["adminform"].form.errors


class FormReader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.data, self.select, self.area = {}, None, None

    def add(self, name, value):
        self.data.setdefault(name, []).append(value)

    def handle_starttag(self, tag, attributes):
        attrs = dict(attributes)
        kind = attrs.get("type")
        if tag == "input" and attrs.get("name") and kind not in NOT_SENT:
            if kind not in ONLY_IF_CHECKED or "checked" in attrs:
                self.add(attrs["name"], attrs.get("value", "on" if kind == "checkbox" else ""))
        elif tag == "select":
            self.select = attrs.get("name")
        elif tag == "option" and self.select and "selected" in attrs:
            self.add(self.select, attrs.get("value", ""))
        elif tag == "textarea":
            self.area = (attrs.get("name"), [])

    def handle_data(self, text):
        if self.area:
            self.area[1].append(text)

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self.add(self.area[0], "".join(self.area[1]).removeprefix("\n"))
            self.area = None
        elif tag == "select":
            self.select = None
