from modeltranslation.translator import TranslationOptions, register

from networks.models import City, Network


@register(City)
class CityTranslation(TranslationOptions):
    fields = ("exonym",)
    fallback_languages = {"default": ()}


@register(Network)
class NetworkTranslation(TranslationOptions):
    fields = ("name", "description", "slug")
    empty_values = {"slug": None}
