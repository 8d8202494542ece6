"""A letter of an issue to somebody by name, before its readers get it."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.validators import validate_email
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from newsletter.kinds_of_reader import parts_for, topics_of
from newsletter.letter_text import render
from newsletter.limits import is_within_limit
from newsletter.models import Issue

MOST_ADDRESSES = 5


class TryOutForm(forms.Form):
    addresses = forms.CharField(
        label=_("Send it to"),
        widget=forms.TextInput(attrs={"size": 60, "autocomplete": "email"}),
        help_text=_("One to five addresses, with commas between them. The links to leave and to change lead nowhere."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def clean_addresses(self):
        found = list(dict.fromkeys(self.cleaned_data["addresses"].replace(",", " ").replace(";", " ").split()))
        for address in found:
            validate_email(address)
        if not 1 <= len(found) <= MOST_ADDRESSES:
            raise forms.ValidationError(gettext("Name one to five addresses."))
        return found


class TooMany(Exception):
    """Somebody sent very many of them within the last hour."""


def try_out(issue: Issue, language: str, addresses: list[str], user) -> bool:
    """Send the letter of a reader who chose nothing. False where there is nothing in it.

    Raises TooMany, and what the mail server raises (OSError). Not to be called within a transaction.
    """
    letter = render(issue, language, parts_for(topics_of(issue), language, untranslated=issue.untranslated))
    if letter is None:
        return False
    for _address in addresses:
        if not is_within_limit("tried-out", str(user.pk)):
            raise TooMany
    with override(language):
        subject = gettext("[Test] %(subject)s") % {"subject": letter.subject}
    messages = []
    for address in addresses:
        headers = {"Auto-Submitted": "auto-generated", "Content-Language": language}
        message = EmailMultiAlternatives(subject, letter.text, to=[address], headers=headers)
        message.attach_alternative(letter.html, "text/html")
        messages.append(message)
    get_connection().send_messages(messages)
    return True
