from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from experiences.models import Theme
from networks.models import Network
from newsletter.addresses import INVALID_EMAIL, one_spelling
from newsletter.models import Subscriber
from translations.templatetags.translation_tags import translated
from translations.texts import columns, current_language


class LanguageSelect(forms.Select):
    """Each language under its own name, which is read out in that language."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value != current_language():
            option["attrs"]["lang"] = value
        return option


class ConsentBox(forms.CheckboxInput):
    """Ticked, it sends the version of the text beside it: whoever agreed to an older text is asked again."""

    def __init__(self, version):
        super().__init__(check_test=lambda value: value == version)
        self.version = version

    def format_value(self, value):
        return self.version

    def value_from_datadict(self, data, files, name):
        return data.get(name)


class TranslatedChoices(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        for pk in value:
            # A number too large for the column would be an error of the database instead of the form.
            if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
                raise forms.ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": pk}
                )
        return super().clean(value)

    def label_from_instance(self, item):
        return translated(item, "name")


def names_of(queryset):
    return queryset.only("source_language", *columns("name"))


class ChoicesForm(forms.Form):
    """What a reader chooses: when signing up, and later on their own page."""

    language = forms.ChoiceField(
        label=_("Language of the newsletter"), widget=LanguageSelect(attrs={"class": "field-input"})
    )
    frequency = forms.ChoiceField(
        label=_("How often"), widget=forms.RadioSelect, initial=Subscriber.Frequency.EACH_ISSUE
    )
    networks = TranslatedChoices(
        label=_("Networks"),
        help_text=_("Optional. Without a choice you read about all of them."),
        required=False,
        queryset=None,
    )
    themes = TranslatedChoices(
        label=_("Subjects"),
        help_text=_("Optional. Without a choice you read about all of them."),
        required=False,
        queryset=None,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [
            (code, get_language_info(code)["name_local"]) for code, name in settings.LANGUAGES
        ]
        self.fields["language"].initial = current_language()
        self.fields["frequency"].choices = [(value, capfirst(label)) for value, label in Subscriber.Frequency.choices]
        self.fields["networks"].queryset = names_of(Network.objects.published())
        self.fields["themes"].queryset = names_of(Theme.objects.all())

    def choices(self):
        """What was chosen, as fields of the model; the lists go their own way."""
        return {name: self.cleaned_data[name] for name in ("language", "frequency")}

    def lists(self):
        return {name: self.cleaned_data[name] for name in ("networks", "themes")}


class PreferencesForm(ChoicesForm):
    """The choices of one reader, as they stand."""

    def __init__(self, *args, subscriber, **kwargs):
        networks, themes = (
            list(chosen.values_list("pk", flat=True)) for chosen in (subscriber.networks, subscriber.themes)
        )
        initial = {
            "language": subscriber.language,
            "frequency": subscriber.frequency,
            "networks": networks,
            "themes": themes,
        }
        super().__init__(*args, initial=initial, **kwargs)
        # A network that is not public at present stays chosen; left out, its reader would silently get all the others.
        public = Q(pk__in=Network.objects.published().values("pk"))
        self.fields["networks"].queryset = names_of(Network.objects.filter(public | Q(pk__in=networks)))


class SignupForm(ChoicesForm):
    # Left empty by people. Under this name no browser fills it in by itself, but every form robot does.
    trap = "comments"

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        error_messages={"required": _("Please enter your e-mail address."), "invalid": INVALID_EMAIL},
        widget=forms.EmailInput(
            attrs={"class": "field-input", "autocomplete": "email", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )
    consent = forms.CharField(
        label=_("Your consent"),
        error_messages={"required": _("Please tick the box: without your consent we may not write to you.")},
    )
    field_order = ["email"]

    def __init__(self, *args, consent, **kwargs):
        super().__init__(*args, **kwargs)
        self.consent = consent
        self.fields["consent"].widget = ConsentBox(consent.version)
        self.fields["consent"].widget.is_required = True

    def clean_email(self):
        return one_spelling(self.cleaned_data["email"])

    def clean_consent(self):
        if self.cleaned_data["consent"] != self.consent.version:
            raise forms.ValidationError(_("This text has changed meanwhile. Please read it and tick the box again."))
        return self.cleaned_data["consent"]
