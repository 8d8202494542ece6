from modeltranslation.translator import TranslationOptions, register

from pages.models import Highlight, MenuItem, Page, SiteIdentity


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "teaser", "body", "slug")
    empty_values = {"slug": None}


@register([MenuItem, Highlight])
class LabelTranslation(TranslationOptions):
    fields = ("label",)


@register(SiteIdentity)
class SiteIdentityTranslation(TranslationOptions):
    fields = ("name", "acronym", "tagline", "introduction")
