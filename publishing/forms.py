"""Forms of translated items: what is written in one language is enough."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from modeltranslation.translator import translator

from publishing.slugs import languages


class TranslatedForm(forms.ModelForm):
    """Asks for a text in the language that the item is written in, where Django would ask for the default one.

    Subclasses name special fields in their Meta; the model and the rest come from the admin that uses them.
    """

    def clean(self):
        data = super().clean()
        data = self.cleaned_data if data is None else data
        for name in translator.get_options_for_model(self._meta.model).all_fields:
            columns = [f"{name}_{code}" for code in languages() if f"{name}_{code}" in self.fields]
            if columns and not self._meta.model._meta.get_field(name).blank:
                self.require(name, columns, data)
        return data

    def require(self, name, columns, data):
        if "source_language" not in self.fields:
            if not any(data.get(column) or column in self.errors for column in columns):
                self.add_error(columns[0], gettext("Write this in one language at least."))
            return
        source = data.get("source_language")
        column = f"{name}_{source}"
        if source and column in self.fields and not data.get(column) and column not in self.errors:
            language = gettext(dict(settings.LANGUAGES)[source])
            message = gettext(
                "This item is marked as written in %(language)s, so this text is needed. "
                "If it is written in another language, choose that under “written in”."
            )
            self.add_error(column, message % {"language": language})
