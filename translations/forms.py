from django import forms
from django.conf import settings

from publishing.form_fields import CodesField


class SiteLanguagesField(CodesField):
    widget = forms.CheckboxSelectMultiple(attrs={"class": "ticks"})

    @staticmethod
    def choices_now():
        return settings.LANGUAGES


class TranslatorLanguagesForm(forms.ModelForm):
    class Meta:
        field_classes = {"languages": SiteLanguagesField}
        widgets = {"languages": SiteLanguagesField.widget}
