from modeltranslation.translator import TranslationOptions, register

from news.models import Category, Post


@register(Category)
class CategoryTranslation(TranslationOptions):
    fields = ("name", "slug")
    empty_values = {"slug": None}


@register(Post)
class PostTranslation(TranslationOptions):
    fields = ("title", "teaser", "body", "slug")
    empty_values = {"slug": None}
