from modeltranslation.translator import TranslationOptions, register

from experiences.models import Experience
from experiences.taxonomy import CharterPart, CharterPrinciple, Sdg, TargetGroup, Theme


@register(Experience)
class ExperienceTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "slug")
    empty_values = {"slug": None}


@register([Theme, TargetGroup, Sdg, CharterPart])
class NameTranslation(TranslationOptions):
    fields = ("name",)


@register(CharterPrinciple)
class CharterPrincipleTranslation(TranslationOptions):
    fields = ("label",)
