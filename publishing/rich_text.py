"""Rich text that is clean before it reaches the database, whichever call wrote it."""

import re

import nh3
from ckeditor.fields import RichTextField as EditorField
from ckeditor.fields import RichTextFormField as EditorFormField
from ckeditor.widgets import CKEditorWidget
from django.forms import Media

TAGS = {
    *"p br strong b em i u s sub sup h2 h3 h4 ul ol li blockquote a hr figure figcaption img".split(),
    *"table caption thead tbody tfoot tr th td code pre abbr cite span".split(),
}
ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title", "hreflang"},
    "img": {"src", "alt", "width", "height", "loading"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
    "abbr": {"title"},
}
FIGURE_CLASSES = {"align-left", "align-right", "align-center"}
# In cleaned HTML every value stands in double quotes and holds none.
IMAGE = re.compile(r"""<img(?:[^>"]|"[^"]*")*>""")
QUOTED = re.compile(r'"[^"]*"')
# Browsers take `\` for `/` and leave out tabs and line breaks, so `/\evil.org` and `/<tab>/evil.org` lead away too.
ADDRESS_OF_OURS = re.compile(r"/(?![/\\])[^\\\x00-\x20]*")


# Between these, blanks and line breaks show nothing.
BLOCK = r"</?(?:p|h[2-4]|ul|ol|li|blockquote|hr|figure|figcaption|table|caption|thead|tbody|tfoot|tr|th|td)\b"
AFTER_BLOCK = re.compile(rf"({BLOCK}[^<>]*>)[ \t\r\n\f]+(?={BLOCK})")
AFTER_BREAK = re.compile(r"(<br>)[ \t\r\n\f]+")


def keep_attribute(tag, name, value):
    # A picture from another server would be a third-party request on every visit.
    if tag == "img" and name == "src" and not ADDRESS_OF_OURS.fullmatch(value):
        return None
    return value


def image_with_address(match):
    """The tag as it is, or nothing: a picture without an address is an empty frame."""
    return match[0] if " src=" in QUOTED.sub("", match[0]) else ""


CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    allowed_classes={"figure": FIGURE_CLASSES},
    attribute_filter=keep_attribute,
    url_schemes={"http", "https", "mailto", "tel"},
    clean_content_tags={"script", "style", "template"},
    link_rel="noopener",
)


def clean_html(html):
    """HTML reduced to the allow-list above. Idempotent; never raises; text of removed tags stays.

    A non-breaking space stays the character that it is: XML (feeds) does not know the name `&nbsp;`.
    """
    return IMAGE.sub(image_with_address, CLEANER.clean(html)).replace("&nbsp;", "\N{NO-BREAK SPACE}")


def without_layout(html):
    """Cleaned HTML without the line breaks between its paragraphs, rows and the like.

    The editor writes them in its own manner, also into a text that nobody touched. Texts that differ in nothing else
    are the same.
    """
    return AFTER_BREAK.sub(r"\1", AFTER_BLOCK.sub(r"\1", html)).strip(" \t\r\n\f")


class RichTextWidget(CKEditorWidget):
    """CKEditor in the colours of the desk, with the site's own dialog for pictures."""

    @property
    def media(self):
        return super().media + Media(css={"all": ["admin-look/editor.css"]}, js=["admin-look/picture-dialog.js"])


class RichTextFormField(EditorFormField):
    widget = RichTextWidget


class RichTextField(EditorField):
    """A text column edited with CKEditor. Templates may print its value with `|safe`.

    `get_db_prep_save` is the choke point that save, create, update, bulk_create, bulk_update and
    loaddata all pass. `get_prep_value` would also rewrite what a filter looks for. The one way
    around it is a database expression (`update(body=Concat(…))`): do not write those for rich text.
    """

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": RichTextFormField} | kwargs)

    def clean(self, value, model_instance):
        return super().clean(clean_html(value) if isinstance(value, str) else value, model_instance)

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean_html(value)
            # Not with setattr: modeltranslation's descriptor of the untranslated name reads a text in any language
            # and writes it in the active one, and so every save would turn a fallback into a false translation.
            model_instance.__dict__[self.attname] = value
        return value

    def get_db_prep_save(self, value, connection):
        if isinstance(value, str):
            value = clean_html(value)
        return super().get_db_prep_save(value, connection)

    def deconstruct(self):
        """Migrations see a plain text column, so that the editor can be replaced without one."""
        name, _path, args, kwargs = super().deconstruct()
        for name_of_editor in ("config_name", "extra_plugins", "external_plugin_resources"):
            kwargs.pop(name_of_editor, None)
        return name, "django.db.models.TextField", args, kwargs
