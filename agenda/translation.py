from modeltranslation.translator import TranslationOptions, register

from agenda.models import Event


@register(Event)
class EventTranslation(TranslationOptions):
    fields = ("title", "theme", "summary", "body", "slug")
    empty_values = {"slug": None}
