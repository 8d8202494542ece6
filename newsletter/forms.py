from django import forms
from django.conf import settings
from django.core.validators import EmailValidator
from django.utils.encoding import punycode
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from experiences.models import Theme
from networks.models import Network
from newsletter.models import Subscriber
from translations.templatetags.translation_tags import translated
from translations.texts import columns, current_language

INVALID_EMAIL = _("Please enter a complete e-mail address, for example name@example.org.")
# No `localhost`, which Django allows: letters only go out into the world.
validate_public_email = EmailValidator(message=INVALID_EMAIL, allowlist=[])


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


class SignupForm(forms.Form):
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
    consent = forms.CharField(
        label=_("Your consent"),
        error_messages={"required": _("Please tick the box: without your consent we may not write to you.")},
    )

    def __init__(self, *args, consent, **kwargs):
        super().__init__(*args, **kwargs)
        self.consent = consent
        self.fields["language"].choices = [
            (code, get_language_info(code)["name_local"]) for code, name in settings.LANGUAGES
        ]
        self.fields["language"].initial = current_language()
        self.fields["frequency"].choices = [(value, capfirst(label)) for value, label in Subscriber.Frequency.choices]
        self.fields["networks"].queryset = names_of(Network.objects.published())
        self.fields["themes"].queryset = names_of(Theme.objects.all())
        self.fields["consent"].widget = ConsentBox(consent.version)
        self.fields["consent"].widget.is_required = True

    def clean_email(self):
        """One spelling of the domain, in ASCII, so that the database sees that two are the same."""
        email = self.cleaned_data["email"]
        validate_public_email(email)
        local, _at, domain = email.rpartition("@")
        # Allowed by the standard, but only ever typed in to try something.
        if local.startswith('"') or domain.startswith("["):
            raise forms.ValidationError(INVALID_EMAIL)
        try:
            email = f"{local}@{punycode(domain).lower()}"
        except UnicodeError:
            raise forms.ValidationError(INVALID_EMAIL) from None
        if len(email) > self.fields["email"].max_length:
            raise forms.ValidationError(INVALID_EMAIL)
        return email

    def clean_consent(self):
        if self.cleaned_data["consent"] != self.consent.version:
            raise forms.ValidationError(_("This text has changed meanwhile. Please read it and tick the box again."))
        return self.cleaned_data["consent"]

    def choices(self):
        """What a subscriber chose, as fields of the model; the lists go their own way."""
        return {name: self.cleaned_data[name] for name in ("language", "frequency")}
