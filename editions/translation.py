from modeltranslation.translator import TranslationOptions, register

from editions.models import Edition, Recognition, Series


@register(Series)
class SeriesTranslation(TranslationOptions):
    fields = ("name", "description", "slug")
    empty_values = {"slug": None}


@register(Edition)
class EditionTranslation(TranslationOptions):
    fields = ("title", "theme", "note", "slug")
    empty_values = {"slug": None}


@register(Recognition)
class RecognitionTranslation(TranslationOptions):
    fields = ("project",)
