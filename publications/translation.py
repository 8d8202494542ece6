from modeltranslation.translator import TranslationOptions, register

from publications.models import Publication, PublicationSeries


@register(PublicationSeries)
class PublicationSeriesTranslation(TranslationOptions):
    fields = ("name", "description", "slug")
    empty_values = {"slug": None}


@register(Publication)
class PublicationTranslation(TranslationOptions):
    fields = ("title", "summary", "slug")
    empty_values = {"slug": None}
