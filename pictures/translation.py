from modeltranslation.translator import TranslationOptions, register

from pictures.models import Picture


# No required_languages: which language is needed depends on the picture's source language, see Picture.clean.
@register(Picture)
class PictureTranslationOptions(TranslationOptions):
    fields = ("alt",)
