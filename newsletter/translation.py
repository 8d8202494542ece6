from modeltranslation.translator import TranslationOptions, register

from newsletter.models import ConsentText


@register(ConsentText)
class ConsentTextTranslation(TranslationOptions):
    fields = ("text",)
