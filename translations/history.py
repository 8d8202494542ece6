"""What a translator may restore from the history of an item: the texts in their languages, and nothing else."""

from __future__ import annotations

from django.contrib.admin.utils import construct_change_message

from desk.history import texts_of_translators
from translations.kinds import kinds
from translations.rights import admin_of, languages_of_translator, may
from translations.texts import ALL_LANGUAGES
from translations.translator_form import fields_of, form_class


class TextsOfTranslators:
    def columns(self, request, item) -> set[str]:
        kind = kinds().get(item._meta.label_lower)
        if kind is None or not may(request, "change", kind, item):
            return set()
        source = kind.source_of(vars(item))
        languages = [code for code in languages_of_translator(request.user) if code != source]
        return {f"{field}_{code}" for field in kind.fields for code in languages}

    def save(self, request, item, texts: dict[str, str]) -> list[str]:
        """Validated as on the translator's page; all of them or none."""
        kind = kinds()[item._meta.label_lower]
        forms = []
        for code in ALL_LANGUAGES:
            fields = [field for field in fields_of(kind) if f"{field}_{code}" in texts]
            if fields:
                forms.append(form_class(kind, code, fields)(texts, instance=item))
        if errors := [str(text) for form in forms for texts in form.errors.values() for text in texts]:
            return errors
        stamps = [field.name for field in item._meta.concrete_fields if getattr(field, "auto_now", False)]
        item.save(update_fields=[*texts, *stamps])
        for form in forms:
            admin_of(kind).log_change(request, item, construct_change_message(form, None, False))
        return []


def announce() -> None:
    texts_of_translators.announce(TextsOfTranslators())
