"""The form of an item with its rows, run as its admin would run it, but away from the admin's pages.

Previews, working copies and links to drafts all come down to this: what would the item be if this form were saved?
"""

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.forms.formsets import all_valid
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst

from desk.history.acts import Act
from desk.history.recording import recorded


class SilentMessages:
    """Where admins leave their messages when no page will show them."""

    def add(self, level, message, extra_tags=""):
        pass


def staff_request(user, data=None, files=None):
    """A request in the name of a member of staff; `data` is a QueryDict, without which the form is only looked at."""
    request = HttpRequest()
    request.method = "GET" if data is None else "POST"
    request.user = user
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    request.POST = QueryDict() if data is None else data
    # A plain HttpRequest makes it anew, unlike one that came in.
    request.FILES = MultiValueDict() if files is None else files
    request._messages = SilentMessages()
    return request


def admin_of(model):
    """The admin in which items of a model are edited."""
    return admin.site.get_model_admin(model)


class FormRun:
    """Nothing is written before `save`. With `data` the form is bound; the item is changed in memory by validation.

    The publication checks stop a form as the admin's own are stopped, by what readers would meet at `shows_at` (now);
    without `errors_stop` it is only noted: `publication_errors`.
    """

    def __init__(self, model_admin, user, item, data=None, files=None, *, errors_stop=True, shows_at=None):
        self.admin, self.item, self.is_new = model_admin, item, item is None
        self.request = staff_request(user, data, files)
        fieldsets = model_admin.get_fieldsets(self.request, item)
        form_class = model_admin.get_form(
            self.request, item, change=not self.is_new, fields=flatten_fieldsets(fieldsets)
        )
        if data is None:
            initial = model_admin.get_changeform_initial_data(self.request) if self.is_new else None
            self.form = form_class(instance=item, initial=initial)
        else:
            self.form = form_class(self.request.POST, self.request.FILES, instance=item)
            self.form.errors_stop, self.form.shows_at = errors_stop, shows_at
        self.formsets, _inlines = model_admin._create_formsets(
            self.request, self.form.instance, change=not self.is_new
        )

    def is_valid(self):
        """Whether `save` may be called."""
        # The rows look at the item as the form changes it, so the form comes first, as in the admin.
        form_is_valid = self.form.is_valid()
        if form_is_valid:
            self.form.instance = self.admin.save_form(self.request, self.form, change=not self.is_new)
        return all_valid(self.formsets) and form_is_valid

    def save(self):
        """Writes the item and its rows as the admin does, and returns the item. The caller opens the transaction."""
        item = self.form.instance
        self.admin.save_model(self.request, item, self.form, not self.is_new)
        self.admin.save_related(self.request, self.form, self.formsets, not self.is_new)
        return item

    def save_and_log(self, act=Act.SAVED):
        """The same, noted in the admin's own log and in the item's history."""
        with recorded(self.request.user, act):
            item = self.save()
            message = self.admin.construct_change_message(self.request, self.form, self.formsets, self.is_new)
            self.admin.log_change(self.request, item, message)
        return item

    def publication_errors(self):
        """What would keep a form from being published that could be saved otherwise."""
        return self.form.new_errors() if hasattr(self.form, "new_errors") else []

    def errors(self):
        """`[(label of the field or "", language or "", [message, …]), …]` of the form and of all rows."""
        found = list(errors_of(self.form))
        for formset in self.formsets:
            name = str(formset.model._meta.verbose_name)
            found += [(name, "", [str(text)]) for text in formset.non_form_errors()]
            for form in formset.forms:
                if form.errors and not (form.empty_permitted and not form.has_changed()):
                    found += [(f"{name}: {label}".rstrip(": "), code, texts) for label, code, texts in errors_of(form)]
        return found


def sentences(errors):
    """`errors` as `FormRun.errors` has them, one sentence for each field."""
    found = []
    for label, _language, texts in errors:
        text = format_html_join(" ", "{}", ((text,) for text in texts))
        found.append(format_html("{}: {}", capfirst(label), text) if label else text)
    return found


def errors_of(form):
    for name, texts in form.errors.items():
        field = form.fields.get(name)
        label = str(form[name].label) if field else ""
        yield label, field.widget.attrs.get("lang", "") if field else "", [str(text) for text in texts]
